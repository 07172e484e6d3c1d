"""Score what the pipeline finds against a gold edition."""
