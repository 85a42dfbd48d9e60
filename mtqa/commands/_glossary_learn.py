"""`mtqa glossary learn`: what reviews decided, as examples for a glossary."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtqa.review.learn import Lessons
    from mtqa.term import Example


def run(arguments: argparse.Namespace) -> int:
    """Write what reviews teach as examples, beside those that the file holds already."""
    from mtqa.errors import MtqaError
    from mtqa.glossary import bundled_paths, load_examples, load_glossary
    from mtqa.glossary.load import load_examples_file
    from mtqa.review.decisions import load
    from mtqa.review.learn import COLUMNS, learn, lines
    from mtqa.write import write_atomic

    glossaries: list[Path] = arguments.glossary
    output: Path | None = arguments.output
    if not arguments.reviews:
        raise MtqaError("learn", "no decisions; name the decisions.json of a review")
    paths = [*bundled_paths(), *glossaries]
    glossary = load_glossary(paths)
    kept = load_examples_file(output) if output and output.exists() else []
    decisions = [d for path in arguments.reviews for article in load(path).articles for d in article.decisions]
    # The examples of a bundled glossary count where one of its terms was decided on.
    named = {glossary[d.term].glossary for d in decisions if d.term and d.term in glossary}
    read = [e for path in paths if path in glossaries or path.stem in named for e in load_examples(path)]
    known = list({(e.term, e.label, e.text, e.spans): e for e in [*read, *kept]}.values())
    lessons = learn(decisions, glossary, known)
    rows = list(lines([*kept, *lessons.examples]))
    rows.sort(key=lambda row: row.partition("\t")[0])
    text = "\n".join(["\t".join(COLUMNS), *rows]) + "\n"
    if output:
        write_atomic(output, text.encode())
    else:
        sys.stdout.write(text)
    _summarize(lessons, known)
    return 0


def _summarize(lessons: "Lessons", known: "list[Example]") -> None:
    """Say on stderr what was left out, what editors wrote that no term lists, and how many examples a term has."""
    for what in lessons.left_out:
        print(f"left out: {what}", file=sys.stderr)
    for candidate in lessons.candidates:
        times = f"{candidate.times} time{'s' * (candidate.times > 1)}"
        print(f"candidate for idiomatic: {candidate.term}: {candidate.text!r}, written {times}", file=sys.stderr)
    for term in sorted({example.term for example in lessons.examples}):
        counts = []
        for label in ("bad", "good"):
            new = sum(e.term == term and e.label == label for e in lessons.examples)
            old = sum(e.term == term and e.label == label for e in known)
            counts.append(f"{old + new} {label}" + (f" ({new} new)" if new else ""))
        print(f"{term}: {', '.join(counts)}", file=sys.stderr)
    print(f"{len(lessons.examples)} new examples, {len(lessons.left_out)} left out", file=sys.stderr)
