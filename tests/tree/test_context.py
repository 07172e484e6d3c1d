"""Which letters a letter says it answers; what names none first."""

from __future__ import annotations

import pytest

import epistola
from places import texts

LETTER = "{}\n\n{}\n\nI am well, and so are you; I hope you are.\n\n{}\n"
AROUND = {
    "en": ("Dear Tom,", "Yours ever,\nJo Bly"),
    "de": ("Lieber Tom,", "Dein\nJo"),
    "fr": ("Cher Tom,", "Votre dévoué\nJo"),
}


@pytest.mark.parametrize(
    ("language", "first", "answered"),
    [
        ("en", "I saw your letter on the table.", []),
        ("en", "My letter of 3 May is lost.", []),
        ("en", "Your letter of advice came on 3 May.", []),
        ("en", "I have your kind letter of 3 May.", ["your kind letter of 3 May"]),
        ("en", "I have your favour of the 3d of May.", ["your favour of the 3d of May"]),
        ("en", "Yours of 3 May 1845 is here.", ["Yours of 3 May 1845"]),
        ("de", "Deinen lieben Brief vom 3. Mai habe ich.", ["Deinen lieben Brief vom 3. Mai"]),
        ("fr", "J’ai votre bonne lettre du 3 mai.", ["votre bonne lettre du 3 mai"]),
    ],
)
def test_what_a_letter_answers(language: str, first: str, answered: list[str]) -> None:
    before, after = AROUND[language]
    encoding = epistola.encode(LETTER.format(before, first, after), language=language)
    assert encoding.is_sound, encoding.findings
    path = "//t:correspContext/t:ref[@type='repliesTo']"
    assert texts(encoding.tree, path) == answered
