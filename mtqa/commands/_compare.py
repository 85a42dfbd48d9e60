"""Compares two results of detection."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtqa.evaluate.compare import Change, Comparison, TermChange
    from mtqa.evaluate.results import Result


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `mtqa evaluate compare`."""
    from mtqa.commands import _detection

    parser.add_argument("before", metavar="A", help="a file of --save, or a model folder, or none")
    parser.add_argument("after", metavar="B", help="the same, to be compared with A")
    _detection.add_shared(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from mtqa.commands import CLEAN
    from mtqa.evaluate.compare import compare

    before, after = _results(arguments, (arguments.before, arguments.after))
    where = f"{arguments.before}, {arguments.after}"
    print(as_text(before, after, compare(before, after, where, arguments.samples, arguments.seed)))
    return CLEAN


def _results(arguments: argparse.Namespace, names: Sequence[str]) -> "list[Result]":
    """Load the results that are files, and run the models."""
    from mtqa.commands._detection import marked_texts, measured
    from mtqa.config import NO_MODEL
    from mtqa.errors import MtqaError
    from mtqa.evaluate.results import load

    # Not Path.is_dir, which fails for a name that is too long to be one.
    models = [name for name in names if name == NO_MODEL or os.path.isdir(name)]  # noqa: PTH112
    named = bool(arguments.data or arguments.clean)
    if models and not named:
        raise MtqaError(models[0], "is a model; name the texts to run it on with --data or --clean")
    if named and not models:
        raise MtqaError("--data", "goes with models, and both results are files; leave it out")
    results = {name: load(Path(name)) for name in names if name not in models}
    texts = marked_texts(arguments) if models else []
    for name in models:
        results[name] = measured(arguments, texts, name)[0]
    return [results[name] for name in names]


def as_text(before: "Result", after: "Result", found: "Comparison") -> str:
    """Return the differences as tables, then in words what they mean."""
    from mtqa.commands._detection_report import SHOWN, grid
    from mtqa.printable import safe

    head = ("", "A", "B", "B - A", "95% interval", "p", "")
    parts = [grid(head, [_row(change) for change in found.changes], left=(0, 6))]
    parts.append([_spans(found)])
    worse = [term for term in found.terms if term.gain < 0]
    better = [term for term in reversed(found.terms) if term.gain > 0]
    for title, terms in (("worse", worse), ("better", better)):
        if terms:
            table = grid((f"terms {title}", *_TERM_HEAD), [_term(term) for term in terms[:SHOWN]])
            parts.append(table + [f"and {len(terms) - SHOWN} more"] * (len(terms) > SHOWN))
    parts.append([safe(f"A {before.signature}"), safe(f"B {after.signature}"), safe(f"data {before.data}")])
    return "\n\n".join("\n".join(part) for part in parts)


_TERM_HEAD = ("found A", "found B", "of", "wrong A", "wrong B", "F1 A", "F1 B")


def _row(change: "Change") -> tuple[str, ...]:
    from mtqa.commands._detection_report import p3

    if change.paired is None:
        return change.name, p3(change.before), p3(change.after), "-", "", "", change.verdict
    difference, low, high, p = change.paired
    interval = f"{low:+.3f} to {high:+.3f}"
    return change.name, p3(change.before), p3(change.after), f"{difference:+.3f}", interval, f"{p:.3f}", change.verdict


def _spans(found: "Comparison") -> str:
    from mtqa.evaluate.compare import SIGNIFICANT

    if not found.gained + found.lost:
        return "Both find the same marked spans."
    verdict = "significant" if found.p < SIGNIFICANT else "not significant"
    return (
        f"B finds {found.gained} marked span{'s' * (found.gained != 1)} that A misses, and misses {found.lost} that A "
        f"finds: {verdict} at {SIGNIFICANT:.2f} (McNemar's exact test, p = {found.p:.3f})."
    )


def _term(change: "TermChange") -> tuple[object, ...]:
    from mtqa.commands._detection_report import NO_TERM, p3

    old, new = change.before, change.after
    wrong = old.flagged - old.right, new.flagged - new.right
    return change.term or NO_TERM, old.found, new.found, new.gold, *wrong, p3(old.f1), p3(new.f1)
