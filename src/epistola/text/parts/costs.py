"""How ill a unit looks as each part: the less, the likelier; ``NEVER`` where it is none.

The scale is that of the steps between parts (``walk``): 1 is about what a paragraph costs
that is as short as a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from types import MappingProxyType

from epistola.text.look import Look
from epistola.text.parts.states import (
    AFTER,
    APPARATUS,
    BODY,
    BOTTOM,
    COLOPHON,
    COVER,
    TOP,
    State,
)

NEVER = inf

# --- above the text ----------------------------------------------------------------------


def _head(look: Look) -> float:
    """Return the cost of a heading: short, capitalised, without a full stop."""
    if look.ornament:
        return NEVER
    cost = 0.9 + look.length / 60 + 0.6 * look.sentence + 1.4 * look.dated
    cost += (
        3 * (look.field is not None)
        + 1.5 * (look.enumerated and not look.shout)
        + 1.5 * look.opens("salute")
        + 1.2 * (look.prose and not look.shout)
        + 3 * (not look.capital)
        + (0.4 if look.shout else 1.2) * look.comma
    )
    return cost + (4 if look.length > 150 or look.lines > 3 else 0)


def _number(look: Look) -> float:
    return 0.2 if look.number and not (look.year and not look.first) else NEVER


def _heading(look: Look) -> float:
    """Return the cost of a heading such as an editor sets above a letter: "To Miss X"."""
    kind = look.parenthesised and not (look.dated or look.prose or look.opens("signed"))
    if kind and look.length < LONGEST_KIND:
        return 0.9  # "(Translation.)"
    if look.enclosed:
        return 0.4
    worded = look.between or (look.opens("heading") and not look.colon)
    if look.length > 120 or not look.capital or not worded:
        return NEVER
    return 0.5 + 0.4 * look.dated + 0.8 * (look.capitals < 0.5)


LONGEST_KIND = 24


def _dated(look: Look) -> float:
    """Return the cost of a date in brackets under a title: "(1899)"."""
    return 0.2 if look.dated and look.parenthesised and look.length < 40 else NEVER


def _byline(look: Look) -> float:
    if look.field is not None and look.field.kind == "author" and look.field.label is None:
        return 0.3 if look.length < 60 else NEVER
    if look.dwelling or (not (look.name and look.proper) and not look.author):
        return NEVER
    known = look.author or look.forename
    return (0.4 if known else 1.1) + 0.6 * (not look.first and not look.author)


def _provenance(look: Look) -> float:
    if look.field is None:
        return 2.0 if look.dated and look.capital and look.length < 120 else NEVER
    if look.field.label is not None:
        return 0.2
    return 0.3 + look.length / 120 + 0.6 * look.opens("heading")


def _sidenote(look: Look) -> float:
    return 0.2 if look.opens("sidenote") else NEVER


def _introduction(look: Look) -> float:
    """Return the cost of what an editor says above a letter: prose, stepped in as a block."""
    prose = look.prose and look.sentence and look.lines > 1 and look.indent >= STEPPED
    return 1.4 if prose and not look.greets and not look.quoted else NEVER


STEPPED = 2


def _rule(look: Look) -> float:
    """Return the cost of a line of marks between the lines that open a letter."""
    return 0.4 if look.ornament else NEVER


# --- opener and closer -------------------------------------------------------------------


def _dateline(look: Look) -> float:
    """Return the cost of a line with a date, or with the place alone where one is."""
    if look.length > 100 or look.lines > 2 or look.field is not None or look.ornament:
        return NEVER
    prose = (
        2.0 * look.prose
        + 2.5 * ((look.listed and not (look.place and look.comma)) or look.verse or look.figures)
        + 1.0 * (look.length > 40 and look.capitals < 0.3)
    )
    if look.dated:
        small = (0.5 if look.length < 40 else 1.2) * (not look.capital and not look.place)
        small += 0.8 * look.between + 2.0 * look.opens("endorsement")
        return 0.5 + 0.6 * (look.length > 70) + small + prose
    placed = look.capital or ((look.dwelling or look.place) and look.capitals >= 0.4)
    if not placed or look.length > 70 or (look.name and look.forename):
        return NEVER
    if look.titled or look.opens("salute"):
        return NEVER
    if look.dwelling or look.place:
        return 1.4 - 0.3 * look.ends_open + prose
    return 1.9 + prose if look.ends_open and look.length < 60 else NEVER


def _end_dateline(look: Look) -> float:
    """Return the cost of a date or place below the text; there one of the two must be known."""
    if look.dated:
        return _dateline(look)
    return _dateline(look) + 0.6 if look.dwelling or look.place else NEVER


def _address(look: Look) -> float:
    short = look.length < 80 and look.lines == 1 and (look.capital or look.opens("cover"))
    short = short and not look.dated and not look.enumerated and not look.ornament
    if not short or look.prose:
        return NEVER
    cost = 1.8 - 0.4 * look.comma - 0.8 * look.opens("cover")
    return cost + 0.8 * (look.capitals < 0.5) + 0.4 * (look.length > 60)


def _salute(look: Look) -> float:
    """Return the cost of a salutation alone in its line; a name may be one, or capitals."""
    if look.length > 90 or look.lines > 2 or look.ornament or look.quoted:
        return NEVER
    if look.opens("salute"):
        named = 1.2 * (look.titled and not look.ends_open)  # "Monsieur J. Lambert" is an address
        return (0.2 if look.ends_open or not look.sentence else 0.9) + 1.2 * look.prose + named
    if look.ends_open and (look.name or look.shout) and look.length < 40 and not look.dated:
        return 1.0 + 0.5 * look.first
    return NEVER


def _valediction(look: Look) -> float:
    """Return the cost of leave-taking: its words at the beginning, at the end, or throughout."""
    if (
        look.verse
        or look.quoted
        or look.opens("signed")
        or look.length > LONGEST_LEAVE
        or look.ornament
        or look.lines > 6
    ):
        return NEVER
    if look.opens("farewell"):
        return 0.2 + look.length / 400 - 0.5 * look.leave
    cost = 0.4 + look.length / 200 + 0.3 * (look.sentence and look.length > 60)
    cost += 0.6 * (look.length > SHORT) - 0.5 * look.leave
    cost -= 0.6 * (look.stepped and look.valedictory)
    if look.opens("valediction"):
        formal = look.length > SHORT and look.valedictory and look.open
        cost -= 1.5 * formal  # "I am, with ..., your obedient servant,": the name is to follow
        return cost + 1.4 * look.names_bearer + 0.5 * (look.length > 60 and not look.valedictory)
    if look.leave or look.leads or (look.valedictory and (look.length < SHORT or look.open)):
        return cost + 0.5
    if look.opens("salute") and look.length < 40:
        return cost + 0.7
    # In a letter a short line may take leave in words of its own; an article takes none.
    own = look.greeted and look.length < SHORT and not look.name and not look.titled
    return cost + 1.5 if own else NEVER


LONGEST_LEAVE = 320
SHORT = 130
"""Longer than this, a unit that says no farewell is prose."""


def _signed(look: Look) -> float:
    """Return the cost of a signature: a name, alone or after a word of leave."""
    if look.opens("signed") and look.length < 60:
        return 0.2 + 2.0 * look.verse
    if _is_no_signature(look):
        return NEVER
    if look.names_bearer:
        return 0.1 - 0.6 * look.follows_valediction
    sure = look.proper or look.initials
    cost = 0.9 + 1.2 * (look.place and not look.forename) - 0.7 * (look.stepped and sure)
    cost -= 0.3 * look.forename + 0.3 * look.shout + 0.3 * look.initials
    return cost - 2.4 * look.follows_valediction


def _named(look: Look) -> float:
    """Return the cost of a signature without leave before it; names in a list are none."""
    return _signed(look) + 2.0 * look.listed


def _is_no_signature(look: Look) -> bool:
    """Return whether a line is too long for a signature, names nobody, or is another part."""
    named = look.name or look.initials or look.names_bearer
    subscribed = look.subscribed and not (look.dwelling or look.dated)
    named = named or (look.follows_valediction and subscribed)
    if look.length > 60 or look.lines > 1 or not named:
        return True
    other = look.opens("footnote") or look.opens("postscript") or look.leave
    other = other or look.opens("enclosure") or look.apparatus or look.notes
    return other or look.number or (look.opens("salute") and not look.names_bearer)


def _end_address(look: Look) -> float:
    if look.sentence and look.capitals < 0.6:
        return NEVER
    titled = look.titled and not look.parenthesised
    return _address(look) + 0.7 + 0.5 * look.shout - 1.0 * titled


# --- the text, and what stands below it --------------------------------------------------


def _p(look: Look) -> float:
    """Return the cost of a paragraph: the more, the more it looks like a line by itself."""
    short = look.length < 60
    labelled = look.field is not None and look.field.label is not None and look.capital
    cost = 0.5 + 1.3 * (short and not look.sentence) + 0.9 * (short and look.sentence)
    return cost + 2.0 * labelled + _alone(look)


def _alone(look: Look) -> float:
    """Return what a paragraph costs more that looks like another part of a letter."""
    line = look.length < LONGEST_NAME
    named = look.name and (look.forename or not look.sentence)
    apart = look.stepped and (look.proper or look.initials or look.valedictory) and look.length < 60
    listed = look.open and not look.prose and look.lines == 1 and 60 <= look.length < 100
    large = look.length < 60 or look.capitals >= 0.5
    dated = look.dated and not look.prose and look.length < 80 and look.capital and large
    return (
        0.8 * (line and (named or look.initials) and not look.prose)
        + 0.8 * (line and look.leave)
        + 0.8 * listed
        + 0.5 * (look.opens("farewell") and look.valedictory)
        + 1.0 * (look.opens("salute") and look.ends_open and look.length < 60)
        + 0.65 * dated
        + 0.8 * apart
        + (0.6 * look.dated + 2.0 * look.shout) * (look.between and not look.prose)
    )


LONGEST_NAME = 40


def _postscript(look: Look) -> float:
    if look.opens("postscript"):
        return -0.8
    if look.opens("enclosure") and look.length < 60:
        return 0.4
    short = look.length < 60
    cost = 0.65 + 0.4 * (short and not look.sentence and not look.dated)
    return cost + 0.4 * (short and not look.prose) + 0.6 * (short and look.dated and not look.prose)


def _note(look: Look) -> float:
    """Return the cost of a note among the text: it opens as one, or goes on to its bracket."""
    if look.inside:
        return 0.2
    if look.opens("footnote") and look.bracketed:
        return 0.2
    return 0.3 if look.numbered else NEVER


def _starred(look: Look) -> float:
    """Return the cost of a note with a sign, below a line of marks amid the text."""
    return 0.3 if look.starred and look.ruled else NEVER


def _end_note(look: Look) -> float:
    return 0.6 if look.starred else _note(look)


def _ornament(look: Look) -> float:
    return 0.1 if look.ornament else NEVER


def _end_ornament(look: Look) -> float:
    """Return the cost of a line of marks, or of "The End", below the text."""
    finis = look.opens("finis") and look.length < LONGEST_NAME and look.capital
    return 0.1 if look.ornament or finis else NEVER


def _remark(look: Look) -> float:
    """Return the cost of what an editor says below a letter: prose, stepped in as a block."""
    prose = look.inset and look.sentence
    return 0.3 if prose and not look.opens("postscript") and not look.leave else NEVER


def _endorsement(look: Look) -> float:
    if not look.opens("endorsement") or look.length > 160:
        return NEVER
    return 0.2 if look.bracketed or look.parenthesised or look.colon else 0.9 + look.prose


def _cover(look: Look) -> float:
    """Return the cost of a line of the address on a cover."""
    if look.prose or look.length > 120 or look.ornament:
        return NEVER
    if look.opens("cover") or look.titled:
        return 0.3
    return 0.8 if look.place or look.dwelling else 1.0 + 0.5 * look.sentence


def _apparatus_head(look: Look) -> float:
    return 0.1 if look.apparatus else NEVER


def _note_head(look: Look) -> float:
    return 0.1 if look.notes else NEVER


def _apparatus(_: Look) -> float:
    return 0.5


def _colophon(look: Look) -> float:
    """Return the cost of the page's own last lines: when it was updated, where to go back."""
    if look.field is not None and look.field.kind == "updated":
        return 0.1
    return 3.5 if look.length < 100 and not look.first else NEVER


COSTS: Mapping[State, Callable[[Look], float]] = MappingProxyType(
    {
        State(TOP, "number"): _number,
        State(TOP, "heading"): _heading,
        State(TOP, "head"): _head,
        State(TOP, "dated"): _dated,
        State(TOP, "byline"): _byline,
        State(TOP, "provenance"): _provenance,
        State(TOP, "note"): _sidenote,
        State(TOP, "introduction"): _introduction,
        State(TOP, "dateline"): _dateline,
        State(TOP, "address"): _address,
        State(TOP, "rule"): _rule,
        State(TOP, "salute"): _salute,
        State(BODY, "p"): _p,
        State(BODY, "note"): _note,
        State(BODY, "starred"): _starred,
        State(BODY, "ornament"): _ornament,
        State(BOTTOM, "valediction"): _valediction,
        State(BOTTOM, "signed"): _signed,
        State(BOTTOM, "named"): _named,
        State(BOTTOM, "dateline"): _end_dateline,
        State(BOTTOM, "address"): _end_address,
        State(BOTTOM, "note"): _end_note,
        State(BOTTOM, "ornament"): _end_ornament,
        State(AFTER, "postscript"): _postscript,
        State(AFTER, "note"): _end_note,
        State(AFTER, "ornament"): _end_ornament,
        State(AFTER, "remark"): _remark,
        State(COVER, "endorsement"): _endorsement,
        State(COVER, "envelope"): _cover,
        State(APPARATUS, "apparatusHead"): _apparatus_head,
        State(APPARATUS, "noteHead"): _note_head,
        State(APPARATUS, "apparatus"): _apparatus,
        State(APPARATUS, "note"): _end_note,
        State(COLOPHON, "colophon"): _colophon,
    }
)
STATES = tuple(COSTS)
