"""Check glossaries, count what they hold, or learn examples from reviews.

examples:
  mtqa glossary check                     the glossaries that come with mtqa
  mtqa glossary check mine.tsv            one's own, together with them
  mtqa glossary stats mine.tsv
  mtqa glossary learn decisions.json -o mine.examples.tsv --glossary mine.tsv
                                          what editors mended and left, as examples to look through and keep
"""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", choices=("check", "stats", "learn"), help="what to do")
    parser.add_argument(
        "glossaries",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="TSV glossaries (default: the bundled ones); for learn, the decisions.json files of reviews",
    )
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="TSV",
        help="learn: the examples file, whose lines are kept (default: to stdout)",
    )
    parser.add_argument(
        "--glossary",
        "-g",
        action="append",
        type=Path,
        default=[],
        metavar="TSV",
        help="learn: a glossary besides the bundled ones; its examples are not learnt twice",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command; exit 1 when a check finds errors."""
    from mtqa.errors import MtqaError
    from mtqa.glossary import bundled_paths

    if arguments.action == "learn":
        return _learn(arguments.glossaries, arguments.glossary, arguments.output)
    if arguments.output or arguments.glossary:
        raise MtqaError("--output" if arguments.output else "--glossary", "goes with learn alone; leave it out")
    paths = arguments.glossaries or bundled_paths()
    return _check(paths) if arguments.action == "check" else _stats(paths)


def _check(paths: list[Path]) -> int:
    from mtqa.glossary import bundled_paths
    from mtqa.verify import verify

    errors = 0
    for path in paths:
        for problem in verify(path, bundled_paths()):
            errors += problem.error
            print(f"{problem.where}: {'error' if problem.error else 'warning'}: {problem.what}")
    print(f"{len(paths)} glossaries, {errors} errors", file=sys.stderr)
    return 1 if errors else 0


def _stats(paths: list[Path]) -> int:
    from mtqa.glossary import load_examples, load_glossary

    head = ("glossary", "terms", "literals", "doubtful", "renderings", "bad", "good", "with zh")
    rows = []
    for path in paths:
        terms = list(load_glossary([path]).terms.values())
        examples = load_examples(path)
        literals = [literal for term in terms for literal in term.literal]
        rows.append(
            (
                path.stem,
                len(terms),
                len(literals),
                sum(1 for literal in literals if literal.doubt),
                sum(len(term.idiomatic) for term in terms),
                sum(1 for example in examples if example.label == "bad"),
                sum(1 for example in examples if example.label == "good"),
                sum(1 for example in examples if example.zh),
            )
        )
    total = ("all", *(sum(int(row[i]) for row in rows) for i in range(1, len(head))))
    width = max(len(str(row[0])) for row in [*rows, total])
    for row in [head, *rows, total]:
        print(str(row[0]).ljust(width), *(str(cell).rjust(10) for cell in row[1:]))
    return 0


def _learn(reviews: list[Path], glossaries: list[Path], output: Path | None) -> int:
    """Write what reviews teach as examples, beside those that the file holds already."""
    from mtqa.errors import MtqaError
    from mtqa.glossary import bundled_paths, load_examples, load_glossary
    from mtqa.glossary.load import load_examples_file
    from mtqa.review.decisions import load
    from mtqa.review.learn import COLUMNS, learn, lines
    from mtqa.write import write_atomic

    if not reviews:
        raise MtqaError("learn", "no decisions; name the decisions.json of a review")
    paths = [*bundled_paths(), *glossaries]
    glossary = load_glossary(paths)
    kept = load_examples_file(output) if output and output.exists() else []
    decisions = [d for path in reviews for article in load(path).articles for d in article.decisions]
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
    return 0
