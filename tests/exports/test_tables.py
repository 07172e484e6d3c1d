"""Letters as tables: CSV and JSON, as other programs read them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from epistola.__main__ import main
from epistola.exports import csv as as_csv
from epistola.exports import json as as_json
from epistola.exports.gathered import gather
from epistola.exports.tables import TABLES
from odd_letters import MANY, document, exported, letters_in, many

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas/tables.json").read_text("utf-8"))
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": ["number", "null"]},
    "texts": {"type": "array", "items": {"type": "string"}},
    "values": {"type": "object", "additionalProperties": {"type": "string"}},
}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_folder_of_tables(tmp_path: Path) -> None:
    files = exported(as_csv.FORMAT, letters_in(tmp_path, document()))
    assert sorted(files) == sorted(f"{name}.csv" for name in TABLES)
    (letter,) = rows(files["letters.csv"])
    assert letter["title"] == 'To "Bell" & Co.'
    assert (letter["sender"], letter["place_key"], letter["when"]) == (
        "Bell",
        "one/p-ely",
        "1840-05-03",
    )
    persons = {row["key"]: row for row in rows(files["persons.csv"])}
    assert persons["one/p-bell"]["name"] == 'Ada "the" Bell'
    assert persons["one/p-bell"]["birth"] == "1801"
    assert persons["one/p-cohen"]["numbers"] == "GND:11"
    (place,) = rows(files["places.csv"])
    assert (place["latitude"], place["longitude"]) == ("52.4", "0.26")


def test_each_mention_is_a_row(tmp_path: Path) -> None:
    letters = letters_in(tmp_path, document())
    (letter,) = letters
    found = rows(exported(as_csv.FORMAT, letters)["mentions.csv"])
    assert len(found) == len(letter.mentions) == 11
    for row, mention in zip(found, letter.mentions, strict=True):
        assert letter.text[int(row["start"]) : int(row["end"])] == row["text"] == mention.text
        assert (row["kind"], row["key"], row["cert"]) == (mention.kind, mention.key, mention.cert)
    salute = found[2]
    assert (salute["text"], salute["part"]) == ('"Bell" &\n"Co."', "salute")
    assert (salute["before"], salute["after"][:9]) == ("Ely, 3 May 1840 My dear", ", I saw 𝕳")
    assert [row["values"] for row in found if row["kind"] == "title"] == ["level=m"]


def test_lines_are_those_of_rfc_4180(tmp_path: Path) -> None:
    text = exported(as_csv.FORMAT, letters_in(tmp_path, document()))["mentions.csv"]
    outside = re.sub(r'"(?:[^"]|"")*"', "x", text)
    assert text.endswith("\r\n")
    assert outside.count("\n") == outside.count("\r\n") == 12
    assert {line.count(",") for line in outside.splitlines()} == {len(TABLES["mentions"]) - 1}


def test_excel_gets_its_mark(tmp_path: Path) -> None:
    files = exported(as_csv.FORMAT, letters_in(tmp_path, document()), "mark=yes")
    assert all(text.startswith("\ufeff") for text in files.values())


def test_json_is_as_its_schema_says(tmp_path: Path) -> None:
    validator = Draft202012Validator(SCHEMA)
    Draft202012Validator.check_schema(SCHEMA)
    for letters in (letters_in(tmp_path, document()), gather(ROOT / "tei")):
        made = json.loads(exported(as_json.FORMAT, letters)[""])
        assert list(validator.iter_errors(made)) == []
        assert [len(made["letters"]), bool(made["persons"])] == [1, True]
    made["letters"][0]["language"] = None
    assert [error.json_path for error in validator.iter_errors(made)] == ["$.letters[0].language"]


def test_the_schema_has_the_columns() -> None:
    for name, columns in TABLES.items():
        row = SCHEMA["properties"][name]["items"]
        assert row["required"] == list(row["properties"]) == [column.name for column in columns]
        for column in columns:
            told = {**TYPES[column.sort], "description": column.meaning}
            assert row["properties"][column.name] == told


def test_the_documentation_has_the_columns() -> None:
    told = (ROOT / "docs/export.md").read_text("utf-8")
    for columns in TABLES.values():
        for column in columns:
            assert f"| `{column.name}` | {column.meaning}" in told


def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    letters = letters_in(tmp_path, document(), document())
    files = exported(as_csv.FORMAT, letters)
    made = json.loads(exported(as_json.FORMAT, letters)[""])
    for name in TABLES:
        assert len(rows(files[f"{name}.csv"])) == len(made[name])
        for row, item in zip(rows(files[f"{name}.csv"]), made[name], strict=True):
            assert list(row) == list(item)
            said = {k: str(v) for k, v in item.items() if isinstance(v, str | int | float)}
            assert {k: row[k] for k in said} == said


def test_an_entry_of_a_register_is_one_row() -> None:
    made = json.loads(exported(as_json.FORMAT, gather(ROOT / "tei"))[""])
    for name in TABLES:
        if name not in {"letters", "mentions"}:
            keys = [row["key"] for row in made[name]]
            assert len(keys) == len(set(keys))
    named = {
        row["key"] for name in TABLES if name != "letters" for row in made[name] if "name" in row
    }
    assert {row["key"] for row in made["mentions"] if row["entry"]} <= named


def test_a_person_that_is_mentioned_very_often(tmp_path: Path) -> None:
    letters = letters_in(tmp_path, many())
    assert len(rows(exported(as_csv.FORMAT, letters)["mentions.csv"])) == MANY
    made = json.loads(exported(as_json.FORMAT, letters)[""])
    assert {row["key"] for row in made["mentions"]} == {"one/p-bell"}


@pytest.mark.parametrize(("wanted", "out"), [("csv", "out"), ("json", "out.json")])
def test_the_same_letters_give_the_same_bytes(wanted: str, out: str, tmp_path: Path) -> None:
    letters_in(tmp_path / "in", document(), document())
    made = []
    for folder in ("a", "b"):
        path = tmp_path / folder / out
        assert main(["export", wanted, str(tmp_path / "in"), "-o", str(path)]) == 0
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        made.append([file.read_bytes() for file in files])
    assert made[0] == made[1] != []
