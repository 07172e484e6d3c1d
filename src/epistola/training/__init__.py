"""Teach the tagger and the judge of names (mentions/learned) from letters that editors tagged."""
