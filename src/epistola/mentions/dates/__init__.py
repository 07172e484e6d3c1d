"""Find dates, and say what they name."""
