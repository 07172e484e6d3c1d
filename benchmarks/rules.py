"""What the rules find in whole corpora, and what they cost beside the parse.

    python benchmarks/rules.py PATH...

Prints, for each path, files, files with errors, findings by code, the milliseconds a file
that parsing and the rules take, and the first findings of each code with ``--show N``.
"""

from __future__ import annotations

import argparse
import gc
from collections import Counter, defaultdict
from pathlib import Path
from time import perf_counter

from epistola.checks.rules import Library, check_rules
from epistola.model import Finding
from epistola.safe import UnreadableError, parse


def files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(one for one in path.rglob("*") if one.suffix in {".xml", ".odd"})


def run(paths: list[Path]) -> tuple[list[tuple[Path, Finding]], float, float]:
    library = Library()
    found: list[tuple[Path, Finding]] = []
    parsing = checking = 0.0
    for path in paths:
        raw = path.read_bytes()
        start = perf_counter()
        try:
            tree = parse(raw)
        except UnreadableError as error:
            found.append((path, error.finding()))
            continue
        read = perf_counter()
        findings = check_rules(tree, raw, None, path, library)
        checking += perf_counter() - read
        parsing += read - start
        found += [(path, one) for one in findings]
    return found, parsing, checking


def report(name: str, paths: list[Path], show: int) -> None:
    gc.collect()
    found, parsing, checking = run(paths)
    wrong = {path for path, one in found if one.severity == "error"}
    each = 1000 / max(len(paths), 1)
    print(
        f"{name}: {len(paths)} files, {len(wrong)} with errors;"
        f" parse {parsing * each:.2f} ms, rules {checking * each:.2f} ms a file"
    )
    counts = Counter((str(one.severity), one.code) for _, one in found)
    shown: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, one in found:
        line = f"      {path.name}:{one.line}:{one.column}: {one.message}"
        shown[str(one.severity), one.code].append(line)
    for (severity, code), count in sorted(counts.items()):
        print(f"  {severity:<8}{code:<20}{count:>6}")
        lines = shown[severity, code]
        for line in lines[:: max(len(lines) // show, 1)][:show] if show else []:
            print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--show", type=int, default=0)
    chosen = parser.parse_args()
    for path in chosen.paths:
        report(str(path), files(path), chosen.show)


if __name__ == "__main__":
    main()
