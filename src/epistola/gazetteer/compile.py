"""Compile the long lists: ``python -m epistola.gazetteer.compile VICARY NAMES LETTERS``.

VICARY and NAMES are the unpacked distributions of the packages of these names,
LETTERS is a file of letters, one JSON object with "lang" and "text" a line. What
the sources are, and which versions were read, is in ``README.md``. The program
itself never imports this module.

The sources have no capitals and no accents; capitals are put back by rule here,
and a look-up tries a form without its accents too.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from epistola.gazetteer import COMPILED, bare, read
from epistola.gazetteer.guard import LATIN, Rivals, names_a_place
from epistola.model import FOLDS


def listed(text: str) -> frozenset[str]:
    """Return the words of ``text``: a set that can be read as a line."""
    return frozenset(text.split())


HERE = Path(__file__).parent
USES = 3
"""A string that letters write this often without a capital, and mostly so, is a word."""
BEARERS = 2
"""Notable people with a surname, for it to be listed though the census has it not."""
SURNAMES = 20_000
"""How many surnames of the census are listed, the commonest first."""
COMMON_SURNAME = 3_000
COMMON_FORENAME = 300
"""A name up to this rank is listed though it is a word or a place as well."""

TOKEN = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
CONTRACTION = re.compile(
    r"\w+(?:n't|'ll|'ve|'re|'d|'m)|(?:it|there|that|what|here|s?he|who|let|where|how)'s"
)
PARTICLES = listed(
    "van von vom zu de del della der den des du di da do dos la le el al an ben ibn bin y"
)
SMALL = PARTICLES | listed(
    "am an im in ob bei unter auf dem sur sous en les lès aux upon on of the by under und and et "
    "aan op ter près sul nad e i"
)
STYLES = listed(
    "of the jr sr prince princess king queen pope saint st archduke archduchess duke duchess count "
    "countess baron lord lady sir emperor empress infanta infante sultan patriarch"
)
NUMERAL = re.compile(r"[ivx]+|\d\w*")


@dataclass(frozen=True, slots=True)
class Sources:
    """What the lists are compiled from; all forms without capitals, commonest first."""

    tiers: Mapping[str, tuple[str, ...]]
    surnames: tuple[str, ...]
    forenames: tuple[tuple[str, ...], ...]
    words: frozenset[str]


def sources(vicary: Path, names: Path, letters: Path) -> Sources:
    """Read the sources from two unpacked distributions and a file of letters."""
    packed = (vicary / "vicary" / "data" / "notability.txt.gz").read_bytes()
    ranked = {
        part: ranking((names / "names" / f"dist.{part}").read_text("ascii"))
        for part in ("all.last", "female.first", "male.first")
    }
    with letters.open(encoding="utf-8") as lines:
        counted = frozenset(
            words(row["text"] for row in map(json.loads, lines) if row["lang"] == "en")
        )
    return Sources(
        tiers=tiers(gzip.decompress(packed).decode("utf-8")),
        surnames=ranked["all.last"],
        forenames=(ranked["female.first"], ranked["male.first"]),
        words=counted,
    )


def tiers(text: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of vicary's file: each starts with a line ``#!tier NAME COUNT``."""
    parts = re.split(r"^#!tier (\w+) \d+\n", text, flags=re.MULTILINE)
    return {
        name: tuple(body.split("\n")) for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def ranking(text: str) -> tuple[str, ...]:
    """Return the names of a census file, whose lines are NAME, share, sum and rank."""
    return tuple(line.split()[0].lower() for line in text.splitlines() if line.strip())


def words(texts: Iterable[str]) -> Iterator[str]:
    """Yield what is written at least ``USES`` times, and mostly, without a capital."""
    low: Counter[str] = Counter()
    high: Counter[str] = Counter()
    for text in texts:
        for token in TOKEN.findall(text.translate(FOLDS)):
            if token.islower():
                low[token] += 1
            elif not token.isupper():
                high[token.lower()] += 1
    yield from (w for w, n in low.items() if n >= max(USES, high[w]) and is_word(w))


def is_word(string: str) -> bool:
    """Return whether ``string`` is a word by its shape: possessives and elisions are not."""
    return (
        bool(CONTRACTION.fullmatch(string)) if "'" in string else len(string) > 1 or string in "aio"
    )


def cased(name: str) -> str:
    """Return a name of a place or person with its capitals.

    >>> cased("frankfurt am main"), cased("saint-germain-en-laye"), cased("la roche-l'abeille")
    ('Frankfurt am Main', 'Saint-Germain-en-Laye', "La Roche-l'Abeille")
    """
    parts = re.split(r"([ -])", name)
    return "".join(
        part if at and part in SMALL else capital(part, first=at == 0)
        for at, part in enumerate(parts)
    )


def capital(part: str, *, first: bool = True) -> str:
    """Return one word of a name with its capital.

    >>> capital("o'brien"), capital("mcdonald"), capital("d'oie", first=False), capital("king's")
    ("O'Brien", 'McDonald', "d'Oie", "King's")
    """
    elided, mark, rest = part.partition("'")
    if mark and len(elided) == 1 and rest:
        return (elided if elided in "dl" and not first else elided.upper()) + mark + capital(rest)
    if part.startswith("mc") and len(part) > len("mcx") + 1:
        return "Mc" + capital(part[2:])
    return part[:1].upper() + part[1:]


def curated(*classes: str) -> frozenset[str]:
    """Return the forms that are kept by hand in ``classes``."""
    paths = [HERE / f"{name}.txt" for name in classes]
    return frozenset(
        form for path in paths if path.exists() for form in read(path.read_text("utf-8"))
    )


def elsewhere(*own: str) -> frozenset[str]:
    """Return the forms that are kept by hand in all classes but ``own``."""
    by_hand = {path.stem for path in HERE.glob("*.txt") if COMPILED not in path.name}
    return curated(*by_hand.difference(own))


def forenames(found: Sources) -> Iterator[str]:
    """Yield forenames: of the census, and of people born in the United States since 1880."""
    common = {name for ranked in found.forenames for name in ranked[:COMMON_FORENAME]}
    family = {*found.surnames[:COMMON_SURNAME], *map(str.lower, curated("person"))}
    taken = elsewhere("forename", "person")
    for name in {*found.tiers["given"], *found.forenames[0], *found.forenames[1]}:
        ambiguous = name in found.words or name in family or capital(name) in taken
        if len(name) > len("xy") and LATIN.fullmatch(name) and (name in common or not ambiguous):
            yield capital(name)


def surnames(found: Sources) -> Iterator[str]:
    """Yield surnames: of the census, of notable people, of the persons kept by hand."""
    rank = {name: at for at, name in enumerate(found.surnames)}
    borne = Counter(parts[-1] for parts in people(found))
    irish = {name.replace("'", ""): name for name in borne if name.startswith("o'")}
    listed = {irish.get(name, name) for name in found.surnames[:SURNAMES]}
    listed |= {name for name, bearers in borne.items() if bearers >= BEARERS and "-" not in name}
    other = elsewhere("surname", "person", "company")
    for name in listed:
        ambiguous = name in found.words or capital(name) in other
        if len(name) > len("xy") and (rank.get(name, SURNAMES) < COMMON_SURNAME or not ambiguous):
            yield from scottish(name, rank)
    yield from (person.split()[-1] for person in curated("person") if plain(person))


def scottish(name: str, rank: Collection[str]) -> Iterator[str]:
    """Yield both ways of writing a name in Mac-.

    >>> list(scottish("macdonald", {"donald"})), list(scottish("mackey", {"donald"}))
    (['Macdonald', 'MacDonald'], ['Mackey'])
    """
    yield "-".join(map(capital, name.split("-")))
    if name.startswith("mac") and name[3:] in rank:
        yield "Mac" + capital(name[3:])


def plain(person: str) -> bool:
    """Return whether ``person`` is forename and surname and nothing else."""
    parts = person.split()
    return (
        len(parts) > 1
        and all(part[:1].isupper() and part.isalpha() for part in parts)
        and not ({part.lower() for part in parts} & STYLES or NUMERAL.fullmatch(parts[-1].lower()))
    )


def people(found: Sources) -> Iterator[list[str]]:
    """Yield the notable people that have a forename and a surname, as lists of words."""
    for name in found.tiers["full"]:
        parts = name.split()
        if (
            1 < len(parts) < len("abcde")
            and all(map(LATIN.fullmatch, parts))
            and not STYLES.intersection(parts)
            and not any(map(NUMERAL.fullmatch, parts))
        ):
            yield parts


def is_initial(part: str) -> bool:
    """Return whether ``part`` stands for a forename: the source has left its full stop out."""
    return len(part) == 1 and part != "y"


def persons(found: Sources) -> Iterator[str]:
    """Yield the full names of notable people who share the surname of a most notable one."""
    given = {*found.tiers["given"], *found.forenames[0], *found.forenames[1]}
    given |= {name.lower() for name in curated("forename")}
    famous = set(found.tiers["short"]) - found.words - given
    famous |= {name.split()[-1].lower() for name in curated("person") if plain(name)} - set(
        found.surnames[:COMMON_SURNAME]
    )
    for parts in people(found):
        if parts[-1] in famous and parts[0] in given:
            yield cased(" ".join(part + "." * is_initial(part) for part in parts))


def settlements(found: Sources) -> Iterator[str]:
    """Yield settlements whose names are not also words, names of people or larger places."""
    people = {*found.tiers["given"], *found.surnames[:COMMON_SURNAME]}
    other = elsewhere("settlement")
    wider = {name.lower() for name in curated("country", "region")}
    rivals = Rivals(
        word=lambda form: form.lower() in found.words and " " not in form,
        person=lambda form: form.lower() in people and " " not in form,
        other=lambda form: form in other,
        wider=lambda word: word.lower() in wider,
    )
    return (form for form in map(cased, found.tiers["settlement"]) if names_a_place(form, rivals))


def sentence_words(found: Sources) -> Iterator[str]:
    """Yield words as they begin a sentence."""
    return (word[:1].upper() + word[1:] for word in found.words)


def alike(form: str) -> str:
    """Return ``form`` without what the sources leave out, so that forms can be compared.

    >>> alike("André Gide") == alike("Andre Gide"), alike("J. M. W. Turner")
    (True, 'j m w turner')
    """
    return bare(form).lower().replace(".", "")


LISTS: Mapping[str, Callable[[Sources], Iterator[str]]] = {
    "forename": forenames,
    "person": persons,
    "settlement": settlements,
    "surname": surnames,
    "word": sentence_words,
}


def write(name: str, compiled: Iterable[str]) -> int:
    """Write ``<name>.compiled.txt``, without what is kept by hand; return how many forms it has."""
    by_hand = set(map(alike, curated(name)))
    forms = sorted({form for form in compiled if alike(form) not in by_hand})
    (HERE / f"{name}{COMPILED}.txt").write_text("\n".join(forms) + "\n", "utf-8")
    return len(forms)


def main(vicary: str, names: str, letters: str) -> None:
    """Compile each of ``LISTS`` from the sources at these paths."""
    found = sources(Path(vicary), Path(names), Path(letters))
    for name, compiled in LISTS.items():
        sys.stdout.write(f"{name}: {write(name, compiled(found))}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
