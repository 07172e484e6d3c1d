"""``epistola train``: learn from the letters of a gold edition which names are names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.cli_options import known_language
from epistola.files import PlanError, within, write_whole
from epistola.model import Finding, Severity
from epistola.terminal import COULD_NOT_RUN, Refusal, called, examples, progress, tell, watched

if TYPE_CHECKING:
    from epistola.evaluate.gold import Gold
    from epistola.mentions.learned.model import Model
    from epistola.training.examples import Example

FEWEST = 20
"""So many gold letters at least must be left in each part that is learned from."""


@click.command(
    "train",
    epilog=examples(
        "train gold/ -o weights/",
        "train gold/ --texts letters/ -o weights/ --data 'Letters of X, CC BY 4.0'",
    ),
)
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the weights go: to a folder for the language in it.",
)
@click.option(
    "--texts",
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Plain letters to learn from besides: a folder of *.txt files, or JSON lines.",
)
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(0),
    default=500,
    show_default=True,
    help="Take so many of the plain letters.",
)
@click.option(
    "--language",
    metavar="CODE",
    default="en",
    show_default=True,
    callback=known_language,
    help="The language of the letters.",
)
@click.option(
    "--data",
    metavar="LINE",
    multiple=True,
    help="A line on the data and their licence, for the model card; may be repeated.",
)
def train_command(
    *,
    gold: Path,
    output: Path,
    texts: Path | None,
    most: int,
    language: str,
    data: tuple[str, ...],
) -> int:
    """Learn from the letters of a gold edition which names are names.

    GOLD_DIR is a folder of TEI files (at any depth) in which persons and places are tagged
    throughout. What is learned is two files of weights, with a card that tells what they were
    learned from and how well they do on letters they have not seen. An edition uses them if
    its edition.toml names the folder.
    """
    from epistola.training.card import Learned, card  # noqa: PLC0415 - recognisers, late
    from epistola.training.examples import from_text  # noqa: PLC0415 - as above
    from epistola.training.fit import fit, held_back  # noqa: PLC0415 - as above
    from epistola.training.held_out import held_out_scores  # noqa: PLC0415 - as above
    from epistola.training.texts import TextsError, plain_letters  # noqa: PLC0415 - as above

    letters, code = gold_letters(gold, language)
    examples_ = [example for _, example in letters if example]
    if len(examples_) < FEWEST:
        message = f"{len(examples_)} letters are tagged throughout, {FEWEST} are needed"
        raise Refusal(f"{click.format_filename(gold)}: {message}: tag more, or name another folder")
    try:
        sources = plain_letters(texts, most) if texts else []
    except TextsError as error:
        raise Refusal(str(error)) from None
    plain = [from_text(source, language) for source in watched(sources, "Reading")]
    progress(f"learning from {len(examples_)} gold letters and {len(plain)} plain ones")
    folds = list(held_back(examples_, plain))
    model = fit(examples_, plain, folds)
    scores = held_out_scores([g for g, _ in letters], folds, language)
    words = sum(len(g.text.split()) for g, example in letters if example)
    learned = Learned(language, len(examples_), words, len(plain), data)
    return max(code, written(output / language, model, card(learned, model, scores)))


def gold_letters(folder: Path, language: str) -> tuple[list[tuple[Gold, Example | None]], int]:
    """Return the letters, each with the example that it is if it is tagged throughout.

    What cannot be read is told, and calls for the exit code.
    """
    from epistola.evaluate.gold import GoldError, read_gold  # noqa: PLC0415 - late
    from epistola.training.examples import from_gold  # noqa: PLC0415 - as above

    try:
        files = within(folder, ".xml")
    except PlanError as error:
        raise Refusal(str(error)) from None
    letters: list[tuple[Gold, Example | None]] = []
    code = 0
    for file in watched(files, "Reading"):
        findings: list[Finding] = []
        try:
            gold = read_gold(file, frozenset({language}), findings.append)
        except GoldError as error:
            fault = Finding(
                Severity.ERROR, "gold", str(error), line=error.line, column=error.column
            )
            findings.append(fault)
            code = COULD_NOT_RUN
        else:
            letters.append((gold, from_gold(gold, language)))
        tell(findings, called(file))
    return letters, code


def written(folder: Path, model: Model, text: str) -> int:
    """Write the weights and their card, and return the exit code that this calls for."""
    from epistola.mentions.learned.model import JUDGE, SUMS, TAGGER, sums  # noqa: PLC0415 - late

    files = {TAGGER: model.tagger, JUDGE: model.judge, "card.md": text.encode()}
    files[SUMS] = sums(model).encode()
    for name, data in files.items():
        try:
            write_whole(folder / name, data)
        except OSError as error:
            message = f"it cannot be written: {error.strerror}"
            tell([Finding(Severity.ERROR, "write", message)], called(folder / name))
            return COULD_NOT_RUN
    return 0
