"""A gold edition of letters that nobody wrote, made of a few sentences and names."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

PERSONS = "Mr. Finch|Mrs. Hollis|Miss Wren|Dr. Corby|Lady Thrale|Ann Dace|Robert Ling".split("|")
PLACES = "Bath|Dublin|Ely|Norwich|Leeds".split("|")
SENTENCES = (
    "I saw {p} at {q} on Monday, and the Garden was green.",
    "Pray tell {p} that we shall leave {q} before the Frost.",
    "{p} has been at {q} with {p} and says so.",
    "Thank {p} for the Basket, which came from {q} by the Coach.",
)
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
    "<opener><salute>Dear Madam,</salute></opener>{paragraphs}</body></text></TEI>"
)


def letters(number: int) -> dict[str, str]:
    """Return so many letters in TEI, by their names; all persons and places are tagged."""
    persons, places = cycle(PERSONS), cycle(PLACES)
    return {
        f"letter{nth:02}": TEI.format(
            paragraphs="".join(
                f"<p>{_filled(sentence, persons, places)}</p>"
                for sentence in islice(cycle(SENTENCES), nth % 4, nth % 4 + 4)
            )
        )
        for nth in range(number)
    }


def _filled(sentence: str, persons: cycle[str], places: cycle[str]) -> str:
    while "{p}" in sentence:
        sentence = sentence.replace("{p}", f"<persName>{next(persons)}</persName>", 1)
    return sentence.replace("{q}", f"<placeName>{next(places)}</placeName>")


def write(folder: Path, number: int) -> Path:
    """Write so many letters into ``folder``, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, tei in letters(number).items():
        (folder / f"{name}.xml").write_text(tei, "utf-8")
    return folder
