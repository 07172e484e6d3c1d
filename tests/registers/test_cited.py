"""Citations that point back: to the one work that may be meant, or openly undecided."""

from __future__ import annotations

import pytest

from epistola.model import Finding
from epistola.pipeline import recognised
from epistola.text.read import as_source

ABOVE = """1 A. Bly, The Owls of Leeds (1980) 4.

2 C. Dale, Hawks and Doves (1981) 5; C. Dale, The Last Heron (1990) 6.

"""


def meant(note: str) -> tuple[str, list[str]]:
    """The entry of the last citation, and what is said of those that are not clear."""
    findings: list[Finding] = []
    found = recognised(as_source(ABOVE + note, "t"), report=findings.append)
    last = [a for a in found.known.annotations if a.kind == "reference"][-1]
    names = {entry.id: entry.names[0] for entry in found.known.entries}
    said = [f.message for f in findings if f.code == "unresolved-reference"]
    return names[last.entry] if last.entry else "", said


@pytest.mark.parametrize(
    ("note", "work"),
    [
        ("3 Bly, op. cit., p. 7.", "The Owls of Leeds"),
        ("3 Bly, op. cit., n. 1, p. 7.", "The Owls of Leeds"),
        ("3 Dale, op. cit. (1990), n. 2, p. 7.", "The Last Heron"),
        ("3 A. Bly, Owls Again (1985) 3.\n\n4 Ibid., p. 4.", "Owls Again"),
        ("3 A. Bly, Owls Again (1985) 3; id., p. 4.", "Owls Again"),
        ("3 A. Bly, Owls Again (1985) 3.\n\n4 Loc. cit.", "Owls Again"),
    ],
)
def test_what_is_clear_is_linked(note: str, work: str) -> None:
    assert meant(note) == (work, [])


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("3 Dale, op. cit., p. 7.", "may mean any of these: Hawks and Doves, The Last Heron"),
        ("3 Ibid., p. 7.", "may mean any of these: Hawks and Doves, The Last Heron"),
        ("3 Wren, op. cit., p. 7.", "nothing before it names the work"),
        ("3 op. cit., p. 7.", "nothing before it names the work"),
    ],
)
def test_what_is_not_clear_stays_open(note: str, said: str) -> None:
    work, messages = meant(note)
    assert work == ""
    assert [message.endswith(said) for message in messages] == [True]
