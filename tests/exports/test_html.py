"""Pages to read, as they are written: what is on them, where it leads, that nothing is markup."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import given, settings
from lxml import etree
from lxml import html as reader

from epistola.__main__ import main
from epistola.exports import Part
from epistola.exports.gathered import gather
from epistola.exports.html import write, write_one
from epistola.exports.page.body import TABLE
from epistola.pipeline import encode
from exported import CORRESPONDENCE, PERSONS, edition, tei
from laws.strategies import letters
from shared import shared

SEED = Path(__file__).parents[2] / "tei/letters/ratner-2011.xml"


def page_of(path: Path) -> reader.HtmlElement:
    return parsed(write_one(gather(path)))


def parsed(parts: Iterable[Part]) -> reader.HtmlElement:
    (part,) = parts
    assert isinstance(part, bytes)
    return reader.fromstring(part.decode())


def found(page: reader.HtmlElement, path: str) -> list[str]:
    """The strings that an XPath finds."""
    return [str(one) for one in cast("list[str]", page.xpath(path))]


def written(folder: Path, body: str, more: str = "") -> reader.HtmlElement:
    path = folder / "letter.xml"
    path.write_text(tei(body, beside=PERSONS, more=more), "utf-8")
    return page_of(path)


def article(page: reader.HtmlElement) -> str:
    """The letter on a page as markup, its white space made single."""
    (found,) = page.xpath("//article")
    return " ".join(
        etree.tostring(found, method="html", encoding="unicode", with_tail=False).split()
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>So.</p>", '<p class="p">So.</p>'),
        ("<p>a &lt;b&gt; &amp;amp;</p>", '<p class="p">a &lt;b&gt; &amp;amp;</p>'),
        (
            '<p><persName ref="#p-bell">Bell</persName></p>',
            '<a id="m1" class="m person" title="person: Ada Bell" href="#entry-p-bell">Bell</a>',
        ),
        (
            '<p><persName ref="#p-bell" cert="low" resp="#x">Bell</persName></p>',
            'class="m person cert-low" title="person: Ada Bell, doubtful"',
        ),
        (
            "<p><persName>Bell</persName></p>",
            '<span id="m1" class="m person" title="person">Bell</span>',
        ),
        (
            '<p><persName ref="javascript:alert(1)">Bell</persName></p>',
            '<span id="m1" class="m person" title="person">Bell</span>',
        ),
        (
            '<p><persName ref="https://d-nb.info/gnd/11">Bell</persName></p>',
            'title="person" href="https://d-nb.info/gnd/11">Bell</a>',
        ),
        (
            '<p><eventName ref="#p-ely">the <persName ref="#p-bell">Bell</persName> case'
            "</eventName></p>",
            '<span id="m1" class="m event" title="event: Ely">the <a id="m2" class="m person"'
            ' title="person: Ada Bell" href="#entry-p-bell">Bell</a> case</span>'
            '<a class="to event" href="#entry-p-ely" aria-label="to Ely"></a>',
        ),
        (
            '<p><date when="1840-05-03">3 May</date></p>',
            'title="date: 3 May 1840" href="#date1">3 May</a>',
        ),
        ("<p>mor<pc force='weak'>-</pc><lb break='no'/>ning</p>", '<p class="p">morning</p>'),
        ("<p>a<lb/>b</p>", '<p class="p">a b</p>'),
        ("<opener><salute>Dear<lb/>Sir</salute></opener>", '<div class="salute">Dear<br>Sir</div>'),
        (
            "<p><choice><sic>teh</sic><corr>the</corr></choice></p>",
            '<span class="sic">teh</span><span class="editorial" title="an editor’s reading">'
            " [the]</span>",
        ),
        ("<p>a <gap reason='torn'/></p>", '<span class="gap" title="gap torn">[…]</span>'),
        ("<p><del>a</del><add>b</add></p>", '<del class="del">a</del><ins class="add">b</ins>'),
        (
            "<p>So<note n='1'>Thus.</note>.</p>",
            'So<sup class="remark"><a href="#note1" id="ref1">1</a></sup>.',
        ),
        ("<p>[<note place='inline'>sic</note>]</p>", '[<span class="note">sic</span>]'),
        (
            "<list type='gloss'><label>a</label> <item>b</item></list>",
            '<dl><dt class="label">a</dt><dd class="item">b</dd></dl>',
        ),
        ("<list><item>a</item></list>", '<ul><li class="item">a</li></ul>'),
        ("<list>so <item>a</item></list>", '<div class="list">so <div class="item">a</div></div>'),
        ("<p>So: <quote><p>x</p></quote></p>", '<div class="p">So: <blockquote class="quote">'),
        ("<p><hi rend='italic'>x</hi></p>", '<i class="hi">x</i>'),
        ("<p><hi rend='&quot;&gt;'>x</hi></p>", '<span class="hi">x</span>'),
        ("<p><ref target='#n1'>1</ref></p><note xml:id='n1'>So.</note>", 'href="#tei-n1">1</a>'),
        ("<p><ref target='javascript:x'>1</ref></p>", '<span class="ref">1</span>'),
        ("<p xml:lang='fr'>Oui.</p>", '<p lang="fr" class="p">Oui.</p>'),
        ("<p><nonsense>x</nonsense></p>", '<span class="nonsense">x</span>'),
        ("<p><app><lem>a</lem><rdg>b</rdg></app></p>", '<p class="p">a</p>'),
    ],
)
def test_how_things_look(body: str, expected: str, tmp_path: Path) -> None:
    assert expected in article(written(tmp_path, body))


EVIL = '&lt;script&gt;alert(1)&lt;/script&gt;&lt;/style&gt;&lt;b onclick="x"&gt;\'&amp;amp;'
SAID = '<script>alert(1)</script></style><b onclick="x">\'&amp;'


def test_markup_in_words_is_words(tmp_path: Path) -> None:
    entry = (
        f'<standOff><listPerson><person xml:id="x"><persName>{EVIL}</persName><note>{EVIL}</note>'
    )
    entry += f'<idno type="{EVIL.replace(chr(34), "&quot;")}">javascript:alert(1)</idno>'
    entry += "</person></listPerson></standOff>"
    body = f'<head>{EVIL}</head><p><persName ref="#x">{EVIL}</persName> {EVIL}</p>'
    document = tei(body, beside=entry).replace("A letter", EVIL)
    path = tmp_path / "letter.xml"
    path.write_text(document, "utf-8")
    page = page_of(path)
    assert page.xpath("//script | //b[@onclick]") == []
    assert not [a for a in page.iter("a") if str(a.get("href")).startswith("javascript")]
    assert page.xpath("string(//h1)") == SAID == page.xpath("string(//h2)")
    assert page.xpath("string(//*[@id='m1'])") == SAID
    assert page.xpath("string(//li[@id='entry-x']//b)") == SAID


def test_ids_that_are_not_plain_get_numbers(tmp_path: Path) -> None:
    entry = """<standOff><listPerson><person xml:id="{}"><persName>Bell</persName></person>
    <person xml:id="é"><persName>Mill</persName></person></listPerson></standOff>"""
    bad = "]:x{}&lt;/style&gt;"
    body = f'<p xml:id="{bad}2"><persName ref="#é">Mill</persName></p>'
    path = tmp_path / "letter.xml"
    path.write_text(tei(body, beside=entry.replace("{}", bad, 1)), "utf-8")
    page = page_of(path)
    assert [e.get("id") for e in page.xpath("//li[contains(@class, 'entry')]")] == [
        "entry-1",
        "entry-2",
    ]
    assert "]:x{}" not in page.xpath("string(//style)")


def sound(page: reader.HtmlElement) -> None:
    """Every id is there once, every link on the page leads somewhere, nothing is loaded."""
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [str(href) for href in page.xpath("//@href")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert page.xpath("//script | //link | //img | //iframe | //object | //@src") == []
    assert "url(" not in page.xpath("string(//style)")
    assert page.xpath("//a//a | //p//p | //p//div") == []


@settings(max_examples=25)
@given(letters)
def test_a_page_holds_the_words_of_its_letter(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "letter.xml")
        path.write_bytes(encode(text).to_bytes())
        page = page_of(path)
        (letter,) = gather(path)
    sound(page)
    assert inked(whole_text(page)) == inked(letter.text)


def whole_text(page: reader.HtmlElement) -> str:
    """The words of the letter on a page, those of its notes where their numbers stand."""
    for back in page.xpath("//a[contains(@class, 'back')]"):
        back.text = ""
    for number in page.xpath("//sup[@class='remark']/a"):
        (note,) = page.xpath(f"//li[@id='note{number.text}']")
        number.text = note.text_content()
    return str(page.xpath("string(//article)"))


def inked(text: str) -> str:
    """A text without white space, and without the hyphens that the end of a line brings about."""
    return re.sub(r"[\s-]", "", text)


def test_every_mention_of_the_seed_leads_to_its_entry_and_back() -> None:
    page = page_of(SEED)
    sound(page)
    (letter,) = gather(SEED)
    for number, mention in enumerate(letter.mentions, 1):
        (shown,) = page.xpath(f"//*[@id='m{number}']")
        assert " ".join(shown.text_content().split()) == " ".join(mention.text.split())
        if not mention.entries and not mention.dating:
            continue
        link = shown if shown.tag == "a" else shown.getnext()
        (card,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert f"#m{number}" in card.xpath(".//@href")


def test_the_tei_can_be_downloaded() -> None:
    (link,) = page_of(SEED).xpath("//a[@download]")
    assert link.get("download") == "ratner-2011.xml"
    data = link.get("href").partition("base64,")[2]
    assert b64decode(data) == SEED.read_bytes()


def test_what_is_known_of_a_letter(tmp_path: Path) -> None:
    page = written(tmp_path, "<p>So.</p>", CORRESPONDENCE)
    assert page.xpath("string(//p[@class='line'])") == "Bell to Mill · Ely · 3 May 1840"
    facts = dict(zip(page.xpath("//footer//dt/text()"), page.xpath("//footer//dd"), strict=False))
    assert facts["To"].text_content() == "Mill doubtful"
    assert facts["Date"].text_content() == "3 May 1840"


def test_findings_are_shown(tmp_path: Path) -> None:
    page = written(tmp_path, '<p><persName ref="#nobody">Bell</persName></p>')
    said = page.xpath("string(//details)")
    assert "Findings (1)" in said
    assert "#nobody" in said


def test_an_edition_is_a_folder(tmp_path: Path) -> None:
    home, out = edition(tmp_path / "e"), tmp_path / "out"
    assert main(["export", "html", str(home), "-o", str(out)]) == 0
    files = sorted(p.relative_to(out).as_posix() for p in out.rglob("*.html"))
    assert files == [
        "index.html",
        "letters/a.html",
        "letters/b.html",
        "persons.html",
        "places.html",
    ]
    for name in files:
        page = reader.fromstring((out / name).read_text("utf-8"))
        sound(page)
        for link in found(page, "//a[not(@download)]/@href"):
            file, _, id_ = str(link).partition("#")
            target = (out / name).parent / file if file else out / name
            assert target.is_file(), link
            ids = found(reader.fromstring(target.read_text("utf-8")), "//@id")
            assert not id_ or id_ in ids, link
    index = reader.fromstring((out / "index.html").read_text("utf-8"))
    assert index.xpath("string(//h1)") == "Bell & Mill"
    persons = reader.fromstring((out / "persons.html").read_text("utf-8"))
    assert persons.xpath("//li[@id='entry-p-bell']//li/a/@href") == [
        "letters/a.html",
        "letters/b.html",
    ]
    assert "p-own" not in " ".join(found(persons, "//@id"))


def test_the_same_letters_give_the_same_bytes(tmp_path: Path) -> None:
    letters_of = gather(edition(tmp_path / "e"))
    first, second = ([(f.name, list(f.parts)) for f in write(letters_of)] for _ in range(2))
    assert first == second


def test_letters_are_listed_by_date(tmp_path: Path) -> None:
    folder = tmp_path / "l"
    folder.mkdir()
    for name, when in (
        ("a", "1841-02"),
        ("b", "1840-05-03"),
        ("c", ""),
        ("d", "1841"),
        ("e", "--02"),
    ):
        date = (
            f'<profileDesc><creation><date when="{when}"/></creation></profileDesc>' if when else ""
        )
        (folder / f"{name}.xml").write_text(tei("<p>x</p>", more=date), "utf-8")
    *_, index = write(gather(folder))
    page = parsed(index.parts)
    assert page.xpath("//h2/text()") == ["1840", "1841", "Undated"]
    assert page.xpath("//li/a/@href") == [f"letters/{name}.html" for name in "bdaec"]


def test_a_book_of_letters_is_a_folder(tmp_path: Path) -> None:
    book = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{tei("<p>1</p>") * 2}</teiCorpus>'
    (tmp_path / "book.xml").write_text(book, "utf-8")
    assert main(["export", "html", str(tmp_path / "book.xml"), "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out/letters/book-2.html").is_file()


@pytest.mark.parametrize("corpus", ["edgeworth", "mitford", "german"])
def test_anyone_s_letters(corpus: str) -> None:
    for file in write(gather(shared("data", "letters", corpus))):
        sound(parsed(file.parts))


def test_the_table_is_of_tei_s_elements() -> None:
    assert all(re.fullmatch("[a-z]+", name) for name in TABLE)


def test_a_person_may_be_named_ten_thousand_times(tmp_path: Path) -> None:
    name = '<persName ref="#p-bell">Bell</persName> '
    page = written(tmp_path, f"<p>{name * 10_000}</p>")
    assert len(found(page, "//li[@id='entry-p-bell']//a")) == 10_000


def test_words_run_as_they_are_written(tmp_path: Path) -> None:
    page = written(tmp_path, "<p>שלום <persName>עדה</persName></p>")
    assert found(page, "//article/@dir") == ["auto"]
    assert page.xpath("string(//*[@id='m1'])") == "עדה"


def test_a_page_may_begin_within_a_name(tmp_path: Path) -> None:
    body = '<p><persName ref="#p-bell" cert="low">Ada <pb n="2"/>Bell</persName></p>'
    page = written(tmp_path, body)
    assert found(page, "//li[@id='entry-p-bell']//a/@aria-label") == ["mention 1: Ada Bell"]
