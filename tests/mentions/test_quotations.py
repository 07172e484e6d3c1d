"""What stands in quotation marks: a quotation, speech, a word spoken of, irony, or not clear."""

from __future__ import annotations

import pytest
from lxml import etree

from epistola import encode, gazetteer
from epistola.mentions.settle import settle
from epistola.mentions.works.cited import cited
from epistola.mentions.works.quoted import quoted
from epistola.mentions.works.titles import titles
from epistola.model import Letter
from marks import claims, marked

NONE = (
    "We read “The Baker’s Daughter” on the way home.",
    "In his article ‘On the Price of Bread’ he says so.",
    "a pamphlet entitled “what the bakers want,” said to be his",
    "It is the miller’s and the bakers’ business, and ’tis not ours.",
    "He lives at the sign of the “Rose”, and is 5' 10\" tall.",
    "The Bakers' Union and the millers' union met.",
    "“Perhaps.”",
    "She sang “la la la” and danced.",
    "His friends “Bob” and “Tom” came.",
    "“He had seen the mill, and the wheel, and the water that drove it, and the miller too.”",
    "They spoke of “how dear” it was.",
    "He was, as they say, “very much put out” by it.",
)

LETTERS = (
    "“[speech Come in,]” said he, “[speech and shut the door.]”",
    'He said to me, "[speech You are late.]"',
    "My mother asked: ‘[speech Where is the cheese?]’",
    "She cried “[speech Fire!]” and ran.",
    "The act declares: “[quote no baker shall sell bread by night or on a Sunday.]”",
    "“[quote The bakers of this town,]” writes the mayor, “are poor.”",
    "The law has one end only: “[quote that bread be cheap for all.]”",
    "He holds that they “[quote have never at any time had more than two loaves to live on]”.",
    'The “[soCalled rich],” as he calls them, and the word "[mentioned poor]."',
    "He never used the word ‘[mentioned bread]’ at all.",
    "I dislike the phrase “[mentioned as such]”, and the term “[term surplus loaf]” no less.",
    "The so-called “[soCalled friends]” of the bakers were there.",
    "Their “[soCalled liberty]” is a liberty to starve.",
    "He is no friend of the ‘[soCalled cheap bread]’ that they promise.",
    "She said, “[speech Tell him the word ‘[mentioned bread]’ when he asks, and no other.]”",
)

OTHERS = (
    "Smith says: “[quote the bakers have never had enough to live on.]”",
    "“[quote The bakers have never had enough to live on,]” said Smith in his book.",
    "It was then that he cried, “[speech Bread or blood!]”",
)

GERMAN = (
    "Er sagte: „[speech Kommen Sie herein.]“",
    "Sein „[soCalled freund]“ war da.",
    "Das Wort „[mentioned Brot]“ kennt er nicht.",
)

KINDS = frozenset({"quote", "speech", "mentioned", "term", "soCalled"})


def found(line: str, letter: Letter) -> list[tuple[str, str]]:
    source, _ = marked(line)
    names = gazetteer.load()
    all_of_them = [*titles(source, letter, names), *quoted(source, letter, names)]
    stands = [a for a in settle(source, all_of_them) if a.kind in KINDS]
    return [(kind, text) for kind, text, _ in claims(source, stands)]


def expected(line: str) -> list[tuple[str, str]]:
    source, annotations = marked(line)
    return [(kind, text) for kind, text, _ in claims(source, annotations)]


@pytest.mark.parametrize("line", NONE)
@pytest.mark.parametrize("genre", ["", "letter"])
def test_what_is_not_clear_is_left_alone(line: str, genre: str) -> None:
    assert found(line, Letter(genre=genre)) == []


@pytest.mark.parametrize("line", LETTERS)
def test_in_a_letter(line: str) -> None:
    assert found(line, Letter(genre="letter")) == expected(line)


@pytest.mark.parametrize("line", OTHERS)
def test_in_another_text(line: str) -> None:
    assert found(line, Letter()) == expected(line)


@pytest.mark.parametrize("line", GERMAN)
def test_in_german(line: str) -> None:
    assert found(line, Letter(language="de", genre="letter")) == expected(line)


def test_a_long_quotation_ends_with_its_marks() -> None:
    words = "the bread is dear and the cheese is dear " * 20
    for opening, closing in ("“”", "‘’", '""', "«»"):
        line = (
            f"The mayor writes: {opening}[quote The rule is that {words}so.]{closing} So he does."
        )
        assert found(line, Letter()) == expected(line)


def test_a_block_below_a_colon() -> None:
    line = (
        "A line.\n\nThis is what the mayor of our town has written upon the door:\n\n"
        "    [quote No baker shall sell bread by night,\n    nor shall he sell it on a Sunday.]\n\n"
        "So it is."
    )
    assert found(line, Letter()) == expected(line)


def test_marks_stay_outside_and_names_within_are_found() -> None:
    xml = encode("Dear Anne,\n\nHe said, “Tell Mr. Mill of it.” We went.\n\nYours ever,\nJo Bly")
    assert '“<q type="spoken">Tell <persName' in xml.to_bytes().decode()
    assert xml.is_sound


def test_unclosed_marks_take_no_time() -> None:
    source, _ = marked('he said: “ «x ‘y "z ' * 20_000)
    assert list(quoted(source, Letter(), gazetteer.load())) is not None


CITED = (
    "The mayor writes: [cit [mark “][quote The bakers of this town are very poor.][mark ”] "
    "[mark (][reference The Daily Loaf, 3 May 1871][mark )]]. So it is.",
)
UNCITED = (
    "The mayor writes: “[quote The bakers of this town are very poor.]” I have read "
    "([reference The Daily Loaf, 3 May 1871]) of it.",
    "The mayor writes: “[quote The bakers of this town are very poor.]” "
    "([reference The Daily Loaf, 3 May 1871] and elsewhere).",
)


@pytest.mark.parametrize("line", [*CITED, *UNCITED])
def test_a_quotation_and_the_reference_that_follows(line: str) -> None:
    source, annotations = marked(line)
    joined = cited(source, [a for a in annotations if a.kind in {"quote", "reference"}])
    assert claims(source, joined) == claims(source, annotations)


def test_a_quotation_and_its_reference_are_one_element() -> None:
    encoding = encode(marked(CITED[0])[0].text)
    cit = etree.fromstring(encoding.to_bytes()).find(".//{*}p/{*}cit")
    assert cit is not None
    assert [etree.QName(child).localname for child in cit] == "pc quote pc pc bibl pc".split()
    assert encoding.is_sound
