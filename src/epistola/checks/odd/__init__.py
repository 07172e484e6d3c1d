"""From an ODD to the schemas and the reference that it stands for.

An ODD ("one document does it all", TEI Guidelines, chapter 22) declares a schema in
TEI. Read in this order: ``nodes`` (the little that all need), ``syntax`` (what is
understood; anything else is refused by name and line, for a constraint that is skipped in
silence is a schema that lies), ``collect`` (which declarations an ODD holds and which it
takes from the Guidelines), ``merge`` (what it changes in those), ``attributes`` (what an
element has of its classes), and the writers ``relaxng``, ``schematron`` and ``reference``.
"""

from epistola.checks.odd.collect import Odd, load_odd
from epistola.checks.odd.nodes import RNG, TEI, OddError, parse_odd, serialise
from epistola.checks.odd.reference import reference
from epistola.checks.odd.relaxng import relaxng
from epistola.checks.odd.schematron import schematron

__all__ = [
    "RNG",
    "TEI",
    "Odd",
    "OddError",
    "load_odd",
    "parse_odd",
    "reference",
    "relaxng",
    "schematron",
    "serialise",
]
