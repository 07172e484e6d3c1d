"""What a check costs: from the shell, and of many letters in one run on one core.

    python benchmarks/check.py [RUNS]

Prints the least and the median of RUNS runs (15) from the shell, in seconds of user and
system time of the whole process, beside the budget; then how many letters a second are
checked with all rules on, after start-up. With ../shared, TEI's own schema and rules too.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from epistola import encode, load_edition, read
from epistola.checks.document import Demands, check_document

ROOT = Path(__file__).parents[1]
LETTER = ROOT / "tei/sources/ratner-2011.txt"
SHARED = Path(os.environ.get("EPISTOLA_SHARED") or ROOT.parent / "shared")
TEI_ALL = SHARED / "data/tei/tei_all_4.12.0.rng"
COUNT, WANTED = 1000, 500


# As after an installation: with the byte code that Python keeps beside the modules.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(arguments: Sequence[str]) -> float:
    before = children()
    command = [sys.executable, "-m", "epistola", "check", *arguments]
    subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT)  # noqa: S603 - ours
    return children() - before


def from_the_shell(letter: Path, runs: int) -> None:
    measured = [("letter.rng", [str(letter)], "0.30")]
    if TEI_ALL.exists():
        measured.append(("tei_all.rng", [str(letter), "--schema", str(TEI_ALL)], "-"))
        rules = ["--schematron", str(TEI_ALL.with_suffix(".sch"))]
        if find_spec("saxonche"):
            measured.append(("tei_all.rng and .sch", [*measured[-1][1], *rules], "-"))
    print(f"{'epistola check, by':<34}{'least':>8}{'median':>8}{'budget':>8}")
    for name, arguments, budget in measured:
        seconds(arguments)  # the first run may have to write that byte code
        times = [seconds(arguments) for _ in range(runs)]
        print(f"{name:<34}{min(times):>8.3f}{median(times):>8.3f}{budget:>8}")


def letters() -> list[bytes]:
    """Short letters, all different, as a correspondence has them."""
    texts = [
        f"London, {1 + number % 28} May {1848 + number % 50}.\n\nDear Mr. Smith,\n\n"
        f"I have your letter, and saw Lord Grey in Paris. The {number} copies are sold.\n\n"
        "We are all well here, and hope to hear from you soon.\n\nYours truly,\nJohn Miller\n"
        for number in range(50)
    ]
    made = [encode(text).to_bytes() for text in texts]
    return [made[number % len(made)] for number in range(COUNT)]


def at_once(name: str, raws: Sequence[bytes], file: Path | None = None) -> None:
    demands = Demands()
    check_document(raws[0], demands, file)
    before = time.process_time()
    faults = sum(bool(check_document(raw, demands, file)) for raw in raws)
    took = time.process_time() - before
    size = sum(map(len, raws)) // len(raws)
    print(f"{name} of {size} bytes: {len(raws) / took:.0f} a second, {faults} with findings")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    edition = load_edition(ROOT / "tei")
    whole = encode(read(LETTER), edition=edition).to_bytes()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.xml"
        path.write_bytes(whole)
        from_the_shell(path, runs)
    at_once(f"{COUNT} letters", letters())
    place = ROOT / "tei/letters/ratner-2011.xml"
    at_once(f"{COUNT // 5} times {LETTER.stem}", [whole] * (COUNT // 5), place)
    print(f"wanted: {WANTED} letters a second")


if __name__ == "__main__":
    main()
