"""Files of decisions: what is refused, what is kept, how lines are added."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from epistola.decisions.store import (
    DecisionError,
    append,
    line_of,
    path_of,
    read_decisions,
    standing,
)
from epistola.model import Action, Anchor, Decision

AT = Anchor("Mr. Mill", "I saw ", " at", 6)
ADDED = Decision(Action.ADD, AT, "person", ref="person-mill", creator="Ann Lee")


def written(**changes: Any) -> dict[str, Any]:
    """A whole line, with some of its keys replaced, or taken out where they are None."""
    record: dict[str, Any] = {
        "id": "urn:x:1",
        "type": "Annotation",
        "body": {"action": "add", "kind": "person"},
        "target": {
            "selector": [
                {"type": "TextQuoteSelector", "exact": "Mr. Mill"},
                {"type": "TextPositionSelector", "start": 6, "end": 14},
            ]
        },
    }
    record |= changes
    return {key: value for key, value in record.items() if value is not None}


def quote(**keys: Any) -> dict[str, Any]:
    return {"selector": [{"type": "TextQuoteSelector", **keys}]}


def position(start: Any, end: Any) -> dict[str, Any]:
    where = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"selector": [{"type": "TextQuoteSelector", "exact": "abc"}, where]}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "it is no JSON"),
        ("[]", "a line must be an annotation"),
        (written(id=None), "id: it is missing"),
        (written(id=" "), "id: it is empty"),
        (written(id=7), "id: it must be a text"),
        (written(type=None), "type: it is missing"),
        (written(type="Tag"), "type: it must be “Annotation”"),
        (written(body=None), "body: it is missing"),
        (written(body=[]), "body: it must be an object"),
        (written(body={}), "body.action: it is missing"),
        (written(body={"action": "approve"}), "body.action: “approve” is none"),
        (written(body={"action": "add"}), "body.kind: it is missing"),
        (written(body={"action": "add", "kind": ""}), "body.kind: it is empty"),
        (written(body={"action": "add", "kind": "a\0"}), "body.kind: the character U+0000"),
        (written(body={"action": "relabel", "kind": "org"}), "body.was: it is missing"),
        (written(body={"action": "retag", "kind": "org"}), "body.before: it is missing"),
        (written(body={"action": "relink", "kind": "org"}), "body.ref: it is missing"),
        (written(body={"action": "add", "kind": "org", "ref": "a b"}), "body.ref: “a b” is no id"),
        (written(body={"action": "choice", "kind": "reg"}), "body.kind: “reg” is no reading"),
        (written(body={"action": "choice", "kind": "sic"}), "body.value: it is missing"),
        (written(body={"action": "note", "value": " "}), "body.value: it is empty"),
        (
            written(body={"action": "add", "kind": "org", "certainty": "sure"}),
            "body.certainty: “sure” is none",
        ),
        (
            written(body={"action": "add", "kind": "date", "attributes": {"when": 1848}}),
            "body.attributes.when: it must be a text",
        ),
        (written(target=None), "target: it is missing"),
        (written(target="urn:x:2"), "target: it must be an object"),
        (written(target={}), "target.selector: it is missing"),
        (written(target={"selector": [1]}), "target.selector: each selector must be an object"),
        (written(target={"selector": []}), "target.selector: a TextQuoteSelector is missing"),
        (written(target=quote()), "target.selector.exact: it is missing"),
        (written(target=quote(exact="")), "target.selector.exact: it is empty"),
        (written(target=position(3, 5)), "target.selector.start: from 3 to 5 are not the 3"),
        (written(target=position("3", 6)), "target.selector.start: it must be a whole number"),
        (written(target=position(None, 4)), "target.selector.start: it must be a whole number"),
        (written(target=position(-1, 2)), "target.selector.start: from -1 to 2"),
        (written(creator=7), "creator: it must be a name"),
        (written(creator={"type": "Person"}), "creator.id: it is missing"),
        (written(created="yesterday"), "created: “yesterday” is no date"),
        (written(body={"action": "withdraw"}, target="urn:x:9"), "target: no line above has"),
    ],
)
def test_a_fault_names_file_line_key_and_remedy(line: Any, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = line if isinstance(line, str) else json.dumps(line)
    path.write_text(f"\n{text}\n", "utf-8")
    with pytest.raises(DecisionError) as caught:
        read_decisions(path)
    assert str(caught.value).startswith(f"{path}, line 2: ")
    assert said in str(caught.value)


def test_two_lines_with_one_id_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(2 * (json.dumps(written()) + "\n"), "utf-8")
    with pytest.raises(DecisionError, match="line 2: id: it is the id of a line above"):
        read_decisions(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xff\xfe{}\n")
    with pytest.raises(DecisionError, match="line 1: it is no JSON"):
        read_decisions(path)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="it cannot be read"):
        read_decisions(tmp_path)


def test_there_are_none_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "a.jsonl") == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sources/a.txt", "decisions/a.jsonl"),
        ("sources/1848/a.b.txt", "decisions/1848/a.b.jsonl"),
        ("sources/../sources/a.md", "decisions/a.jsonl"),
        ("a.txt", None),
        ("sources-old/a.txt", None),
    ],
)
def test_where_the_decisions_on_a_text_are(text: str, wanted: str | None, tmp_path: Path) -> None:
    path = path_of(tmp_path, tmp_path / text)
    assert path == (tmp_path / wanted if wanted else None)


DECISIONS = [
    ADDED,
    Decision(Action.ACCEPT, AT, "person", created="2026-11-24"),
    Decision(Action.REJECT, AT),
    Decision(Action.RELABEL, AT, "org", was="person", cert="low"),
    Decision(Action.RELINK, AT, "person", ref=""),
    Decision(Action.RETAG, AT, "person", before=Anchor("Mill", "Mr. ", " at", 10)),
    Decision(Action.ADD, AT, "date", attributes={"when": "1848", "calendar": ""}),
    Decision(Action.CHOICE, AT, "sic", text="Mr. Hill"),
    Decision(Action.NOTE, AT, "remark", text="A <hi>note</hi>", markup=True),
    Decision(Action.ADD, Anchor("", "so", ""), "pageBreak"),
]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "decisions/a.jsonl"
    append(path, DECISIONS, "../sources/a.txt")
    assert list(read_decisions(path)) == DECISIONS
    assert [d.line for d in read_decisions(path)] == list(range(1, len(DECISIONS) + 1))


def test_ids_follow_from_what_is_decided_and_are_one_a_line(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    append(first, [*DECISIONS, ADDED])
    append(second, [*DECISIONS, ADDED])
    assert first.read_bytes() == second.read_bytes()
    assert len({d.id for d in read_decisions(first)}) == len(DECISIONS) + 1


def test_adding_changes_no_line_above(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    before = (
        b'  {"type":"Annotation", "id" : "urn:x:1", "mine": [1, 2], "body": {"action":"reject"},'
    )
    before += b'"target": {"selector":[{"type":"TextQuoteSelector","exact":"\xc3\xa9"}]}}'
    path.write_bytes(before)
    (made,) = append(path, [ADDED])
    assert path.read_bytes().startswith(before + b"\n{")
    assert made.line == 2
    assert read_decisions(path)[1] == ADDED


def test_a_faulty_file_is_not_added_to(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n", "utf-8")
    with pytest.raises(DecisionError):
        append(path, [ADDED])
    assert path.read_text("utf-8") == "{}\n"


def test_unknown_keys_stay_when_a_line_is_written_again(tmp_path: Path) -> None:
    body = {"action": "add", "kind": "person", "mood": "sure"}
    target = {**quote(exact="Mr. Mill"), "source": "x.txt", "scope": "y"}
    creator = {"name": "Ann Lee", "email": "ann@example.org"}
    line = written(body=body, target=target, creator=creator, rights="CC0", motivation="tagging")
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    (decision,) = read_decisions(path)
    again = json.loads(line_of(decision))
    assert again["rights"] == "CC0"
    assert again["body"]["mood"] == "sure"
    assert again["creator"] == creator
    assert (again["target"]["scope"], again["target"]["source"]) == ("y", "x.txt")


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        ("Ann Lee", "Ann Lee"),
        ("https://orcid.org/1", "https://orcid.org/1"),
        ({"type": "Person", "name": "Ann Lee"}, "Ann Lee"),
        ({"id": "https://orcid.org/1"}, "https://orcid.org/1"),
    ],
)
def test_who_decided(creator: Any, name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(written(creator=creator)), "utf-8")
    assert read_decisions(path)[0].creator == name


def test_what_is_withdrawn_does_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    first, second = append(path, DECISIONS[:2])
    (undone,) = append(path, [Decision(Action.WITHDRAW, withdraws=first.id)])
    assert standing(read_decisions(path)) == (second,)
    append(path, [Decision(Action.WITHDRAW, withdraws=undone.id)])
    assert standing(read_decisions(path)) == (first, second)


def test_the_line_in_the_documentation_can_be_read(tmp_path: Path) -> None:
    docs = Path(__file__).parents[2] / "docs/decisions.md"
    shown = docs.read_text("utf-8").split("```json\n")[1].split("```")[0]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(shown.splitlines()), "utf-8")
    (decision,) = read_decisions(path)
    assert (decision.action, decision.ref) == (Action.RELINK, "person-mill-john")


def test_a_line_is_a_web_annotation(tmp_path: Path) -> None:
    path = tmp_path / "sources/a.txt"
    path.parent.mkdir()
    path.write_text("I saw Mr. Mill at Bath.", "utf-8")
    append(tmp_path / "decisions/a.jsonl", [ADDED], "../sources/a.txt")
    record = json.loads((tmp_path / "decisions/a.jsonl").read_text("utf-8"))
    assert record["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (record["type"], record["motivation"]) == ("Annotation", "tagging")
    assert record["target"]["source"] == "../sources/a.txt"
    assert [one["type"] for one in record["target"]["selector"]] == [
        "TextQuoteSelector",
        "TextPositionSelector",
    ]
    assert read_decisions(tmp_path / "decisions/a.jsonl") == (ADDED,)
