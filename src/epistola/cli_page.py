"""``epistola encode --html``: a page to read beside each TEI file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from epistola.terminal import Refusal

PAGE_ENDING = ".html"


def refuse_pages(targets: Iterable[Path | None]) -> None:
    """Raise Refusal where a page to read has no place beside its TEI file."""
    for target in targets:
        if target is None:
            raise Refusal("--html writes a page beside the TEI file: name that with -o")
        if target.suffix == PAGE_ENDING:
            raise Refusal(f"{target} is where the page would go: let the TEI file end in .xml")
        page = target.with_suffix(PAGE_ENDING)
        if page.is_file() and not is_page(page):
            raise Refusal(f"{page} is there already, and is no page of ours: name another with -o")


def is_page(path: Path) -> bool:
    """Return whether the file at ``path`` is a page that was written before."""
    with path.open("rb") as file:
        return b'<meta name="generator" content="Epistola">' in file.read(1000)


def write_page_of(target: Path) -> None:
    """Write a page to read beside the TEI file at ``target``."""
    from epistola.cli_export import write_page  # noqa: PLC0415 - only this option's

    write_page(target, target.with_suffix(PAGE_ENDING))
