"""Read and write decisions: a line each in ``decisions/NAME.jsonl``, a W3C Web Annotation each.

Web Annotation Data Model, W3C Recommendation of 2017: https://www.w3.org/TR/annotation-model/.
What the model has no word for (what was done, kind, entry, attributes) are keys of the body
under a vocabulary of our own. A line is never changed once it is written; keys that are not
known here stay where they are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from epistola.decisions.line import MARKUP, Fault, parsed
from epistola.files import DECISIONS, SOURCES, write_whole
from epistola.model import Action, Anchor, Decision

ENDING = ".jsonl"
MODEL = "http://www.w3.org/ns/anno.jsonld"
CONTEXT = (MODEL, {"@vocab": "urn:epistola:"})
FAMILY = UUID("6f1d0f5e-0c51-5b0b-9d1c-3f5f4f1c7a10")
"""The namespace of our ids (RFC 9562, 5.5): the same decision has the same id on any machine."""
MOTIVES: Mapping[Action, str] = MappingProxyType(
    {
        Action.ACCEPT: "assessing",
        Action.REJECT: "moderating",
        Action.RELABEL: "classifying",
        Action.RELINK: "identifying",
        Action.RETAG: "tagging",
        Action.ADD: "tagging",
        Action.CHOICE: "editing",
        Action.NOTE: "commenting",
        Action.WITHDRAW: "moderating",
    }
)
"""Why an annotation of each sort was made, in the words of the model (3.3.5)."""


class DecisionError(Exception):
    """Decisions cannot be read; the message names the file, the line, the key and the remedy."""


def path_of(folder: Path, text: Path) -> Path | None:
    """Return where the decisions on ``text`` are kept in the edition ``folder``.

    There are none for a text that is not below the edition's ``sources``.
    """
    sources, text = (Path(os.path.realpath(path)) for path in (folder / SOURCES, text))
    if not text.is_relative_to(sources):
        return None
    name = text.relative_to(sources).with_suffix("")
    return folder / DECISIONS / name.with_name(name.name + ENDING)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return the decisions in the file at ``path``; there are none where there is no file.

    Raises DecisionError for one that cannot be read or has a fault.
    """
    try:
        raw = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise DecisionError(f"{path}: it cannot be read: {error.strerror}") from error
    return tuple(_read(raw, path))


def _read(raw: bytes, path: Path) -> Iterator[Decision]:
    seen: set[str] = set()
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            decision = parsed(line)
            _check_ids(decision, seen)
        except Fault as fault:
            raise DecisionError(f"{path}, line {number}: {fault}") from None
        seen.add(decision.id)
        yield replace(decision, file=str(path), line=number)


def _check_ids(decision: Decision, above: Container[str]) -> None:
    if decision.id in above:
        raise Fault("id", "it is the id of a line above: give each line its own")
    if decision.withdraws and decision.withdraws not in above:
        raise Fault("target", "no line above has this id: name the decision withdrawn")


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold: none that is withdrawn, and no withdrawal.

    A withdrawal that is withdrawn itself takes nothing away.
    """
    decisions = tuple(decisions)
    gone: set[str] = set()
    for decision in reversed(decisions):
        if decision.action is Action.WITHDRAW and decision.id not in gone:
            gone.add(decision.withdraws)
    return tuple(d for d in decisions if d.id not in gone and d.action is not Action.WITHDRAW)


# --- writing -----------------------------------------------------------------------------


def append(path: Path, decisions: Sequence[Decision], source: str = "") -> tuple[Decision, ...]:
    """Write ``decisions`` after those in the file at ``path``; return them as they stand there.

    ``source`` is the text they are about, as the file should name it. All lines are written or
    none; what two programs write at once is kept. Each decision gets its id, unless it has one.

    Raises DecisionError for a file that cannot be read, and OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.parent):
        before = path.read_bytes() if path.exists() else b""
        number = before.count(b"\n") + 1 + (bool(before) and not before.endswith(b"\n"))
        named = list(_named(decisions, {d.id for d in _read(before, path)}))
        lines = [line_of(decision, source).encode() + b"\n" for decision in named]
        whole = before + (b"\n" if before and not before.endswith(b"\n") else b"")
        write_whole(path, b"".join([whole, *lines]))
    return tuple(replace(d, file=str(path), line=n) for d, n in zip(named, count(number)))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else who asks write in ``folder`` meanwhile, where the system can tell."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _named(decisions: Iterable[Decision], taken: Iterable[str]) -> Iterator[Decision]:
    used = set(taken)
    for decision in decisions:
        named = decision if decision.id else replace(decision, id=_id(decision, used))
        used.add(named.id)
        yield named


def _id(decision: Decision, taken: Container[str]) -> str:
    """Return an id that follows from what was decided; of one made again, the next that is free."""
    said = json.dumps(body_of(decision) | {"target": _target(decision, "")}, sort_keys=True)
    whole = f"{said}\n{decision.creator}\n{decision.created}\n"
    ids = (f"urn:uuid:{uuid5(FAMILY, whole + str(number))}" for number in count(1))
    return next(one for one in ids if one not in taken)


def line_of(decision: Decision, source: str = "") -> str:
    """Return the line that writes ``decision`` down; keys that it was read with stay."""
    old = decision.record
    known: dict[str, Any] = {
        "@context": list(CONTEXT),
        "id": decision.id,
        "type": "Annotation",
        "motivation": MOTIVES[decision.action],
        "body": _kept(old.get("body"), body_of(decision)),
        "target": _target(decision, source),
    }
    if decision.creator and "creator" not in old:
        known["creator"] = {"type": "Person", "name": decision.creator}
    if decision.created:
        known["created"] = decision.created
    if isinstance(old.get("target"), dict) and isinstance(known["target"], dict):
        known["target"] = _kept(old["target"], known["target"], {"source"} if not source else set())
    return json.dumps(_kept(old, known, {"@context", "motivation"}), ensure_ascii=False)


def _kept(old: object, new: Mapping[str, Any], theirs: Container[str] = ()) -> dict[str, Any]:
    """Return ``new`` with the keys of ``old`` that it lacks, and those that are ``theirs``."""
    was = old if isinstance(old, dict) else {}
    return {**new, **{key: value for key, value in was.items() if key not in new or key in theirs}}


def body_of(decision: Decision) -> dict[str, Any]:
    """Return the body of the annotation: what is decided."""
    body: dict[str, Any] = {"type": "TextualBody", "purpose": MOTIVES[decision.action]}
    body["value"] = decision.text or decision.kind or str(decision.action)
    if decision.markup:
        body["format"] = MARKUP
    body["action"] = str(decision.action)
    said = {"kind": decision.kind, "was": decision.was, "certainty": decision.cert}
    body |= {key: value for key, value in said.items() if value}
    if decision.ref is not None:
        body["ref"] = decision.ref
    if decision.attributes:
        body["attributes"] = dict(sorted(decision.attributes.items()))
    if decision.before is not None:
        body["before"] = {"selector": selectors(decision.before)}
    return body


def _target(decision: Decision, source: str) -> str | dict[str, Any]:
    if decision.withdraws:
        return decision.withdraws
    return {"source": source, "selector": selectors(decision.target)}


def selectors(anchor: Anchor) -> list[dict[str, Any]]:
    """Return what selects the passage of ``anchor``: by its words, and by its place."""
    quote = {"exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    chosen: list[dict[str, Any]] = [{"type": "TextQuoteSelector", **quote}]
    if anchor.start >= 0:
        end = anchor.start + len(anchor.exact)
        chosen.append({"type": "TextPositionSelector", "start": anchor.start, "end": end})
    return chosen
