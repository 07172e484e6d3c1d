"""What an editor says beside a text: every fault in one sentence, then what is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.model import Sidecar
from epistola.sidecar import (
    KEYS,
    SidecarError,
    check_rows,
    merged,
    read_sidecar,
    read_table,
)


def written(tmp_path: Path, text: str, name: str = "a.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('autor = "Jo Bly"', "line 1: autor: no such key; did you mean “author”? there are title"),
        ("title = 3", "line 1: title: it must be a text in quotation marks"),
        ('place = "Ely"\ntitle = ["a"]', "line 2: title: it must be a text in quotation marks"),
        ('notes = "torn"', 'line 1: notes: it must be a list of texts, as ["one", "two"]'),
        ("notes = [1]", "line 1: notes: it must be a text in quotation marks"),
        ('title = " "', "line 1: title: it is empty; write it, or take the key out"),
        ('title = "a\\u0000b"', "line 1: title: it holds a character that cannot be printed"),
        ('date = "1845-02-30"', "line 1: date: “1845-02-30” is no date; write it as 1845-03-03"),
        ('date = "3 May 1845"', "line 1: date: “3 May 1845” is no date"),
        ("date = 18450", "line 1: date: “18450” is no date"),
        ("date = true", "line 1: date: it must be a text in quotation marks"),
        ('date = "1845/1846/1847"', "line 1: date: “1845/1846/1847” is no date"),
        ('date = "1846/1845"', "line 1: date: “1846/1845” ends before it begins; turn it round"),
        ('language = "xx"', "line 1: language: “xx” is not known; write one of de, en, fr"),
        ('genre = "song"', "line 1: genre: “song” is not known; write one of letter, "),
        ("[letter]\na = 1", "line 1: letter: no such key"),
        ("title = ", "not well-formed TOML: Invalid value"),
    ],
)
def test_a_fault_is_told_with_file_line_and_key(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SidecarError) as told:
        read_sidecar(path)
    assert str(told.value).startswith(f"{path}")
    assert message in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(SidecarError, match="no such file; name one that is there"):
        read_sidecar(tmp_path / "no.toml")
    path = tmp_path / "a.toml"
    path.write_bytes(b'title = "\xe9"')
    with pytest.raises(SidecarError, match="byte 9 is not UTF-8; save the file as UTF-8"):
        read_sidecar(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", Sidecar()),
        ('author = " Jo\\n Bly "', Sidecar(author="Jo Bly")),
        ('date = "1845-03"', Sidecar(date="1845-03")),
        ("date = 1845-03-03", Sidecar(date="1845-03-03")),
        ("date = 1845", Sidecar(date="1845")),
        ('date = "1845-02-28/1845-03"', Sidecar(date="1845-02-28/1845-03")),
        ("typescript = true", Sidecar(typescript="Typescript.")),
        ('typescript = "Carbon copy"', Sidecar(typescript="Carbon copy")),
        ('notes = ["Torn.", "Wet."]', Sidecar(notes=("Torn.", "Wet."))),
        ('language = "de"\ngenre = "speech"', Sidecar(language="de", genre="speech")),
    ],
)
def test_what_a_file_says(tmp_path: Path, text: str, said: Sidecar) -> None:
    assert read_sidecar(written(tmp_path, text)) == said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: no column “file”; it names the text of each row"),
        ("name,author\na,Jo\n", "line 1: no column “file”"),
        ("file,autor\na,Jo\n", "line 1: autor: no such key; did you mean “author”?"),
        ("file,title,title\n", "line 1: title: two columns have this name; take one out"),
        ("file,author\n,Jo\n", "line 2: file: it is empty; name the text that the row is for"),
        ("file,date\na,1845\n\nb,1845-13\n", "line 4: date: “1845-13” is no date"),
        ("file,author\na,Jo,x\n", "line 2: 3 cells under 2 columns; put a cell"),
        ("file,author\na,Jo\na,Bo\n", "line 3: file: “a” has a row in line 2 already"),
    ],
)
def test_a_fault_of_a_table_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text, "t.csv")
    with pytest.raises(SidecarError) as told:
        read_table(path)
    assert str(told.value).startswith(f"{path}, {message[:6]}")
    assert message in str(told.value)


def test_a_row_for_a_text_that_is_not_there(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "file,author\nletter-1.txt,Jo\nleter-2.txt,Bo\n", "t.csv"))
    texts = [tmp_path / "in" / "letter-1.txt", tmp_path / "in" / "letter-2.txt"]
    with pytest.raises(SidecarError) as told:
        check_rows(table, texts)
    assert str(told.value) == (
        f"{table.path}, line 3: file: there is no text “leter-2.txt”; did you mean “letter-2.txt”?"
    )


def test_a_row_may_name_a_text_that_is_not_asked_for(tmp_path: Path) -> None:
    written(tmp_path, "Dear Tom,", "other.txt")
    table = read_table(written(tmp_path, "file,author\nother,Jo\nother.txt,Bo\n", "t.csv"))
    check_rows(table, [])


def test_what_a_table_says(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufefffile;author;notes\na.txt;Jo Bly;Torn. | Wet.\nb;;\n", "t.csv")
    table = read_table(path)
    assert table.row(Path("in/a.txt")) == Sidecar(author="Jo Bly", notes=("Torn.", "Wet."))
    assert table.row(Path("in/b.txt")) == Sidecar()
    assert table.row(Path("in/c.txt")) == Sidecar()


def test_the_nearer_word_counts() -> None:
    over, under = Sidecar(author="Jo"), Sidecar(author="Bo", place="Ely")
    assert merged(over, under) == Sidecar(author="Jo", place="Ely")


@given(st.sampled_from([key for key in KEYS if key != "notes"]), st.text(max_size=20))
def test_any_value_is_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: str
) -> None:
    plain = "".join(char for char in value if char.isprintable() and char not in '"\\')
    path = written(tmp_path_factory.mktemp("sidecar"), f'{key} = "{plain}"')
    outcome = outcome_of(path, key)
    refused = outcome.startswith(f"{path}, line 1: {key}: ") and "\n" not in outcome
    assert refused or outcome == " ".join(plain.split())


def outcome_of(path: Path, key: str) -> str:
    """What a file says of ``key``, else why it is refused."""
    try:
        return str(getattr(read_sidecar(path), key))
    except SidecarError as error:
        return str(error)
