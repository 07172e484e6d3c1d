"""Print the reference of all rules: python -m epistola.checks.rules > docs/rules.md."""

from __future__ import annotations

import sys

from epistola.checks.rules.catalogue import as_page

if __name__ == "__main__":
    sys.stdout.buffer.write(as_page().encode())
