"""Check a document by the rules of an ISO Schematron schema, with XPath 2 and 3.

libxml2 knows XPath 1 only, so this needs Saxon (``pip install 'epistola[schematron]'``). Each
pattern of the schema becomes one XPath 3.1 expression, whose value is all there is to
report; Saxon evaluates it and nothing else (ISO/IEC 19757-3:2020, clauses 5 and 6).

Known are schema, ns, let, phase, active, pattern (abstract, is-a, param), rule (abstract,
extends), assert, report and all that their messages may hold, diagnostics. Whatever else
would change a verdict (include, XSLT's functions and keys) is refused by name and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from epistola.checks.positions import Positions
from epistola.checks.schemas import SCH, SchemaError, parsed
from epistola.model import Finding, Severity

OLD = "{http://www.ascc.net/xml/schematron}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"

BINDINGS = frozenset(
    ("", "xslt", "xslt1", "xslt2", "xslt3", "xpath", "xpath2", "xpath3", "xpath31")
)
"""The query languages whose expressions XPath 3.1 can evaluate."""

PROSE = frozenset(("title", "p", "icon", "properties", "diagnostics"))
KNOWN: Mapping[str, frozenset[str]] = {
    "schema": PROSE | {"ns", "let", "phase", "pattern"},
    "phase": PROSE | {"active", "let"},
    "pattern": PROSE | {"let", "rule", "param"},
    "rule": PROSE | {"let", "assert", "report", "extends"},
}
"""The children each element may have; prose says nothing that can be checked."""

FAR = frozenset(("documents", "visit-each", "href"))
"""Attributes that lead a check to other documents, nodes or schemas."""

WARNINGS = frozenset(("warn", "warning", "nonfatal", "non-fatal", "caution"))
INFORMATION = frozenset(("info", "information", "informational", "hint", "notice", "debug"))

TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"|'[^']*'|\(:.*?:\))
    | (?P<current>(?<![\w.$:-])current\s*\(\s*\))
    | (?P<function>(?<![\w.$:-])(?:key|document|current-group|current-grouping-key
        |regex-group|system-property|unparsed-entity-(?:uri|public-id)|copy-of)(?=\s*\())""",
    re.VERBOSE | re.DOTALL,
)
"""Where an expression leaves XPath for XSLT; what stands in quotation marks is passed over."""

VARIABLE = re.compile(r"\$([\w.:-]+)")
BOUND = re.compile(r"\$([\w.:-]+)(?=\s*(?::=|\bin\b|\bas\b))")
PARAMETERS = re.compile(r"\bfunction\s*\(([^)]*)\)")
"""Where an expression binds variables itself: for, let, some, every, inline functions."""

CURRENT = "$epistola-current"
STEP = re.compile(r"/Q\{([^}]*)\}([^\[/]+)(\[\d+\])")
ATTRIBUTE = re.compile(r"/@(?:Q\{([^}]*)\})?([^/\[]+)$")
ANYWHERE = "/descendant-or-self::node()/"
SETTINGS = {"allowedProtocols": "file", "suppressXPathWarnings": "true"}
"""What Saxon is told: stay off the network, and do not write to standard error."""

MISSING = "Schematron needs Saxon, which is not installed: pip install 'epistola[schematron]'"


@dataclass(frozen=True, slots=True)
class Let:
    """A variable: the XPath expression of its value, and the line that declares it."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Check:
    """An assert or report: it speaks where ``test`` is true; ``message`` is an expression."""

    code: str
    severity: Severity
    test: str
    message: str
    subject: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What is checked of the nodes that ``context``, a pattern of XSLT, matches."""

    context: str
    lets: tuple[Let, ...]
    checks: tuple[Check, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rules of which only the first that matches a node is applied to it."""

    lets: tuple[Let, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, eq=False)
class Schematron:
    """A schema as far as it is active, ready to be evaluated."""

    path: Path
    namespaces: Mapping[str, str]
    lets: tuple[Let, ...]
    patterns: tuple[Pattern, ...]


# ---- reading a schema


def load_schematron(path: Path, phase: str = "#DEFAULT") -> Schematron:
    """Return the schema at ``path`` with the patterns that ``phase`` makes active.

    Raises SchemaError for a file that is no Schematron, or uses what is not supported here.
    """
    root = _parsed(path)
    reader = _Reader(path, root)
    reader.refuse_unknown()
    active, lets = reader.phase(phase)
    patterns = [one for one in root.iterchildren(f"{SCH}pattern") if _is_active(one, active)]
    schema = Schematron(
        path,
        {one.get("prefix", ""): one.get("uri", "") for one in root.iterchildren(f"{SCH}ns")},
        (*reader.lets(root, {}), *lets),
        tuple(reader.pattern(one) for one in patterns if one.get("abstract") != "true"),
    )
    _refuse_undeclared(schema)
    return schema


def _parsed(path: Path) -> etree._Element:
    root = parsed(path, "schema")
    if root.tag.startswith(OLD):
        raise SchemaError(f"{path}: this is Schematron 1.5; move it to the namespace {SCH[1:-1]}")
    if root.tag != f"{SCH}schema":
        raise SchemaError(
            f"{path}: this is no Schematron schema: its outermost element is {root.tag}"
        )
    binding = root.get("queryBinding", "").lower()
    if binding not in BINDINGS:
        raise SchemaError(f"{path}: queryBinding=“{binding}” is not supported; XPath and XSLT are")
    return root


def _is_active(pattern: etree._Element, active: frozenset[str] | None) -> bool:
    return active is None or pattern.get("id") in active


@dataclass(frozen=True)
class _Reader:
    """Reads the declarations of one schema; its path is for what is said of them."""

    path: Path
    root: etree._Element

    def refused(self, node: etree._Element, problem: str) -> SchemaError:
        return SchemaError(f"{self.path}:{node.sourceline}: {problem}")

    def refuse_unknown(self) -> None:
        """Refuse what would change a verdict and is not known; pass over other vocabularies."""
        for node in self.root.iter("{*}*"):
            if node.tag.startswith(XSL):
                name = f"xsl:{node.tag.removeprefix(XSL)}"
                raise self.refused(node, f"{name} is XSLT, which is not supported: say it in XPath")
            parent = node.getparent()
            if parent is not None and node.tag.startswith(SCH):
                self.refuse_unknown_in(parent.tag.removeprefix(SCH), node)

    def refuse_unknown_in(self, inside: str, node: etree._Element) -> None:
        """Refuse an element that is not known in its parent, or leads to other documents."""
        name = node.tag.removeprefix(SCH)
        if name == "include" or name not in KNOWN.get(inside, {name}):
            message = f"{name} in {inside} is not supported: write it out in this file"
            raise self.refused(node, message)
        for attribute in FAR.intersection(map(str, node.attrib)):
            raise self.refused(node, f"the attribute {attribute} is not supported")

    def phase(self, name: str) -> tuple[frozenset[str] | None, tuple[Let, ...]]:
        """Return the ids of the patterns that are active (None: all), and the phase's variables."""
        if name == "#DEFAULT":
            name = self.root.get("defaultPhase", "#ALL")
        if name == "#ALL":
            return None, ()
        phases = {one.get("id", ""): one for one in self.root.iterchildren(f"{SCH}phase")}
        if name not in phases:
            known = ", ".join(phases) or "none"
            raise SchemaError(f"{self.path}: there is no phase “{name}”; there are {known}")
        active = phases[name].iterchildren(f"{SCH}active")
        return frozenset(one.get("pattern", "") for one in active), self.lets(phases[name], {})

    def pattern(self, pattern: etree._Element) -> Pattern:
        """Return ``pattern``, or what it makes of the abstract pattern it is an instance of."""
        values: dict[str, str] = {}
        if (base := pattern.get("is-a")) is not None:
            values = {
                one.get("name", ""): one.get("value", "") for one in pattern.iter(f"{SCH}param")
            }
            pattern = self.abstract(pattern, "pattern", base)
        rules = [one for one in pattern.iterchildren(f"{SCH}rule") if one.get("abstract") != "true"]
        return Pattern(self.lets(pattern, values), tuple(self.rule(one, values) for one in rules))

    def rule(self, rule: etree._Element, values: Mapping[str, str]) -> Rule:
        context = self.expression(rule, "context", values)
        if CURRENT in context:
            raise self.refused(rule, "current() in the context of a rule is not supported")
        lets, checks = self.body(rule, values, (rule.get("id", ""),))
        return Rule(context, lets, checks, _line(rule))

    def body(
        self, rule: etree._Element, values: Mapping[str, str], within: tuple[str, ...]
    ) -> tuple[tuple[Let, ...], tuple[Check, ...]]:
        """Return what ``rule`` declares and checks, with what it takes from abstract rules."""
        lets, checks = list(self.lets(rule, values)), list[Check]()
        for child in rule.iterchildren(f"{SCH}*"):
            if child.tag == f"{SCH}extends":
                name = self.needed(child, "rule")
                if name in within:
                    raise self.refused(child, f"the rule “{name}” extends itself")
                more = self.body(self.abstract(child, "rule", name), values, (*within, name))
                lets[:0], checks[len(checks) :] = more
            elif child.tag in (f"{SCH}assert", f"{SCH}report"):
                checks.append(self.check(child, values))
        return tuple(lets), tuple(checks)

    def check(self, node: etree._Element, values: Mapping[str, str]) -> Check:
        test = self.expression(node, "test", values)
        subject = node.get("subject") and self.expression(node, "subject", values)
        return Check(
            node.get("id") or "schematron",
            _severity(node),
            f"not(({test}))" if node.tag == f"{SCH}assert" else f"boolean(({test}))",
            self.message(node, values),
            f"(({subject}), .)[1]" if subject else ".",
            _line(node),
        )

    def message(self, node: etree._Element, values: Mapping[str, str]) -> str:
        """Return an expression for the text of an assert or report, white space made plain."""
        parts = list(self.parts(node, values))
        named = {one.get("id", ""): one for one in self.root.iter(f"{SCH}diagnostic")}
        for name in node.get("diagnostics", "").split():
            if name not in named:
                raise self.refused(node, f"there is no diagnostic “{name}”")
            parts += [_literal(" "), *self.parts(named[name], values)]
        return f"normalize-space(string-join(({', '.join(parts)})))"

    def parts(self, node: etree._Element, values: Mapping[str, str]) -> Iterator[str]:
        yield _literal(node.text)
        for child in node:
            if child.tag == f"{SCH}value-of":
                yield f"string-join(({self.expression(child, 'select', values)}) ! string(.), ' ')"
            elif child.tag == f"{SCH}name":
                path = self.expression(child, "path", values) if child.get("path") else "."
                yield f"name(({path})[1])"
            elif isinstance(child.tag, str):
                yield from self.parts(child, values)
            yield _literal(child.tail)

    def lets(self, parent: etree._Element, values: Mapping[str, str]) -> tuple[Let, ...]:
        lets = parent.iterchildren(f"{SCH}let")
        return tuple(
            Let(self.needed(one, "name"), self.expression(one, "value", values), _line(one))
            for one in lets
        )

    def abstract(self, node: etree._Element, kind: str, name: str) -> etree._Element:
        for found in self.root.iter(f"{SCH}{kind}"):
            if found.get("id") == name and found.get("abstract") == "true":
                return found
        raise self.refused(node, f"there is no abstract {kind} “{name}”")

    def expression(self, node: etree._Element, name: str, values: Mapping[str, str]) -> str:
        """Return the expression in an attribute, parameters filled in, ``current()`` a variable."""
        text = self.needed(node, name)
        for parameter in sorted(values, key=len, reverse=True):
            text = re.sub(rf"\${re.escape(parameter)}(?![\w.-])", lambda _: values[parameter], text)  # noqa: B023 - called at once
        if not _is_balanced(text):
            raise self.refused(node, f"the parentheses in “{text}” do not match")
        for found in TOKEN.finditer(text):
            if found["function"]:
                message = f"{found['function']}() is XSLT, which is not supported: say it in XPath"
                raise self.refused(node, message)
        return TOKEN.sub(lambda found: CURRENT if found["current"] else found[0], text)

    def needed(self, node: etree._Element, name: str) -> str:
        value = node.get(name)
        if value is None or not value.strip():
            raise self.refused(node, f"{node.tag.removeprefix(SCH)} has no {name}")
        return value


def _is_balanced(expression: str) -> bool:
    """Return whether ``expression`` stays one expression when it stands in parentheses."""
    depth = 0
    for char in TOKEN.sub(lambda found: "" if found["literal"] else found[0], expression):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0


def _line(node: etree._Element) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) else 0


def _severity(node: etree._Element) -> Severity:
    """Return how bad a finding is: an error, unless the check or its rule says less."""
    for one in (node, node.getparent()):
        words = (one.get("severity") or one.get("role") or "") if one is not None else ""
        if words.lower() in WARNINGS:
            return Severity.WARNING
        if words.lower() in INFORMATION:
            return Severity.INFO
        if words:
            return Severity.ERROR
    return Severity.ERROR


def _literal(text: str | None) -> str:
    return '"' + (text or "").replace('"', '""') + '"'


def _expressions(
    schema: Schematron, pattern: Pattern
) -> Iterator[tuple[int, str, tuple[Let, ...]]]:
    """Yield line and text of every expression, with the variables that it may use."""
    outer = (*schema.lets, *pattern.lets)
    yield from ((let.line, let.value, outer[:at]) for at, let in enumerate(outer))
    for rule in pattern.rules:
        yield rule.line, rule.context, outer
        lets = (*outer, *rule.lets)
        for at, let in enumerate(rule.lets, len(outer)):
            yield let.line, let.value, lets[:at]
        for check in rule.checks:
            for expression in (check.test, check.subject, check.message):
                yield check.line, expression, lets


def _refuse_undeclared(schema: Schematron) -> None:
    """Refuse a variable that is not declared: Saxon would take it for a parameter."""
    for pattern in schema.patterns:
        for line, expression, lets in _expressions(schema, pattern):
            text = TOKEN.sub(lambda found: " " if found["literal"] else found[0], expression)
            known = {let.name for let in lets} | _bound(text)
            for name in VARIABLE.findall(text):
                if name not in known and name != CURRENT[1:]:
                    message = f"the variable ${name} is not declared"
                    raise SchemaError(f"{schema.path}:{line}: {message}")


def _bound(expression: str) -> set[str]:
    parameters = " ".join(PARAMETERS.findall(expression))
    return {*BOUND.findall(expression), *VARIABLE.findall(parameters)}


# ---- from a pattern to one expression

ITSELF = Let(CURRENT[1:], ".", 0)


def _query(schema: Schematron, pattern: Pattern, only: Check | None = None) -> str:
    """Return an expression whose value is JSON: check by check, what it says, and of which node."""
    contexts, reports, number = list[str](), list[str](), 0
    for at, rule in enumerate(pattern.rules):
        earlier = " | ".join(f"$epistola-rule{before}" for before in range(at))
        nodes = _nodes(rule.context) + (f" except ({earlier})" if earlier else "")
        contexts.append(f"$epistola-rule{at} := {nodes}")
        said = []
        for check in rule.checks:
            if only in (None, check):
                found = f"array {{ {number}, path({check.subject}), {check.message} }}"
                said.append(f"if ({check.test}) then {found} else ()")
            number += 1
        lets = _lets([ITSELF, *rule.lets])
        reports.append(f"$epistola-rule{at} ! ({lets} ({', '.join(said)}))")
    body = f"let {', '.join(contexts)} return ({', '.join(reports)})" if contexts else "()"
    lets = _lets([ITSELF, *schema.lets, *pattern.lets])
    return f"serialize(array {{ {lets} ({body}) }}, map {{ 'method': 'json' }})"


def _nodes(context: str) -> str:
    """Return an expression for the nodes that a pattern of XSLT matches (XSLT 3.0, 5.5.3)."""
    if context.startswith("/") and "|" not in context:
        return f"({context}\n)"
    return f"({ANYWHERE}({context}\n))"


def _lets(lets: Iterable[Let]) -> str:
    return " ".join(f"let ${one.name} := ({one.value}\n) return" for one in lets)


# ---- evaluating


def check_schematron(
    tree: etree._ElementTree, positions: Positions | None, schema: Schematron
) -> list[Finding]:
    """Return what the rules of ``schema`` say of ``tree``, in the order of the schema.

    ``positions`` are those of the file that ``tree`` was parsed from; without them, findings
    have lines alone. A test that cannot be evaluated on this document is a finding as well.

    Raises SchemaError where Saxon is not installed, or an expression is no XPath.
    """
    engine = _engine(schema)
    engine.read(tree)
    said = [one for pattern in schema.patterns for one in _said(engine, schema, pattern)]
    return [_finding(check, path, message, tree, positions) for check, path, message in said]


class _Engine:
    """Saxon, told of the namespaces of one schema; it remembers what it has compiled."""

    def __init__(self, schema: Schematron) -> None:
        self.processor, self.fault = _saxon()
        self.xpath = self.processor.new_xpath_processor()
        self.xpath.set_caching(True)
        self.xpath.set_base_uri(schema.path.absolute().as_uri())
        for prefix, uri in schema.namespaces.items():
            self.xpath.declare_namespace(prefix, uri)

    def read(self, tree: etree._ElementTree | etree._Element) -> None:
        """Make ``tree`` what expressions are about, its document type left out."""
        root = tree.getroot() if isinstance(tree, etree._ElementTree) else tree  # noqa: SLF001 - lxml names its types so
        if next(root.iter(etree.Entity), None) is not None:
            root = deepcopy(root)
            etree.strip_tags(root, etree.Entity)
        text = etree.tostring(root, encoding="unicode", with_tail=False)
        self.xpath.set_context(xdm_item=self.processor.parse_xml(xml_text=text))

    def evaluate(self, query: str) -> str:
        """Return the one string that ``query`` yields; raises ``fault``."""
        value = self.xpath.evaluate_single(query)
        return "" if value is None else str(value.string_value)

    def problem(self, query: str) -> str:
        """Return why ``query`` is no XPath, if it is none; nothing of it is evaluated."""
        try:  # not false(): Saxon 13 would fold the whole, and trips over that
            self.evaluate(f"if (current-date() ne current-date()) then ({query}) else ()")
        except self.fault as error:
            return " ".join(str(error).split())
        return ""


@cache
def _saxon() -> tuple[Any, type[Exception]]:
    try:
        import saxonche  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        raise SchemaError(MISSING) from None
    processor = saxonche.PySaxonProcessor(license=False)
    for name, value in SETTINGS.items():
        processor.set_configuration_property(f"http://saxon.sf.net/feature/{name}", value)
    return processor, saxonche.PySaxonApiError


@lru_cache(maxsize=8)
def _engine(schema: Schematron) -> _Engine:
    engine = _Engine(schema)
    engine.read(etree.Element("none"))
    for pattern in schema.patterns:
        if problem := engine.problem(_query(schema, pattern)):
            raise _broken(engine, schema, pattern) or SchemaError(f"{schema.path}: {problem}")
    return engine


def _broken(engine: _Engine, schema: Schematron, pattern: Pattern) -> SchemaError | None:
    """Return what is wrong with the first expression of ``pattern`` that is no XPath."""
    for line, expression, lets in _expressions(schema, pattern):
        if problem := engine.problem(f"{_lets([ITSELF, *lets])} ({expression}\n)"):
            return SchemaError(f"{schema.path}:{line}: “{expression}”: {problem}")
    return None


def _said(
    engine: _Engine, schema: Schematron, pattern: Pattern
) -> Iterator[tuple[Check, str, str]]:
    """Yield each check that speaks, the path of the node that it is about, and its message."""
    checks = [check for rule in pattern.rules for check in rule.checks]
    try:
        found = json.loads(engine.evaluate(_query(schema, pattern)))
    except engine.fault:
        for check in checks:
            yield from _said_alone(engine, schema, pattern, check)
        return
    for number, path, message in found:
        yield checks[number], path, message


def _said_alone(
    engine: _Engine, schema: Schematron, pattern: Pattern, check: Check
) -> Iterator[tuple[Check, str, str]]:
    """Yield what one check says, or that it cannot be evaluated."""
    try:
        found = json.loads(engine.evaluate(_query(schema, pattern, check)))
    except engine.fault as error:
        why = " ".join(str(error).split())
        message = f"the test in line {check.line} of {schema.path.name} cannot be evaluated: {why}"
        yield replace(check, severity=Severity.ERROR), "/", message
        return
    for _, path, message in found:
        yield check, path, message


def _finding(
    check: Check, path: str, message: str, tree: etree._ElementTree, positions: Positions | None
) -> Finding:
    element = _element(tree, path)
    attribute = ATTRIBUTE.search(path)
    if positions is None:
        line, column = _line(element), 1
    elif attribute:
        namespace = f"{{{attribute[1]}}}" if attribute[1] else ""
        line, column, _ = positions.attribute(element, namespace + attribute[2])
    else:
        line, column = positions.of(element)
    return Finding(check.severity, check.code, message, line=line, column=column)


def _element(tree: etree._ElementTree, path: str) -> etree._Element:
    """Return the element at the path that Saxon gives, or the one that holds the node there."""
    steps = [f"{{{step[1]}}}{step[2]}{step[3]}" for step in STEP.finditer(path)]
    root = tree.getroot()
    found = (
        root.find("/".join(step.removeprefix("{}") for step in steps[1:])) if steps[1:] else root
    )
    return root if found is None else found
