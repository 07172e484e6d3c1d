"""Annotations made elsewhere in a letter: what is added, taken out, changed, and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from epistola.__main__ import main
from epistola.checks.relaxng import check_schema
from epistola.exports.letters import ExportedLetter
from epistola.imports import ImportFileError, Mark, conll, webanno
from epistola.imports.merged import Merged, merge
from epistola.model import Severity, Span
from odd_letters import document, letters_in

BEFORE = (
    '<p>I saw <persName ref="#p-bell" cert="low">Bell</persName> <!-- so --><?x y?>of'
    " <hi rend='i'>Ely</hi> in <date when='1840'>1840</date>.</p>"
)
TEXT = "I saw Bell of Ely in 1840."


def letter(folder: Path, body: str = BEFORE) -> ExportedLetter:
    (one,) = letters_in(folder, document(body))
    assert body != BEFORE or one.text == TEXT
    return one


def mark(words: str, kind: str, pointer: str | None = None, **values: str) -> Mark:
    start = TEXT.index(words)
    return Mark(Span(start, start + len(words)), kind, pointer, values or None)


def body_of(merged: Merged) -> str:
    text = merged.to_bytes().decode()
    return text[text.index("<body>") + 6 : text.index("</body>")].replace('"', "'")


AS_IT_WAS = BEFORE.replace('"', "'")
NOBODY = (
    "<p>I saw Bell <!-- so --><?x y?>of <hi rend='i'>Ely</hi> in <date when='1840'>1840</date>.</p>"
)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([mark("Bell", "person")], AS_IT_WAS),
        ([], AS_IT_WAS),
        (
            [mark("Ely", "place", "#p-ely")],
            AS_IT_WAS.replace(">Ely<", "><placeName ref='#p-ely'>Ely</placeName><"),
        ),
        (
            [mark("Bell", "person"), mark("Ely", "place", "one/p-ely")],
            AS_IT_WAS.replace(">Ely<", "><placeName ref='#p-ely'>Ely</placeName><"),
        ),
        ([mark("Bell", "person", "#p-cohen")], AS_IT_WAS.replace("#p-bell", "#p-cohen")),
        ([mark("Bell", "person", cert="high")], AS_IT_WAS.replace("'low'", "'high'")),
        ([mark("1840", "date", when="1841")], AS_IT_WAS.replace("'1840'", "'1841'")),
        ([mark("Bell", "place")], NOBODY.replace("Bell", "<placeName>Bell</placeName>")),
        (
            [mark("Ely", "person")],
            NOBODY.replace(">Ely<", "><persName>Ely</persName><"),
        ),
        (
            [mark("Bell of Ely", "person"), mark("Bell", "person")],
            AS_IT_WAS.replace("<persName", "<persName><persName", 1).replace(
                "</hi>", "</hi></persName>"
            ),
        ),
        (
            [mark("Bell of Ely", "event"), mark("Ely", "place")],
            "<p>I saw <eventName><persName ref='#p-bell' cert='low'>Bell</persName>"
            " <!-- so --><?x y?>of <hi rend='i'><placeName>Ely</placeName></hi></eventName> in"
            " <date when='1840'>1840</date>.</p>",
        ),
    ],
)
def test_marks(marks: list[Mark], expected: str, tmp_path: Path) -> None:
    merged = merge(letter(tmp_path), marks)
    assert merged.findings == ()
    assert body_of(merged) == expected
    assert merged.is_changed == (expected != AS_IT_WAS)


def test_kinds_and_keeping(tmp_path: Path) -> None:
    assert body_of(merge(letter(tmp_path), [], frozenset({"person"}))) == NOBODY
    assert body_of(merge(letter(tmp_path), [], frozenset({"person"}), keep=True)) == AS_IT_WAS
    kept = merge(letter(tmp_path), [mark("Ely", "person")], keep=True)
    assert (kept.added, kept.removed) == (1, 0)


@pytest.mark.parametrize(
    ("body", "one", "code"),
    [
        (BEFORE, mark("Bell of", "place", "#p-none"), "no-entry"),
        (BEFORE, mark("saw Be", "place"), "conflict"),
        (BEFORE, mark("Bell", "person", **{"a b": "x"}), "value"),
        (BEFORE, mark("Bell", "person", when="\x01"), "value"),
        (
            "<p>I saw <persName xml:id='x' next='#y'>Bell</persName> of <persName xml:id='y'"
            " prev='#x'>Ely</persName> in 1840.</p>",
            mark("1840", "person"),
            "conflict",
        ),
        (
            "<p>I saw <bibl><author>Bell</author> of Ely</bibl> in 1840.</p>",
            mark("1840", "reference"),
            "conflict",
        ),
    ],
)
def test_conflicts_are_findings(body: str, one: Mark, code: str, tmp_path: Path) -> None:
    merged = merge(letter(tmp_path, body), [one])
    assert {finding.code for finding in merged.findings} == {code}
    assert {finding.severity for finding in merged.findings} == {Severity.WARNING}


def test_two_marks_that_cross(tmp_path: Path) -> None:
    marks = [mark("Bell of", "org"), mark("of Ely", "place")]
    merged = merge(letter(tmp_path), marks)
    assert merged.added == 1
    assert [finding.code for finding in merged.findings] == ["conflict"]


def test_a_letter_that_would_be_invalid_is_not_made(tmp_path: Path) -> None:
    merged = merge(letter(tmp_path), [mark("Bell", "person", cert="so")])
    assert Severity.ERROR in {finding.severity for finding in merged.findings}


def test_what_is_merged_is_valid(tmp_path: Path) -> None:
    before = check_schema(letter(tmp_path).path.read_bytes())
    made = merge(letter(tmp_path), [mark("Ely", "place"), mark("saw", "term")]).to_bytes()
    assert [f.message for f in check_schema(made)] == [f.message for f in before]


# ---- files from elsewhere


def annotation(
    exact: str, start: int | None, tag: str = "Person", **more: str
) -> dict[str, object]:
    selectors: list[dict[str, object]] = [{"type": "TextQuoteSelector", "exact": exact, **more}]
    if start is not None:
        end = start + len(exact)
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    body = [{"type": "TextualBody", "purpose": "tagging", "value": tag}]
    return {"type": "Annotation", "body": body, "target": {"selector": selectors}}


@pytest.mark.parametrize(
    ("one", "words", "codes"),
    [
        (annotation("Bell", 6), "Bell", []),
        (annotation("Bell", 3), "Bell", []),
        (annotation("Bell ", None, "PER"), "Bell", []),
        (annotation("Bill", 6), "", ["moved"]),
        (annotation("l", None), "", ["moved"]),
        (annotation("l", None, prefix="El"), "", ["moved"]),
        (annotation("l", None, prefix="E", suffix="y"), "l", []),
        (annotation("Bell", 6, "to do"), "", ["no-kind"]),
        (annotation(" ", 5), "", ["moved"]),
        ({"type": "Annotation"}, "", ["moved"]),
    ],
)
def test_annotations_from_elsewhere(
    one: dict[str, object], words: str, codes: list[str], tmp_path: Path
) -> None:
    for data in (one, [one], {"items": [one]}, {"first": {"items": [one]}}):
        marks, findings = webanno.read(json.dumps(data).encode(), letter(tmp_path))
        assert [TEXT[m.span.start : m.span.end] for m in marks] == [words] * bool(words)
        assert [finding.code for finding in findings] == codes


@pytest.mark.parametrize("raw", [b"{", b"3", b'{"a": 1}', b"[3]", b"\xff"])
def test_what_is_no_annotation_is_refused(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="this"):
        webanno.read(raw, letter(tmp_path))


PLAIN = "I O\nsaw O\nBell {}\nof O\nEly {}\n\nin O\n1840 O\n. O\n"


@pytest.mark.parametrize(
    ("lines", "found", "codes"),
    [
        (PLAIN.format("B-PER", "B-LOC"), [("person", "Bell"), ("place", "Ely")], []),
        (PLAIN.format("I-PER", "S-LOC"), [("person", "Bell"), ("place", "Ely")], []),
        (PLAIN.format("B-PER", "B-MISC"), [("person", "Bell")], ["no-kind"]),
        (
            PLAIN.format("B-PER", "B-LOC").replace("saw", "met"),
            [("person", "Bell"), ("place", "Ely")],
            ["other-text"],
        ),
        (
            PLAIN.format("B-PER", "B-LOC").replace("Ely", "Ulm"),
            [("person", "Bell")],
            ["other-text", "moved"],
        ),
        (
            PLAIN.replace("of O", "of I-PER").format("B-PER", "I-PER"),
            [("person", "Bell of Ely")],
            [],
        ),
        (
            PLAIN.replace("of O", "of I-PER").format("B-PER", "B-PER"),
            [("person", "Bell of"), ("person", "Ely")],
            [],
        ),
    ],
)
def test_tags_from_elsewhere(
    lines: str, found: list[tuple[str, str]], codes: list[str], tmp_path: Path
) -> None:
    marks, findings = conll.read(lines.encode(), letter(tmp_path))
    assert [(m.kind, TEXT[m.span.start : m.span.end]) for m in marks] == found
    assert [finding.code for finding in findings] == codes


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"Bell\n", "line 1: “Bell” is no tag"),
        (b"Bell NNP\n", "line 1: “NNP” is no tag"),
        (b"\xff", "this is no UTF-8"),
        (b"", "there are 0 letters in it"),
        (b"-DOCSTART- O\nBell O\n-DOCSTART- O\nEly O\n", "there are 2 letters in it"),
    ],
)
def test_what_is_no_conll_is_refused(raw: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match=message):
        conll.read(raw, letter(tmp_path))


# ---- the command


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, file = letter(tmp_path).path, tmp_path / "names.conll"
    file.write_text(PLAIN.format("O", "B-LOC"), "utf-8")
    out = tmp_path / "out.xml"
    assert main(["import", "conll", str(file), str(path), "-o", str(out), "--kind", "person"]) == 0
    assert "tags: 1 added, 1 taken out, 0 changed" in capsys.readouterr().err
    assert "I saw Bell <!-- so -->" in out.read_text("utf-8")


def test_what_says_nothing_new_leaves_every_byte(tmp_path: Path) -> None:
    path, file, out = letter(tmp_path).path, tmp_path / "a.json", tmp_path / "out.xml"
    file.write_text(json.dumps([annotation("Bell", 6)]), "utf-8")
    assert main(["import", "webanno", str(file), str(path), "-o", str(out)]) == 0
    assert out.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["webanno", "no.json", "one.xml"], "no.json: cannot be read: No such file"),
        (["webanno", "bad.json", "one.xml"], "bad.json: this is no JSON"),
        (["webanno", "good.json", "no.xml"], "no.xml: cannot be read: No such file"),
        (["webanno", "good.json", "."], ". is a folder: name the TEI file of one letter"),
        (["webanno", "good.json", "one.xml", "--kind", "beast"], "no kind “beast” is known"),
        (
            ["webanno", "good.json", "one.xml", "-o", "bad.json/x"],
            "bad.json/x: it cannot be written",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    letter(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.json").write_text("{", "utf-8")
    (tmp_path / "good.json").write_text("[]", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert main(["import", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_an_error_forbids_writing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, file, out = letter(tmp_path).path, tmp_path / "a.json", tmp_path / "out.xml"
    bad = annotation("Bell", 6)
    bad["body"] = [
        {"purpose": "tagging", "value": "person"},
        {"purpose": "describing", "value": "cert=so"},
    ]
    file.write_text(json.dumps([bad]), "utf-8")
    assert main(["import", "webanno", str(file), str(path), "-o", str(out)]) == 1
    assert "error" in capsys.readouterr().err
    assert not out.exists()


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--help"]) == 0
    assert "epistola import webanno annotations.jsonld letter.xml" in capsys.readouterr().out


def test_findings_say_where_in_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, file = letter(tmp_path).path, tmp_path / "a.json"
    file.write_text(json.dumps([annotation("saw Be", 2)]), "utf-8")
    out = tmp_path / "out.xml"
    assert main(["import", "webanno", str(file), str(path), "-o", str(out), "--add-only"]) == 0
    assert "one.xml (text):1:3: warning: conflict: " in capsys.readouterr().err
    assert out.read_bytes() == path.read_bytes()
