"""Whether what editors decide lasts: 1,000 random decisions on 300 letters.

    python benchmarks/decisions.py [FOLDER]

FOLDER holds texts; without one, they are made of the letters of Maria Edgeworth that stand
beside a checkout (``../shared``, or where EPISTOLA_SHARED says). Decisions of every sort are
made on them by a seeded dice, written down and read again. Then the letters are encoded anew,
with other rules, and with 5 % of their words edited, and each decision is looked for in what
came of it, at the place where its passage is by the edits themselves. It is kept, or reported
with the file and line that it is written in, or it is lost; a decision that landed in another
place is lost, too. It prints one table, and exits 1 if any is lost.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

from epistola.adopt.claims import Claim, claims
from epistola.decisions.anchor import anchored
from epistola.decisions.judge import placed
from epistola.decisions.line import NOTE
from epistola.decisions.store import append, read_decisions
from epistola.edition import Edition
from epistola.mentions import RECOGNISERS, recognise
from epistola.mentions.learned.model import RULES_ALONE
from epistola.mentions.names.persons import persons
from epistola.mentions.settle import KINDS
from epistola.model import Action, Decision, Finding, Severity, Source, Span, ignore
from epistola.pipeline import Encoding, encode
from epistola.text.read import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
NUMBER, SEED, EDITED = 1000, 8, 0.05
SORTS = [action for action in Action if action is not Action.WITHDRAW]
NEW_KINDS = ("person", "place", "org", "event", "title", "term", "date", "foreign", "highlight")
WORD = re.compile(r"\S+")
REPORTED = {"unplaced-decision", "refused-decision", "conflicting-decisions"}

Claims = dict[tuple[Span, str], Claim]


class Letter(NamedTuple):
    """A text, what is decided about it, and where each of its words is after it was edited."""

    source: Source
    decisions: tuple[Decision, ...]


class Edits(NamedTuple):
    """An edited text: where each word was and is, and whether it is another."""

    source: Source
    words: Sequence[tuple[Span, Span, bool]]


def texts(folder: Path) -> list[Source]:
    return [read(path, None, ignore) for path in sorted(folder.glob("*.txt"))]


def of_edgeworth(work: Path) -> Path:
    """Return the folder of the letters' texts, as the scorer makes them of the gold."""
    scorer, gold = SHARED / "score/tei_score.py", SHARED / "data/letters/edgeworth"
    command = [sys.executable, str(scorer), "texts", str(gold), str(work)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own scorer
    return work


# --- deciding ----------------------------------------------------------------------------


def decided(sources: Sequence[Source], folder: Path) -> list[Letter]:
    """Return the letters with decisions made by a dice, written down and read again."""
    rng = random.Random(SEED)  # noqa: S311 - not for keys
    left, letters = NUMBER, []
    for at, source in enumerate(sources):
        count = left // (len(sources) - at)
        left -= count
        path = folder / f"{source.name}.jsonl"
        append(path, list(chosen(source, rng, count)), f"../sources/{source.name}.txt")
        letters.append(Letter(source, read_decisions(path)))
    return letters


def chosen(source: Source, rng: random.Random, count: int) -> Iterator[Decision]:
    """Yield ``count`` decisions on passages of which none overlaps another."""
    found = made_of(encode(source))
    tags = [c for c in found.values() if c.kind in KINDS and len(c.span)]
    rng.shuffle(tags)
    taken: list[Span] = []
    while count:
        action = rng.choice(SORTS)
        free = (c for c in tags if not any(c.span.overlaps(span) for span in taken))
        tag = None if action in {Action.ADD, Action.CHOICE, Action.NOTE} else next(free, None)
        span = tag.span if tag else some_words(source, rng)
        around = retagged(source, span) if tag and action is Action.RETAG else span
        if not any(span.overlaps(other) or around.overlaps(other) for other in taken):
            taken += [span, around]
            yield decision(source, rng, action if tag else fresh(action), span, tag)
            count -= 1


def fresh(action: Action) -> Action:
    """Return what can be decided about words that have no tag."""
    return action if action in {Action.ADD, Action.CHOICE, Action.NOTE} else Action.ADD


def some_words(source: Source, rng: random.Random) -> Span:
    """Return one to three words of a line."""
    words = [match.span() for match in WORD.finditer(source.text)]
    at = rng.randrange(len(words))
    start, end = words[at]
    for after, stop in words[at + 1 : at + rng.randrange(1, 4)]:
        if "\n" not in source.text[end:after]:
            end = stop
    return Span(start, end)


def retagged(source: Source, span: Span) -> Span:
    """Return ``span`` with one word less, or with one word more of its line."""
    last = source.text.rfind(" ", span.start, span.end)
    if last > 0:
        return Span(last + 1, span.end)
    more = WORD.match(source.text, span.end + 1)
    return Span(span.start, more.end() if more and source.text[span.end] == " " else span.end)


def decision(
    source: Source, rng: random.Random, action: Action, span: Span, tag: Claim | None
) -> Decision:
    at = anchored(source, span)
    kind = tag.kind if tag else rng.choice(NEW_KINDS)
    made = Decision(action, at, kind, creator="A. Editor")
    linked = kind if kind in {"person", "place", "org", "event"} else "term"
    ref, values = (tag.ref or None, dict(tag.values)) if tag else (None, {})
    changes: dict[Action, dict[str, Any]] = {
        Action.ACCEPT: {"ref": ref, "attributes": values},
        Action.RELABEL: {"kind": rng.choice([k for k in NEW_KINDS if k != kind]), "was": kind},
        Action.RELINK: {"kind": linked, "ref": f"{linked}-decided-{rng.randrange(99)}"},
        Action.RETAG: {"target": anchored(source, retagged(source, span)), "before": at},
        Action.CHOICE: {"kind": rng.choice(["sic", "orig", "abbr"]), "text": "otherwise"},
        Action.NOTE: {"kind": NOTE, "text": "An editor’s note."},
    }
    return replace(made, **changes.get(action, {}))


# --- what comes of them ------------------------------------------------------------------


def made_of(encoding: Encoding) -> Claims:
    text = encoding.tree.find("{*}text")
    if text is None:
        raise SystemExit(f"{encoding.source.name}: there is no text in it")
    return claims(text, encoding.source)


def edited(source: Source, rng: random.Random) -> Edits:
    """Return ``source`` with every twentieth word struck out, replaced, misspelt or doubled."""
    text, here, words = "", 0, []
    for match in WORD.finditer(source.text):
        text += source.text[here : match.start()]
        word, change = match[0], rng.random() < EDITED
        if change:
            word = rng.choice(["", "something", f"{word} indeed", word[:1] + word[2:]])
        words.append((Span(*match.span()), Span(len(text), len(text) + len(word)), change))
        text += word
        here = match.end()
    return Edits(Source(source.name, text + source.text[here:]), words)


def unedited(source: Source) -> Edits:
    spans = [Span(*match.span()) for match in WORD.finditer(source.text)]
    return Edits(source, [(span, span, False) for span in spans])


def passage(edits: Edits, span: Span) -> Span:
    """Return where ``span`` is in the edited text, by the edits themselves."""
    inside = [row for row in edits.words if row[0].overlaps(span)]
    first, last = inside[0], inside[-1]
    start = first[1].start + (0 if first[2] else span.start - first[0].start)
    end = last[1].end - (0 if last[2] else last[0].end - span.end)
    return Span(start, max(start, end))


def fate(one: Decision, encoding: Encoding, found: Claims, edits: Edits) -> str:
    """Return whether a decision is kept, as another finding says reported, or lost."""
    told = [f for f in encoding.findings if f.code in REPORTED and f"{one.where}" in f.message]
    if told:
        return "refused" if told[0].code == "refused-decision" else "unplaced"
    place = next(placed(edits.source, [one]), None)
    if place is None:
        return "lost"
    length = len(one.target.exact)
    true = passage(edits, Span(one.target.start, one.target.start + length))
    if not (place.span.overlaps(true) or place.span == true):
        return "lost"
    return "kept" if is_obeyed(one, place.span, place.before, found) else "lost"


def is_obeyed(one: Decision, span: Span, before: Span | None, found: Claims) -> bool:
    if one.action is Action.REJECT:
        return not any(k == one.kind and s.overlaps(span) for s, k in found)
    at = Span(span.end, span.end) if one.kind == NOTE else span
    claim = found.get((at, one.kind))
    if claim is None or not claim.resp.startswith("#resp-editor") or claim.text != one.text:
        return False
    if one.ref is not None and claim.ref != one.ref:
        return False
    if any(claim.values.get(name, "") != value for name, value in one.attributes.items()):
        return False
    gone = [(span, one.was)] if one.was else []
    gone += [(before, one.kind)] if before is not None and before != span else []
    return not any(key in found for key in gone)


def tried(letters: Sequence[Letter], rules: Edition, *, edit: bool) -> Counter[tuple[str, str]]:
    """Return how many decisions of each sort met which fate."""
    rng = random.Random(SEED)  # noqa: S311 - as above
    fates: Counter[tuple[str, str]] = Counter()
    for letter in letters:
        edits = edited(letter.source, rng) if edit else unedited(letter.source)
        encoding = encode(edits.source, edition=rules, decisions=letter.decisions)
        errors = [f for f in encoding.findings if f.severity is Severity.ERROR]
        found = made_of(encoding)
        for one in letter.decisions:
            met = "lost" if errors else fate(one, encoding, found, edits)
            fates[str(one.action), met] += 1
            if met == "lost":
                tell_lost(letter, one, errors)
    return fates


def tell_lost(letter: Letter, one: Decision, errors: Sequence[Finding]) -> None:
    why = errors[0].message if errors else "it is neither there nor reported"
    words = f"{letter.source.name}: {one.action} {one.kind} “{one.target.exact}”"
    print(f"lost: {words}: {why}", file=sys.stderr)


FATES = ("kept", "refused", "unplaced", "lost")


def main(arguments: Sequence[str]) -> int:
    start = time.perf_counter()
    with TemporaryDirectory() as work:
        folder = Path(arguments[0]) if arguments else of_edgeworth(Path(work) / "texts")
        letters = decided(texts(folder), Path(work) / "decisions")
        fewer = partial(recognise, recognisers=[one for one in RECOGNISERS if one is not persons])
        rules = Edition(models=RULES_ALONE)
        rounds = {"encoded again": tried(letters, Edition(), edit=False)}
        rounds["without the model"] = tried(letters, rules, edit=False)
        with patch("epistola.pipeline.recognise", fewer):
            rounds["without persons"] = tried(letters, Edition(), edit=False)
        rounds["5 % edited"] = tried(letters, Edition(), edit=True)
    print(f"{'':18} {'':10} {''.join(f'{name:>10}' for name in FATES)}")
    for called, fates in rounds.items():
        for sort in [*SORTS, "all"]:
            row = [sum(n for (s, f), n in fates.items() if sort in {s, "all"} and f == fate)
                   for fate in FATES]  # fmt: skip
            if sort == "all" or called == "5 % edited":
                print(f"{called:18} {sort:10} {''.join(f'{n:10}' for n in row)}")
    seconds = time.perf_counter() - start
    decisions = sum(len(letter.decisions) for letter in letters)
    print(f"{decisions} decisions on {len(letters)} letters, {seconds:.0f} s")
    return int(any(fates[sort, "lost"] for fates in rounds.values() for sort, _ in fates))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
