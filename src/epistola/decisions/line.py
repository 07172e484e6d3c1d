"""Read one line of decisions, strictly: what it must say is there, and of the right type."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from epistola.model import Action, Anchor, Decision
from epistola.text.read import FORBIDDEN

MARKUP = "application/tei+xml"
TAGS = frozenset({Action.ACCEPT, Action.ADD, Action.RELABEL, Action.RETAG, Action.RELINK})
"""What makes or keeps a tag."""
READINGS = ("sic", "orig", "abbr")
"""The kinds of a choice: what the source has; the other reading is the editor's."""
NOTE = "remark"
"""The kind of an editor's note."""
CERTAINTIES = ("high", "medium", "low", "unknown")
DAY = re.compile(r"\d{4}-\d\d-\d\d(T\S+)?")

T = TypeVar("T")


class Fault(Exception):  # noqa: N818 - what is wrong, before file and line are known
    """What is wrong with a line: the key, and what to do."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}" if key else message)


def parsed(line: bytes) -> Decision:
    """Return the decision that a line holds; raises Fault."""
    record = _record(line)
    _is(record, "type", "Annotation")
    body = _get(record, "", "body", dict)
    action = _action(body)
    creator, created = _creator(record), _optional(record, "", "created", str)
    if created and not DAY.match(created):
        raise Fault("created", f"“{created}” is no date: write it as 2026-11-24")
    said: dict[str, Any] = {
        "creator": creator,
        "created": created,
        "id": _id(record),
        "record": record,
    }
    if action is Action.WITHDRAW:
        return Decision(action, withdraws=_get(record, "", "target", str), **said)
    cert = _optional(body, "body.", "certainty", str)
    if cert and cert not in CERTAINTIES:
        raise Fault("body.certainty", f"“{cert}” is none: write one of {', '.join(CERTAINTIES)}")
    return Decision(
        action,
        _passage(_get(record, "", "target", dict), "target."),
        _kind(body, action),
        was=_was(body, action),
        before=_before(body, action),
        ref=_ref(body, action),
        attributes=_attributes(body),
        text=_text(body, action),
        markup=_optional(body, "body.", "format", str) == MARKUP,
        cert=cert,
        **said,
    )


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise Fault("", f"it is no JSON ({error}): mend the line, or take it out") from None
    if not isinstance(record, dict):
        raise Fault("", "a line must be an annotation, {...}: mend it, or take it out")
    return record


def _get(record: Mapping[str, Any], where: str, key: str, kind: type[T]) -> T:
    """Return the value of ``key``, which must be there and be of that type."""
    if key not in record:
        raise Fault(f"{where}{key}", f"it is missing: write it as {CALLED[kind]}")
    return _typed(record[key], f"{where}{key}", kind)


def _optional(record: Mapping[str, Any], where: str, key: str, kind: type[T]) -> T:
    return _typed(record[key], f"{where}{key}", kind) if key in record else kind()


def _typed(value: object, key: str, kind: type[T]) -> T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Fault(key, f"it must be {CALLED[kind]}")
    if isinstance(value, str) and (found := FORBIDDEN.search(value)):
        code = f"U+{ord(found[0]):04X}"
        raise Fault(key, f"the character {code} is not allowed in XML: take it out")
    return value


CALLED: Mapping[type, str] = {
    str: "a text in quotation marks",
    int: "a whole number",
    dict: "an object, {...}",
    list: "a list, [...]",
}


def _is(record: Mapping[str, Any], key: str, wanted: str) -> None:
    if _get(record, "", key, str) != wanted:
        raise Fault(key, f"it must be “{wanted}”")


def _id(record: Mapping[str, Any]) -> str:
    if name := _get(record, "", "id", str).strip():
        return name
    raise Fault("id", "it is empty: give each line an id of its own")


def _action(body: Mapping[str, Any]) -> Action:
    value = _get(body, "body.", "action", str)
    try:
        return Action(value)
    except ValueError:
        known = ", ".join(Action)
        raise Fault("body.action", f"“{value}” is none: write one of {known}") from None


def _creator(record: Mapping[str, Any]) -> str:
    """Return who decided: a name, an address, or an agent with either (the model, 3.3.1)."""
    value = record.get("creator", "")
    if isinstance(value, dict):
        key = "name" if "name" in value else "id"
        return _get(value, "creator.", key, str).strip()
    if not isinstance(value, str):
        raise Fault("creator", 'it must be a name, or {"type": "Person", "name": "..."}')
    return _typed(value, "creator", str).strip()


def _kind(body: Mapping[str, Any], action: Action) -> str:
    if action is Action.NOTE:
        return NOTE
    if action is Action.REJECT:
        return _optional(body, "body.", "kind", str)
    kind = _get(body, "body.", "kind", str)
    if action is Action.CHOICE and kind not in READINGS:
        raise Fault("body.kind", f"“{kind}” is no reading: write one of {', '.join(READINGS)}")
    if not kind:
        raise Fault("body.kind", "it is empty: write the kind of the tag, such as person")
    return kind


def _was(body: Mapping[str, Any], action: Action) -> str:
    needed = action is Action.RELABEL
    return (_get if needed else _optional)(body, "body.", "was", str)


def _before(body: Mapping[str, Any], action: Action) -> Anchor | None:
    if action is not Action.RETAG:
        return None
    return _passage(_get(body, "body.", "before", dict), "body.before.")


def _ref(body: Mapping[str, Any], action: Action) -> str | None:
    if "ref" not in body and action is not Action.RELINK:
        return None
    ref = _get(body, "body.", "ref", str)
    if ref and not NAME.fullmatch(ref):
        raise Fault("body.ref", f"“{ref}” is no id of an entry: write it as person-mill")
    return ref


NAME = re.compile(r"[^\W\d][\w.\-]*")


def _attributes(body: Mapping[str, Any]) -> dict[str, str]:
    found = _optional(body, "body.", "attributes", dict)
    return {name: _typed(value, f"body.attributes.{name}", str) for name, value in found.items()}


def _text(body: Mapping[str, Any], action: Action) -> str:
    if action not in {Action.CHOICE, Action.NOTE}:
        return ""
    if text := _get(body, "body.", "value", str).strip():
        return text
    raise Fault("body.value", "it is empty: write the reading, or the words of the note")


# --- where ---------------------------------------------------------------------------------


def _passage(holder: Mapping[str, Any], where: str) -> Anchor:
    """Return the passage that the selectors of ``holder`` tell."""
    chosen = _get(holder, where, "selector", list)
    quote, position = _selector(chosen, where, "Quote"), _selector(chosen, where, "Position")
    key = f"{where}selector."
    if quote is None:
        raise Fault(f"{where}selector", "a TextQuoteSelector is missing: write the words in one")
    exact = _get(quote, key, "exact", str)
    prefix, suffix = (_optional(quote, key, part, str) for part in ("prefix", "suffix"))
    if not exact and not prefix and not suffix:
        raise Fault(f"{key}exact", "it is empty: write the words of the passage")
    return Anchor(exact, prefix, suffix, _start(position, key, exact))


def _selector(chosen: list[Any], where: str, sort: str) -> dict[str, Any] | None:
    if not all(isinstance(one, dict) for one in chosen):
        raise Fault(f"{where}selector", "each selector must be an object, {...}")
    return next((one for one in chosen if one.get("type") == f"Text{sort}Selector"), None)


def _start(position: dict[str, Any] | None, key: str, exact: str) -> int:
    if position is None:
        return -1
    start, end = (_get(position, key, side, int) for side in ("start", "end"))
    if start < 0 or end - start != len(exact):
        message = f"from {start} to {end} are not the {len(exact)} characters of “exact”"
        raise Fault(f"{key}start", f"{message}: count them, or leave the selector out")
    return start
