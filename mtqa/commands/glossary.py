"""Check glossaries, count what they hold, learn examples from reviews, or mine articles for new entries.

examples:
  mtqa glossary check                     the glossaries that come with mtqa
  mtqa glossary check mine.tsv            one's own, together with them
  mtqa glossary stats mine.tsv
  mtqa glossary learn decisions.json -o mine.examples.tsv --glossary mine.tsv
                                          what editors mended and left, as examples to look through and keep
  mtqa glossary mine articles/ --source zh/ -o new.tsv
                                          what keeps being marked and no glossary lists, as rows to finish
"""

import argparse
import sys
from pathlib import Path

_CHECK = """\
examples:
  mtqa glossary check                     the glossaries that come with mtqa
  mtqa glossary check mine.tsv            one's own, together with them
  mtqa glossary check new.tsv             what is still to be filled in of a mined sheet, by line

exit codes: 0 sound, 1 errors, 2 a file that does not load"""
_STATS = """\
examples:
  mtqa glossary stats                     the glossaries that come with mtqa
  mtqa glossary stats mine.tsv"""
_LEARN = """\
examples:
  mtqa glossary learn decisions.json -o mine.examples.tsv --glossary mine.tsv
  mtqa glossary learn monday.json tuesday.json           to stdout

exit codes: 0 done, 2 a file that cannot be read"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands and their arguments."""
    from mtqa.commands import _glossary_mine

    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    for name, what, help_ in (
        ("check", "say what is wrong with glossaries and their examples", _CHECK),
        ("stats", "count what glossaries hold", _STATS),
    ):
        action = _action(actions, name, what, help_)
        action.add_argument(
            "glossaries", nargs="*", type=Path, metavar="FILE", help="TSV glossaries (default: the bundled ones)"
        )
    learn = _action(actions, "learn", "turn the decisions of reviews into examples", _LEARN)
    learn.add_argument("reviews", nargs="*", type=Path, metavar="JSON", help="the decisions.json files of reviews")
    learn.add_argument(
        "--output", "-o", type=Path, metavar="TSV", help="the examples file, whose lines are kept (default: to stdout)"
    )
    learn.add_argument(
        "--glossary",
        "-g",
        action="append",
        type=Path,
        default=[],
        metavar="TSV",
        help="a glossary besides the bundled ones; its examples are not learnt twice",
    )
    mine = _action(actions, "mine", "propose entries that articles and reviews call for", _glossary_mine.EXAMPLES)
    _glossary_mine.add_arguments(mine)


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str, examples: str
) -> argparse.ArgumentParser:
    return actions.add_parser(
        name,
        help=what,
        description=f"{what[:1].upper()}{what[1:]}.",
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command; exit 1 when a check finds errors."""
    if arguments.action == "mine":
        from mtqa.commands import _glossary_mine

        return _glossary_mine.run(arguments)
    if arguments.action == "learn":
        from mtqa.commands import _glossary_learn

        return _glossary_learn.run(arguments)
    from mtqa.glossary import bundled_paths

    paths = arguments.glossaries or bundled_paths()
    return _check(paths) if arguments.action == "check" else _stats(paths)


def _check(paths: list[Path]) -> int:
    from mtqa.glossary import bundled_paths
    from mtqa.mine.sheet import undone
    from mtqa.verify import verify

    errors = 0
    for path in paths:
        # A row that is not finished keeps a glossary from loading; all of them are named, not the first alone.
        open_rows = list(undone(path)) if path.exists() else []
        for line, what in open_rows:
            errors += 1
            print(f"{path}:{line}: error: {what}")
        for problem in () if open_rows else verify(path, bundled_paths()):
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
