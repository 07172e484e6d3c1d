"""Works of all kinds, made by chance, and the registers that hold them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

from epistola.registers.bibliography.csl import DATES, IDNOS, OTHERS, ROLES, SCOPES
from epistola.registers.bibliography.record import KINDS, write_work
from epistola.registers.bibliography.work import (
    NUMBERS,
    UNITS,
    Date,
    Name,
    Work,
    bounded,
    ordered,
    ordered_names,
)

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Works</title></titleStmt><publicationStmt><publisher>x</publisher></publicationStmt>
<sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader><standOff><listBibl>{}</listBibl></standOff></TEI>"""

LETTERS = "abcdeXYZéßŁж&%$#_{}~^\\\"'`@<>,;:.-–/=1 "
words = (
    st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=4)
    .map(lambda found: " ".join(" ".join(found).split()))
    .filter(bool)
)
maybe = st.just("") | words
years = st.integers(1, 2999).map(lambda year: f"{year:04d}") | st.just("-0044")
days = st.one_of(
    years,
    st.builds("{}-{:02d}".format, years, st.integers(1, 12)),
    st.builds("{}-{:02d}-{:02d}".format, years, st.integers(1, 12), st.integers(1, 28)),
)
dates = st.one_of(
    st.just(Date()),
    st.builds(lambda when, circa: Date(when, circa=circa), days, st.booleans()),
    st.builds(lambda when, s: Date(when, season=s), years, st.sampled_from(["Summer", "Late May"])),
    st.builds(lambda a, b: Date(start=a, end=b), days, days),
    st.builds(lambda a, b: Date(earliest=a, latest=b), days, days),
    st.builds(bounded, st.fixed_dictionaries({"start": days})),
    st.builds(bounded, st.fixed_dictionaries({"end": days})),
    st.builds(bounded, st.fixed_dictionaries({"earliest": days})),
    st.builds(bounded, st.fixed_dictionaries({"latest": days})),
    st.sampled_from(["undated", "the year of the comet", "1848 or 1849", "s. a."]).map(
        lambda said: Date(words=said)
    ),
)


names = st.one_of(
    st.builds(Name, words, maybe, maybe, maybe), words.map(lambda name: Name(literal=name))
)
genres = st.sampled_from(["", "letter", "review", "PhD thesis", "a; b", "article-magazine"])
iso = days.map(str)


def works(roles: Iterable[str] = ROLES) -> st.SearchStrategy[Work]:
    made_by = st.dictionaries(
        st.sampled_from(list(roles)), st.lists(names, min_size=1, max_size=2), max_size=3
    )
    others = st.dictionaries(st.sampled_from(OTHERS), words, max_size=2)
    dated = st.dictionaries(st.sampled_from(DATES), iso, max_size=1)
    return st.builds(
        Work,
        id=st.just("work-x"),
        key=st.sampled_from(["", "ABCD1234", "https://example.org/items/4"]),
        kind=st.sampled_from(sorted(KINDS)),
        genre=genres,
        title=maybe,
        container=maybe,
        series=maybe,
        series_number=maybe,
        names=made_by.map(ordered_names),
        edition=maybe,
        scopes=st.dictionaries(st.sampled_from(list(SCOPES)), words).map(
            lambda found: ordered(found, UNITS)
        ),
        publisher=maybe,
        place=maybe,
        date=dates,
        numbers=st.dictionaries(st.sampled_from(list(IDNOS)), words, max_size=3).map(
            lambda found: ordered(found, NUMBERS)
        ),
        language=st.sampled_from(["", "en", "de-AT", "Old Frisian"]),
        note=st.lists(words, max_size=2).map("\n".join),
        others=st.builds(lambda a, b: ordered({**a, **b}, ()), others, dated),
    )


def register(folder: Path, made: Iterable[Work], name: str = "works.xml") -> Path:
    """Write a register of ``made``, and return where it is."""
    held = (etree.tostring(write_work(work), encoding="unicode") for work in made)
    path = folder / name
    path.write_text(REGISTER.format("\n".join(held)), "utf-8")
    return path


SAMPLES = (
    Work(
        id="work-lamp",
        kind="journalArticle",
        genre="letter",
        title="On the lamp & the {lens}: 100 % of it",
        container="The Keeper’s Journal",
        names=(("author", (Name("Groot", "Jan", "de"), Name(literal="Board of Lights"))),),
        scopes=(("volume", "13"), ("issue", "2"), ("page", "5–17")),
        date=Date("1911-03"),
        language="en",
    ),
    Work(
        id="work-reef",
        kind="bookSection",
        title="The reef",
        container="Shores",
        names=(
            ("author", (Name("Vogt", "Clara"),)),
            ("editor", (Name("Hale", "Ada", suffix="Jr."),)),
            ("translator", (Name("Bly", "Ana"),)),
        ),
        series="Coasts",
        series_number="4",
        edition="2nd",
        publisher="Haller & Son",
        place="Bern",
        date=Date(start="1840", end="1842"),
        numbers=(("ISBN", "978-3-16-148410-0"), ("URL", "https://example.org/a_b?c=%20d")),
        note="With a map.",
    ),
    Work(id="work-keeper", kind="journal", title="The Keeper’s Journal"),
    Work(
        id="work-storm", kind="manuscript", title="Storm", date=Date(earliest="1801", latest="1803")
    ),
    Work(id="work-log", kind="letter", title="To his sister", date=Date("1848-05-03", circa=True)),
    Work(id="work-play", kind="play", title="The Wreck", date=Date("1799", season="Winter")),
    Work(id="work-open", kind="newspaper", title="The Tide", date=Date(start="1917")),
)
