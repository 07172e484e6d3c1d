"""Files that are no plain text: which of their characters are the text, each door's law."""

from __future__ import annotations

import builtins
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from epistola.model import Finding, Source
from epistola.pipeline import encode
from epistola.text.doors import DOORS, office, open_file
from epistola.text.doors.html import main_text
from epistola.text.doors.markdown import written
from epistola.text.opened import Opened
from epistola.text.read import ReadError
from epistola.tree.read import projection


def opened(path: Path, raw: bytes | str, **options: Any) -> tuple[Sequence[Opened], list[Finding]]:
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    findings: list[Finding] = []
    return open_file(path, report=findings.append, **options), findings


def words_of(xml: bytes) -> list[str]:
    text = etree.fromstring(xml).find("{*}text")
    assert text is not None
    return projection(text).split()


def test_every_door_is_there() -> None:
    for module, name in DOORS.values():
        assert callable(getattr(__import__(module, fromlist=[name]), name))


def test_a_plain_text_needs_no_door(tmp_path: Path) -> None:
    (one,), findings = opened(tmp_path / "a.txt", "Dear *Anne*,\n")
    assert (one.source.text, one.marks, findings) == ("Dear *Anne*,\n", (), [])


# --- Markdown ----------------------------------------------------------------------------

MARKDOWN = {
    "# A letter": ("A letter", []),
    "A letter\n========": ("A letter", []),
    "so _very_ much": ("so very much", [("italic", "very")]),
    "so **very _much_**.": ("so very much.", [("italic", "much"), ("bold", "very much")]),
    "snake_case and 2 * 3 * 4": ("snake_case and 2 * 3 * 4", []),
    r"\*no\* emphasis": ("*no* emphasis", []),
    "1. bread\n2.\n3. rye": ("1. bread\n\n2. \n3. rye", []),
    "~~~ rye\nbread\n~~~": ("rye\nbread", []),
    "> quoted\n> twice": ("quoted\ntwice", []),
    "- bread\n- cheese": ("- bread\n- cheese", []),
    "3. bread\n4. cheese": ("3. bread\n4. cheese", []),
    "1. bread\n   - rye": ("1. bread\n\n  - rye", []),
    "one\n\ntwo": ("one\n\ntwo", []),
    "one  \ntwo\\\nthree\nfour": ("one\ntwo\nthree\nfour", []),
    "see [the mill](http://mill.example/a_b)": ("see the mill", []),
    "![a mill](mill.png)": ("a mill", []),
    "`x_y`": ("x_y", []),
    "Mill &amp; Sons, 3 &lt; 4": ("Mill & Sons, 3 < 4", []),
    "<b>bold</b> <!-- not here -->word": ("bold word", []),
    "<div>\nwords\n</div>": ("words", []),
    "one\n\n* * *\n\ntwo": ("one\n\n* * *\n\ntwo", []),
    "---\ntitle: Bread\n---\n\nDear Anne,": ("title: Bread\n\nDear Anne,", []),
    "    kept as it is": ("kept as it is", []),
}


@pytest.mark.parametrize(("text", "wanted"), MARKDOWN.items())
def test_markdown(text: str, wanted: tuple[str, list[tuple[str, str]]]) -> None:
    page = written(text)
    source = Source("a", "".join(page.pieces))
    marks = [(mark.values["rend"], source[mark.span]) for mark in page.marks]
    assert (source.text, marks) == wanted


@given(st.text(st.sampled_from("ab c.,\n\t#*_>-+=~`0123")))
def test_no_letter_or_digit_of_a_markdown_file_is_lost_or_moved(text: str) -> None:
    page = written(text)
    kept = "".join(page.pieces)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
    assert all(mark.span.end <= len(kept) for mark in page.marks)


def test_a_markdown_letter_keeps_its_words_and_its_highlighting(tmp_path: Path) -> None:
    (one,), findings = opened(tmp_path / "a.md", "Dear **Anne**,\n\nI saw *Karl* Marx [here](x).\n")
    made = encode(one)
    assert made.is_sound
    assert words_of(made.to_bytes()) == "Dear Anne, I saw Karl Marx here.".split()
    assert b'<hi rend="italic">Karl</hi> Marx</persName>' in made.to_bytes()
    assert [f.message for f in findings] == ["the addresses of 1 links and images are left out"]


# --- HTML --------------------------------------------------------------------------------

MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/all'>All letters</a></li></ul></nav>"
LETTER = (
    "<main><article><h1>A letter</h1><p>Ely, 3 May 1801.</p><p>Dear Anne,</p><p>I have your letter"
    " and thank you for it with all my heart, and for the cheese, which the boy brought to us on"
    " Tuesday through the rain.</p><p>Yours ever,<br>J. Mill</p></article></main>"
)
HTML = f"<!DOCTYPE html><html><head><title>x</title></head><body>{MENU}{LETTER}</body></html>"


def test_the_main_text_of_a_page_is_read(tmp_path: Path) -> None:
    pytest.importorskip("resiliparse")
    (one,), findings = opened(tmp_path / "a.html", HTML)
    assert one.source.text.startswith("A letter\n\nEly, 3 May 1801.\n\nDear Anne,\n\nI have")
    assert one.source.text.endswith("Yours ever,\nJ. Mill\n")
    assert [f.code for f in findings] == ["html"]
    assert "40 of the 45 words" in findings[0].message


def test_a_page_says_how_it_is_encoded(tmp_path: Path) -> None:
    pytest.importorskip("resiliparse")
    page = HTML.replace("<head>", "<head><meta charset='iso-8859-15'>").replace("Anne", "Anné €")
    (one,), _ = opened(tmp_path / "a.html", page.encode("iso-8859-15"))
    assert "Dear Anné €," in one.source.text


WORDS = st.lists(st.sampled_from("bread and cheese with rain on Tuesday".split()), min_size=3)


@given(st.lists(st.tuples(st.sampled_from(("p", "li", "h2", "footer")), WORDS), max_size=6))
def test_every_word_of_the_text_is_a_word_of_the_page_in_its_order(
    blocks: list[tuple[str, list[str]]],
) -> None:
    pytest.importorskip("resiliparse")
    page = "".join(f"<{tag}>{' '.join(words)}</{tag}>" for tag, words in blocks)
    text, _ = main_text(f"<html><body>{page}</body></html>")
    rest = iter(word for _, words in blocks for word in words)
    assert all(word in rest for word in text.split() if word != "•")


def test_without_its_library_a_page_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("resiliparse"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ReadError, match=r"pip install 'epistola\[html\]'"):
        opened(tmp_path / "a.html", HTML)


# --- DOCX and ODT ------------------------------------------------------------------------


def para(*inlines: Any, kind: str = "Para") -> dict[str, Any]:
    return {"t": kind, "c": [word(i) if isinstance(i, str) else i for i in inlines]}


def word(text: str) -> dict[str, Any]:
    return {"t": "Space"} if text == " " else {"t": "Str", "c": text}


ATTR = ["", [], []]
CELL = [ATTR, {"t": "AlignDefault"}, 1, 1]
PANDOC: dict[str, tuple[list[dict[str, Any]], str]] = {
    "paragraphs": ([para("Dear", " ", "Anne,"), para("No.")], "Dear Anne,\n\nNo."),
    "an empty paragraph": ([para(), para("No.")], "No."),
    "a heading": ([{"t": "Header", "c": [1, ATTR, [word("Bread")]]}], "Bread"),
    "a line break": ([para("Ely,", {"t": "LineBreak"}, "May")], "Ely,\nMay"),
    "a note": (
        [para("Bread", {"t": "Note", "c": [para("Of", " ", "rye.")]}, "."), para("No.")],
        "Bread[1].\n\nNo.\n\n[1] Of rye.",
    ),
    "a list": (
        [{"t": "BulletList", "c": [[para("a", kind="Plain")], [para("b", kind="Plain")]]}],
        "- a\n- b",
    ),
    "a numbered list": (
        [{"t": "OrderedList", "c": [[3, {}, {}], [[para("a")], [para("b")]]]}],
        "3. a\n\n4. b",
    ),
    "a table": (
        [
            {
                "t": "Table",
                "c": [
                    ATTR,
                    [None, []],
                    [],
                    [ATTR, []],
                    [[ATTR, 0, [], [[ATTR, [[*CELL, [para("a")]], [*CELL, [para("b")]]]]]]],
                    [ATTR, []],
                ],
            }
        ],
        "a\tb",
    ),
    "quotation marks": (
        [para({"t": "Quoted", "c": [{"t": "DoubleQuote"}, [word("Bread")]]})],
        "“Bread”",
    ),
    "a picture": ([para("a", {"t": "Image", "c": [ATTR, [], ["x", ""]]})], "a"),
    "a quotation": ([{"t": "BlockQuote", "c": [para("a")]}], "a"),
    "a link": ([para({"t": "Link", "c": [ATTR, [word("here")], ["x", ""]]})], "here"),
}


@pytest.mark.parametrize(("blocks", "text"), PANDOC.values(), ids=PANDOC)
def test_what_pandoc_reads(blocks: list[dict[str, Any]], text: str) -> None:
    assert "".join(office.written(blocks).pieces) == text


def test_highlighting_is_kept() -> None:
    page = office.written([para("so", " ", {"t": "Emph", "c": [word("very")]}, " ", "much")])
    (mark,) = page.marks
    assert (mark.span.start, mark.span.end, mark.values) == (3, 7, {"rend": "italic"})


def test_a_styled_title_is_text() -> None:
    meta = {"title": {"t": "MetaInlines", "c": [word("Bread")]}}
    blocks = office.blocks_of({"meta": meta, "blocks": [para("No.")]})
    assert "".join(office.written(blocks).pieces) == "Bread\n\nNo."


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_letter_goes_in_by_pandoc(tmp_path: Path, ending: str) -> None:
    program = shutil.which("pandoc")
    if program is None:
        pytest.skip("needs pandoc")
    path = tmp_path / f"a.{ending}"
    text = "Dear *Anne*,\n\nIt rained.\n\nYours ever,\\\nJ. Mill\n"
    command = [program, "-f", "markdown", "-o", str(path)]
    subprocess.run(command, input=text.encode(), check=True)  # noqa: S603 - a fixed command
    (one,) = open_file(path)
    assert one.source.text == "Dear Anne,\n\nIt rained.\n\nYours ever,\nJ. Mill\n"
    made = encode(one)
    assert made.is_sound
    assert words_of(made.to_bytes()) == one.source.text.split()


def test_what_is_no_office_file_is_refused(tmp_path: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("needs pandoc")
    with pytest.raises(ReadError, match="pandoc cannot read it as DOCX"):
        opened(tmp_path / "a.docx", "Dear Anne")


def test_without_pandoc_an_office_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="pandoc, which is not installed"):
        opened(tmp_path / "a.odt", "x")


def test_an_office_file_has_its_own_encoding(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="leave --encoding out"):
        opened(tmp_path / "a.docx", "x", encoding="utf-8")


# --- mail --------------------------------------------------------------------------------

MAIL = (
    "Received: from mill.example\nFrom: Jo Bly <jo@bly.example>\n"
    "To: Anne Mill <anne@mill.example>\n"
    "Date: Sun, 3 May 1998 10:00:00 +0000\nSubject: =?utf-8?q?Br=C3=B6tchen?= and\n rain\n"
    "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
    "Dear Anne,\n\nThe caf=E9 is shut, and I am in London.\n\nYours ever,\nJo\n"
)
HEAD = (
    "From: Jo Bly <jo@bly.example>\nTo: Anne Mill <anne@mill.example>\n"
    "Date: Sun, 3 May 1998 10:00:00 +0000\nSubject: Brötchen and rain"
)
BODY = "Dear Anne,\n\nThe café is shut, and I am in London.\n\nYours ever,\nJo\n"


def test_the_text_of_a_mail_is_its_header_lines_and_its_words(tmp_path: Path) -> None:
    (one,), findings = opened(tmp_path / "a.eml", MAIL)
    assert one.source.text == f"{HEAD}\n\n{BODY}"
    assert findings == []
    assert [f.value if f else None for f in (one.author, one.addressee, one.date, one.title)] == [
        "Jo Bly <jo@bly.example>",
        "Anne Mill <anne@mill.example>",
        "Sun, 3 May 1998 10:00:00 +0000",
        "Brötchen and rain",
    ]


def test_the_header_of_a_mail_says_who_wrote_to_whom_and_when(tmp_path: Path) -> None:
    (one,), _ = opened(tmp_path / "a.eml", MAIL)
    made = encode(one)
    assert made.is_sound
    assert words_of(made.to_bytes()) == one.source.text.split()
    sent = made.to_bytes().decode().partition("<correspDesc>")[2].partition("</correspDesc>")[0]
    assert 'ref="#person-bly"' in sent
    assert 'ref="#person-mill"' in sent
    assert 'when="1998-05-03"' in sent


def test_a_mailbox_is_many_letters(tmp_path: Path) -> None:
    box = f"From jo Sun May  3 10:00:00 1998\n{MAIL}\nFrom an Mon May  4 10:00:00 1998\n{MAIL}"
    found, _ = opened(tmp_path / "box.mbox", box)
    assert [one.source.name for one in found] == ["box-001", "box-002"]
    assert [one.source.text.strip() for one in found] == [f"{HEAD}\n\n{BODY}".strip()] * 2


def test_parts_that_are_left_out_are_told_of(tmp_path: Path) -> None:
    mail = (
        "From: Jo <jo@bly.example>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain\n\nDear Anne,\n--x\nContent-Type: image/png\n\nAAAA\n--x--\n"
    )
    (one,), findings = opened(tmp_path / "a.eml", mail)
    assert one.source.text == "From: Jo <jo@bly.example>\n\nDear Anne,"
    assert [f.message for f in findings] == ["a: only its plain text is encoded, not image/png"]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.mbox", b"Dear Anne", "there is no message in it"),
        ("a.mbox", b"", "there is no message in it"),
        ("a.eml", b"", "there is no text in it"),
        ("a.md", b"\n", "there is no text in it"),
        ("a.md", b"Dear Anne \x07", "U.0007 is not allowed"),
    ],
)
def test_what_has_no_text_is_refused(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        opened(tmp_path / name, raw)
    assert caught.value.path == tmp_path / name


@pytest.mark.parametrize("ending", DOORS)
def test_a_file_that_is_not_there(tmp_path: Path, ending: str) -> None:
    with pytest.raises(ReadError, match="there is no such file"):
        open_file(tmp_path / f"none{ending}")
