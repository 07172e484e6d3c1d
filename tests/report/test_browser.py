"""The report in Chromium, as readers see it: at a desk and on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import DESKTOP, PHONE, Scheme, barriers, chromium, headings, opened, overflowing
from epistola.model import Finding, Severity
from epistola.report.page import page
from epistola.report.sections import About
from epistola.report.tally import Read, tally
from report_made import action, from_to, read, register, tei

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "Wilhelmina Alexandrina Featherstonehaugh-Cholmondeley" + "x" * 60
PLACES = {"bath": "51.38 -2.36", "london": "51.5 -0.12", "calcutta": "22.57 88.36"}
WINDOWS = [(size, scheme) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report in which each section has something, and some names are hard to show."""
    folder = tmp_path_factory.mktemp("report")
    entries = "".join(
        f'<place xml:id="{name}"><placeName>{name.title()}</placeName><location><geo>{geo}</geo>'
        "</location></place>"
        for name, geo in PLACES.items()
    )
    folder.joinpath("places.xml").write_text(register(entries), "utf-8")
    folder.joinpath("a.xml").write_text(tei(), "utf-8")
    files = [Read(tuple(read(xml, folder / "a.xml")), findings()) for xml in letters()]
    path = folder / "report.html"
    path.write_bytes(page(tally(files), About("Letters of Ann Bell &c.", folder, unread=1)))
    return path


def letters() -> Iterator[str]:
    for at in range(60):
        place = list(PLACES)[at % 3]
        names = ("Ann Bell", f"{LONG} {at}", "חנה ירושלמי", "&lt;script&gt;alert(1)&lt;/script&gt;")
        named = "".join(f'<persName cert="low">{name}</persName> ' for name in names)
        named += f'<placeName ref="places.xml#{place}">there</placeName> <title>Helen</title>'
        named += ' <orgName cert="medium">House of Commons</orgName> <date cert="high">then</date>'
        origin = action("sent", '<placeName ref="places.xml#bath">Bath</placeName>')
        corresp = from_to("Ann Bell", names[at % 4] + str(at % 20), str(1800 + at % 40))
        yield tei(f"<p>{named}</p>", corresp + origin, title=f"No. {at} to {names[at % 4]}")


def findings() -> tuple[Finding, ...]:
    return tuple(Finding(severity, "pointer", "no #x") for severity in Severity)


@pytest.mark.parametrize(("size", "scheme"), WINDOWS)
def test_it_is_whole_without_a_script_and_asks_for_nothing(
    browser: Browser, report: Path, size: tuple[int, int], scheme: Scheme
) -> None:
    with opened(browser, report, size=size, scheme=scheme, scripts=False) as shown:
        assert shown.requests == [report.as_uri()]
        assert shown.complaints == []
        assert overflowing(shown.page) == []
        pictures = shown.page.locator("svg[role=img]:visible")
        assert pictures.count() == shown.page.locator("figure").count() >= 8


@pytest.mark.parametrize(("size", "scheme"), WINDOWS)
def test_nothing_in_it_keeps_people_out(
    browser: Browser, report: Path, size: tuple[int, int], scheme: Scheme
) -> None:
    with opened(browser, report, size=size, scheme=scheme) as shown:
        assert barriers(shown.page) == []
        shown.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert barriers(shown.page) == []
        assert overflowing(shown.page) == []


def test_its_headings_are_in_order(browser: Browser, report: Path) -> None:
    with opened(browser, report) as shown:
        levels = headings(shown.page)
        assert levels[0] == 1
        assert set(levels[1:]) == {2}
        assert len(levels) > 8


def test_its_pictures_have_names(browser: Browser, report: Path) -> None:
    with opened(browser, report) as shown:
        for name in ("Letters by year", "Who writes to whom", "Findings by kind"):
            assert shown.page.get_by_role("img", name=name).is_visible()


def test_its_links_lead_to_sections_and_letters(browser: Browser, report: Path) -> None:
    with opened(browser, report) as shown:
        for link in shown.page.locator("nav a").all():
            assert shown.page.locator(link.get_attribute("href") or "").count() == 1
        person = shown.page.locator("section[aria-labelledby=person]")
        person.get_by_text("In numbers, and where").click()
        person.locator("td summary").first.click()
        person.locator("td a").first.click()
        assert shown.page.url.endswith("a.xml")


def test_its_tables_can_be_reached_with_the_keyboard(browser: Browser, report: Path) -> None:
    with opened(browser, report) as shown:
        summary = shown.page.locator("section[aria-labelledby=time] summary")
        summary.focus()
        shown.page.keyboard.press("Enter")
        assert shown.page.get_by_role("table", name="Letters by year").is_visible()
