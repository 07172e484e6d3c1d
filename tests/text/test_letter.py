"""Which line is which part of a letter; every row is a whole small letter."""

from __future__ import annotations

import pytest

from epistola.model import Source
from epistola.text.letter import structure
from marks import in_order, marked

SHOWN = frozenset(
    "head byline dateline address salute p valediction signed postscript note ornament trailer"
    " label item".split()
)

CASES = {
    "prose alone is a paragraph": (
        "[p I came, I saw, and I went home again, for it rained all day long.]"
    ),
    "a name in a sentence signs nothing": (
        "[p We were all there, and the evening was one of the happiest that I remember.]\n\n"
        "[p Mary Ann sang.]\n\n"
        "[p Then we went home through the snow, and nobody fell, though the road was ice.]"
    ),
    "a short sentence in the middle is no head": (
        "[p The coach was late, and the inn was full of people whom nobody knew.]\n\n"
        "[p It rained.]\n\n"
        "[p We left at six, and were at home before the lamps were lit in the town.]"
    ),
    "the usual letter": (
        "[dateline Brook Farm, 3 May 1848.]\n\n[salute My dear Anne,]\n\n"
        "[p I have your letter, and thank you for it with all my heart, and for the cheese.]\n\n"
        "[valediction Yours ever,]\n[signed J. Mill]"
    ),
    "a salutation that runs on": (
        "[dateline Ely, May 3d, 1801]\n\n"
        "[p [salute DEAR SIR,]--I had your note by the boy, who was wet to the skin, poor lad.]\n\n"
        "[valediction Your obedient servant,]\n[signed THOS. ARKWELL]"
    ),
    "no salutation in the middle of a sentence": (
        "[p My dear friend has told me of it, and I am sorry for his sake and for mine.]"
    ),
    "an editor's number and heading": (
        "[head XIV.]\n\n[head TO MRS. ARKWELL.]\n\n[dateline Ely, 3 May 1801.]\n\n"
        "[p The boy has come back, and the note with him, so I send both to you once more.]"
    ),
    "heading from one to another": (
        "[head Arkwell to Mill]\n\n[dateline London, 1 April, 1840]\n\n"
        "[p [salute My Dear Mill,]--A letter has been due to you from me for some weeks now.]"
    ),
    "an address of several lines": (
        "[dateline Leeds, May 3, 1921.]\n\n"
        "[address Arkwell Supply Co.,\nBaltimore, Md.,]\n\n[salute Gentlemen:]\n\n"
        "[p We have your order of the second and shall send the goods by rail on Monday.]\n\n"
        "[valediction Yours truly,]\n[signed Mill & Sons]"
    ),
    "place and date below the name": (
        "[head WHEELS IN WINTER]\n\n"
        "[p [salute Sir,]--Everyone must share the fear that your writer felt upon the bridge.]\n\n"
        "[valediction Your obedient servant,]\n"
        "[signed T. E. ARKWELL.]\n[dateline Ely, May 3 (1899).]"
    ),
    "a postscript with its letters": (
        "[salute Dear Tom,]\n\n[p Come on Friday if you can, and bring the dog with you again.]\n\n"
        "[valediction Ever yours,]\n\n[signed ANNE]\n\n"
        "[postscript P.S. And the cheese, pray do not forget it.]"
    ),
    "a postscript without them": (
        "[salute Dear Tom,]\n\n[p Come on Friday if you can, and bring the dog with you again.]\n\n"
        "[valediction Yours very truly,]\n                    [signed ANNE]\n\n"
        "[postscript All is well here, but the mare is lame of a nail, and will not go out.]"
    ),
    "notes of an editor": (
        "[note \\[Sidenote: Miss Mill.\\]]\n\n[salute My dear Anne,]\n\n"
        "[p I have your letter, and thank you for it with all my heart, and for the cheese.]\n\n"
        "[note [label \\[Footnote 1:] Of goats' milk.\\]]"
    ),
    "hard wrapped": (
        "[salute Dear Tom,]\n\n"
        "[p Come on Friday if you can, and bring the dog with you, for we have\n"
        "missed him more than we have missed you, which is not to say that we\n"
        "have missed him much.]\n\n[valediction Ever yours,]\n                [signed ANNE]"
    ),
    "the page of an archive": (
        "[byline Jo Bly]\n\n[head On Bread]\n\n[dateline (1899)]\n\n\n"
        "[item Daily Loaf, 30 December 1899.]\n[item Reprinted in Crumbs, No.4.]\n"
        "[item Transcribed by A. Baker.]\n\n\n"
        "[p Bread is dear, and those who bake it have none, which is a thing to be mended.]\n\n\n"
        "[p Last updated on 7.8.2003]"
    ),
    "labelled lines": (
        "[byline Jo Bly]\n\n[head Letter: Bread and Rain]\n\n[label Author:] [item Jo Bly]\n"
        "[label Source:] [item The Loaf, Volume 3, no 4.]\n\n"
        "[p Just a word on the price of bread, of which so much was said in your last.]"
    ),
}


def parts(source: Source, language: str) -> list[tuple[str, str]]:
    """The parts that hold words; the paragraph that a postscript is goes without saying."""
    found = in_order(a for a in structure(source, language) if a.kind in SHOWN)
    postscripts = [a.span for a in found if a.kind == "postscript"]
    return [(a.kind, source[a.span]) for a in found if a.kind != "p" or a.span not in postscripts]


@pytest.mark.parametrize("line", CASES.values(), ids=CASES.keys())
def test_parts(line: str) -> None:
    source, expected = marked(line)
    assert parts(source, "en") == [(a.kind, source[a.span]) for a in expected]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "de",
            "[dateline Bonn, den 3. Mai 1848.]\n\n[salute Lieber Karl!]\n\n"
            "[p Dein Brief ist da, und ich danke dir von Herzen für alles, was darin steht.]\n\n"
            "[valediction Dein alter Freund]\n[signed Hans]",
        ),
        (
            "fr",
            "[dateline Lyon, le 3 mai 1848.]\n\n[salute Mon cher ami,]\n\n"
            "[p Votre lettre est là, et je vous remercie de tout mon cœur de ce qu'elle dit.]\n\n"
            "[valediction Tout à vous,]\n[signed Jean Loup]",
        ),
    ],
)
def test_parts_in_other_languages(language: str, line: str) -> None:
    source, expected = marked(line)
    assert parts(source, language) == [(a.kind, source[a.span]) for a in expected]


def test_an_empty_text_has_no_parts() -> None:
    source, _ = marked(" \n ")
    assert structure(source, "en") == []
