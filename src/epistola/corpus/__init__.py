"""Many letters: which must be encoded, on how many processes, and what came of each."""
