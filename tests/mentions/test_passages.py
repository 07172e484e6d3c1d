"""What a letter says in another language: marked where it is sure, and nowhere else."""

from __future__ import annotations

import pytest

from epistola import encode
from epistola.model import Annotation, Source
from epistola.pipeline import recognised
from marks import claims, marked

EN = "My dear Anne, I have your letter, and thank you for it with all my heart.\n\n"
DE = "Liebe Anna, ich habe deinen Brief erhalten und danke dir dafür von ganzem Herzen.\n\n"
NOTHING = [
    (EN, "She is la belle of the ball, and he is le roi."),
    (EN, "The Rue de la Paix and the Place de la Concorde are wide."),
    (EN, "I met M. de la Tour, Mme de Staël, the Duc de Guise and the Comte de Lille."),
    (EN, "He reads “Les Liaisons dangereuses” and “À la recherche du temps perdu” in bed."),
    (EN, "It was je ne sais quoi, and they lived happily."),
    (EN, "Die Zeit and Der Tag are both sold here at the corner by the old man."),
    (DE, "Er wohnt in der Rue de la Paix bei Madame de la Tour."),
]
FOUND = [
    (
        EN,
        "He said: “[quote lang=fr Je ne sais pas ce que vous me voulez.]” Then he left.",
    ),
    (
        EN,
        "We ran. [foreign lang=fr Il faut que je vous dise la vérité, mon cher.] But we came.",
    ),
    (
        EN,
        "I read Horace, [foreign lang=la et mihi non minus quam tibi sunt cara], as you know.",
    ),
    (
        EN,
        "It rains. [foreign lang=de Wir sind seit acht Tagen hier, und es regnet.] So be it.",
    ),
    (EN, "[p lang=it Spero che tu stia bene e che i bambini siano contenti della nuova casa.]"),
    (DE, "Er rief nur: [foreign lang=fr Il faut que je vous dise la vérité, mon cher ami.]"),
    (DE, "[p lang=en I hope that you are well and that the children like their new house.]"),
]


def found_in(text: str, code: str) -> tuple[Source, list[Annotation]]:
    source = Source("a", text)
    annotations = recognised(source, language=code).known.annotations
    return source, [a for a in annotations if a.values.get("lang") and a.rule != "foreign.phrase"]


@pytest.mark.parametrize(("head", "line"), NOTHING)
def test_no_passage(head: str, line: str) -> None:
    _, found = found_in(head + line, "de" if head == DE else "en")
    assert found == []


@pytest.mark.parametrize(("head", "line"), FOUND)
def test_passage(head: str, line: str) -> None:
    wanted, expected = marked(head + line)
    source, found = found_in(wanted.text, "de" if head == DE else "en")
    assert claims(source, found) == claims(wanted, expected)


def test_the_header_lists_every_language_used() -> None:
    text = (
        EN + "Il faut que je vous dise la vérité, mon cher ami. He is a Weltanschauung by himself."
    )
    made = encode(text)
    said = {e.get("ident"): e.text for e in made.tree.iterfind(".//{*}langUsage/{*}language")}
    assert said == {
        "en": "English",
        "fr": "French, in passages",
        "de": "German, in borrowed expressions",
    }
    assert made.is_sound


def test_what_is_in_a_language_without_words_says_so() -> None:
    made = encode(
        "Waarde vriend, ik heb gisteren uw brief ontvangen en dank u daar hartelijk voor."
    )
    assert made.tree.getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    assert [f.code for f in made.findings] == ["unknown-language"]
    assert made.is_sound
