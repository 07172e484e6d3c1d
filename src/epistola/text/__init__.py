"""From bytes to a source, and from a source to its parts and what the letter is."""
