"""Who and what a letter means: registers read, mentions matched to them, entries made."""
