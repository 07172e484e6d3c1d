"""Read a letter's TEI that somebody corrected by hand back into decisions."""
