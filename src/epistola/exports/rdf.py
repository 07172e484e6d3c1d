"""Letters as Linked Data: persons, places, works, letters and mentions, in Turtle or JSON-LD.

The vocabularies are CIDOC CRM 7.1 and schema.org; where a name stands and how sure it is is
said with NIF 2.0 and ITS-RDF. ``schemas/letters-shapes.ttl`` says in SHACL what may be
expected. Each letter is written when it is read, so nothing is kept but the keys of entries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote

from epistola.exports import Choice, ExportError, LettersFormat, Part
from epistola.exports.addresses import ADDRESS, addresses
from epistola.exports.days import Bounds, bounds
from epistola.exports.entries import Known, T
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Mention, Named
from epistola.model import Finding, Severity

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "crm": "http://www.cidoc-crm.org/cidoc-crm/",
        "schema": "https://schema.org/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
        "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "person": ("crm:E21_Person", "schema:Person"),
        "org": ("crm:E74_Group", "schema:Organization"),
        "place": ("crm:E53_Place", "schema:Place"),
        "event": ("crm:E5_Event", "schema:Event"),
        "work": ("crm:E73_Information_Object", "schema:CreativeWork"),
        "term": ("crm:E55_Type", "schema:DefinedTerm"),
        "object": ("crm:E22_Human-Made_Object", "schema:Thing"),
    }
)
"""Kind of entry -> what it is in CIDOC CRM, and in schema.org."""
OTHER = ("crm:E1_CRM_Entity", "schema:Thing")
BASE = "https://example.org/"
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
KEPT = "/-_.~"
"""What stays in an address beside letters and digits."""

Node = dict[str, object]
"""A subject and what is said of it, as JSON-LD has it."""


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Where things are: letters and entries below ``base``; ``done`` are entries written."""

    base: str
    done: set[str] = field(default_factory=set)

    def letter(self, one: ExportedLetter) -> str:
        return f"{self.base}letter/{quote(one.name, safe=KEPT)}"

    def entry(self, key: str) -> str:
        return f"{self.base}entry/{quote(key, safe=KEPT)}"


def write(letters: Letters) -> Iterator[Part]:
    """Yield the graph of ``letters`` in the syntax that is chosen."""
    base = letters.choices["base"]
    if not ADDRESS.fullmatch(base):
        raise ExportError(f"--set base={base}: write an address, as {BASE}")
    at = _Addresses(base if base.endswith(("/", "#")) else f"{base}/")
    nodes = _nodes(letters, at)
    yield from _json_ld(nodes) if letters.choices["syntax"] == "jsonld" else _turtle(nodes)
    if base == BASE:
        said = f"the addresses begin with {BASE}: --set base=… says where yours begin"
        letters.report(Finding(Severity.WARNING, "no-base", said))


def _nodes(letters: Letters, at: _Addresses) -> Iterator[Node]:
    for letter in letters:
        yield from _letter(letter, at)
        for number, mention in enumerate(letter.mentions, 1):
            yield _mention(letter, mention, number, at)
        for entry in letter.entries:
            if entry.key not in at.done:
                at.done.add(entry.key)
                yield _entry(entry, at)


# ---- what is said


def _letter(letter: ExportedLetter, at: _Addresses) -> Iterator[Node]:
    own = at.letter(letter)
    when = bounds(letter.date.dating) if letter.date is not None else Bounds()
    mentioned = dict.fromkeys(entry.key for m in letter.mentions for entry in m.entries)
    language = letter.language if LANGUAGE.fullmatch(letter.language) else ""
    yield {
        "@id": own,
        "@type": ["crm:E33_Linguistic_Object", "schema:Message"],
        "rdfs:label": letter.title,
        "schema:name": letter.title,
        "schema:inLanguage": language,
        "schema:sender": [*_who(letter.sender, at)],
        "schema:recipient": [*_who(letter.addressee, at)],
        "schema:dateCreated": _date(letter),
        "schema:mentions": [{"@id": at.entry(key)} for key in mentioned],
        "crm:P106_is_composed_of": [
            {"@id": f"{own}#m{number}"} for number, _ in enumerate(letter.mentions, 1)
        ],
    }
    places = [entry for act in letter.actions if act.type == "sent" for p in act.places
              for entry in p.entries]  # fmt: skip
    yield {
        "@id": f"{own}#writing",
        "@type": ["crm:E65_Creation"],
        "crm:P94_has_created": {"@id": own},
        "crm:P14_carried_out_by": [*_known(letter.sender, at)],
        "crm:P7_took_place_at": [{"@id": at.entry(entry.key)} for entry in places],
        "crm:P4_has_time-span": {"@id": f"{own}#time"} if when != Bounds() else "",
    }
    if when != Bounds():
        yield {
            "@id": f"{own}#time",
            "@type": ["crm:E52_Time-Span"],
            "crm:P82a_begin_of_the_begin": _day(when.first),
            "crm:P82b_end_of_the_end": _day(when.last),
        }


def _known(who: Iterable[Named], at: _Addresses) -> Iterator[Node]:
    for key in dict.fromkeys(entry.key for one in who for entry in one.entries):
        yield {"@id": at.entry(key)}


def _who(who: Iterable[Named], at: _Addresses) -> Iterator[Node | str]:
    """Yield who is meant; the words of the name where no entry says it."""
    for one in who:
        yield from _known([one], at)
        if not one.entries and one.text.strip():
            yield " ".join(one.text.split())


def _date(letter: ExportedLetter) -> Node | str:
    value = letter.date.dating.get("when", "") if letter.date is not None else ""
    kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
    type_ = kinds.get(len(value)) if bounds({"when": value}) != Bounds() else None
    return {"@value": value, "@type": type_} if type_ else ""


def _day(value: str) -> Node | str:
    return {"@value": value, "@type": "xsd:date"} if value else ""


def _mention(letter: ExportedLetter, one: Mention, number: int, at: _Addresses) -> Node:
    integer, start, end = "xsd:nonNegativeInteger", one.span.start, one.span.end
    return {
        "@id": f"{at.letter(letter)}#m{number}",
        "@type": ["crm:E90_Symbolic_Object", "nif:String"],
        "crm:P190_has_symbolic_content": one.text,
        "schema:additionalType": one.kind,
        "crm:P67_refers_to": [{"@id": at.entry(entry.key)} for entry in one.entries],
        "schema:sameAs": [] if one.entries else [{"@id": a} for a in addresses(one)],
        "nif:beginIndex": {"@value": str(start), "@type": integer},
        "nif:endIndex": {"@value": str(end), "@type": integer},
        "itsrdf:taConfidence": {"@value": f"{one.certainty:.2f}", "@type": "xsd:decimal"},
    }


def _entry(entry: Known, at: _Addresses) -> Node:
    own = at.entry(entry.key)
    return {
        "@id": own,
        "@type": list(CLASSES.get(entry.kind, OTHER)),
        "rdfs:label": entry.name,
        "schema:name": entry.name,
        "schema:alternateName": list(entry.names[1:]),
        "schema:sameAs": [{"@id": address} for address in addresses(entry)],
        "schema:description": entry.note,
        **(_life(entry) if entry.kind == "person" else {}),
        **(_point(entry) if entry.kind == "place" else {}),
    }


def _life(entry: Known) -> Node:
    """Return when a person was born and died, where the register says so with a day or year."""
    element = entry.element()
    said: Node = {}
    for name, predicate in (("birth", "schema:birthDate"), ("death", "schema:deathDate")):
        found = element.find(f"{T}{name}[@when]")
        if found is not None:
            said[predicate] = str(found.get("when"))
    return said


def _point(entry: Known) -> Node:
    if entry.coordinates is None:
        return {}
    north, east = (f"{degrees:.6f}" for degrees in entry.coordinates)
    decimals = [{"@value": value, "@type": "xsd:decimal"} for value in (north, east)]
    wkt = f"POINT({east} {north})"
    return {
        "schema:latitude": decimals[0],
        "schema:longitude": decimals[1],
        "crm:P168_place_is_defined_by": wkt,
    }


# ---- how it is written


def _json_ld(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the nodes as JSON-LD 1.1, one to a line."""
    yield f'{{"@context": {json.dumps(dict(PREFIXES))},\n"@graph": ['
    between = "\n"
    for node in nodes:
        kept = {name: value for name, value in node.items() if value not in ("", [])}
        yield between + json.dumps(kept, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _turtle(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the nodes as RDF 1.1 Turtle."""
    for prefix, address in PREFIXES.items():
        yield f"@prefix {prefix}: <{address}> .\n"
    for node in nodes:
        said = [f"{_predicate(n)} {', '.join(objects)}" for n, v in node.items()
                if n != "@id" and (objects := _objects(n, v))]  # fmt: skip
        yield f"\n<{node['@id']}> " + " ;\n    ".join(said) + " .\n"


def _predicate(name: str) -> str:
    return "a" if name == "@type" else name


def _objects(name: str, value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one) if name == "@type" else _object(one) for one in values if one != ""]


def _object(value: object) -> str:
    """Return a thing or a word as Turtle has it; what JSON escapes, Turtle escapes alike."""
    if not isinstance(value, dict):
        return json.dumps(str(value), ensure_ascii=False)
    if "@id" in value:
        return f"<{value['@id']}>"
    return f"{json.dumps(value['@value'], ensure_ascii=False)}^^{value['@type']}"


FORMAT = LettersFormat(
    write,
    "Linked Data (Turtle, JSON-LD) in CIDOC CRM and schema.org",
    ".ttl",
    keeps="letters with sender, addressee, place, time; persons, organisations, places, events,"
    " works with names and authority numbers; each mention with its words, place, certainty",
    loses="the text but for mentions, parts of the letter, who is responsible for a tag",
    choices=(
        Choice("syntax", ("turtle", "jsonld"), "how it is written"),
        Choice("base", (BASE,), "what the addresses of letters and entries begin with"),
    ),
)
