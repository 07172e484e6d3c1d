"""Letters as spaCy's documents with entities and links, a DocBin each, for training.

``doc.text`` is the text of the letter. ``doc.ents`` are the outermost mentions, ``doc.spans
["mentions"]`` all of them; each has its kind as a label and the key of its entry as ``kb_id``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from epistola.exports import ExportError, File, FolderFormat
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Mention
from epistola.exports.tokens import tokens_of
from epistola.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

ALL = "mentions"
"""The group of spans that has all mentions."""


def write(letters: Letters) -> Iterator[File]:
    """Yield a DocBin of each letter; raises ExportError where there is no spaCy."""
    for letter in letters:
        yield File(f"{letter.name}.spacy", [_packed(letter)])


def write_one(letters: Letters) -> Iterator[bytes]:
    """Yield the DocBin of a single letter."""
    for letter in letters:
        yield _packed(letter)


def _packed(letter: ExportedLetter) -> bytes:
    try:
        from spacy.tokens import DocBin  # noqa: PLC0415 - an extra, and slow to load
        from spacy.vocab import Vocab  # noqa: PLC0415 - as above
    except ImportError:
        message = "spaCy is not installed: pip install 'epistola[spacy]'"
        raise ExportError(message) from None
    return DocBin(docs=[document(letter, Vocab())]).to_bytes()


def document(letter: ExportedLetter, vocab: Vocab) -> Doc:
    """Return ``letter`` as a document of spaCy with ``vocab``."""
    from spacy.tokens import Doc  # noqa: PLC0415 - as above
    from spacy.tokens import Span as DocSpan  # noqa: PLC0415 - as above

    pieces = list(_pieces(letter))
    words = [letter.text[span.start : span.end] for span, _ in pieces]
    doc = Doc(vocab, words=words, spaces=[space for _, space in pieces])
    starts = {span.start: at for at, (span, _) in enumerate(pieces)}
    ends = {span.end: at + 1 for at, (span, _) in enumerate(pieces)}

    def spanned(mention: Mention) -> DocSpan:
        start, end = starts[mention.span.start], ends[mention.span.end]
        kb_id = mention.key if mention.entry else ""
        return DocSpan(doc, start, end, mention.kind.upper(), kb_id=kb_id)

    doc.spans[ALL] = [spanned(mention) for mention in letter.mentions]
    doc.ents = [spanned(mention) for mention in _outermost(letter)]
    return doc


def _outermost(letter: ExportedLetter) -> Iterator[Mention]:
    here = 0
    for mention in letter.mentions:
        if mention.span.start >= here:
            yield mention
            here = mention.span.end


def _pieces(letter: ExportedLetter) -> Iterator[tuple[Span, bool]]:
    """Yield the tokens and whether a space follows; other white space is a token, as in spaCy."""
    text, here = letter.text, 0
    previous: Span | None = None
    for span in [*tokens_of(letter), Span(len(text), len(text))]:
        spaced = previous is not None and text.startswith(" ", here) and here < span.start
        if previous is not None:
            yield previous, spaced
        here += spaced
        if here < span.start:
            yield Span(here, span.start), False
        previous, here = (span if len(span) else None), span.end


FORMAT = FolderFormat(
    write,
    "spaCy's DocBin",
    ".spacy",
    keeps="the text, every mention with its place, its kind and the key of its entry",
    loses="other values and certainty, mark-up besides mentions, and the header",
    alone=write_one,
)
