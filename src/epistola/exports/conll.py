"""Letters as tokens with tags in IOB2, a line a token, as the CoNLL-2003 task on names had them.

Seven columns, a tab between them:

1. the token (``exports.tokens``);
2. "-X-", where others have its part of speech;
3. the letter and where in its text the token stands, in code points: ``letter#char=12,16``
   (RFC 5147);
4. the white space behind it, escaped; before the first token of a letter that before it, and
   "+";
5. names inside the name: their tags, the outermost first;
6. what else is said of a name, at its first token: ``ref=...&when=...``;
7. the tag of the outermost name: "O", "B-PERSON", "I-PERSON" ...

"_" is nothing. A letter begins with the line ``-DOCSTART- -X- O O``; an empty line ends a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from epistola.exports import LettersFormat
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Mention
from epistola.exports.tokens import around, openings, tokens_of
from epistola.model import Span

DOCUMENT = "-DOCSTART- -X- O O"
NOTHING = "_"
ESCAPED = re.compile(r"[\s%+&=|?]|^_$")
"""What would be taken for the border of something."""


def write(letters: Letters) -> Iterator[str]:
    """Yield the letters, block by block."""
    for letter in letters:
        yield f"{DOCUMENT}\n\n"
        yield from blocks(letter)


def blocks(letter: ExportedLetter) -> Iterator[str]:
    """Yield the lines of ``letter``, a part for each block, with an empty line after it."""
    spans = tokens_of(letter)
    borders = openings(letter)
    lines: list[str] = []
    nexts = [*(span.start for span in spans[1:]), len(letter.text)]
    name = quote(letter.name)
    marks = around(spans, letter.mentions)
    for number, (span, after, mentions) in enumerate(zip(spans, nexts, marks, strict=True)):
        lead = letter.text[: span.start] if number == 0 else ""
        space = _space(lead, letter.text[span.end : after])
        place = f"{name}#char={span.start},{span.end}"
        tags = [_tag(span, mention) for mention in mentions]
        told = [_said(one) if one.span.start == span.start else "" for one in mentions]
        inner, tag = "|".join(tags[1:]) or NOTHING, tags[0] if tags else "O"
        said = "|".join(told) if any(told) else NOTHING
        word = letter.text[span.start : span.end]
        lines.append(f"{word}\t-X-\t{place}\t{space}\t{inner}\t{said}\t{tag}\n")
        if any(at in borders for at in range(span.end, after + 1)) and not _inside(mentions, after):
            yield f"{''.join(lines)}\n"
            lines = []
    if lines:
        yield f"{''.join(lines)}\n"


def _inside(mentions: tuple[Mention, ...], at: int) -> bool:
    return any(mention.span.end > at for mention in mentions)


def _tag(span: Span, mention: Mention) -> str:
    first = "B" if mention.span.start == span.start else "I"
    return f"{first}-{mention.kind.upper()}"


def _space(before: str, after: str) -> str:
    lead = f"{escape(before)}+" if before else ""
    return f"{lead}{escape(after)}" or NOTHING


def _said(mention: Mention) -> str:
    """Return the pointer, the key and the other values of ``mention``."""
    values: Mapping[str, str] = {
        "ref": mention.pointer,
        "key": mention.key if mention.entry else "",
        **{f"@{name}": value for name, value in mention.values.items()},
        "@cert": mention.cert,
        "@resp": mention.resp,
    }
    return "&".join(f"{escape(n)}={escape(v)}" for n, v in values.items() if v)


def escape(text: str) -> str:
    r"""Return ``text`` without what would be taken for a border, as in an address.

    >>> escape("a b=c\n")
    'a%20b%3Dc%0A'
    """
    return ESCAPED.sub(lambda found: quote(found[0]) if found[0] != "_" else "%5F", text)


FORMAT = LettersFormat(
    write,
    "Tokens with IOB2 tags, CoNLL-2003",
    ".conll",
    keeps="the text, every mention with its place, kind, entry and values, blocks",
    loses="mark-up besides mentions and blocks, and the header",
)
