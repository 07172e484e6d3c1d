from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.model import Finding, Severity
from epistola.text.read import ReadError, as_source, decode, read
from shared import shared

LINE = "Sir,\nI saw Mme Dupré — “at last”.\n"


def file(folder: Path, raw: bytes) -> Path:
    path = folder / "a.b.txt"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "no text"),
        (b" \r\n\t\x0c\n", "no text"),
        (codecs.BOM_UTF8, "no text"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file: convert it to plain text first"),
        (b"PK\x03\x04\x14\0\6\0", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "Office"),
        (b"{\\rtf1 Sir}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x7fELF\2\1\1" + bytes(9), "binary"),
        (bytes(range(256)) * 4, "binary"),
        ("Dear Sir".encode("utf-16-le"), "binary"),
        (b"<?xml version='1.0'?><TEI/>", "marked up already"),
        (b"\n<!DOCTYPE html><html>", "marked up already"),
        (codecs.BOM_UTF16_LE + b"a", "it is not utf-16: byte 3 does not fit"),
        (codecs.BOM_UTF8 + b"Dupr\xe9", "it is not utf-8: byte 8 does not fit"),
    ],
)
def test_what_is_no_plain_text_is_refused_in_one_sentence(
    tmp_path: Path, raw: bytes, message: str
) -> None:
    path = file(tmp_path, raw)
    with pytest.raises(ReadError, match=message) as caught:
        read(path)
    assert caught.value.path == path
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "character", "line", "column"),
    [
        ("Sir,\nI \x07 am", "U+0007", 2, 3),
        ("Sir,\r\nI\x00 am well and hope you are", "U+0000", 2, 2),
        ("\x0b Sir", "U+000B", 1, 1),
        ("Sir \x1f", "U+001F", 1, 5),
        ("Sir \ufffe", "U+FFFE", 1, 5),
        ("Sir \uffff", "U+FFFF", 1, 5),
        ("Sir \ud800", "U+D800", 1, 5),
    ],
)
def test_a_character_that_xml_forbids_is_pointed_at(
    text: str, character: str, line: int, column: int
) -> None:
    with pytest.raises(ReadError, match=rf"{character.replace('+', '.')} is not allowed") as caught:
        as_source(text, "a")
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text", ["a\tb", "a\fb", "a\x7fb", "a\x85b", "a\ue000b", "a\U0010ffffb", "<b>"]
)
def test_what_xml_allows_stays(text: str) -> None:
    assert as_source(text, "a").text == text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (LINE.encode(), None),
        (codecs.BOM_UTF8 + LINE.encode(), None),
        (LINE.replace("\n", "\r\n").encode(), None),
        (LINE.replace("\n", "\r").encode(), None),
        (LINE.encode("utf-16"), (Severity.INFO, "utf-16")),
        (codecs.BOM_UTF16_BE + LINE.encode("utf-16-be"), (Severity.INFO, "utf-16")),
        (codecs.BOM_UTF32_LE + LINE.encode("utf-32-le"), (Severity.INFO, "utf-32")),
        (LINE.encode("windows-1252"), (Severity.WARNING, "windows-1252, because byte 20, 0xE9,")),
    ],
)
def test_encodings_are_told_apart(
    tmp_path: Path, raw: bytes, said: tuple[Severity, str] | None
) -> None:
    findings: list[Finding] = []
    assert read(file(tmp_path, raw), report=findings.append).text == LINE
    assert [f.code for f in findings] == ["encoding"] * (said is not None)
    if said is not None:
        assert findings[0].severity == said[0]
        assert f"read as {said[1]}" in findings[0].message


def test_a_byte_that_windows_lacks_makes_it_latin() -> None:
    text, findings = decode(b"Sir, \xe9\x81")
    assert text == "Sir, é\x81"
    assert "iso-8859-1" in findings[0].message


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("klingon", "“klingon” is no encoding"),
        ("\udcff", "is no encoding"),
        ("a\0b", "is no encoding"),
        ("base64", "does not turn bytes into text"),
        ("ascii", "it is not ascii: byte 20 does not fit"),
    ],
)
def test_an_encoding_that_does_not_fit_is_refused(
    tmp_path: Path, encoding: str, message: str
) -> None:
    with pytest.raises(ReadError, match=message):
        read(file(tmp_path, LINE.encode()), encoding)


@pytest.mark.parametrize("encoding", ["UTF8", "utf-8-sig", "cp1252", "koi8-r", "utf-16-le"])
def test_an_encoding_that_is_named_is_obeyed(tmp_path: Path, encoding: str) -> None:
    findings: list[Finding] = []
    text = "Sir,\n© 1848\n"
    raw = text.encode(encoding)
    assert read(file(tmp_path, raw), encoding, findings.append).text == text
    assert all("as was asked for" in f.message for f in findings)
    assert bool(findings) == (not encoding.lower().startswith("utf-8") and encoding != "UTF8")


def test_name_and_digest_are_the_files(tmp_path: Path) -> None:
    source = read(file(tmp_path, b"abc"))
    assert (source.name, source.digest) == ("a.b", "ba7816bf8f01cfea")


def test_a_name_can_stand_in_xml(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\x07\x0c\xff.txt")
    path.write_bytes(b"Sir")
    assert read(path).name == "a\ufffd\ufffd\ufffd"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Sir\r\n")))
    source = read(None)
    assert (source.name, source.text) == ("stdin", "Sir\n")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="a folder"):
        read(tmp_path)


def test_what_the_system_refuses_is_told_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="it cannot be read: File name too long"):
        read(tmp_path / ("a" * 300))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_source_or_refused(raw: bytes) -> None:
    try:
        text, _ = decode(raw)
        source = as_source(text, "a")
    except ReadError:
        return
    assert source.text.split()
    assert "\r" not in source.text
    assert len(source.folded) == len(source.text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    try:
        decoded, findings = decode(text.encode())
    except ReadError:
        return
    assert (decoded, findings) == (text, [])


@pytest.mark.parametrize("corpus", ["mia", "letters"])
def test_every_letter_of_a_corpus_can_be_read(corpus: str) -> None:
    paths = sorted(shared("data", "inputs", corpus).glob("*.txt"))
    assert paths
    for path in paths:
        findings: list[Finding] = []
        source = read(path, report=findings.append)
        assert source.text.split(), path
        assert [f.code for f in findings] in ([], ["encoding"]), path
