"""What an edition and the options of a command say of tagging: the model, the least certainty."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.corpus.settings import Settings, edition_of
from epistola.edition import Edition, EditionError, load_edition
from epistola.mentions.learned.model import RULES_ALONE, shipped
from epistola.model import CERTAIN, LIKELY, Finding, Source
from epistola.pipeline import encode

TEXT = """Dear Sir,

My father saw Mr. Finch at Bath, near Oxley, in May 1801; I like Quarles.

Yours,
A. Bly
"""


def edition(tmp_path: Path, recognise: str) -> Edition:
    (tmp_path / "edition.toml").write_text(f"[recognise]\n{recognise}\n", "utf-8")
    return load_edition(tmp_path)


@pytest.mark.parametrize(
    ("recognise", "message"),
    [
        ('min_cert = "most"', "recognise.min_cert must be one of low, medium, high"),
        ("min_cert = 1", "recognise.min_cert must be a text"),
        ('model = "weights"', "recognise.model: .*weights: no model: No such file"),
        ("model = true", "recognise.model must be a text"),
    ],
)
def test_what_an_edition_cannot_say(tmp_path: Path, recognise: str, message: str) -> None:
    with pytest.raises(EditionError, match=message):
        edition(tmp_path, recognise)


def test_what_an_edition_says(tmp_path: Path) -> None:
    assert edition(tmp_path, "").models == shipped()
    assert edition(tmp_path, 'model = "none"').models == RULES_ALONE
    assert edition(tmp_path, 'min_cert = "medium"').least == LIKELY


def test_options_come_before_the_edition(tmp_path: Path) -> None:
    edition(tmp_path, 'min_cert = "medium"')
    own = edition_of(Settings(tmp_path))
    assert own
    assert (own.models, own.least) == (shipped(), LIKELY)
    assert edition_of(Settings()) is None
    alone = edition_of(Settings(tmp_path, no_model=True))
    assert alone
    assert (alone.models, alone.least) == (RULES_ALONE, LIKELY)
    sure = edition_of(Settings(tmp_path, min_cert="high"))
    assert sure
    assert sure.least == CERTAIN


@pytest.mark.parametrize("least", [0.0, LIKELY, CERTAIN, 1.0])
def test_nothing_less_certain_is_tagged(least: float) -> None:
    source = Source("a", TEXT)
    everything = encode(source, edition=Edition())
    made = encode(source, edition=Edition(least=least))
    assert made.is_sound
    kept = {(a.span, a.kind) for a in made.annotations}
    for a in everything.annotations:
        mention = a.kind in {"person", "place", "org", "date", "title"}
        assert ((a.span, a.kind) in kept) == (not mention or a.certainty >= least)
    told = [finding for finding in made.findings if finding.code == "left-out"]
    assert len(told) >= len(everything.annotations) - len(made.annotations)
    assert all("not certain enough" in finding.message for finding in _new(told, everything))


def _new(told: list[Finding], everything: object) -> list[Finding]:
    before = set(getattr(everything, "findings", ()))
    return [finding for finding in told if finding not in before]


def test_only_what_is_tagged_has_an_entry() -> None:
    made = encode(Source("a", TEXT), edition=Edition(least=CERTAIN))
    raw = made.to_bytes().decode()
    assert "Quarles</persName>" not in raw
    assert "person-quarles" not in raw


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ('line_breaks = "yes"', "encoding.line_breaks must be true or false"),
        ("lines = true", "encoding: no key “lines” is known; there are line_breaks, blocks"),
    ],
)
def test_what_an_edition_cannot_say_of_lines(tmp_path: Path, encoding: str, message: str) -> None:
    (tmp_path / "edition.toml").write_text(f"[encoding]\n{encoding}\n", "utf-8")
    with pytest.raises(EditionError, match=message):
        load_edition(tmp_path)


def test_lines_are_kept_where_edition_or_option_says_so(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text("[encoding]\nline_breaks = true\n", "utf-8")
    own = load_edition(tmp_path)
    assert (own.details.line_breaks, own.details.blocks) == (True, True)
    kept = edition_of(Settings(line_breaks=True))
    assert kept
    assert kept.details.line_breaks
