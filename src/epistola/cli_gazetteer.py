"""The command line's ``epistola gazetteer``: the names that an edition brings.

They belong to an edition, never to a user or a machine: who has the edition's folder gets
what its editors get, byte by byte.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

import click

from epistola.files import write_parts
from epistola.terminal import Refusal, examples, put

if TYPE_CHECKING:
    from epistola.gazetteer import Listing
    from epistola.gazetteer.geonames import Choice

MANY = 250_000
"""So many forms are told of: they cost every run some seconds, and more than 100 MB."""
COUNTRY = re.compile(r"[A-Z]{2}")
CREDIT = "GeoNames is under CC BY 4.0: say in the edition that its places come from there."


def checked_edition(_: click.Context, __: click.Parameter, folder: Path | None) -> Path | None:
    """Return ``folder``, if any, which is an edition's."""
    if folder is None:
        return None
    from epistola.edition import EditionError, settings  # noqa: PLC0415 - only this command's

    try:
        settings(folder)
    except EditionError as error:
        raise Refusal(f"{error}; name an edition with --edition FOLDER") from None
    return folder


def checked_countries(
    _: click.Context, __: click.Parameter, codes: tuple[str, ...]
) -> tuple[str, ...]:
    """Return ``codes`` in capitals, each of two letters."""
    capitals = tuple(code.upper() for code in codes)
    if odd := next((code for code in capitals if not COUNTRY.fullmatch(code)), ""):
        raise click.BadParameter(f"“{odd}” is no code of a country (ISO 3166-1); write it as DE")
    return capitals


def checked_features(_: click.Context, __: click.Parameter, letters: str) -> frozenset[str]:
    """Return the feature classes of GeoNames that ``letters`` name."""
    from epistola.gazetteer.geonames import FEATURES  # noqa: PLC0415 - only this command's

    wanted = frozenset(letters.upper()) - {",", " "}
    if odd := sorted(wanted - FEATURES) or not wanted:
        named = "".join(odd) if isinstance(odd, list) else letters
        known = ", ".join(sorted(FEATURES))
        raise click.BadParameter(f"“{named}” is no feature class of GeoNames; there are {known}")
    return wanted


edition_option = click.option(
    "--edition",
    metavar="FOLDER",
    default=".",
    type=click.Path(file_okay=False, path_type=Path),
    callback=checked_edition,
    help="The edition that the names belong to; without it, the folder you are in.",
)
name_option = click.option(
    "--name",
    metavar="NAME",
    help="How the list is called in the edition; without it, as the file is.",
)
file_argument = click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group()
def gazetteer() -> None:
    """Add names to an edition, list and look up what it knows."""


@gazetteer.group()
def add() -> None:
    """Add the names in a file to an edition."""


@add.command("csv", epilog=examples("gazetteer add csv names.csv --edition tei"))
@file_argument
@edition_option
@name_option
def add_csv(*, file: Path, edition: Path, name: str | None) -> None:
    """Add a table of names: FILE, with the columns form and class.

    There may also be name (of what the form is a variant of), authority, idno, geo and
    note. It is checked, and copied to the edition's folder gazetteer.
    """
    copied(file, edition, name, ".csv")


@add.command("tei", epilog=examples("gazetteer add tei persons.xml --edition tei"))
@file_argument
@edition_option
@name_option
def add_tei(*, file: Path, edition: Path, name: str | None) -> None:
    """Add the persons, places, organisations, events and works named in a TEI file.

    They are known to the recognisers, and what is found gets their numbers; to make them
    entries of the edition itself, put the file among its registers.
    """
    copied(file, edition, name, ".xml")


@add.command(
    "geonames",
    epilog=examples(
        "gazetteer add geonames cities500.zip --edition tei",
        "gazetteer add geonames allCountries.zip --country DE --country AT --min-population 200",
    ),
)
@file_argument
@edition_option
@name_option
@click.option(
    "--min-population",
    metavar="N",
    type=click.IntRange(min=0),
    default=1_000,
    show_default=True,
    help="Leave out cities, towns and villages that are smaller.",
)
@click.option(
    "--country",
    "countries",
    metavar="CODE",
    multiple=True,
    callback=checked_countries,
    help="Only places of this country, as DE; may be given several times.",
)
@click.option(
    "--feature-classes",
    "features",
    metavar="LETTERS",
    default="AP",
    show_default=True,
    callback=checked_features,
    help="Only these classes of GeoNames: A lands, P settlements, H waters, T mountains, L regions"
    " and parks, R roads, S buildings, U undersea, V woods.",
)
def add_geonames(
    *,
    file: Path,
    edition: Path,
    name: str | None,
    min_population: int,
    countries: tuple[str, ...],
    features: frozenset[str],
) -> None:
    """Add the places of a dump of GeoNames: FILE, a *.txt or the *.zip of one.

    What is found later gets the GeoNames number and the coordinates, unless several places
    of the list have that name. Names that are words or people's are taken of large places
    only.
    """
    from epistola.gazetteer.geonames import Choice  # noqa: PLC0415 - only this command's

    choice = Choice(features, frozenset(countries), min_population)
    target = place_of(edition, name or file.stem, ".csv")
    write_dump(file, target, choice)
    added(target, edition)
    click.echo(CREDIT, err=True)


@gazetteer.command("list", epilog=examples("gazetteer list --edition tei"))
@edition_option
def list_command(*, edition: Path) -> None:
    """List the files of names that an edition brings, and how many forms each has."""
    lines = [f"{one.file}: {counted(one)}\n" for one in loaded(edition)]
    put("".join(lines).encode())


@gazetteer.command("remove", epilog=examples("gazetteer remove cities500 --edition tei"))
@click.argument("name", metavar="NAME")
@edition_option
def remove_command(*, name: str, edition: Path) -> None:
    """Remove the list NAME from an edition's folder gazetteer."""
    from epistola.edition import GAZETTEER  # noqa: PLC0415 - only this command's

    folder = edition / GAZETTEER
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [file for file in files if name in (file.name, file.stem)]
    if len(found) != 1:
        there = ", ".join(file.name for file in found or files) or "none"
        which = "several lists are" if found else "no list is"
        raise Refusal(f"{folder}: {which} called “{name}”; there are {there}")
    try:
        found[0].unlink()
    except OSError as error:
        raise Refusal(f"{found[0]}: it cannot be removed: {error.strerror}") from None
    click.echo(f"{found[0]}: removed", err=True)


@gazetteer.command("look", epilog=examples('gazetteer look "St Petersburg" --edition tei'))
@click.argument("form", metavar="FORM")
@click.option(
    "--edition",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    callback=checked_edition,
    help="Look in the names of this edition too.",
)
def look_command(*, form: str, edition: Path | None) -> int:
    """Show what FORM can mean: a line for each class that knows it, and by which list.

    The exit code is 1 where none does.
    """
    found = list(known(form, edition))
    put("".join(f"{line}\n" for line in found).encode())
    return 0 if found else 1


def known(form: str, edition: Path | None) -> Iterator[str]:
    """Yield what is known of ``form``: class, name, number and place on the map, list."""
    from epistola import gazetteer as names  # noqa: PLC0415 - only this command's

    for one in [names.Listing("epistola", names.load().table, {}), *loaded(edition)]:
        table = names.Names(one.table)
        for name in sorted(table.classes(form)):
            thing = table.canonical(form, name)
            facts = one.facts.get((name, thing), names.Facts())
            yield "  ".join(filter(None, (f"{name:<12}", thing, *facts, f"({one.file})")))


def loaded(edition: Path | None) -> list[Listing]:
    """Return the lists of names of ``edition``; raises Refusal."""
    if edition is None:
        return []
    from epistola.edition import gazetteers, settings  # noqa: PLC0415 - only this command's
    from epistola.gazetteer.table import GazetteerError  # noqa: PLC0415 - as above
    from epistola.registers.listed import read_listing  # noqa: PLC0415 - as above

    try:
        return list(map(read_listing, gazetteers(edition, settings(edition).get("gazetteer"))))
    except GazetteerError as error:
        raise Refusal(str(error)) from None


def place_of(edition: Path, name: str, ending: str) -> Path:
    """Return where a list called ``name`` goes; raises Refusal where one is called so."""
    from epistola.edition import GAZETTEER  # noqa: PLC0415 - only this command's

    folder = edition / GAZETTEER
    if Path(name).name != name or name.startswith("."):
        raise Refusal(f"“{name}” is no name for a list; write one without a folder, as towns")
    target = folder / (name if name.endswith(ending) else f"{name}{ending}")
    if target.exists():
        raise Refusal(f"{target} is there already; remove it first, or use --name")
    return target


def copied(file: Path, edition: Path, name: str | None, ending: str) -> None:
    """Check the names in ``file``, and copy it to ``edition``; raises Refusal."""
    from epistola.gazetteer.table import GazetteerError, read_table  # noqa: PLC0415 - as above
    from epistola.registers.listed import read_tei  # noqa: PLC0415 - only this command's

    target = place_of(edition, name or file.stem, ending)
    try:
        if ending == ".csv":
            read_table(file)
        else:
            read_tei(file)
        data = file.read_bytes()
    except GazetteerError as error:
        raise Refusal(str(error)) from None
    with refused(target):
        write_parts(target, [data])
    added(target, edition)


def write_dump(file: Path, target: Path, choice: Choice) -> None:
    """Compile the dump ``file`` to the table ``target``, showing how far it is."""
    from epistola.gazetteer import load  # noqa: PLC0415 - only this command's
    from epistola.gazetteer.geonames import compiled, opened  # noqa: PLC0415 - as above
    from epistola.gazetteer.table import GazetteerError, written  # noqa: PLC0415 - as above

    try:
        handle, total = opened(file)
        with refused(target), handle, watched_reading(handle, total) as lines:
            write_parts(target, written(compiled(lines, str(file), choice, load())))
    except GazetteerError as error:
        raise Refusal(str(error)) from None


@contextmanager
def refused(target: Path) -> Iterator[None]:
    """Turn what the machine says against writing ``target`` into a Refusal."""
    try:
        yield
    except OSError as error:
        raise Refusal(f"{target}: it cannot be written: {error.strerror or error}") from None


@contextmanager
def watched_reading(handle: IO[bytes], total: int) -> Iterator[Iterable[bytes]]:
    """Yield ``handle``, with a bar that shows how much is read where someone looks on."""
    if not sys.stderr.isatty():
        yield handle
        return
    from rich.console import Console  # noqa: PLC0415 - slow to load, and seldom wanted
    from rich.progress import wrap_file  # noqa: PLC0415 - as above

    console = Console(stderr=True)
    raw = cast("BinaryIO", handle)
    with wrap_file(raw, total, description="Reading", console=console, transient=True) as watched:
        yield watched


def added(target: Path, edition: Path) -> None:
    """Tell what was added, and what stands in the way of its being used."""
    from epistola.edition import FILE, GAZETTEER, settings  # noqa: PLC0415 - only this command's
    from epistola.registers.listed import read_listing  # noqa: PLC0415 - as above

    listing = read_listing(target)
    click.echo(f"{target}: {counted(listing)}", err=True)
    if size(listing) > MANY:
        click.echo("So long a list is slow to load: think of --min-population.", err=True)
    named = settings(edition).get("gazetteer")
    if named is not None and not {GAZETTEER, f"{GAZETTEER}/{target.name}"} & set(named):
        key = f'gazetteer = ["{GAZETTEER}"]'
        click.echo(f"{edition / FILE} does not use it yet: write {key} there.", err=True)


def size(listing: Listing) -> int:
    """Return how many forms there are."""
    return sum(map(len, listing.table.values()))


def counted(listing: Listing) -> str:
    """Return how many forms there are of each class, in words."""
    classes = ", ".join(f"{len(forms):,} {name}" for name, forms in sorted(listing.table.items()))
    return f"{size(listing):,} forms ({classes})" if classes else "0 forms"
