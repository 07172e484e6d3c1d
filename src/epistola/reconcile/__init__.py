"""Authority numbers for the entries of registers: proposed, reviewed, written."""
