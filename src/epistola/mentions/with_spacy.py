"""spaCy's entities as mentions: a recogniser that an edition may name, and an example of one.

    [recognise]
    recognisers = ["spacy"]

    [recognise.spacy]
    model = "en_core_web_sm"
    labels = ["PERSON", "GPE", "LOC", "ORG"]

It needs the extra ``epistola[spacy]`` and a model, and is loaded only when it is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from epistola.mentions import Recogniser
from epistola.mentions.plugins import Option, RecogniserError
from epistola.model import Annotation, Letter, Source, Span

if TYPE_CHECKING:
    from epistola.gazetteer import Names

MODEL = "en_core_web_sm"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "PERSON": "person",
        "PER": "person",
        "GPE": "place",
        "LOC": "place",
        "FAC": "place",
        "ORG": "org",
        "EVENT": "event",
        "WORK_OF_ART": "title",
        "DATE": "date",
    }
)
"""The labels of spaCy's models (OntoNotes; PER is WikiNER's) and our kinds."""
CERTAINTY = 0.5
"""Of its names in letters of the nineteenth century, about every other one is right."""
UNUSED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "morphologizer")
"""Parts of a model that finding names does not need, and most of its time."""
PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\S\n]*[^\s][^\n]*)*")


def recogniser(options: Mapping[str, Option]) -> Recogniser:
    """Return a recogniser that claims what a model of spaCy finds.

    ``options`` are ``model``, the name of an installed model or the path of one, and
    ``labels``, those of its labels that are wanted. Raises RecogniserError that says what
    to install, or which option is wrong.
    """
    if unknown := sorted(set(options) - {"model", "labels"}):
        raise RecogniserError(
            f"recognise.spacy has no option “{unknown[0]}”; there are model, labels"
        )
    kinds = _kinds(options.get("labels", tuple(KINDS)))
    model = options.get("model", MODEL)
    if not isinstance(model, str):
        raise RecogniserError("recognise.spacy.model must be the name of one model")
    find = _model(model)

    def recognise(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
        del letter, names
        spans = [match.span() for match in PARAGRAPH.finditer(source.text)]
        docs = find.pipe(source.text[start:end] for start, end in spans)
        for (start, _), doc in zip(spans, docs, strict=True):
            yield from _claims(doc.ents, kinds, start)

    return recognise


def _kinds(labels: Option) -> Mapping[str, str]:
    """Return the kinds of the wanted ``labels``; raises RecogniserError for an unknown one."""
    wanted = labels.split() if isinstance(labels, str) else labels
    if odd := next((label for label in wanted if label not in KINDS), ""):
        known = ", ".join(KINDS)
        raise RecogniserError(
            f"recognise.spacy.labels: no label “{odd}” is known; there are {known}"
        )
    return {label: KINDS[label] for label in wanted}


def _model(name: str) -> Any:
    """Return the model called ``name``; raises RecogniserError where it is not there."""
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise RecogniserError(
            "the recogniser “spacy” needs spaCy; install it with: pip install 'epistola[spacy]'"
        ) from error
    try:
        return spacy.load(name, exclude=UNUSED)
    except OSError as error:
        raise RecogniserError(
            f"spaCy has no model “{name}”; install it with: python -m spacy download {name}"
        ) from error


def _claims(entities: Iterable[Any], kinds: Mapping[str, str], start: int) -> Iterator[Annotation]:
    """Yield the entities of a text that begins at ``start``, without white space at their edges."""
    for entity in entities:
        kind, text = kinds.get(entity.label_), entity.text
        if kind and text.strip():
            first = start + entity.start_char + len(text) - len(text.lstrip())
            span = Span(first, first + len(text.strip()))
            yield Annotation(span, kind, entity.label_.lower(), certainty=CERTAINTY)
