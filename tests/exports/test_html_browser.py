"""Pages to read, looked at in a browser as their readers will."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import DESKTOP, PHONE, Scheme, barriers, chromium, headings, opened, overflowing
from epistola.__main__ import main
from epistola.exports.gathered import gather
from epistola.tree.read import Place
from exported import PERSONS, edition, tei

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EDITION = Path(__file__).parents[2] / "tei"
SEED = EDITION / "letters/ratner-2011.xml"
CETEI = Path(__file__).parents[1] / "browser/node_modules/CETEIcean/dist/CETEI.js"
SIZES = [DESKTOP, PHONE]

IS_SEEN = """element => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.left >= 0 && box.right <= innerWidth + 1
    && box.bottom > 0 && box.top < innerHeight;
}"""
"""Whether an element is where a reader sees it, without scrolling."""
RENDERED = """async source => {
  const letter = new CETEI();
  const html = await new Promise(done => letter.makeHTML5(source, done));
  document.body.replaceChildren(html);
  const all = name => [...document.querySelectorAll(`tei-text ${name}`)];
  return [all('tei-persname').length, all('tei-p').map(one => one.textContent)];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the seed letter, the pages of its edition, and one with markup in its words."""
    folder = tmp_path_factory.mktemp("pages")
    evil = "&lt;script&gt;document.title='gone'&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
    body = f'<head>{evil}</head><p><persName ref="#p-bell">{evil}</persName></p>'
    entries = PERSONS.replace("Ada Bell", evil).replace("Of Ely.", evil)
    (folder / "evil.xml").write_text(tei(body, beside=entries), "utf-8")
    for path in (SEED, folder / "evil.xml"):
        out = folder / f"{path.stem}.html"
        assert main(["export", "html", str(path), "-o", str(out)]) == 0
    assert main(["export", "html", str(EDITION), "-o", str(folder / "site")]) == 0
    home = edition(folder / "e")
    assert main(["export", "html", str(home), "-o", str(folder / "other")]) == 0
    return folder


@pytest.mark.parametrize("size", SIZES)
def test_every_mention_leads_to_its_entry_and_back(
    size: tuple[int, int], browser: Browser, pages: Path
) -> None:
    (letter,) = gather(SEED)
    with opened(browser, pages / "ratner-2011.html", size=size, scripts=True) as shown:
        page = shown.page
        for number, mention in enumerate(letter.mentions, 1):
            words = page.locator(f"#m{number}")
            assert " ".join(words.inner_text().split()).casefold() == mention.text.casefold()
            if not mention.entries and not mention.dating:
                continue
            is_link = words.evaluate("element => element.localName == 'a'")
            link = words if is_link else words.locator("xpath=following-sibling::a[1]")
            link.click()
            card = page.locator(":target")
            assert card.evaluate(IS_SEEN), mention.text
            if mention.entry:
                assert card.get_attribute("id") == f"entry-{mention.entry.local}"
            card.locator(f"a[href='#m{number}']").click()
            assert page.locator(":target").get_attribute("id") == f"m{number}"
            assert words.evaluate(IS_SEEN), mention.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "name",
    ["ratner-2011.html", "site/index.html", "site/persons.html", "site/letters/ratner-2011.html"],
)
def test_nothing_keeps_people_out(
    name: str, size: tuple[int, int], scheme: Scheme, browser: Browser, pages: Path
) -> None:
    with opened(browser, pages / name, size=size, scheme=scheme) as shown:
        shown.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert barriers(shown.page) == []
        assert overflowing(shown.page) == []
        levels = headings(shown.page)
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out_where_something_is_looked_at(
    scheme: Scheme, browser: Browser, pages: Path
) -> None:
    with opened(browser, pages / "ratner-2011.html", scheme=scheme) as shown:
        for id_ in ("entry-person-flewers", "m5"):
            shown.page.evaluate("id => { location.hash = id }", id_)
            assert barriers(shown.page) == []


@pytest.mark.parametrize("name", ["ratner-2011.html", "site/index.html", "evil.html"])
def test_a_page_asks_for_nothing_and_needs_no_script(
    name: str, browser: Browser, pages: Path
) -> None:
    with opened(browser, pages / name, scripts=False) as shown:
        assert shown.requests == [(pages / name).as_uri()]
        assert shown.complaints == []
        assert shown.page.locator("h1").is_visible()


def test_markup_in_words_is_shown_as_words(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "evil.html") as shown:
        said = "<script>document.title='gone'</script><img src=x onerror=alert(1)>"
        assert shown.page.title() == "A letter"
        for place in ("#letter h2", "#m1", "#entry-p-bell b"):
            assert shown.page.locator(place).inner_text() == said
        assert shown.page.locator("script, img").count() == 0
        assert shown.complaints == []


def test_a_kind_loses_its_colour_where_its_box_is_not_ticked(browser: Browser, pages: Path) -> None:
    colour = "element => getComputedStyle(element).backgroundColor"
    with opened(browser, pages / "ratner-2011.html", scripts=True) as shown:
        place = shown.page.locator("#letter .place").first
        before = place.evaluate(colour)
        shown.page.locator("#show-place").uncheck()
        assert before != "rgba(0, 0, 0, 0)"
        assert place.evaluate(colour) == "rgba(0, 0, 0, 0)"


def test_the_tei_is_downloaded(browser: Browser, pages: Path, tmp_path: Path) -> None:
    with opened(browser, pages / "ratner-2011.html") as shown:
        with shown.page.expect_download() as download:
            shown.page.locator(".download").click()
        download.value.save_as(tmp_path / "saved.xml")
        assert download.value.suggested_filename == "ratner-2011.xml"
        assert (tmp_path / "saved.xml").read_bytes() == SEED.read_bytes()


def test_the_pages_of_an_edition_lead_to_each_other(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "other/index.html") as shown:
        page = shown.page
        page.locator("main a").first.click()
        page.locator("nav a", has_text="→").click()
        assert page.url.endswith("letters/b.html")
        page.locator("a", has_text="in all letters").first.click()
        assert page.url.endswith("persons.html#entry-p-bell")
        assert page.locator(":target").evaluate(IS_SEEN)
        page.locator(":target li a").first.click()
        assert page.url.endswith("letters/a.html")


def is_paragraph(place: Place) -> bool:
    return str(place.element.tag).endswith("}p")


@pytest.mark.parametrize("path", sorted((EDITION / "letters").glob("*.xml")), ids=lambda p: p.stem)
def test_ceteicean_renders_our_tei(path: Path, browser: Browser, pages: Path) -> None:
    if not CETEI.is_file():
        pytest.skip("needs CETEIcean: npm ci --prefix tests/browser")
    (letter,) = gather(path)
    with opened(browser, pages / "site/index.html") as shown:
        shown.page.add_script_tag(content=CETEI.read_text("utf-8"))
        persons, paragraphs = shown.page.evaluate(RENDERED, path.read_text("utf-8"))
        assert persons >= sum(m.kind == "person" for m in letter.mentions)
        own = [letter.text[p.span.start : p.span.end] for p in letter.places if is_paragraph(p)]
        assert [words.split() for words in paragraphs] == [words.split() for words in own]
        assert shown.complaints == []
