"""Letters as plain texts, and how other programs count their words."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from sklearn.feature_extraction.text import CountVectorizer

from epistola.__main__ import main
from epistola.exports import chosen, text
from epistola.exports.tables import WORD
from odd_letters import MANY, document, documents, exported, letters_in, many

SPELLINGS = ("written", "normalised")
NAMES = ("written", "folded", "masked")


def metadata(files: dict[str, str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["metadata.csv"], newline="")))


@pytest.mark.parametrize(
    ("body", "names", "spelling", "expected"),
    [
        ("Nobody.", "folded", "written", "Nobody."),
        ("In <date when='1840'>1840</date>.", "masked", "written", "In 1840."),
        ("<persName>Bell</persName>", "folded", "written", "Bell"),
        ("<persName>Bell</persName>’s", "masked", "written", "persName’s"),
        ('<persName ref="#p-bell">Ada\nBell</persName>’s', "folded", "written", "one_p_bell’s"),
        ('un<persName ref="#p-bell">Bell</persName>ish', "folded", "written", "un one_p_bell ish"),
        ('<persName ref="gnd:1-2">X</persName>', "folded", "written", "gnd_1_2"),
        (
            '<eventName>Fair of <placeName ref="#p-ely">Ely</placeName></eventName>',
            "folded",
            "written",
            "Fair of one_p_ely",
        ),
        (
            '<eventName>Fair of <placeName ref="#p-ely">Ely</placeName></eventName>',
            "masked",
            "written",
            "eventName",
        ),
        ("<bibl><title>Loaves</title>, p. 2</bibl>", "masked", "written", "workTitle, p. 2"),
        ("<choice><sic>teh</sic><corr>the</corr></choice> end", "written", "written", "teh end"),
        ("<choice><sic>teh</sic><corr>the</corr></choice> end", "written", "normalised", "the end"),
        (
            "<choice><orig><persName>Bel</persName></orig><reg><persName>Bell</persName></reg></choice>.",
            "masked",
            "normalised",
            "persName.",
        ),
    ],
)
def test_readings(body: str, names: str, spelling: str, expected: str, tmp_path: Path) -> None:
    letters = letters_in(tmp_path, document(f"<p>{body}</p>"))
    files = exported(text.FORMAT, letters, f"names={names}", f"spelling={spelling}")
    assert files["corpus/one.txt"] == expected


def test_the_table_tells_of_each_text(tmp_path: Path) -> None:
    files = exported(text.FORMAT, letters_in(tmp_path, document(), document("<p>So so.</p>")))
    first, second = metadata(files)
    assert [first["file"], second["file"]] == ["corpus/one.txt", "corpus/one1.txt"]
    assert (first["title"], first["when"]) == ('To "Bell" & Co.', "1840-05-03")
    assert (second["words"], second["types"]) == ("2", "1")


@settings(max_examples=40)
@given(documents)
def test_as_written_nothing_is_changed(written: str) -> None:
    with TemporaryDirectory() as folder:
        letters = letters_in(Path(folder), written)
        files = exported(text.FORMAT, letters)
        for letter in letters:
            assert files[f"corpus/{letter.name}.txt"] == letter.text


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("names", NAMES)
def test_scikit_learn_counts_as_we_do(names: str, spelling: str, tmp_path: Path) -> None:
    letters = letters_in(tmp_path / "in", document(), document("<p>So <persName>so</persName></p>"))
    files = exported(text.FORMAT, letters, f"names={names}", f"spelling={spelling}")
    paths = []
    for name, content in files.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_text(content, "utf-8", newline="")
        paths += [tmp_path / "out" / name] if name.endswith(".txt") else []
    counter = CountVectorizer(input="filename", token_pattern=r"\w+")  # noqa: S106 - no password
    counts = counter.fit_transform(paths)
    told = metadata(files)
    assert counts.sum(axis=1).ravel().tolist()[0] == [int(row["words"]) for row in told]
    assert (counts > 0).sum(axis=1).ravel().tolist()[0] == [int(row["types"]) for row in told]
    ours = Counter(word for path in paths for word in WORD.findall(path.read_text("utf-8").lower()))
    names_of = counter.get_feature_names_out()
    assert dict(zip(names_of, counts.sum(axis=0).tolist()[0], strict=True)) == ours


def test_a_folded_name_is_one_word_to_scikit_learn(tmp_path: Path) -> None:
    letters = letters_in(tmp_path, many())
    read = exported(text.FORMAT, letters, "names=folded")["corpus/one.txt"]
    counter = CountVectorizer()
    counts = counter.fit_transform([read])
    assert counts[0, counter.vocabulary_["one_p_bell"]] == MANY


def test_a_single_letter_is_one_text(tmp_path: Path) -> None:
    letters_in(tmp_path, document())
    out = tmp_path / "out.txt"
    assert main(["export", "text", str(tmp_path / "one.xml"), "-o", str(out)]) == 0
    (letter,) = letters_in(tmp_path, document())
    assert out.read_text("utf-8") == letter.text
    assert chosen(text.FORMAT, []) == {"spelling": "written", "names": "written"}
