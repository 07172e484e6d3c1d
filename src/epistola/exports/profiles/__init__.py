"""Letters as TEI of a sort that others take: whole in themselves, and with their tags."""
