"""Find what a letter mentions. Each recogniser is one function in one file."""
