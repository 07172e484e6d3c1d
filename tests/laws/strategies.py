"""Texts of every kind: letters put together from their parts, and any characters at all."""

from __future__ import annotations

from hypothesis import strategies as st

from epistola.mentions.settle import KINDS
from epistola.model import Annotation, Source, Span
from epistola.tree.policy import POLICY

ALLOWED = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs"),
    exclude_characters="\ufffe\uffff",
)
"""What XML 1.0 allows and a text holds once it is read."""

HEADS = (
    *("XIV.", "TO MRS. MILL.", "Arkwell to Mill", "Letter: On Bread", "Jo Bly", "(1899)"),
    *(
        "Author: Jo Bly",
        "Source: The Loaf, Volume 3, no 4, Summer 1909.",
        "Copyright: The Loaf & Jo Bly.",
    ),
    *("Prepared for the Bread Archive: by A. Baker & B. Miller in 2017 & 2018", "Translated:"),
    *(
        "Ely, May 3d, 1801.",
        "[Sidenote: Miss Mill.]",
        "Dear Sir,",
        "DEAR SIR,--I had your note",
        "Sir,",
    ),
)
SENTENCES = (
    *("I saw Mr. Mill and the Arkwells in London on Tuesday, 3 May 1801.", "It rained."),
    *(
        "In Bread and Rain I said so, and in ‘On Loaves’ in The Loaf, Volume 3, no 2.",
        "Vide p. 34.",
    ),
    *("Between Stalin and Tito, the Paris treaty with France, the 1930s and from 1917 onwards.",),
    *("“What,” said he, “is _bread_?” (The Times, 3 May 1871, pp. 3–5.)", "* * *", "Ibid., p. 4."),
    *(
        "the Duke of\nWellington, Marx & Engels’s letter in Volume 13, no 3",
        "<p>&amp;]]>",
        "[1] So.",
    ),
    *("It was _very_ well, and *so* =fat=; ~~no~~ y^r GOOD friend w i t h it.", "T HE end"),
    "We came to-\nmorrow, [illegible] or [two words torn], aff[ectionate]ly [sic] [?] [the].",
    *("[p. 12]", "\n\n[p. 12]\n\n", "\f[p. 13]\n", "- 14 -", "[Mr. Mill left it here. Ed.]"),
    *("\n\n    The wind is over all the sea,\n    And all is well with thee and me.\n\n",),
    *("1. Bread is good.\n2. Cheese is good.\n", "Bread    3\nCheese   4\nButter   5\n"),
    *("He said:\n\n    > It is not so.\n\n", "[deleted: so] [inserted: he] [Sidenote: So.]"),
)
TAILS = (
    "Yours ever,",
    "JO BLY",
    "P.S. And the cheese.",
    "Last updated on 7.8.2003",
    "--------",
    "Ely, May 3",
    *("Notes", "\n\nNotes\n\n1. Of May.\n\n2. Of June, 1801.--Ed.\n\n", "[Footnote 1: Of May.]"),
    *("1. Of May.", "\n\n[2] Of June", "[Footnote: So.]", "* Of May.", "[3]See above."),
)
GAPS = (" ", "\n", "\n\n", "\n\n\n   ", "\t", "\u00a0", "\f", "\u2028", "")

pieces = (
    st.sampled_from((*HEADS, *SENTENCES, *TAILS))
    | st.sampled_from(GAPS)
    | st.text(ALLOWED, max_size=8)
)
letters = st.lists(pieces, max_size=14).map("".join).filter(lambda text: text.split() != [])


@st.composite
def annotated(draw: st.DrawFn) -> tuple[Source, list[Annotation]]:
    """A source and any annotations at all, of every kind the policy knows."""
    text = draw(st.text(ALLOWED | st.sampled_from("&<>\n "), min_size=1, max_size=40))
    offsets = st.integers(0, len(text))
    spans = (
        st.tuples(offsets, offsets)
        .map(lambda pair: Span(min(pair), max(pair)))
        .filter(lambda span: len(span) > 0)
    )
    inline = sorted(set(KINDS) & set(POLICY))
    kinds = st.sampled_from(inline)
    found = draw(st.lists(st.builds(Annotation, spans, kinds), max_size=12, unique=True))
    return Source("s", text), [Annotation(Span(0, len(text)), "p"), *found]
