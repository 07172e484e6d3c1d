"""Letters that are hard to export: every kind of character in names, names in names, very many."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from epistola.enrich import written
from epistola.exports import AnyFormat, File, FolderFormat, LettersFormat, chosen
from epistola.exports.gathered import Letters, choosing, gather
from epistola.exports.letters import ExportedLetter
from epistola.imports.merged import Merged, unwrap

HEADER = """<teiHeader><fileDesc><titleStmt><title>To "Bell" &amp; Co.</title></titleStmt>
<publicationStmt><publisher>x</publisher></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc>
<profileDesc><correspDesc><correspAction type="sent"><persName ref="#p-bell">Bell</persName>
<placeName ref="#p-ely">Ely</placeName><date when="1840-05-03"/></correspAction></correspDesc>
</profileDesc></teiHeader>"""
ENTRIES = """<standOff><listPerson>
<person xml:id="p-bell"><persName>Ada "the" Bell</persName><birth when="1801"/></person>
<person xml:id="p-cohen"><persName>שָׁלוֹם כהן</persName><idno type="GND">11</idno></person>
</listPerson><listPlace><place xml:id="p-ely"><placeName>Ely, &amp; so | on</placeName>
<location><geo>52.4 0.26</geo></location></place></listPlace></standOff>"""
BODY = """<div><opener><dateline><placeName ref="#p-ely">Ely</placeName>, <date when="1840-05-03">3
May 1840</date></dateline><salute>My dear <persName ref="#p-bell" cert="low">"Bell" &amp;
"Co."</persName>,</salute></opener>
<p>I saw 𝕳 <persName ref="#p-cohen">שָׁלוֹם כהן</persName>, at the <eventName>Fair of
<placeName ref="#p-ely">Ely</placeName></eventName>; <persName ref="#p-bell">Bell</persName>’s
<title level="m">Loaves, "and" Fish</title> is <hi>un</hi>sold;
<persName>=1+1</persName> cafe\u0301s.</p>
<!-- kept -->
<p>Good-<lb break="no"/>bye, <persName ref="http://example.org/x?a=1&amp;b=2">X</persName><persName
 ref="#p-bell">Y</persName>.</p></div>"""
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{}{}<text><body>{}</body></text></TEI>'
)
MANY = 10_000


def document(body: str = BODY) -> str:
    """Return a TEI document with two persons and a place."""
    return TEI.format(HEADER, ENTRIES, body)


def many(count: int = MANY) -> str:
    """Return a letter in which one person is mentioned very often."""
    return document("<p>" + 'I saw <persName ref="#p-bell">Bell</persName>. ' * count + "</p>")


def letters_in(folder: Path, *documents: str, name: str = "one") -> Letters:
    """Return the letters of ``documents``, each in a file of its own in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(documents):
        (folder / f"{name}{number or ''}.xml").write_text(text, "utf-8")
    return gather(folder)


def exported(one: AnyFormat, letters: Letters, *said: str) -> dict[str, str]:
    """Return what a format writes: the text of each file by its name; one file is called ""."""
    return {name: data.decode() for name, data in exported_bytes(one, letters, *said).items()}


def exported_bytes(one: AnyFormat, letters: Letters, *said: str) -> dict[str, bytes]:
    """Return what a format writes, as ``exported`` does."""
    letters = choosing(letters, chosen(one, said))
    if isinstance(one, FolderFormat):
        return {file.name: _joined(file) for file in one.write(letters)}
    assert isinstance(one, LettersFormat)
    return {"": _joined(File("", one.write(letters)))}


def _joined(file: File) -> bytes:
    return b"".join(part.encode() if isinstance(part, str) else part for part in file.parts)


WORDS = (
    "Bell",
    "’s",
    "Ely",
    " ",
    "\n",
    "\n\n",
    ", ",
    ".",
    "𝕳",
    "שָׁ",
    "e\u0301",
    '"',
    "&amp;",
    "_",
    "-",
)
NAMES = {
    "persName": ('ref="#p-bell"', 'ref="#p-cohen" cert="low" resp="#p-bell #p-cohen"', ""),
    "placeName": ('ref="#p-ely"', 'ref="http://example.org/a?b=%20|c"'),
    "date": ('when="1840"', 'notBefore="1801-02" cert="medium"'),
    "title": ('level="m"', ""),
}
texts = st.lists(st.sampled_from(WORDS), max_size=4).map("".join)


@st.composite
def named(draw: st.DrawFn, depth: int = 2) -> str:
    """Words with names in them, and names in those."""
    name = draw(st.sampled_from(sorted(NAMES)))
    attributes = draw(st.sampled_from(NAMES[name]))
    inner = draw(texts) + (draw(named(depth - 1)) if depth and draw(st.booleans()) else "")
    return f"{draw(texts)}<{name} {attributes}>{inner}</{name}>{draw(texts)}"


paragraphs = st.lists(st.lists(named() | texts, max_size=4).map("".join), min_size=1, max_size=3)
documents = paragraphs.map(lambda some: document("".join(f"<p>{one}</p>" for one in some)))
"""Letters of any words and names; not all have words."""


def mentions_in(letter: ExportedLetter) -> list[tuple[object, ...]]:
    """What a round trip keeps of the mentions of a letter, in one order."""
    told = (
        (m.span.start, m.span.end, m.kind, m.pointer, sorted(m.values.items()), m.cert, m.resp)
        for m in letter.mentions
    )
    return sorted(told)


def bare(folder: Path, letter: ExportedLetter) -> ExportedLetter:
    """The letter without the tags of its mentions, in a file of the same name."""
    (copy,) = gather(letter.path)
    for mention in copy.mentions:
        assert mention.element is not None
        unwrap(mention.element)
    folder.mkdir(exist_ok=True)
    path = folder / letter.path.name
    path.write_bytes(written(copy.root.getroottree()))
    (made,) = gather(path)
    assert (made.text, made.mentions) == (letter.text, ())
    return made


def again(folder: Path, merged: Merged, letter: ExportedLetter) -> ExportedLetter:
    """The letter that was merged, written and read."""
    path = folder / letter.path.name
    path.write_bytes(merged.to_bytes())
    (made,) = gather(path)
    return made


def is_said_once(letter: ExportedLetter) -> bool:
    """Whether no name is in one of its kind with the very same words: the ways back have one."""
    return len({(m.span, m.kind) for m in letter.mentions}) == len(letter.mentions)
