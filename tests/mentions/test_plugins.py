"""Recognisers that others bring: found, used, and never believed without a check."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epistola.edition import Edition, EditionError, load_edition
from epistola.gazetteer import Names
from epistola.mentions import Recogniser, plugins
from epistola.mentions.plugins import CLAIMED, VALUES, Chosen, RecogniserError, load
from epistola.mentions.settle import KINDS, settle
from epistola.model import DATING, Annotation, EntryId, Finding, Letter, Source, Span
from epistola.pipeline import Encoding, encode

LETTER = "Leeds, 3 May 1848.\n\nDear Sir,\n\nI met Quorn at the wharf.\n\nYours truly,\nA. B.\n"
QUORN = Span(LETTER.index("Quorn"), LETTER.index("Quorn") + 5)


def uses(monkeypatch: pytest.MonkeyPatch, recogniser: Callable[..., Any]) -> Edition:
    """An edition that uses ``recogniser``."""
    monkeypatch.setattr(plugins, "load", lambda _: recogniser)
    return Edition(recognisers=(Chosen("crew"),))


def claiming(*claims: object) -> Callable[..., Iterable[object]]:
    return lambda *_: iter(claims)


def found(encoding: Encoding) -> list[str]:
    return [f.message for f in encoding.findings if f.code == "recogniser"]


def test_a_claim_is_encoded_under_its_recognisers_name(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = Annotation(QUORN, "org", "guess", certainty=0.4)
    made = encode(LETTER, edition=uses(monkeypatch, claiming(claim)))
    assert made.is_sound
    (org,) = (a for a in made.annotations if a.kind == "org")
    assert (made.source[org.span], org.rule) == ("Quorn", "crew.guess")
    assert b'cert="low"' in made.to_bytes()


FAULTS = [
    ("Quorn", "claims str 'Quorn', which is no annotation"),
    (None, "claims NoneType None, which is no annotation"),
    (Annotation(QUORN, "p"), "claims the kind “p”; there are date, event"),
    (Annotation(QUORN, "scope"), "claims the kind “scope”; there are date"),
    (Annotation(Span(5, 5), "org"), "which is not in the text or is empty"),
    (Annotation(Span(0, 9_999), "org"), "which is not in the text or is empty"),
    (Annotation((1, 2), "org"), "which is not in the text or is empty"),  # type: ignore[arg-type]
    (Annotation(Span(QUORN.start - 1, QUORN.end), "org"), "with white space at its edge"),
    (Annotation(Span(0, QUORN.end), "org"), "across the border of two paragraphs"),
    (Annotation(QUORN, "org", entry=EntryId("org-x")), "is the entry “org-x”; entries are found"),
    (Annotation(QUORN, "org", certainty=7), "is certain of a org by 7, which is not from 0 to 1"),
    (Annotation(QUORN, "org", certainty=float("nan")), "by nan, which is not from 0 to 1"),
    (Annotation(QUORN, "date", values={"when": "May"}), "gives when the value 'May'"),
    (Annotation(QUORN, "date", values={"when": "2025-02-30"}), "gives when the value '2025-02-30'"),
    (Annotation(QUORN, "date", values={"calendar": "#x"}), "gives the value “calendar”; there"),
    (Annotation(QUORN, "org", values={"type": 7}), "claims what cannot be read"),  # type: ignore[dict-item]
    (Annotation(QUORN, "org", values=3), "claims what cannot be read"),  # type: ignore[arg-type]
    (Annotation(QUORN, ["org"]), "claims what cannot be read"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("claim", "said"), FAULTS)
def test_a_faulty_claim_is_one_finding(
    claim: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Annotation(QUORN, "place")
    made = encode(LETTER, edition=uses(monkeypatch, claiming(claim, good)))
    (message,) = found(made)
    assert message.startswith("the recogniser “crew” ")
    assert said in message
    assert made.is_sound
    assert [a.kind for a in made.annotations if a.span == QUORN] == ["place"]


def raising(*_: object) -> Iterator[Annotation]:
    yield Annotation(QUORN, "org")
    raise LookupError("no\nsuch thing")


@pytest.mark.parametrize(
    ("recogniser", "said"),
    [
        (raising, "failed (LookupError: no such thing), and so none of its mentions is used"),
        (lambda: None, "failed (TypeError: "),
        (lambda *_: None, "failed (TypeError: 'NoneType' object is not iterable)"),
    ],
)
def test_a_recogniser_that_fails_is_one_finding(
    recogniser: Callable[..., Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = encode(LETTER, edition=uses(monkeypatch, recogniser))
    (message,) = found(made)
    assert said in message
    assert made.to_bytes() == encode(LETTER).to_bytes()


def test_a_recogniser_without_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    same = Annotation(QUORN, "org")
    made = encode(LETTER, edition=uses(monkeypatch, lambda *_: itertools.repeat(same)))
    assert made.is_sound


@pytest.mark.parametrize("kind", ["person", "org"])
@pytest.mark.parametrize(("before", "after"), [(0, 0), (0, 4), (9, 0), (2, -2)])
def test_what_we_found_ourselves_stands(
    kind: str, before: int, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = LETTER.replace("Quorn", "at noon Mr. Quorn of Hull")
    ours = encode(text)
    (name,) = (a for a in ours.annotations if ours.source[a.span] == "Mr. Quorn")
    claim = Annotation(Span(name.span.start - before, name.span.end + after), kind)
    made = encode(text, edition=uses(monkeypatch, claiming(claim)))
    assert name.span in {a.span for a in made.annotations if a.kind == "person"}


def test_what_is_said_already_is_passed_over_and_what_loses_is_told() -> None:
    source = Source("a", "Mr. Quorn")
    own = Annotation(Span(0, 9), "person", "ours", certainty=0.5)
    others = [Annotation(own.span, kind, "theirs") for kind in ("person", "place")]
    told: list[Finding] = []
    assert settle(source, [own], told.append, others) == (own,)
    assert [f.message for f in told] == [
        "place “Mr. Quorn” is left out: the person “Mr. Quorn” stands there"
    ]


SPANS = st.tuples(st.integers(-3, 90), st.integers(0, 40)).map(
    lambda pair: Span(max(0, pair[0]), max(0, pair[0]) + pair[1])
)
VALUE = st.sampled_from(["1848", "1848-05-03", "1848-13", "m", "en", "person", "", "<&>", "\0"])
CLAIMS = st.builds(
    Annotation,
    SPANS,
    st.sampled_from([*KINDS, "p", "letter", ""]),
    st.text(max_size=3),
    st.dictionaries(st.sampled_from([*VALUES, "n"]), VALUE, max_size=2),
    certainty=st.floats(0, 1),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=st.lists(CLAIMS, max_size=8))
def test_whatever_is_claimed_the_file_is_sound(
    claims: list[Annotation], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = encode(LETTER, edition=uses(monkeypatch, claiming(*claims)))
    assert [f.message for f in made.findings if f.severity == "error"] == []


def test_every_kind_of_claim_alone_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in sorted(CLAIMED):
        made = encode(LETTER, edition=uses(monkeypatch, claiming(Annotation(QUORN, kind))))
        assert made.is_sound, kind
        assert found(made) == []


def test_the_values_of_dates_are_those_that_date() -> None:
    assert set(DATING) < set(VALUES)


# A package that brings a recogniser, as pip would install it.

PACKAGE = """
from collections.abc import Iterator, Mapping

from epistola import Annotation, Letter, Source, Span

def make(options: Mapping):
    if options.get("word") == "none":
        raise ValueError("the word\\nis missing")
    word = options.get("word", "wharf")

    def recognise(source: Source, letter: Letter, names) -> Iterator[Annotation]:
        at = source.folded.find(word)
        while at >= 0:
            yield Annotation(Span(at, at + len(word)), "place", "word", certainty=0.6)
            at = source.folded.find(word, at + 1)

    return recognise
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = tmp_path / "site"
    info = site / "wharves-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "wharves.py").write_text(PACKAGE, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wharves\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(
        "[epistola.recognisers]\nwharves = wharves:make\ntorn = wharves:nothing\n", "utf-8"
    )
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "wharves", raising=False)
    load.cache_clear()
    return site


def edition(folder: Path, toml: str) -> Edition:
    (folder / "edition.toml").write_text(toml, "utf-8")
    return load_edition(folder)


@pytest.mark.usefixtures("installed")
def test_a_recogniser_is_found_by_its_entry_point(tmp_path: Path) -> None:
    plain = edition(tmp_path, '[recognise]\nrecognisers = ["wharves"]\n')
    assert b">wharf</placeName>" in encode(LETTER, edition=plain).to_bytes()
    told = '[recognise]\nrecognisers = ["wharves"]\n[recognise.wharves]\nword = "Quorn"\n'
    made = encode(LETTER, edition=edition(tmp_path, told)).to_bytes()
    assert b">Quorn</placeName>" in made
    assert b">wharf</placeName>" not in made


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('recognisers = "wharves"', "recognise.recognisers must be a list of texts"),
        ('recognisers = ["piers"]', "no recogniser “piers” is installed (there are: "),
        ('recognisers = ["torn"]', "the recogniser “torn” cannot be used: AttributeError: "),
        (
            'recognisers = ["wharves"]\n[recognise.wharves]\nword = "none"',
            "the recogniser “wharves” cannot be used: ValueError: the word is missing",
        ),
        (
            'recognisers = ["wharves"]\n[recognise.wharves]\nword = 1',
            "recognise.wharves.word must be a text in quotation marks",
        ),
        ("[recognise.wharves]", "recognise.wharves: no such recogniser is used; write"),
    ],
)
def test_a_recogniser_that_cannot_be_used_is_told_before_any_letter(
    toml: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(EditionError) as caught:
        edition(tmp_path, f"[recognise]\n{toml}\n")
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "edition.toml"))
    assert "\n" not in str(caught.value)


def test_two_of_one_name_are_told(installed: Path) -> None:
    other = installed / "piers-1.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: piers\nVersion: 1.0\n", "utf-8")
    (other / "entry_points.txt").write_text("[epistola.recognisers]\nwharves = piers:make\n")
    with pytest.raises(RecogniserError, match="several recognisers are called “wharves”: piers"):
        load(Chosen("wharves"))


def test_the_types_are_those_of_our_own_recognisers() -> None:
    def recognise(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
        del source, letter, names
        return iter(())

    def make(_: Mapping[str, plugins.Option]) -> Recogniser:
        return recognise

    maker: plugins.Maker = make
    assert maker({}) is recognise


RE_BLOCK = re.MULTILINE | re.DOTALL
DOCS = Path(__file__).parents[2] / "docs/recognisers.md"


def test_the_example_that_is_documented_works() -> None:
    (code,) = re.findall(r"^```python\n(import re\n.*?)^```", DOCS.read_text("utf-8"), RE_BLOCK)
    names: dict[str, Any] = {}
    exec(compile(code, DOCS.name, "exec"), names)  # noqa: S102 - our own documentation
    source = Source("a", "We met on Coal Wharf.")
    (claim,) = names["make"]({})(source, Letter(), Names({}))
    assert (source[claim.span], claim.kind) == ("Coal Wharf", "place")


def test_the_kinds_that_are_documented_are_those_that_are_taken() -> None:
    text = " ".join(DOCS.read_text("utf-8").split())
    (kinds,) = re.findall(r"`kind` is one of (.*?)\.", text)
    assert kinds.split(", ") == sorted(CLAIMED)
