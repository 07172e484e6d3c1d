"""How much processor time it takes to start, and to encode one letter from the shell.

    python benchmarks/start.py [RUNS]

Prints the least and the median of RUNS runs (15), in seconds of user and system time of
the whole process, beside the budget.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

LETTER = Path(__file__).parents[1] / "tei/sources/ratner-2011.txt"
MEASURED = (
    ("python -c pass", ("-c", "pass"), None),
    ("import epistola", ("-c", "import epistola"), 0.15),
    ("epistola --help", ("-m", "epistola", "--help"), None),
    (f"epistola encode {LETTER.name}", ("-m", "epistola", "encode", str(LETTER)), 0.4),
)


# As after an installation: with the byte code that Python keeps beside the modules.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(arguments: tuple[str, ...]) -> float:
    before = children()
    command = [sys.executable, *arguments]
    subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT)  # noqa: S603 - ours
    return children() - before


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    print(f"{'':<34}{'least':>8}{'median':>8}{'budget':>8}")
    for name, arguments, budget in MEASURED:
        seconds(arguments)  # the first run may have to write that byte code
        times = [seconds(arguments) for _ in range(runs)]
        limit = f"{budget:.2f}" if budget else "-"
        print(f"{name:<34}{min(times):>8.3f}{median(times):>8.3f}{limit:>8}")


if __name__ == "__main__":
    main()
