"""Every rule beyond the grammar: its code, how bad a breach is, and why, with examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from epistola.model import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """What an editor should know of a rule.

    ``failing`` and ``passing`` are pieces of TEI; where the rule compares with a source,
    ``source`` is that. ``elsewhere`` is how bad a breach is in a file that Epistola has
    not made, where TEI is less strict than this encoding.
    """

    severity: Severity
    title: str
    explanation: str
    failing: str
    passing: str
    elsewhere: Severity | None = None
    source: str = ""

    def severity_in(self, *, ours: bool) -> Severity:
        """Return how bad a breach is in a file of this encoding, or of another."""
        return self.severity if ours or self.elsewhere is None else self.elsewhere


BLY = '<person xml:id="person-bly"><persName>Ada Bly</persName>{}</person>'

CATALOGUE: Mapping[str, Rule] = MappingProxyType(
    {
        "id": Rule(
            ERROR,
            "An id is used twice",
            "An `xml:id` names one element. Where two have the same, a pointer at it means"
            " neither. The message says where the first one stands.",
            '<p xml:id="p1">One</p><p xml:id="p1">Two</p>',
            '<p xml:id="p1">One</p><p xml:id="p2">Two</p>',
        ),
        "pointer": Rule(
            ERROR,
            "A pointer leads nowhere",
            "What a file points at within itself (`#id`) or in a file beside it"
            " (`../registers/persons.xml#id`) must be there. This holds for every attribute that"
            " TEI gives the datatype teidata.pointer. Addresses on the web are not looked up.",
            '<persName ref="#person-bli">Ada Bly</persName>'
            '<person xml:id="person-bly"><persName>Ada Bly</persName></person>',
            '<persName ref="#person-bly">Ada Bly</persName>'
            '<person xml:id="person-bly"><persName>Ada Bly</persName></person>',
        ),
        "pointer-kind": Rule(
            ERROR,
            "A pointer leads to an entry of another kind",
            "The name of a person points at a person, `calendar` at a calendar, `resp` at someone"
            " who can answer for something. Only entries whose kind is beyond doubt are judged.",
            '<persName ref="#place-rome">Ada Bly</persName>'
            '<place xml:id="place-rome"><placeName>Rome</placeName></place>',
            '<placeName ref="#place-rome">Rome</placeName>'
            '<place xml:id="place-rome"><placeName>Rome</placeName></place>',
        ),
        "pointer-file": Rule(
            INFO,
            "A file that is pointed into cannot be read",
            "The file is not where the pointer says, is not named `*.xml`, or is no XML that can"
            " be read safely. The pointer may be right; it was not checked.",
            '<persName ref="no-such-file.xml#person-bly">Ada Bly</persName>',
            '<persName ref="https://example.org/persons.xml#bly">Ada Bly</persName>',
        ),
        "empty-pointer": Rule(
            WARNING,
            "A pointer is empty",
            "An empty address means the file itself (RFC 3986, 4.4), which is hardly ever meant."
            " Let it point at an entry, or leave the attribute out.",
            '<persName ref="">Ada Bly</persName>',
            "<persName>Ada Bly</persName>",
        ),
        "chain": Rule(
            ERROR,
            "The parts of something divided contradict each other",
            "`next` and `prev` join the parts of what the text divides. If A says that B comes"
            " next, then B may not say that something else came before it; nor is anything its"
            " own next part.",
            '<q xml:id="q1" next="#q2">Go,</q><q xml:id="q2" prev="#q3">she said.</q>'
            '<q xml:id="q3" next="#q2">No,</q>',
            '<q xml:id="q1" next="#q2">Go,</q><q xml:id="q2" prev="#q1">she said.</q>',
        ),
        "chain-one-way": Rule(
            WARNING,
            "The parts of something divided point one way only",
            "`next` and `prev` are read from either end, so each part should point at the other.",
            '<q xml:id="q1" next="#q2">Go,</q><q xml:id="q2">she said.</q>',
            '<q xml:id="q1" next="#q2">Go,</q><q xml:id="q2" prev="#q1">she said.</q>',
        ),
        "certainty": Rule(
            ERROR,
            "A degree of certainty is nobody's",
            "In this encoding a tag without `cert` is held to be right, and one with it names who"
            " is uncertain in `resp`. TEI itself asks for no more than the degree.",
            '<date when="1848" cert="low">that year</date>',
            '<date when="1848" cert="low" resp="#resp-editor">that year</date>'
            '<editor xml:id="resp-editor">A. B.</editor>',
            elsewhere=INFO,
        ),
        "date": Rule(
            ERROR,
            "A date is in no calendar",
            "The day or the month does not exist: 31 June, 29 February 1900, a thirteenth month.",
            '<date when="1848-06-31">the last of June</date>',
            '<date when="1848-06-30">the last of June</date>',
        ),
        "date-order": Rule(
            ERROR,
            "A range ends before it begins",
            "`from` and `notBefore` may not be later than `to` and `notAfter`. A year or a month"
            " stands for all of its days, so `from=“1917-05” to=“1917”` is in order.",
            '<date from="1918" to="1917">the war</date>',
            '<date from="1917-05" to="1917">the war</date>',
        ),
        "date-together": Rule(
            ERROR,
            "A date says the same thing twice",
            "`when` is a date as exact as it is written; a range has a beginning (`from` where it"
            " lasted, `notBefore` where it happened once) and an end (`to` or `notAfter`). TEI's"
            " own rules warn of the same mixtures.",
            '<date when="1848" notBefore="1848-03">spring</date>',
            '<date notBefore="1848-03" notAfter="1848-05">spring</date>',
            elsewhere=WARNING,
        ),
        "language": Rule(
            ERROR,
            "A language tag is none",
            "`xml:lang` and its like take the tags of BCP 47: a code of ISO 639, of two letters"
            " where there is one, then script, region and variants, joined by hyphens. The first"
            " part is looked up, the others are judged by their form.",
            '<foreign xml:lang="ger">Gewissen</foreign>',
            '<foreign xml:lang="de">Gewissen</foreign>',
        ),
        "empty-name": Rule(
            ERROR,
            "A name is empty",
            "There is no word in the element, nor anything that stands for one, such as a gap.",
            "<p>I saw <persName/> today.</p>",
            '<p>I saw <persName><gap reason="illegible"/></persName> today.</p>',
            elsewhere=WARNING,
        ),
        "empty-paragraph": Rule(
            ERROR,
            "A paragraph is empty",
            "There is nothing in it. Blank lines are no paragraphs; what cannot be read is a"
            " `gap`, what was left free is a `space`.",
            "<p> </p>",
            '<p><gap reason="illegible"/></p>',
            elsewhere=WARNING,
        ),
        "wording": Rule(
            ERROR,
            "The words are not those of the source",
            "The words of the text, split at white space, must be those of the source that was"
            " named, all of them and in their order. What an editor added under their own name"
            " is passed over. The first word that differs is told; its place is in the source.",
            "<text><body><p>Dear Sirs,</p></body></text>",
            "<text><body><p>Dear Sir,</p></body></text>",
            source="Dear Sir,\n",
        ),
        "date-without-value": Rule(
            WARNING,
            "A date has no value",
            "The words name a year, but no attribute does: such a date is lost to every table and"
            " timeline. What is not known exactly can be a range.",
            "<text><body><p>It was in <date>the spring of 1848</date>.</p></body></text>",
            '<text><body><p>It was in <date notBefore="1848-03" notAfter="1848-05">the spring of'
            " 1848</date>.</p></body></text>",
        ),
        "date-unresolved": Rule(
            INFO,
            "A date without a year has no value",
            "The words name no year (“Tuesday”, “the 14th”), so their value depends on what else"
            " is known. Where nothing is, it is honest to give none.",
            "<text><body><p>She came on <date>Tuesday</date>.</p></body></text>",
            '<text><body><p>She came on <date when="1848-03-14">Tuesday</date>.</p></body></text>',
        ),
        "name-without-ref": Rule(
            WARNING,
            "A name has no entry",
            "The file keeps a register of such names, and this one is not linked to it: by"
            " `ref`, `key` or otherwise.",
            "<p>I saw <persName>Mrs Bly</persName>.</p>" + BLY.format(""),
            '<p>I saw <persName ref="#person-bly">Mrs Bly</persName>.</p>' + BLY.format(""),
        ),
        "unused-entry": Rule(
            WARNING,
            "An entry is never used",
            "The text points at the entries of its register, but nothing points at this one."
            " A file that is a register only is not judged.",
            '<text><body><p><persName ref="#person-bly">Mrs Bly</persName></p></body></text>'
            + BLY.format("")
            + '<person xml:id="person-orr"><persName>Orr</persName></person>',
            '<text><body><p><persName ref="#person-bly">Mrs Bly</persName></p></body></text>'
            + BLY.format(""),
        ),
        "correspondents": Rule(
            WARNING,
            "A letter has several senders or addressees",
            "Some letters have; in most it means that two letters share one description, or that"
            " a person mentioned became a correspondent.",
            '<correspDesc><correspAction type="sent"><persName>Bly</persName>'
            "<persName>Orr</persName></correspAction></correspDesc>",
            '<correspDesc><correspAction type="sent"><persName>Bly</persName></correspAction>'
            '<correspAction type="received"><persName>Orr</persName></correspAction>'
            "</correspDesc>",
        ),
        "lifetime": Rule(
            WARNING,
            "A letter was sent when its writer was not alive",
            "The date of sending lies before the birth or after the death that the writer's entry"
            " gives. The date, the entry or the link is wrong.",
            BLY.format('<death when="1848-03"/>')
            + '<correspDesc><correspAction type="sent"><persName ref="#person-bly">Bly</persName>'
            '<date when="1849"/></correspAction></correspDesc>',
            BLY.format('<death when="1848-03"/>')
            + '<correspDesc><correspAction type="sent"><persName ref="#person-bly">Bly</persName>'
            '<date when="1848"/></correspAction></correspDesc>',
        ),
    }
)
"""The rules by their codes, which do not change: errors first, then the rest."""

OPENING = """\
# Rules beyond the grammar

What `epistola check` looks for besides the schema. Each rule has a code, which does not
change. An error means that the file is wrong; a warning, that someone should look; the rest
is for information. In a file that Epistola has not made (none whose `appInfo` names it) some
rules are milder, for TEI allows what this encoding does not.

Before any rule is asked, a file must be XML (`xml`) and safe to read (`unsafe`): one file, no
text from others, no more than 64 MB and a million tags and attributes, nested no more than
256 deep. Of the faults by one rule the first 500 are listed (`more`).

This page is made from the catalogue in `checks/rules/catalogue.py`; its examples are run as
tests.
"""


def as_page(catalogue: Mapping[str, Rule] = CATALOGUE) -> str:
    """Return the reference of all rules, in Markdown."""
    return "\n".join([OPENING, *_table(catalogue), "", *_sections(catalogue)])


def _table(catalogue: Mapping[str, Rule]) -> Iterator[str]:
    yield "| code | | what is wrong |"
    yield "|---|---|---|"
    for code, rule in catalogue.items():
        yield f"| [`{code}`](#{code}) | {rule.severity} | {rule.title} |"


def _sections(catalogue: Mapping[str, Rule]) -> Iterator[str]:
    for code, rule in catalogue.items():
        milder = f" In other files: {rule.elsewhere}." if rule.elsewhere else ""
        yield f"## {code}\n"
        yield f"**{rule.title}** ({rule.severity}).{milder} {rule.explanation}\n"
        if rule.source:
            yield f"Source: `{rule.source.strip()}`\n"
        yield f"Wrong:\n\n```xml\n{rule.failing}\n```\n"
        yield f"Right:\n\n```xml\n{rule.passing}\n```\n"
