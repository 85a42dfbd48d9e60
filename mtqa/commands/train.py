"""Teach the classifier a glossary of one's own.

examples:
  mtqa train --glossary mine.tsv -o models/mine            terms of mine.tsv, examples of mine.examples.tsv
  mtqa train -g mine.tsv --decisions review.json -o models/mine
                                                           and what editors decided in reviews
  mtqa train -g mine.tsv -o models/mine --resume           go on after an interruption, to the same result
  mtqa lint article.txt --glossary mine.tsv --model models/mine

The model folder appears when all is done: until then the work lies in models/mine.work. A model that lost more of what
its base knew than --points allows is put aside as models/mine.rejected, with a table of what it lost in its card.md.

exit codes: 0 taught; 1 put aside; 2 wrong usage, a file that cannot be read, or what training needs is not installed
"""

import argparse
import sys
from pathlib import Path

_PRECISIONS = ("auto", "bf16", "fp32")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--glossary",
        "-g",
        action="append",
        type=Path,
        default=[],
        metavar="TSV",
        help="what to teach; repeatable",
    )
    parser.add_argument(
        "--decisions", action="append", type=Path, default=[], metavar="JSON", help="decisions of a review; repeatable"
    )
    parser.add_argument("--output", "-o", type=Path, required=True, metavar="DIR", help="the model folder to make")
    parser.add_argument("--base", type=Path, metavar="DIR", help="the model to go on from (default: press-small)")
    parser.add_argument("--resume", action="store_true", help="go on with an interrupted training")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, files and machine give the same model")
    parser.add_argument("--epochs", type=int, metavar="N", help="how often the desk's rows are read (default: 12)")
    parser.add_argument(
        "--replay", type=int, default=1500, metavar="ROWS", help="bundled rows that are read again (default: 1500)"
    )
    parser.add_argument(
        "--precision", choices=_PRECISIONS, default="auto", help="auto takes bf16 where the machine multiplies in it"
    )
    parser.add_argument(
        "--points", type=float, default=1.0, metavar="P", help="points of F1 that a bundled term may lose (default: 1)"
    )
    parser.add_argument("--thorough", action="store_true", help="measure all bundled terms, not a tenth (4 min more)")
    parser.add_argument("--accept-regression", action="store_true", help="keep the model whatever it lost")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from mtqa.bundled import bundled_model
    from mtqa.commands import CLEAN, FOUND
    from mtqa.errors import MtqaError
    from mtqa.printable import safe
    from mtqa.teach.advice import advice
    from mtqa.teach.desk import read_desk

    if not arguments.glossary and not arguments.decisions:
        raise MtqaError("", "nothing to teach; name a glossary with --glossary, or reviews with --decisions")
    for name, least, most in (("epochs", 1, 1000), ("replay", 0, 100_000), ("seed", 0, 2**32 - 1), ("points", 0, 100)):
        value = getattr(arguments, name)
        # What is no number is not between two either.
        if value is not None and not least <= value <= most:
            raise MtqaError(f"--{name}", f"{value} found; say {least} to {most}")
    desk = read_desk(arguments.glossary, arguments.decisions)
    for line in (*advice(arguments.glossary), *(f"left out: {what}" for what in desk.left_out)):
        print(f"warning: {safe(line)}", file=sys.stderr)
    try:
        from mtqa.teach import run as teaching
        from mtqa.train.loop import has_bf16
    except ImportError as error:
        what = f"training needs {error.name}, which is not installed; pip install 'mtqa[train]'"
        raise MtqaError("", what) from None
    recipe = teaching.RECIPE._replace(
        seed=arguments.seed,
        epochs=arguments.epochs or teaching.RECIPE.epochs,
        bf16=has_bf16() if arguments.precision == "auto" else arguments.precision == "bf16",
    )
    job = teaching.Job(
        arguments.base or bundled_model(),
        arguments.output,
        recipe,
        arguments.replay,
        arguments.points,
        arguments.thorough,
        arguments.accept_regression,
        arguments.resume,
    )
    outcome = teaching.teach(desk, job, lambda what: print(what, file=sys.stderr))
    from mtqa.teach.card import summary

    sys.stdout.write(summary(outcome.verdict))
    if outcome.folder == job.rejected:
        count = len(outcome.verdict.lost)
        what = f"{count} figure{'s' * (count > 1)} fell too far; the model is put aside as {outcome.folder}"
        print(f"mtqa: {what} (--accept-regression keeps it all the same)", file=sys.stderr)
        return FOUND
    print(f"{outcome.folder}: mtqa lint ARTICLE --model {outcome.folder}", file=sys.stderr)
    return CLEAN
