"""Compare translation systems: quality against references, terminology, and how literal they are.

Every file is plain text with one segment a line, the same line of each saying the same; or a folder of such files,
named alike. The first system is the baseline of the comparison.

examples:
  mtqa evaluate translation --source zh.txt --hypothesis a.txt --hypothesis b.txt --reference ref.txt
  mtqa evaluate translation --source zh/ --hypothesis a/ --fix          before and after mtqa's safe rewrites
  mtqa evaluate translation --source zh.txt --hypothesis a.txt --glossary ours.tsv --no-bundled
  mtqa evaluate translation --source zh.txt --hypothesis a.txt --format json -o table.json

BLEU, chrF++ and TER are sacreBLEU's (pip install mtqa[train]) and need a reference. A term is rendered when one of its
right renderings in the glossary stands in the same line, exactly or in any inflection, each word serving one term.
A term is rendered literally when mtqa lint flags a literal for it; notes do not count.

exit codes: 0 measured, 2 wrong usage or files that cannot be read
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqa.commands._translation_report import Table
    from mtqa.evaluate.corpus import Side


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--source", type=Path, required=True, metavar="ZH", help="the Chinese, a file or a folder")
    parser.add_argument(
        "--hypothesis", action="append", type=Path, required=True, metavar="EN", help="a system's translation; repeat"
    )
    parser.add_argument(
        "--reference", action="append", type=Path, default=[], metavar="EN", help="a human translation; may be repeated"
    )
    parser.add_argument("--fix", action="store_true", help="measure also what mtqa's safe rewrites make of each system")
    parser.add_argument(
        "--samples", type=_positive, default=1000, metavar="N", help="bootstrap samples for intervals (default: 1000)"
    )
    parser.add_argument("--seed", type=_positive, default=1, metavar="N", help="seed of the samples (default: 1)")
    parser.add_argument("--format", choices=("json", "text"), default="text", help="how to print it (default: text)")
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="write it there instead of to stdout")
    parser.add_argument(
        "--glossary", "-g", action="append", type=Path, default=[], metavar="TSV", help="a further glossary"
    )
    parser.add_argument("--no-bundled", action="store_true", help="leave out the glossaries that come with mtqa")
    parser.add_argument(
        "--model", metavar="DIR", help='the classifier that judges what is found, or "none" (default: press-small)'
    )
    parser.add_argument(
        "--config", type=Path, metavar="TOML", help="settings (default: the nearest mtqa.toml or pyproject.toml)"
    )
    # What a review waved through, and what a desk does not want to see, are no measure of a system.
    parser.set_defaults(select=[], ignore=[], fail_on=None, no_waved=True)


def _positive(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:10]) <= _MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to {_MOST:,}")
    return int(text)


_MOST = 1_000_000


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from mtqa.commands import CLEAN
    from mtqa.commands._translation_report import as_json, as_text
    from mtqa.evaluate.corpus import named_apart, read_side, read_source
    from mtqa.write import check_outputs, write_atomic

    if arguments.output:
        read = [arguments.source, *arguments.hypothesis, *arguments.reference, *arguments.glossary]
        check_outputs([arguments.output], read)
    source = read_source(arguments.source)
    folder = arguments.source.is_dir()
    # A reference may be a system too: that shows what is flagged in the work of a human.
    systems, references = (
        named_apart(paths, [read_side(path, source, folder=folder) for path in paths])
        for paths in (arguments.hypothesis, arguments.reference)
    )
    table = _measured(arguments, source, systems, references)
    text = as_json(table) if arguments.format == "json" else as_text(table)
    if arguments.output:
        write_atomic(arguments.output, text.encode())
    else:
        sys.stdout.write(text)
    return CLEAN


def _measured(
    arguments: argparse.Namespace, source: "Side", systems: "Sequence[Side]", references: "Sequence[Side]"
) -> "Table":
    from mtqa.commands._translation_report import Table
    from mtqa.commands._translation_systems import Measuring
    from mtqa.evaluate.bleu import check, score
    from mtqa.evaluate.rates import draw_over
    from mtqa.settings import load_settings

    if references:
        # What will not work is told before minutes of linting.
        check(len(source.lines), arguments.samples)
    settings = load_settings(arguments)
    draw = draw_over([len(text.lines) for text in source.texts], arguments.samples, arguments.seed)
    measuring = Measuring(settings, source, references, draw)
    rows = measuring.systems(systems, fixed=arguments.fix)
    metrics = (
        score([row.lines for row in rows], [side.lines for side in references], arguments.samples, arguments.seed)
        if references
        else []
    )
    signature = settings.linter.signature
    return Table(source, draw, measuring.terms, rows, measuring.references(), metrics, signature)
