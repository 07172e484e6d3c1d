"""Chromium, in which tests look at pages as readers will; and axe, which looks for barriers.

``chromium()`` starts Debian's Chromium, ``opened()`` shows one file in it and keeps account of
what the page asked for, ``barriers()`` returns what axe-core finds. What is not on a machine
skips the test that asks for it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parent / "browser/node_modules/axe-core/axe.min.js"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What keeps Chromium from asking its maker for news."""
AS_ROOT = "--no-sandbox"
"""Chromium has no sandbox for root, as whom continuous integration often runs."""
DESKTOP, PHONE = (1280, 900), (390, 844)

Scheme = Literal["light", "dark"]

OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth + 1;
  const scrolls = e => e && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(e).overflowX)
    || scrolls(e.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > wide && !scrolls(e.parentElement))
    .map(e => e.outerHTML.slice(0, 120));
}"""
"""What reaches over the right edge of the window, but for what stands in a frame that scrolls."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that is shown, and what it did: the requests that left it, what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium for some tests; they are skipped where it or Playwright is not."""
    pytest.importorskip("playwright", reason="needs Playwright: pip install 'epistola[test]'")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - see above

    arguments = [*QUIET, *([AS_ROOT] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Browser,
    path: Path,
    *,
    size: tuple[int, int] = DESKTOP,
    scheme: Scheme = "light",
    scripts: bool = True,
) -> Iterator[Opened]:
    """Show the file at ``path``, in a window of ``size``; no request gets further than that."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    shown = Opened(context.new_page())
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    shown.page.on("request", lambda request: shown.requests.append(request.url))
    shown.page.on("pageerror", lambda error: shown.complaints.append(str(error)))
    shown.page.on(
        "console",
        lambda said: shown.complaints.append(said.text) if said.type == "error" else None,
    )
    try:
        shown.page.goto(path.resolve().as_uri())
        yield shown
    finally:
        context.close()


def overflowing(page: Page) -> Sequence[str]:
    """Return the elements that make the reader scroll sideways, each as its markup begins."""
    found: list[str] = page.evaluate(OVERFLOWING)
    return found


def headings(page: Page) -> Sequence[int]:
    """Return the levels of the headings, in the order of the page."""
    names: list[str] = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map(one => one.tagName)"
    )
    return [int(name[1]) for name in names]


def barriers(page: Page) -> Sequence[str]:
    """Return what axe-core finds that keeps people from using the page: rule, where, why.

    The test is skipped where axe-core is not installed (``npm ci`` in ``tests/browser``).
    """
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm ci --prefix tests/browser")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
