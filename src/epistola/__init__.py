"""From the plain text of a letter to a valid, linked TEI P5 edition."""

__version__ = "0.1.0"
