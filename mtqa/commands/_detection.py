"""Runs the linter on marked texts and measures what it finds."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mtqa.evaluate.marked import Marked
    from mtqa.evaluate.results import Result
    from mtqa.glossary import Glossary

_MANY = 20
MAX_SAMPLES = 100_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `mtqa evaluate detection`."""
    parser.add_argument(
        "--model", metavar="DIR", help='the classifier to measure, or "none" for the rules alone (default: press-small)'
    )
    add_shared(parser)
    parser.add_argument("--output", "-o", type=Path, metavar="HTML", help="write a page with plots and all tables")
    parser.add_argument(
        "--save", type=Path, metavar="JSON", help="keep the results, text by text, for mtqa evaluate compare"
    )


def add_shared(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that say what is run on which data."""
    parser.add_argument(
        "--data", action="append", type=Path, default=[], metavar="D", help="marked texts; may be repeated"
    )
    parser.add_argument(
        "--clean",
        action="append",
        type=Path,
        default=[],
        metavar="TEXT",
        help="good English, a file or folder: each flag in it is a false alarm; may be repeated",
    )
    parser.add_argument(
        "--source",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="use the Chinese where the data have it (default), or do without",
    )
    parser.add_argument("--notes", action="store_true", help="count notes as flagged, too")
    parser.add_argument(
        "--glossary", "-g", action="append", type=Path, default=[], metavar="TSV", help="a further glossary"
    )
    parser.add_argument("--no-bundled", action="store_true", help="leave out the glossaries that come with mtqa")
    for flag, what in (("--select", "only these rules"), ("--ignore", "not these rules or terms")):
        parser.add_argument(
            flag, action="append", default=[], metavar="RULES", help=f"{what}, separated by commas; in each text"
        )
    parser.add_argument(
        "--config", type=Path, metavar="TOML", help="settings (default: the nearest mtqa.toml or pyproject.toml)"
    )
    parser.add_argument(
        "--samples", type=_samples, default=1000, metavar="N", help="bootstrap samples for intervals (default: 1000)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="seed of the samples (default: 1)")
    # What a review waved through, and what fails a build, are no measure of a model.
    parser.set_defaults(fail_on=None, no_waved=True)


def _samples(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    if not 1 <= number <= MAX_SAMPLES:
        raise argparse.ArgumentTypeError(f"{text!r} found; samples are 1 to {MAX_SAMPLES:,}")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from mtqa.commands import CLEAN
    from mtqa.commands._detection_report import as_text
    from mtqa.evaluate.detection import figures
    from mtqa.evaluate.results import as_json
    from mtqa.write import check_outputs, write_atomic

    outputs = [path for path in (arguments.save, arguments.output) if path]
    check_outputs(outputs, [*arguments.data, *arguments.clean, *arguments.glossary])
    texts = marked_texts(arguments)
    result, glossary = measured(arguments, texts, arguments.model)
    found = figures(result.outcomes, arguments.samples, arguments.seed)
    if arguments.save:
        write_atomic(arguments.save, as_json(result, found).encode())
    if arguments.output:
        from mtqa.evaluate.page import render_page

        write_atomic(arguments.output, render_page(result, found, glossary).encode())
    sys.stdout.write(as_text(result, found, glossary))
    return CLEAN


def marked_texts(arguments: argparse.Namespace) -> "list[Marked]":
    """Read all of --data and --clean. Raises MtqaError for what cannot be read, and when nothing is named."""
    from mtqa.errors import MtqaError
    from mtqa.evaluate.gold import read_clean, read_gold

    if not arguments.data and not arguments.clean:
        raise MtqaError("--data", "nothing to measure on; name marked texts, or clean English with --clean")
    given = [*arguments.data, *arguments.clean]
    for number, path in enumerate(given):
        if os.path.realpath(path) in map(os.path.realpath, given[:number]):
            raise MtqaError(str(path), "is given twice; name each once")
    found = [text for path in arguments.data for text in read_gold(path, source=arguments.source)]
    return found + [text for path in arguments.clean for text in read_clean(path)]


def measured(arguments: argparse.Namespace, texts: "Sequence[Marked]", model: str | None) -> "tuple[Result, Glossary]":
    """Lint marked texts with a model and match what is found with what is marked. Raises MtqaError."""
    from mtqa.evaluate.results import Result, fingerprint
    from mtqa.evaluate.spans import Scored, by_chinese, match
    from mtqa.settings import load_settings

    arguments.model = model
    settings = load_settings(arguments)
    linter = settings.linter
    term_of = by_chinese(linter.glossary.chinese())
    outcomes = []
    for text in _with_progress(texts):
        findings = settings.lint(text.document)
        scored = [
            Scored(one.span, one.term.id, one.score)
            for one in linter.reader.candidates(text.document)
            if one.score is not None and one.term.id not in settings.ignore
        ]
        outcomes.append(match(text, findings, scored, term_of, notes=arguments.notes))
    signature = f"{linter.signature}|source:{_yes(arguments.source)}|notes:{_yes(arguments.notes)}"
    return Result(signature, fingerprint(texts), tuple(outcomes)), linter.glossary


def _with_progress(texts: "Sequence[Marked]") -> "Iterable[Marked]":
    shown = len(texts) > _MANY and sys.stderr.isatty()
    for number, text in enumerate(texts, 1):
        if shown:
            print(f"\r{number}/{len(texts)} texts", end="", file=sys.stderr, flush=True)
        yield text
    if shown:
        print(file=sys.stderr)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
