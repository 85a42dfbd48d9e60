"""Check glossaries, or count what they hold.

examples:
  mtqa glossary check                     the glossaries that come with mtqa
  mtqa glossary check mine.tsv            one's own, together with them
  mtqa glossary stats mine.tsv
"""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", choices=("check", "stats"), help="what to do")
    parser.add_argument(
        "glossaries", nargs="*", type=Path, metavar="GLOSSARY", help="TSV glossaries (default: the bundled ones)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command; exit 1 when a check finds errors."""
    from mtqa.glossary import bundled_paths

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
