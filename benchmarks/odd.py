"""How the ODD compiler does: counts, times, and verdicts beside those of a published grammar.

python benchmarks/odd.py ../shared/data/tei
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from lxml import etree

HERE = Path(__file__).parents[1]
sys.path[:0] = [str(HERE / "src"), str(HERE / "tests")]

from documents import RNG, Documents  # noqa: E402 - found by the line above
from epistola.checks.odd import load_odd, reference, relaxng, schematron, serialise  # noqa: E402
from jing import jing  # noqa: E402

ROUNDS = 3


def main(folder: Path) -> None:
    sys.setrecursionlimit(10_000)
    source = folder / "p5subset_4.9.0a.xml"
    compiled(HERE / "schemas" / "letter.odd", None)
    compiled(HERE / "schemas" / "letter.odd", source)
    compiled(HERE / "tests" / "simple_print.odd", source)
    compiled(folder / "cmi-customization.odd", source)
    verdicts(relaxng(load_odd(HERE / "tests" / "simple_print.odd", source)), folder)
    foreign(folder, source)


def compiled(path: Path, source: Path | None) -> None:
    start = process_time()
    odd = load_odd(path, source)
    grammar, rules = relaxng(odd), schematron(odd)
    page = reference(odd)
    seconds = process_time() - start
    loading = min(load_time(serialise(grammar)) for _ in range(5))
    print(
        f"{path.name}{' with the Guidelines' if source else ''}: {len(odd.elements)} elements,"
        f" {len(odd.classes)} classes, {len(list(rules.getroot().iter('{*}rule')))} rules;"
        f" compiled and shown in {seconds:.2f} s; RELAX NG {len(serialise(grammar)):,} bytes,"
        f" loaded by libxml2 in {loading * 1000:.0f} ms; page {len(page):,} bytes"
    )


def load_time(grammar: bytes) -> float:
    start = process_time()
    etree.RelaxNG(etree.fromstring(grammar))
    return process_time() - start


def verdicts(own: etree._ElementTree, folder: Path) -> None:
    published = etree.parse(folder / "tei_simplePrint_4.9.0a.rng")
    documents: list[bytes] = []
    for grammar in (own, published):
        made = Documents(grammar, 7)
        for name in made.names * ROUNDS:
            documents += [etree.tostring(made.element(name)), etree.tostring(made.spoiled(name))]
    real = [*folder.glob("tei_test/*.xml"), *folder.parent.glob("letters/*/*.xml")]
    documents += [path.read_bytes() for path in sorted(real) if well_formed(path)]
    with TemporaryDirectory() as place:
        paths = [Path(place) / f"{number}.xml" for number in range(len(documents))]
        for path, document in zip(paths, documents, strict=True):
            path.write_bytes(document)
        refused = [by_jing(grammar, Path(place), paths) for grammar in (own, published)]
        validator = etree.RelaxNG(own)
        parser = etree.XMLParser(collect_ids=False)
        libxml2 = {str(one) for one in paths if not validator.validate(etree.parse(one, parser))}
    print(
        f"simplePrint on {len(documents)} documents, {len(documents) - len(refused[1])} valid:"
        f" {len(refused[0] ^ refused[1])} verdicts differ from the published grammar's (Jing),"
        f" {len(libxml2 ^ refused[0])} of libxml2's from Jing's"
    )


def well_formed(path: Path) -> bool:
    """Whether it parses, and has no document type that Jing would go and look for."""
    try:
        etree.parse(path, etree.XMLParser(collect_ids=False, load_dtd=False))
    except etree.XMLSyntaxError:
        return False
    return b"<!DOCTYPE" not in path.read_bytes()


def by_jing(grammar: etree._ElementTree, place: Path, paths: list[Path]) -> set[str]:
    start = grammar.getroot().find(f"{RNG}start")
    if start is not None:
        start[:] = [etree.Element(f"{RNG}choice")]
        names = Documents(grammar, 0).names
        start[0].extend(etree.Element(f"{RNG}ref", name=name) for name in names)
    schema = place / "schema.rng"
    grammar.write(schema)
    return {f"{line.split('.xml:')[0]}.xml" for line in jing(schema, paths)}


def foreign(folder: Path, source: Path) -> None:
    """Say which of TEI's own test ODDs compile, and why the others do not."""
    good, problems = 0, []
    for path in sorted(folder.glob("tei_test/*.odd")):
        try:
            etree.RelaxNG(relaxng(load_odd(path, source)))
            good += 1
        except (ValueError, etree.RelaxNGError) as error:
            problems.append(f"  {path.name}: {error}")
    print(f"TEI's test ODDs: {good} compile, {len(problems)} are refused:", *problems, sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "shared" / "data" / "tei")
