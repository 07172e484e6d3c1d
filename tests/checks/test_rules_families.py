"""Each family of rules on small pieces of TEI: what is no fault first."""

from __future__ import annotations

import pytest

from epistola.checks.rules.dates import days, impossible
from epistola.checks.rules.languages import codes, wrong
from rule_documents import found, told

PERSON = '<person xml:id="person-bly"><persName>Ada Bly</persName></person>'
PLACE = '<place xml:id="place-rome"><placeName>Rome</placeName></place>'
ORG = '<org xml:id="org-bank"><orgName>Bank</orgName></org>'
GROUP = '<personGrp xml:id="group-blys"/>'
EVENT = '<event xml:id="event-war"><label>War</label></event>'
WORK = '<biblStruct xml:id="work-loaf"><monogr><title>Loaf</title></monogr></biblStruct>'
GENRE = (
    '<taxonomy xml:id="tax"><category xml:id="genre"><catDesc>Letter</catDesc></category>'
    "</taxonomy>"
)
CALENDAR = '<calendar xml:id="julian"><p>Old Style</p></calendar>'
STYLE = '<respStmt xml:id="resp-orr"><resp>tagging</resp><name>Orr</name></respStmt>'
RENDITION = '<rendition xml:id="style">x</rendition>'
DECLARED = '<editorialDecl xml:id="decl"><p>x</p></editorialDecl>'
ALL = PERSON + PLACE + ORG + GROUP + EVENT + WORK + GENRE + CALENDAR + RENDITION + DECLARED
ADVICE = {"unused-entry", "name-without-ref"}


def faults(piece: str, *, ours: bool = True) -> list[str]:
    """The faults in ``piece``, apart from entries and credits that are never used."""
    lines = told(piece, ours=ours)
    return [line for line in lines if line.split()[1] not in ADVICE]


@pytest.mark.parametrize(
    "piece",
    [
        '<persName ref="#person-bly">x</persName>',
        '<persName ref="#group-blys">x</persName>',
        '<persName ref="#resp-orr">x</persName>',
        '<placeName ref="#place-rome">x</placeName>',
        '<orgName ref="#group-blys">x</orgName>',
        '<orgName ref="#org-bank">x</orgName>',
        '<eventName ref="#event-war">x</eventName>',
        '<title ref="#work-loaf">x</title>',
        '<bibl corresp="#work-loaf">x</bibl>',
        '<term ref="#genre">x</term>',
        '<rs ref="#event-war">x</rs>',
        '<date when="1700" calendar="#julian">x</date>',
        '<add resp="#resp-orr">x</add>',
        '<add resp="#person-bly">x</add>',
        '<sp who="#org-bank"><p>x</p></sp>',
        '<catRef target="#genre" scheme="#tax"/>',
        '<event where="#place-rome"><label>x</label></event>',
        '<relation name="x" active="#person-bly" passive="#place-rome"/>',
        '<text decls="#decl #work-loaf"><body/></text>',
        '<note corresp="#place-rome">x</note>',
    ],
)
def test_pointers_of_the_right_kind(piece: str) -> None:
    assert faults(piece + ALL + STYLE) == []


@pytest.mark.parametrize(
    ("piece", "message"),
    [
        (
            '<persName ref="#place-rome">x</persName>',
            "a place (<place>); it should point at a person",
        ),
        (
            '<placeName ref="#person-bly">x</placeName>',
            "a person (<person>); it should point at a pl",
        ),
        (
            '<orgName ref="#place-rome">x</orgName>',
            "at a group of persons, an organisation or a st",
        ),
        (
            '<eventName ref="#work-loaf">x</eventName>',
            "a bibliographic entry (<biblStruct>); it shou",
        ),
        ('<title ref="#person-bly">x</title>', "should point at a bibliographic entry"),
        ('<date when="1700" calendar="#genre">x</date>', "should point at a calendar"),
        ('<add resp="#place-rome">x</add>', "should point at a person"),
        ('<sp who="#event-war"><p>x</p></sp>', "should point at a person"),
        ('<catRef target="#person-bly"/>', "should point at a category"),
        ('<event where="#person-bly"><label>x</label></event>', "should point at a place"),
        ('<pb facs="#person-bly"/>', "should point at an image or a part of one"),
        (
            '<placeName ref="#resp-orr">x</placeName>',
            "at a statement of responsibility (<respStmt>)",
        ),
        (
            '<add hand="#place-rome">x</add>',
            "should point at a person, a group of persons or a desc",
        ),
        ('<text decls="#style"><body/></text>', "points at <rendition>, which declares nothing"),
    ],
)
def test_pointers_of_another_kind(piece: str, message: str) -> None:
    (finding,) = [one for one in found(piece + ALL + STYLE, ours=False) if one.code not in ADVICE]
    assert finding.code == "pointer-kind"
    assert message in finding.message


@pytest.mark.parametrize(
    "piece",
    [
        '<bibl corresp="#person-bly">x</bibl>',
        '<term ref="#person-bly">x</term>',
        '<persName ref="#org-bank">x</persName>',
        '<persName ref="#decl">x</persName>',
        '<date when="1700" calendar="#style">x</date>',
        '<add resp="#decl">x</add>',
        '<catRef target="#decl"/>',
    ],
)
def test_pointers_that_only_this_encoding_refuses(piece: str) -> None:
    assert faults(piece + ALL) == ["error pointer-kind"]
    assert faults(piece + ALL, ours=False) == []


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ('<q xml:id="a" next="b.xml#b"/>', []),
        ('<q xml:id="a" next="#b"/><q xml:id="b" prev="#a"/>', []),
        ('<q xml:id="a" next="#b"/><q xml:id="b" prev="c.xml#a"/>', []),
        ('<q xml:id="a" next="#b"/><q xml:id="b"/>', ["warning chain-one-way"]),
        ('<q xml:id="a"/><q prev="#a"/>', ["warning chain-one-way"]),
        ('<q xml:id="a" next="#a"/>', ["error chain"]),
        (
            '<q xml:id="a" next="#b"/><q xml:id="b" prev="#c"/><q xml:id="c" next="#b"/>',
            ["error chain"],
        ),
    ],
)
def test_chains(piece: str, expected: list[str]) -> None:
    assert faults(piece.replace("/>", ">x</q>")) == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('when="1848"', []),
        ('when="1848-02-29"', []),
        ('when="-0044-03-15"', []),
        ('when="--02-29"', []),
        ('when="---31"', []),
        ('when="1848-03-18T12:30:00Z"', []),
        ('when="11:30:00"', []),
        ('when="soon"', []),
        ('from="1848" to="1848-05"', []),
        ('from="1848-05" to="1848"', []),
        ('notBefore="1848-05-01" to="1848-05-01"', []),
        ('from="2" to="1"', []),
        ('when="1848-02-30"', ["error date"]),
        ('when="1900-02-29"', ["error date"]),
        ('when="1848-13"', ["error date"]),
        ('when="1848-00-10"', ["error date"]),
        ('when="1848-01-00"', ["error date"]),
        ('when="--06-31"', ["error date"]),
        ('when-iso="1848-06-31"', ["error date"]),
        ('notAfter="1848-06-31T10:00:00"', ["error date"]),
        ('from="1849" to="1848"', ["error date-order"]),
        ('from="1848-06" to="1848-05-31"', ["error date-order"]),
        ('notBefore="1849" notAfter="1848"', ["error date-order"]),
        ('from="1849" notAfter="1848"', ["error date-order"]),
        ('notBefore="1849" to="1848"', ["error date-order"]),
        ('notBefore="-0043" notAfter="-0044"', ["error date-order"]),
        ('when="1848" to="1849"', ["error date-together"]),
        ('from="1848" notBefore="1847"', ["error date-together"]),
    ],
)
def test_dates(attributes: str, expected: list[str]) -> None:
    assert faults(f"<date {attributes}>then</date>") == expected


def test_numbers_of_pages_are_no_dates() -> None:
    assert faults('<biblScope from="1849" to="1848"/><citedRange from="1848-13"/>') == []


@pytest.mark.parametrize("value", ["June", "1848-1", "1848-W13", "", "--06"])
def test_no_days_of_what_has_no_year(value: str) -> None:
    assert days(value) is None
    assert not impossible(value)


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ('<p>on <date when="1848">1848</date></p>', []),
        ('<p>on <date period="#x">in 1848</date></p>', ["error pointer"]),
        ('<p>for <date dur="P3D">three days</date></p>', []),
        ("<p>on <date/></p>", []),
        ("<p>on <date>Tuesday</date></p>", ["info date-unresolved"]),
        ("<p>on <date>the 14th</date></p>", ["info date-unresolved"]),
        ("<p>in <date>the spring of 1848</date></p>", ["warning date-without-value"]),
    ],
)
def test_dates_in_the_text(piece: str, expected: list[str]) -> None:
    assert faults(f"<text><body>{piece}</body></text>") == expected
    assert "date-without-value" not in " ".join(faults(piece))


@pytest.mark.parametrize(
    "tag",
    """
    en de-CH grc la zh-Hant-TW sl-rozaj-biske de-CH-1901 es-419 en-a-bbb-x-a-ccc x-mine und mul
    zxx qaa qtz i-klingon zh-min-nan zh-cmn-Hans-CN ar-x-old EN-gb iw sh mis sla en-u-ca-julian
    """.split(),
)
def test_language_tags(tag: str) -> None:
    assert wrong(tag) is None


@pytest.mark.parametrize(
    ("tag", "instead"),
    [
        ("eng", "en"),
        ("ger", "de"),
        ("deu-AT", "de-AT"),
        ("en_GB", "en-GB"),
        (" en", "en"),
        ("eng_GB", None),
        ("xx", None),
        ("qzz", None),
        ("english", None),
        ("e", None),
        ("en-", None),
        ("en-GB-GB", None),
        ("de-1901-1901", None),
        ("en-a-bb-a-cc", None),
        ("en GB", None),
        ("-", None),
        ("ſp", None),
        ("de-toolongsubtag", None),
    ],
)
def test_what_is_no_language_tag(tag: str, instead: str | None) -> None:
    fault = wrong(tag)
    assert fault is not None
    assert fault.instead == instead


def test_the_codes_of_languages() -> None:
    known = codes()
    assert sum(len(code) == 2 for code in known.known) > 180
    assert sum(len(code) == 3 for code in known.known) > 7500
    assert known.shorter["fre"] == known.shorter["fra"] == "fr"
    assert known.known.isdisjoint(known.shorter)


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ('<foreign xml:lang="">x</foreign>', []),
        ('<language ident="de">x</language>', []),
        ('<application ident="ger"/>', []),
        ('<textLang mainLang="de" otherLangs="en ger">x</textLang>', ["error language"]),
        ('<language ident="ger">x</language>', ["error language"]),
        ('<foreign xml:lang="xx">x</foreign>', ["error language"]),
    ],
)
def test_languages(piece: str, expected: list[str]) -> None:
    assert faults(piece) == expected


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("<persName>Bly</persName>", []),
        ("<persName><surname>Bly</surname></persName>", []),
        ("<persName><gap/></persName>", []),
        ("<persName><lb/>Bly</persName>", []),
        ("<p><figure/></p>", []),
        ("<p><!-- x -->y</p>", []),
        ("<persName/>", ["error empty-name"]),
        ("<placeName>\n</placeName>", ["error empty-name"]),
        ("<orgName><hi> </hi><lb/></orgName>", ["error empty-name"]),
        ("<persName><!-- Bly --></persName>", ["error empty-name"]),
        ("<p/>", ["error empty-paragraph"]),
        ("<p><lb/></p>", ["error empty-paragraph"]),
        ("<p><hi/></p>", ["error empty-paragraph"]),
    ],
)
def test_empty_elements(piece: str, expected: list[str]) -> None:
    assert faults(piece) == expected
    assert faults(piece, ours=False) == [line.replace("error", "warning") for line in expected]


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (f'<p><persName ref="#person-bly">x</persName></p>{PERSON}', []),
        (f'<p><persName key="bly">x</persName></p>{PERSON}', []),
        (f"<p><placeName>x</placeName></p>{PERSON}", []),
        (f'<p><rs ref="#person-bly"><persName>x</persName></rs></p>{PERSON}', []),
        (f"<p><persName>x</persName></p>{PERSON}", ["warning name-without-ref"]),
        (f"<p><placeName>x</placeName></p>{PLACE}", ["warning name-without-ref"]),
    ],
)
def test_names_without_entries(piece: str, expected: list[str]) -> None:
    assert told(piece) == expected


USE = '<text><body><p><persName ref="#person-bly">x</persName></p></body></text>'


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (PERSON + PLACE, []),
        (USE + PERSON, []),
        (f"{USE}{PERSON}<org xml:id='o'><listPerson>{PERSON}</listPerson></org>", ["error id"]),
        (
            USE + f"<person xml:id='o'><persName>O</persName><note>{PERSON}</note></person>",
            [],
        ),
        (f"{USE}{PERSON}<sourceDesc>{WORK}</sourceDesc>", []),
        (f"{USE}{PERSON}{PLACE}<rs key='place-rome'>x</rs>", []),
        (USE + PERSON + PLACE, ["warning unused-entry"]),
        (USE + PERSON + WORK + EVENT, ["warning unused-entry"] * 2),
    ],
)
def test_entries_that_nobody_uses(piece: str, expected: list[str]) -> None:
    assert told(piece) == expected


def letter(sent: str = "", received: str = "") -> str:
    return (
        f'<correspDesc><correspAction type="sent">{sent}</correspAction>'
        f'<correspAction type="received">{received}</correspAction></correspDesc>'
    )


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (letter("<persName>A</persName>", "<persName>B</persName>"), []),
        (letter('<persName ref="b.xml#a">A</persName><rs ref="b.xml#a">he</rs>'), []),
        (letter("<persName>A</persName><placeName>R</placeName>"), []),
        (letter("<persName>A</persName>") * 2, []),
        (letter("<persName>A</persName><persName>B</persName>"), ["warning correspondents"]),
        (letter("", "<persName>A</persName><orgName>B</orgName>"), ["warning correspondents"]),
    ],
)
def test_correspondents(piece: str, expected: list[str]) -> None:
    assert told(piece) == expected


@pytest.mark.parametrize(
    ("life", "date", "expected"),
    [
        ('<death when="1848"/>', 'when="1848-12-31"', []),
        ('<death notBefore="1848" notAfter="1850"/>', 'when="1850"', []),
        ('<death notAfter="1850"/>', 'when="1851"', []),
        ("<death>soon</death>", 'when="1851"', []),
        ('<death when="1848"/>', 'notAfter="1851"', []),
        ('<birth when="1848-05"/>', 'when="1848"', []),
        ('<death when="1848-03-01"/>', 'when="1848-03-02"', ["warning lifetime"]),
        ('<death when="1848"/>', 'from="1849" to="1850"', ["warning lifetime"]),
        ('<birth when="1848"/><death when="1900"/>', 'when="1847"', ["warning lifetime"]),
    ],
)
def test_lifetimes(life: str, date: str, expected: list[str]) -> None:
    person = PERSON.replace("</person>", f"{life}</person>")
    sent = f'<persName ref="#person-bly">Bly</persName><date {date}/>'
    assert told(letter(sent) + person) == expected


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Dear Sir, I came. Yours", None),
        ("Dear Sir, I come. Yours", (3, 6)),
        ("Dear Sir, I came. Yours truly", (5, 2)),
        ("Dear Sir, I came. Ours", (5, 2)),
        ("My dear Sir, I came. Yours", (2, 13)),
    ],
)
def test_words_are_placed_at_their_block(words: str, place: tuple[int, int] | None) -> None:
    body = "<p>Dear Sir,</p>\n<div><p>I <hi>came</hi>.\n</p></div>\n <p>Yours</p>"
    piece = f"<text><body>{body}</body></text>"
    findings = found(piece, source=words)
    assert [(one.line, one.column) for one in findings] == [place] * bool(place)


def test_words_added_by_an_editor_do_not_count() -> None:
    piece = '<text><body><p>I <supplied resp="#x.xml">will</supplied> come.</p></body></text>'
    assert [one.code for one in found(piece, source="I come.")] == ["pointer"]
