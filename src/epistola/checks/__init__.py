"""Is a finished letter valid, and is it still the letter: a tree in, findings out."""
