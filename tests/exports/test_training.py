"""Letters as tokens with tags: CoNLL and spaCy's DocBin, read and trained with by spaCy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import assume, given, settings

from epistola.__main__ import main
from epistola.exports import conll, spacy
from epistola.exports.letters import ExportedLetter
from epistola.exports.tokens import tokens
from epistola.imports.conll import read
from epistola.imports.merged import merge
from odd_letters import (
    MANY,
    again,
    bare,
    document,
    documents,
    exported,
    exported_bytes,
    is_said_once,
    letters_in,
    many,
    mentions_in,
)

BODY = """<p>I saw <persName ref="#p-bell" cert="low">Ada "the"
Bell</persName>’s <eventName>Fair of <placeName ref="#p-ely">Ely</placeName></eventName>.</p>"""
BODY += "<p>So.</p>"
LINES = """-DOCSTART- -X- O O

I -X- one#char=0,1 %20 _ _ O
saw -X- one#char=2,5 %20 _ _ O
Ada -X- one#char=6,9 %20 _ ref=#p-bell&key=one/p-bell&@cert=low B-PERSON
" -X- one#char=10,11 _ _ _ I-PERSON
the -X- one#char=11,14 _ _ _ I-PERSON
" -X- one#char=14,15 %0A _ _ I-PERSON
Bell -X- one#char=16,20 _ _ _ I-PERSON
’ -X- one#char=20,21 _ _ _ O
s -X- one#char=21,22 %20 _ _ O
Fair -X- one#char=23,27 %20 _ _ B-EVENT
of -X- one#char=28,30 %20 _ _ I-EVENT
Ely -X- one#char=31,34 _ B-PLACE |ref=#p-ely&key=one/p-ely I-EVENT
. -X- one#char=34,35 %0A _ _ O

So -X- one#char=36,38 _ _ _ O
. -X- one#char=38,39 _ _ _ O

"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n", []),
        ("Mr. Bell's", ["Mr", ".", "Bell", "'", "s"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("שָׁלוֹם כהן", ["שָׁלוֹם", "כהן"]),
        ("a_b 3d.", ["a_b", "3d", "."]),
        ("--", ["-", "-"]),
        ("क्\u200dष", ["क्\u200dष"]),
        ("𝕳i", ["𝕳i"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [text[span.start : span.end] for span in tokens(text)] == words


def written(letter: ExportedLetter) -> bytes:
    return f"{conll.DOCUMENT}\n\n{''.join(conll.blocks(letter))}".encode()


def test_lines(tmp_path: Path) -> None:
    made = exported(conll.FORMAT, letters_in(tmp_path, document(BODY)))[""]
    assert made.replace("\t", " ") == LINES


def joined(lines: str) -> str:
    """What tokens and the white space between them make again."""
    text = ""
    for line in lines.splitlines():
        cells = line.split("\t")
        if len(cells) == 7:
            before, plus, after = cells[3].rpartition("+")
            space = "" if after == "_" else unquote(after)
            text += f"{unquote(before) if plus else ''}{cells[0]}{space}"
    return text


@settings(max_examples=60)
@given(documents)
def test_conll_there_and_back_loses_nothing(written_letter: str) -> None:
    with TemporaryDirectory() as folder:
        for one in letters_in(Path(folder), written_letter):
            assert joined(written(one).decode()) == (one.text if one.text.strip() else "")
            marks, findings = read(written(one), one)
            assert (findings, len(marks)) == ([], len(one.mentions))
            assert not merge(one, marks).is_changed
            assume(is_said_once(one))
            naked = bare(Path(folder) / "bare", one)
            merged = merge(naked, marks)
            assert (merged.findings, merged.added) == ((), len(one.mentions))
            assert mentions_in(again(Path(folder) / "bare", merged, naked)) == mentions_in(one)


def test_a_person_that_is_mentioned_very_often(tmp_path: Path) -> None:
    (letter,) = letters_in(tmp_path, many())
    made = written(letter)
    assert made.count(b"\tB-PERSON\n") == MANY
    marks, _ = read(made, letter)
    assert not merge(letter, marks).is_changed


# ---- spaCy


def installed() -> Any:
    """spaCy; a test that needs it is skipped where it is not."""
    return pytest.importorskip("spacy", reason="needs spaCy: pip install 'epistola[spacy]'")


def docs_in(made: bytes) -> list[Any]:
    spacy_itself = installed()
    packed = spacy_itself.tokens.DocBin().from_bytes(made)
    return list(packed.get_docs(spacy_itself.blank("en").vocab))


@settings(max_examples=40)
@given(documents)
def test_a_docbin_has_the_text_and_the_mentions(written_letter: str) -> None:
    with TemporaryDirectory() as folder:
        letters = letters_in(Path(folder), written_letter)
        for letter in letters:
            (doc,) = docs_in(exported_bytes(spacy.FORMAT, letters)[f"{letter.name}.spacy"])
            assert doc.text == letter.text
            told = [(m.text, m.kind.upper(), m.key if m.entry else "") for m in letter.mentions]
            spans = [(s.text, s.label_, s.kb_id_) for s in doc.spans["mentions"]]
            assert spans == told
            assert {(e.start_char, e.text, e.label_, e.kb_id_) for e in doc.ents} <= {
                (m.span.start, *one) for m, one in zip(letter.mentions, told, strict=True)
            }
            assert bool(doc.ents) == bool(letter.mentions)


def test_very_many_mentions_in_a_docbin(tmp_path: Path) -> None:
    (doc,) = docs_in(exported_bytes(spacy.FORMAT, letters_in(tmp_path, many()))["one.spacy"])
    assert len(doc.ents) == MANY


def test_without_spacy_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letters_in(tmp_path / "in", document())
    monkeypatch.setitem(sys.modules, "spacy.tokens", None)
    assert main(["export", "spacy", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 2
    assert "spaCy is not installed: pip install 'epistola[spacy]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def trained(folder: Path) -> set[str]:
    """The labels that spaCy learns from the documents in ``folder`` in one epoch."""
    spacy_itself = installed()
    nlp = spacy_itself.blank("en")
    nlp.add_pipe("ner")
    examples = list(spacy_itself.training.Corpus(folder)(nlp))
    assert examples
    optimizer = nlp.initialize(lambda: examples)
    losses = nlp.update(examples, sgd=optimizer)
    assert losses["ner"] > 0
    nlp("I saw Bell in Ely.")
    return set(nlp.get_pipe("ner").labels)


LABELS = {"PERSON", "PLACE", "EVENT", "DATE", "TITLE"}


def test_spacy_trains_with_a_docbin(tmp_path: Path) -> None:
    letters = letters_in(tmp_path / "in", document(), document(BODY))
    (tmp_path / "out").mkdir()
    for name, made in exported_bytes(spacy.FORMAT, letters).items():
        (tmp_path / "out" / name).write_bytes(made)
    assert trained(tmp_path / "out") == LABELS


def test_spacy_converts_conll_and_trains_with_it(tmp_path: Path) -> None:
    letters = letters_in(tmp_path / "in", document(), document(BODY))
    (tmp_path / "names.conll").write_bytes(exported_bytes(conll.FORMAT, letters)[""])
    installed()
    command = [sys.executable, "-m", "spacy", "convert", "names.conll", ".", "-c", "ner", "-n", "0"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)  # noqa: S603 - ours
    docs = docs_in((tmp_path / "names.spacy").read_bytes())
    outermost = [
        [(e.text, e.label_) for e in doc.ents]
        for made in exported_bytes(spacy.FORMAT, letters).values()
        for doc in docs_in(made)
    ]
    assert [[e.label_ for e in doc.ents] for doc in docs] == [
        [label for _, label in doc] for doc in outermost
    ]
    assert ["".join(e.text.split()) for doc in docs for e in doc.ents] == [
        "".join(text.split()) for doc in outermost for text, _ in doc
    ]
    (tmp_path / "out").mkdir()
    (tmp_path / "names.spacy").rename(tmp_path / "out/names.spacy")
    assert trained(tmp_path / "out") == LABELS
