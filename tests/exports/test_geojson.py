"""GeoJSON, as RFC 7946 wants it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geojson as reader

from correspondence import LEEDS, NOWHERE, crowded, document, edition, exported
from epistola.exports.geojson import FORMAT
from epistola.model import Finding


def features(path: Path, found: list[Finding] | None = None) -> dict[str, Any]:
    """The features by their ids, after two readers took the file as valid."""
    data = exported(FORMAT, path, (), (found if found is not None else []).append)
    collection = reader.loads(data.decode())
    assert collection.is_valid, collection.errors()
    read = json.loads(data)
    assert set(read) == {"type", "name", "features"}
    assert all(set(one) == {"type", "id", "geometry", "properties"} for one in read["features"])
    return {one["id"]: one for one in read["features"]}


def test_a_place_has_its_letters_and_their_days(tmp_path: Path) -> None:
    leeds = features(edition(tmp_path / "e"))["place-leeds"]
    assert leeds["geometry"] == {"type": "Point", "coordinates": [-1.54785, 53.79648]}
    said = leeds["properties"]
    assert (said["name"], said["address"]) == (LEEDS, "https://www.geonames.org/2644688")
    assert (said["sent"], said["received"], said["named"]) == (1, 1, 1)
    assert [(one["letter"], one["role"], one["first"]) for one in said["letters"]] == [
        ("a", "sent", "1848-05-03"),
        ("a", "named", "1848-05-03"),
        ("b", "received", "1848-05-20"),
    ]


def test_a_place_without_coordinates_is_told(tmp_path: Path) -> None:
    found: list[Finding] = []
    nether = features(edition(tmp_path / "e"), found)["place-nether"]
    assert nether["geometry"] is None
    assert [(one.code, NOWHERE in one.message) for one in found] == [("no-coordinates", True)]


def test_what_is_not_on_earth_has_no_point(tmp_path: Path) -> None:
    entry = """<listPlace><place xml:id="p"><placeName>Far</placeName>
    <location><geo>91.5 200</geo></location></place></listPlace>"""
    path = tmp_path / "x.xml"
    path.write_text(document("x", "", '<p><placeName ref="#p">Far</placeName></p>', entry), "utf-8")
    found: list[Finding] = []
    assert [one["geometry"] for one in features(path, found).values()] == [None]
    assert [one.code for one in found] == ["wrong-coordinates"]


def test_ten_thousand_mentions_are_counted(tmp_path: Path) -> None:
    path = crowded(tmp_path)
    text = path.read_text("utf-8").replace("persName", "placeName").replace("<person ", "<place ")
    text = text.replace("</person>", "</place>").replace("listPerson", "listPlace")
    path.write_text(text, "utf-8")
    (place,) = features(path).values()
    assert [one["times"] for one in place["properties"]["letters"]] == [10_000]


def test_no_places_are_no_features(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(document("x", "", "<p>None.</p>"), "utf-8")
    assert features(path) == {}
