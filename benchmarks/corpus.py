"""Encode whole folders of texts and count what came of it.

    python benchmarks/corpus.py [FOLDER ...]

Without a folder: the test corpora that stand beside a checkout (``../shared``, or where
EPISTOLA_SHARED says). For each folder it prints how many texts there are, how many were
encoded without a crash, keep every word, and are valid by the edition's own schema and by
TEI's (``tei_all``), how fast, and how often each finding came. It exits 1 if any text fails
in any of these.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from epistola.checks.wording import check_wording
from epistola.model import Severity, Source, ignore
from epistola.pipeline import encode
from epistola.text.read import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
TEI_ALL = SHARED / "data/tei/tei_all_4.12.0.rng"
SHOWN = 20


class Outcome(NamedTuple):
    path: Path
    words: int
    seconds: float
    crash: str = ""
    unfaithful: bool = False
    invalid: str = ""
    invalid_tei: str = ""
    findings: tuple[str, ...] = ()


@cache
def tei_all() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(TEI_ALL)))


def run(path: Path) -> Outcome:
    return judged(path, lambda: read(path, None, ignore))


def judged(path: Path, read_source: Callable[[], Source]) -> Outcome:
    """Return what came of a text called ``path``, with its seconds and all that is wrong."""
    start = time.process_time()
    try:
        source = read_source()
        encoding = encode(source)
        raw = encoding.to_bytes()
    except Exception:  # noqa: BLE001 - a crash is what this counts
        return Outcome(path, 0, 0.0, traceback.format_exc())
    seconds = time.process_time() - start
    root = etree.fromstring(raw, etree.XMLParser(collect_ids=False, huge_tree=True))
    text = root.find("{*}text")
    errors = [f.message for f in encoding.findings if f.severity is Severity.ERROR]
    schema = tei_all()
    valid = schema.validate(root)
    return Outcome(
        path=path,
        words=len(source.text.split()),
        seconds=seconds,
        unfaithful=text is None or bool(check_wording(text, source)),
        invalid="; ".join(errors[:3]),
        invalid_tei="" if valid else str(schema.error_log[0]),
        findings=tuple(f"{f.severity.value} {f.code}" for f in encoding.findings),
    )


def report(folder: Path, outcomes: list[Outcome]) -> bool:
    words = sum(o.words for o in outcomes)
    seconds = sum(o.seconds for o in outcomes)
    print(
        f"{folder}: {len(outcomes)} texts, {words} words, {words / max(seconds, 1e-9):,.0f} words/s"
    )
    counts = {
        "crashed": [o for o in outcomes if o.crash],
        "not faithful": [o for o in outcomes if o.unfaithful],
        "refused by the checks": [o for o in outcomes if o.invalid],
        "invalid by tei_all": [o for o in outcomes if o.invalid_tei],
    }
    for what, failed in counts.items():
        print(f"  {len(failed):5} {what}")
        for o in failed[:SHOWN]:
            crash = (o.crash.splitlines() or [""])[-1]
            print(f"        {o.path.name}: {crash}{o.invalid}{o.invalid_tei}")
    for finding, number in Counter(f for o in outcomes for f in o.findings).most_common():
        print(f"  {number:5} {finding}")
    return not any(counts.values())


def main(arguments: list[str]) -> int:
    folders = [Path(a) for a in arguments] or [
        SHARED / "data/inputs" / f for f in ("mia", "letters")
    ]
    missing = [str(f) for f in [*folders, TEI_ALL] if not f.exists()]
    if missing:
        print(f"skipped: no {', '.join(missing)}")
        return 0
    tei_all()
    sound = True
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for folder in folders:
            sound &= report(folder, list(pool.map(run, sorted(folder.rglob("*.txt")), chunksize=8)))
    return 0 if sound else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
