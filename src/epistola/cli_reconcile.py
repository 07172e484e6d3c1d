"""``epistola reconcile``: authority numbers for the entries of registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.files import PlanError, within, write_whole
from epistola.model import DEFAULT_LANGUAGE, Finding, Severity
from epistola.terminal import Refusal, called, examples, paths_argument, put, tell

if TYPE_CHECKING:
    from epistola.reconcile.document import Change, Document
    from epistola.reconcile.propose import Proposal, Source, Subject, Verdict
    from epistola.reconcile.sheet import Row

GRADES = ("high", "medium", "low")
KINDS = ("person", "place", "org", "event", "work")
LETTERS, CACHE = "letters", ".cache"

file_type = click.Path(dir_okay=False, path_type=Path)
folder_type = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where candidates come from: files on this machine, and a service if one is named."""

    files: tuple[Path, ...] = ()
    service: str = ""
    types: tuple[tuple[str, str], ...] = ()
    cache: Path = Path(CACHE)
    offline: bool = False


def given_types(
    _: click.Context, __: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Return the service's own types by our kinds."""
    pairs = tuple(value.partition("=")[::2] for value in values)
    for kind, name in pairs:
        if kind not in KINDS or not name:
            raise click.BadParameter(f"write KIND=TYPE, where KIND is one of {', '.join(KINDS)}")
    return pairs


@click.command(
    "reconcile",
    epilog=examples(
        "reconcile registers/persons.xml --authority viaf.csv",
        "reconcile edition --authority gnd.xml --csv review.csv",
        "reconcile edition --authority viaf.csv --write --min-cert high",
        "reconcile edition --accept review.csv --editor 'Ana Bly'",
        "reconcile edition --service https://example.org/reconcile --type person=Q5",
    ),
)
@paths_argument
@click.option(
    "--authority",
    "authorities",
    metavar="FILE",
    multiple=True,
    type=file_type,
    help="An authority file on this machine, CSV or TEI; may be given several times.",
)
@click.option(
    "--service", "url", metavar="URL", help="Ask this reconciliation service too (W3C API 0.2)."
)
@click.option(
    "--type",
    "types",
    metavar="KIND=TYPE",
    multiple=True,
    callback=given_types,
    help=f"What the service calls a kind of entry ({', '.join(KINDS)}), as person=Q5.",
)
@click.option(
    "--cache",
    "cache_folder",
    metavar="FOLDER",
    type=folder_type,
    help=f"Where the service's answers are kept; else {CACHE} beside what is reconciled.",
)
@click.option(
    "--offline", is_flag=True, help="Ask the service nothing: use what it answered before."
)
@click.option(
    "--letters",
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="The letters that name the entries; else an edition's letters. Who was born after a"
    " letter is not named in it.",
)
@click.option(
    "--min-cert",
    "least",
    type=click.Choice(GRADES),
    default="low",
    help="Leave out proposals less certain than this.",
)
@click.option("--csv", "sheet", metavar="FILE", type=file_type, help="Write a sheet for review.")
@click.option("--write", is_flag=True, help="Put the proposals into the files, as idno with cert.")
@click.option(
    "--accept",
    "reviewed",
    metavar="FILE.csv",
    type=file_type,
    help="Put into the files what a reviewed sheet accepts, as the editor's own.",
)
@click.option("--editor", metavar="NAME", help="Who has reviewed the sheet.")
def reconcile_command(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[Path, ...],
    authorities: tuple[Path, ...],
    url: str | None,
    types: tuple[tuple[str, str], ...],
    cache_folder: Path | None,
    offline: bool,
    letters: Path | None,
    least: str,
    sheet: Path | None,
    write: bool,
    reviewed: Path | None,
    editor: str | None,
) -> int:
    """Propose authority numbers (VIAF, GND, Wikidata ...) for the entries of registers.

    PATH is a register in TEI, an edition (all its registers), an encoded letter (the entries
    of its standOff), or a folder of such files. Proposals are shown; the files change only
    with --write or --accept, and then nothing in them but what is added.

    No network is used unless --service names one.
    """
    if reviewed is not None:
        if authorities or url or sheet or write:
            raise Refusal("--accept writes what a sheet says, and goes with --editor alone")
        return accept(documents(paths), reviewed, editor or edition_editor(paths))
    if not authorities and not url:
        raise Refusal("there is nothing to compare with: name an --authority or a --service")
    folder = cache_folder or (paths[0] if paths[0].is_dir() else paths[0].parent) / CACHE
    sources = Sources(authorities, url or "", types, folder, offline)
    found = with_years(documents(paths), letters, paths)
    return propose(found, sources, GRADES[: GRADES.index(least) + 1], sheet, write=write)


# ---- what is reconciled


def documents(paths: Iterable[Path]) -> list[Document]:
    """Return the TEI files that ``paths`` mean; raises Refusal for one that cannot be used."""
    from epistola.reconcile.document import DocumentError, read_document  # noqa: PLC0415 - lxml

    found = []
    for file in dict.fromkeys(file for path in paths for file in registers(path)):
        try:
            found.append(read_document(file.read_bytes(), called(file), file))
        except DocumentError as error:
            raise Refusal(f"{called(file)}:{error}") from None
        except OSError as error:
            raise Refusal(f"{called(file)}: it cannot be read: {error.strerror}") from None
    return found


def registers(path: Path) -> list[Path]:
    """Return the files that ``path`` means: of an edition its registers."""
    from epistola.edition import FILE, EditionError, load_edition  # noqa: PLC0415 - as above

    try:
        if not (path / FILE).is_file():
            return within(path, ".xml")
        folder = load_edition(path).registers
        if not folder:
            raise Refusal(f"{path}: this edition has no registers")
        return sorted((path / folder).glob("*.xml"))
    except (PlanError, EditionError) as error:
        raise Refusal(str(error)) from None


def edition_editor(paths: Sequence[Path]) -> str:
    """Return the editor whom an edition names; raises Refusal where there is none."""
    from epistola.edition import FILE, load_edition  # noqa: PLC0415 - as above

    names = [load_edition(path).editor for path in paths if (path / FILE).is_file()]
    if not any(names):
        raise Refusal("--accept wants to know who has reviewed the sheet: give --editor NAME")
    return next(filter(None, names))


def with_years(
    found: Iterable[Document], letters: Path | None, paths: Iterable[Path]
) -> list[Document]:
    """Return the documents, each entry with the years of the letters that name it."""
    from epistola.reconcile.letters import named_in  # noqa: PLC0415 - as above

    folders = [letters] if letters else [path / LETTERS for path in paths]
    places = (place for folder in folders for place in (folder, *sorted(folder.rglob("*.xml"))))
    years = named_in(place for place in places if place.is_file())
    return [
        replace(
            document,
            subjects=tuple(
                replace(one, named_in=years.get(one.id, one.named_in)) for one in document.subjects
            ),
        )
        for document in found
    ]


# ---- proposing


def propose(
    found: Sequence[Document],
    sources: Sources,
    grades: Sequence[str],
    sheet: Path | None,
    *,
    write: bool,
) -> int:
    """Show what is proposed, and write it and the sheet where that is asked for."""
    from epistola.reconcile.propose import proposals, undisputed  # noqa: PLC0415 - lxml
    from epistola.reconcile.sheet import marked, rows, written  # noqa: PLC0415 - as above

    notes: list[Finding] = []
    before = marks(sheet)
    refused = {row.about for row in before if row.refused}
    verdicts = judged(found, sources, notes.append)
    agreed, disputed = undisputed(one for verdict in verdicts for one in proposals(verdict))
    kept = [one for one in agreed if one.match.certainty in grades and one.about not in refused]
    put("".join(f"{line(one)}\n" for one in kept).encode())
    tell_all(found, verdicts, disputed)
    tell(notes, "epistola")
    if sheet is not None:
        listed = [row for row in rows(verdicts) if row.cert in {*grades, ""}]
        save(sheet, written(marked(listed, before)))
    count = write_proposals(found, kept) if write else None
    click.echo(summary(verdicts, kept, count), err=True)
    return 0


def marks(sheet: Path | None) -> tuple[Row, ...]:
    """Return what an editor has marked in a sheet that is there already; raises Refusal."""
    from epistola.reconcile.sheet import SheetError, read_sheet  # noqa: PLC0415 - seldom wanted

    if sheet is None or not sheet.exists():
        return ()
    try:
        return read_sheet(sheet)
    except SheetError as error:
        raise Refusal(f"{error}; or name another file") from None


def judged(
    found: Sequence[Document], sources: Sources, report: Callable[[Finding], None]
) -> list[Verdict]:
    """Return what the sources have for each entry, file by file; raises Refusal.

    Entries of two files may be one person, as in two letters; those of one file are not.
    """
    from epistola.reconcile.authority import AuthorityError  # noqa: PLC0415 - lxml
    from epistola.reconcile.cache import CacheError  # noqa: PLC0415 - as above
    from epistola.reconcile.propose import judge  # noqa: PLC0415 - as above
    from epistola.reconcile.web import ServiceError  # noqa: PLC0415 - as above

    by_language: dict[str, list[Document]] = {}
    for document in found:
        by_language.setdefault(known_language(document.language), []).append(document)
    verdicts: list[Verdict] = []
    try:
        for language, some in by_language.items():
            candidates = [*files(sources, language), *service(sources, some, language, report)]
            for document in some:
                for source in candidates:
                    verdicts += judge(document.subjects, source)
    except (AuthorityError, CacheError, ServiceError) as error:
        raise Refusal(str(error)) from None
    return verdicts


def known_language(code: str) -> str:
    """Return ``code`` if there are words of that language, else the usual one."""
    from epistola.language import codes  # noqa: PLC0415 - seldom wanted

    return code if code in codes() else DEFAULT_LANGUAGE


def files(sources: Sources, language: str) -> Iterator[Source]:
    """Yield the authority files, ready to be searched for names of ``language``."""
    from epistola.reconcile.authority import load_authority  # noqa: PLC0415 - lxml
    from epistola.reconcile.catalogue import Catalogue  # noqa: PLC0415 - as above

    for file in sources.files:
        yield Catalogue(load_authority(file), language)


def service(
    sources: Sources,
    found: Iterable[Document],
    language: str,
    report: Callable[[Finding], None],
) -> Iterator[Source]:
    """Yield the answers of the service, if one is named."""
    if not sources.service:
        return
    from epistola.reconcile.cache import opened  # noqa: PLC0415 - seldom wanted
    from epistola.reconcile.service import ask  # noqa: PLC0415 - as above
    from epistola.reconcile.web import PATIENT, refuse_address  # noqa: PLC0415 - as above

    refuse_address(sources.service)
    subjects = [one for document in found for one in document.subjects]
    manners = None if sources.offline else PATIENT
    with opened(sources.cache, sources.service) as kept:
        yield ask(subjects, kept, dict(sources.types), language, report, manners)


# ---- showing


def line(proposal: Proposal) -> str:
    """Return a proposal on one line."""
    subject, match = proposal.subject, proposal.match
    return (
        f"{match.certainty:<7} {subject.id}  “{subject.card.label}” is “{match.card.label}”"
        f"  {proposal.number.authority} {proposal.number.value}  ({', '.join(match.evidence)})"
    )


def tell_all(
    found: Iterable[Document],
    verdicts: Iterable[Verdict],
    disputed: Iterable[tuple[Subject, Finding]],
) -> None:
    """Tell what was not decided, file by file."""
    from epistola.reconcile.propose import findings  # noqa: PLC0415 - lxml

    by_file: dict[str, list[Finding]] = {document.name: [] for document in found}
    for verdict in verdicts:
        by_file[verdict.subject.file] += findings(verdict)
    for subject, finding in disputed:
        by_file[subject.file].append(finding)
    for document in found:
        copies = [copied(document.copies)] if document.copies else []
        tell([*copies, *by_file[document.name]], document.name)


def copied(number: int) -> Finding:
    """Return that entries are left alone, as they are a register's."""
    what = "1 entry is a copy" if number == 1 else f"{number} entries are copies"
    message = f"{what} of a register’s (sameAs), and left alone: reconcile the register"
    return Finding(Severity.INFO, "copied-entry", message)


def summary(verdicts: Iterable[Verdict], kept: Iterable[Proposal], written: int | None) -> str:
    """Return one line on all entries: what is proposed for them, and why nothing is."""
    grades = Counter(one.match.certainty for one in kept)
    reasons = Counter(verdict.reason for verdict in verdicts if verdict.reason)
    shown = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES if grades[grade])
    parts = [counted(grades.total(), "proposed") + (f" ({shown})" if shown else "")]
    parts += [f"{number} without ({reason})" for reason, number in reasons.most_common()]
    if written is None:
        return f"{'; '.join(parts)}; no file is changed without --write"
    return f"{'; '.join(parts)}; {written} written"


# ---- writing


def write_proposals(found: Sequence[Document], kept: Sequence[Proposal]) -> int:
    """Put the proposals into the files, and return how many."""
    from epistola.reconcile.document import Change  # noqa: PLC0415 - lxml

    wanted: dict[str, list[Change]] = {document.name: [] for document in found}
    for one in kept:
        change = Change(one.subject.id, one.number, certainty=one.match.certainty)
        wanted[one.subject.file].append(change)
    rewrite(found, wanted)
    return len(kept)


def rewrite(
    found: Sequence[Document], changes: Mapping[str, Sequence[Change]], editor: str = ""
) -> None:
    """Write the files with their changes, none if one cannot be changed; raises Refusal."""
    from epistola.reconcile.document import DocumentError, changed  # noqa: PLC0415 - lxml

    made: list[tuple[Document, bytes]] = []
    for document in found:
        try:
            made.append((document, changed(document, changes[document.name], editor)))
        except DocumentError as error:
            raise Refusal(f"{document.name}:{error}") from None
    for document, data in made:
        if data != document.raw:
            save(document.path, data)


def save(path: Path, data: bytes) -> None:
    """Write a file whole; raises Refusal where that cannot be."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise Refusal(f"{called(path)}: it cannot be written: {error.strerror}") from None


def accept(found: Sequence[Document], sheet: Path, editor: str) -> int:
    """Put into the files what the sheet says, and tell what goes against it."""
    from epistola.reconcile.review import decided, rows_of  # noqa: PLC0415 - lxml
    from epistola.reconcile.sheet import SheetError, read_sheet  # noqa: PLC0415 - as above

    try:
        rows = [row for row in read_sheet(sheet) if row.accepted or row.refused]
    except SheetError as error:
        raise Refusal(str(error)) from None
    names = [document.name for document in found]
    changes: dict[str, list[Change]] = {}
    told: list[tuple[str, list[Finding]]] = []
    for document in found:
        notes: list[Finding] = []
        changes[document.name] = decided(document, rows_of(document, names, rows), notes.append)
        told.append((document.name, notes))
    rewrite(found, changes, editor)
    for name, notes in told:
        tell(notes, name)
    about = {row for document in found for row in rows_of(document, names, rows)}
    elsewhere = f"; {len(rows) - len(about)} rows are about other files" if about != {*rows} else ""
    click.echo(f"{accepted(rows)}{elsewhere}", err=True)
    return 0


def accepted(rows: Iterable[Row]) -> str:
    """Return how many numbers a sheet accepts and refuses, in words."""
    counts = Counter("refused" if row.refused else "accepted" for row in rows)
    return f"{counted(counts['accepted'], 'accepted')}, {counts['refused']} refused"


def counted(number: int, what: str) -> str:
    """Return how many numbers there are of which something is said."""
    return f"1 number {what}" if number == 1 else f"{number} numbers {what}"
