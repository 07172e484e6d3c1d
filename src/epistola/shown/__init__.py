"""How findings and stages look: lines for people, files for other programs."""
