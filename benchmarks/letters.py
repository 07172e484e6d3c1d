"""How well the parts of letters are found, and what headers say of them.

    python benchmarks/letters.py [parts | headers]

The corpora stand beside a checkout (``../shared``, or where EPISTOLA_SHARED says); their own
scorers count. Parts are those of whole letters, as they stand and with their lines cut at 72
characters: exact F, the mean over the kinds that a corpus has. Of headers: the labelled values of
archive pages that reach their place; of sender, addressee and date those that are right of those
that are stated; and the dates of letters whose dateline gives the year. It exits 1 if a number is
below its floor in ``floors.toml``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from floors import SHARED, measured
from lxml import etree

from epistola.model import ignore
from epistola.pipeline import encode
from epistola.text.read import read

GOLD = SHARED / "data/letters"
PAGES = SHARED / "data/inputs/mia"
WIDTH = 72
TEI = "{http://www.tei-c.org/ns/1.0}"
YEAR = re.compile(r"\b1[5-9]\d\d\b")


class Corpus(NamedTuple):
    """A gold edition, and the language of its letters."""

    name: str
    language: str


LETTERS = (Corpus("gray", "en"), Corpus("lowell", "en"), Corpus("german", "de"))
CORRESPONDENCE = (Corpus("edgeworth", "en"), Corpus("gray", "en"))


def score(script: str, *arguments: str) -> Any:
    """Return what a scorer of the corpora says."""
    command = [sys.executable, str(SHARED / "score" / script), *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - the corpora's own
    return json.loads(done.stdout) if "--json" in arguments else None


def encoded(corpus: Corpus, work: Path, *options: str) -> tuple[Path, Path]:
    """Encode the letters of a corpus; return the folders of their texts and of what was made."""
    texts, made = (work / f"{corpus.name}{''.join(options)}-{what}" for what in ("texts", "tei"))
    languages = ("--languages", corpus.language)
    score("tei_score.py", "texts", str(GOLD / corpus.name), str(texts), *languages, *options)
    encode_all(texts, made, corpus.language)
    return texts, made


def encode_all(texts: Path, made: Path, language: str | None) -> None:
    made.mkdir()
    for path in sorted(texts.glob("*.txt")):
        encoding = encode(read(path, None, ignore), language=language)
        (made / f"{path.stem}.xml").write_bytes(encoding.to_bytes())


def show_parts(work: Path, floors: Mapping[str, Any]) -> Iterator[str]:
    """Print how well the parts are found; yield what is below its floor."""
    for corpus in LETTERS:
        found = dict[str, float]()
        for name, options in (("as it stands", ()), ("wrapped", ("--wrap", str(WIDTH)))):
            texts, made = encoded(corpus, work, *options)
            arguments = [str(GOLD / corpus.name), str(made), "--texts", str(texts), "--json"]
            result = score("tei_score.py", "parts", *arguments, "--languages", corpus.language)
            found[name] = sum(result[k]["exact"][2] for k in result["rated"]) / len(result["rated"])
            kinds = ", ".join(f"{k} {result[k]['exact'][2]:.2f}" for k in result["rated"])
            print(f"{corpus.name}, {name}: F {found[name]:.3f} ({kinds})")
            if result["missing"] or result["unfaithful"]:
                lost = f"{result['missing']} missing, {result['unfaithful']} unfaithful"
                yield f"{corpus.name}: {lost}"
        plain, wrapped = found.values()
        if plain < floors["parts"][corpus.name]:
            yield f"{corpus.name} parts {plain:.3f}, floor {floors['parts'][corpus.name]}"
        if plain - wrapped > floors["wrapped"]:
            yield f"{corpus.name} wrapped {plain - wrapped:.3f} worse, at most {floors['wrapped']}"


def show_headers(work: Path, floors: Mapping[str, Any]) -> Iterator[str]:
    """Print what headers say that is right; yield what is below its floor."""
    yield from _labels(work, floors)
    for corpus in CORRESPONDENCE:
        texts, made = encoded(corpus, work)
        arguments = [str(GOLD / corpus.name), str(made), "--texts", str(texts), "--json"]
        rows = score("tei_score.py", "corresp", *arguments)
        del rows["errors"]
        each = ", ".join(
            f"{k} P {row['precision']:.3f} R {row['recall']:.3f}" for k, row in rows.items()
        )
        stated = sum(row["made"] for row in rows.values())
        right = sum(row["precision"] * row["made"] for row in rows.values()) / stated
        print(f"{corpus.name}: {right:.3f} of what is stated is right ({each})")
        if right < floors["stated"]:
            yield f"{corpus.name} stated {right:.3f}, floor {floors['stated']}"
        if corpus.name == "gray":
            yield from _dates(GOLD / corpus.name, made, floors)


def _labels(work: Path, floors: Mapping[str, Any]) -> Iterator[str]:
    made = work / "pages"
    encode_all(PAGES, made, None)
    result = score("metadata_score.py", str(PAGES / "labels.tsv"), str(made), "--json")
    share = result["placed"] / result["labels"]
    print(f"labelled values in place: {result['placed']} of {result['labels']} ({share:.3f})")
    if share < floors["labels"]:
        yield f"labelled values {share:.3f}, floor {floors['labels']}"


def _dates(gold: Path, made: Path, floors: Mapping[str, Any]) -> Iterator[str]:
    """Tell how many letters are dated as gold has it, of those whose dateline gives the year."""
    told = [path for path in sorted(gold.glob("*.xml")) if _sent(path) and _has_year(path)]
    right = [
        path
        for path in told
        if any(g.startswith(m) for g in _sent(path) for m in _sent(made / path.name))
    ]
    share = len(right) / len(told)
    print(f"dates of letters with a year in the dateline: {share:.3f} of {len(told)}")
    if share < floors["dates"]:
        yield f"dates {share:.3f}, floor {floors['dates']}"


def _sent(path: Path) -> Sequence[str]:
    actions = etree.parse(str(path)).iter(f"{TEI}correspAction")
    sent = [action for action in actions if action.get("type") == "sent"]
    return [str(d.get("when")) for a in sent for d in a.iter(f"{TEI}date") if d.get("when")]


def _has_year(path: Path) -> bool:
    lines = etree.parse(str(path)).iter(f"{TEI}dateline")
    return any(YEAR.search("".join(line.itertext())) for line in lines)


COMMANDS = {"parts": show_parts, "headers": show_headers}


if __name__ == "__main__":
    raise SystemExit(measured("letters", COMMANDS, sys.argv[1:]))
