"""Find titles of works and references to them."""
