"""What the gazetteer that ships costs: its size, and the time and memory to load all of it.

    python benchmarks/gazetteer.py [RUNS]

Each run (of 7) is a process of its own; the least counts. It also prints how many look-ups
a second there are. It exits 1 where a limit is passed.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import epistola.gazetteer

MEGABYTE = 1_000_000
LOOKED_UP = 50_000


class Cost(NamedTuple):
    seconds: float
    megabytes: float
    forms: int
    lookups: float


LIMITS = (("size, MB", 6.0), ("time to load all, s", 0.15), ("memory for all, MB", 60.0))


def peak() -> float:
    """The most memory this process has had, in MB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def measured() -> Cost:
    """Load every class in this process, and look up forms that are known and some that are not."""
    before, start = peak(), time.process_time()
    names = epistola.gazetteer.load()
    forms = sum(map(len, names.table.values()))
    seconds, megabytes = time.process_time() - start, peak() - before
    some = [form for table in names.table.values() for form in islice(table, 0, None, 7)]
    asked = [form + ending for form in some for ending in ("", "x")][:LOOKED_UP]
    start = time.process_time()
    known = sum(bool(names.classes(form)) for form in asked)
    lookups = len(asked) / (time.process_time() - start)
    if not known:
        raise SystemExit("the gazetteer knows none of its own forms")
    return Cost(seconds, megabytes, forms, lookups)


def in_own_process() -> Cost:
    command = [sys.executable, __file__, "once"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return Cost(*json.loads(done.stdout))


def main(arguments: list[str]) -> int:
    if arguments == ["once"]:
        print(json.dumps(measured()))
        return 0
    costs = [in_own_process() for _ in range(int(arguments[0]) if arguments else 7)]
    folder = Path(epistola.gazetteer.__file__).parent
    found = (
        sum(path.stat().st_size for path in folder.glob("*.txt")) / MEGABYTE,
        min(cost.seconds for cost in costs),
        min(cost.megabytes for cost in costs),
    )
    print(f"{'':<34}{'found':>8}{'limit':>8}")
    for (what, limit), value in zip(LIMITS, found, strict=True):
        print(f"{what:<34}{value:>8.3f}{limit:>8.2f}{'' if value <= limit else '  PASSED'}")
    print(f"{'forms':<34}{costs[0].forms:>8,}")
    print(f"{'look-ups in all classes, a second':<34}{max(c.lookups for c in costs):>8,.0f}")
    return int(any(value > limit for (_, limit), value in zip(LIMITS, found, strict=True)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
