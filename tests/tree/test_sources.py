"""Where a text comes from: editors, originals, dates of a page; what says nothing first."""

from __future__ import annotations

import pytest

import epistola
from places import texts

PAGE = "Jo Bly 1898\n\nOn Bread\n\n{}\n\nBread is dear, and few have it.\n\nIt is so in Leeds.\n"


@pytest.mark.parametrize(
    ("lines", "path", "found"),
    [
        ("Source: Crumbs, Ely 1950;", "//t:editor", []),
        ("Source: Crumbs (edited in haste), Ely 1950;", "//t:editor", []),
        (
            "Source: Crumbs (ed. Ana Mill & Ben Oat), Ely 1950;",
            "//t:editor",
            ["Ana Mill", "Ben Oat"],
        ),
        ("Translated: Ana Mill 1950", "//t:relatedItem[@type='translationOf']", []),
        (
            "Source: Crumbs, Ely 1950;\nEnglish translation by Ana Mill",
            "//t:relatedItem[@type='translationOf']",
            [],
        ),
        (
            "Source: Crumbs, Ely 1950;\nTranslated: from the German by Ana Mill",
            "//t:textLang/@mainLang",
            ["de"],
        ),
        (
            "Source: Crumbs, Ely 1950;\nTranslated from Le Pain.",
            "//t:relatedItem[@type='translationOf']/t:bibl",
            ["Le Pain"],
        ),
        (
            "Source: Crumbs, Ely 1950;\nTranslated from Le Pain.",
            "//t:titleStmt/t:respStmt[contains(@xml:id, 'translation')]",
            [],
        ),
        (
            "Source: The Loaf, 1905, Vol. 9, no 3, 15 Oct 1905",
            "//t:biblStruct[@xml:id='src-print']//t:imprint/t:date/@when",
            ["1905-10-15"],
        ),
        (
            "Source: Crumbs, Ely 1950. Scanned by Ana Mill.",
            "//t:titleStmt/t:respStmt/t:resp[contains(., 'scanning')]",
            ["scanning of the source text"],
        ),
        ("Transcribed: Ana Mill", "//t:creation/t:date/@when", ["1898"]),
        (
            "Updated by Ana Mill, 3 March 2010",
            "//t:imprint/t:date[@type='lastUpdated']/@when",
            ["2010-03-03"],
        ),
    ],
)
def test_what_a_page_says_of_its_source(lines: str, path: str, found: list[str]) -> None:
    encoding = epistola.encode(PAGE.format(lines))
    assert encoding.is_sound, encoding.findings
    assert texts(encoding.tree, path) == found
