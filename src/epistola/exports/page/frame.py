"""What every page has around it: its head, its look, and how it becomes bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files

from lxml import etree

from epistola.shown.markup import H

GENERATOR = "Epistola"


def document(title: str, content: Sequence[etree._Element], rules: Iterable[str] = ()) -> bytes:
    """Return a page called ``title``, complete in itself.

    ``rules`` are added to its style sheet; they must hold no words of anyone's.
    """
    style = files("epistola.exports.page").joinpath("page.css").read_text("utf-8")
    html = H.html(
        {"lang": "en"},
        H.head(
            H.meta({"charset": "utf-8"}),
            H.meta({"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            H.meta({"name": "color-scheme", "content": "light dark"}),
            H.meta({"name": "generator", "content": GENERATOR}),
            H.title(title),
            H.style("\n".join([style, *rules])),
        ),
        H.body(*content),
    )
    return etree.tostring(html, method="html", encoding="UTF-8", doctype="<!DOCTYPE html>") + b"\n"
