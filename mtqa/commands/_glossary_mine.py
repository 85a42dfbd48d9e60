"""`mtqa glossary mine`: what keeps being marked over many articles, as rows for a curator to finish."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtqa.glossary import Glossary
    from mtqa.mine import Lexicon, Mark, Proposal, Proposals

EXAMPLES = """\
examples:
  mtqa glossary mine articles/ --source zh/ -o new.tsv     with the Chinese, which names the words
  mtqa glossary mine articles/ -o new.tsv                  by the model alone; the Chinese is left to the curator
  mtqa glossary mine articles/ --decisions decisions.json -o new.tsv --glossary ours.tsv
                                                           what editors wrote becomes the draft, what they let
                                                           stand is left out
  mtqa glossary check new.tsv                              what is still to be filled in, by line

Rows that new.tsv holds already are kept as they are; sentences go to new.examples.tsv. Delete what is no term, fill in
zh and idiomatic, add good examples, sort by id, and the sheet is a glossary.

exit codes: 0 done, 2 wrong usage or an article that cannot be read"""

_SHOWN = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `mtqa glossary mine`."""
    parser.add_argument("articles", nargs="*", type=Path, metavar="ARTICLE", help='files or folders; "-" reads stdin')
    parser.add_argument(
        "--source",
        type=Path,
        metavar="ZH",
        help="the Chinese of the article; for several articles a folder with files of the same names",
    )
    parser.add_argument(
        "--decisions",
        action="append",
        type=Path,
        default=[],
        metavar="JSON",
        help="decisions of a review on words that no glossary lists",
    )
    parser.add_argument(
        "--glossary",
        "-g",
        action="append",
        type=Path,
        default=[],
        metavar="TSV",
        help="a further glossary; what it lists is not proposed",
    )
    parser.add_argument("--no-bundled", action="store_true", help="propose also what the bundled glossaries list")
    parser.add_argument("--model", metavar="DIR", help='the model that marks calques, or "none" (default: press-small)')
    parser.add_argument(
        "--least", type=int, default=2, metavar="N", help="propose what is found at least this often (default: 2)"
    )
    parser.add_argument("--output", "-o", type=Path, metavar="TSV", help="the sheet (default: to stdout)")
    parser.add_argument(
        "--examples", type=Path, metavar="TSV", help="the sentences (default: SHEET.examples.tsv beside the sheet)"
    )
    parser.add_argument(
        "--config", type=Path, metavar="TOML", help="settings (default: the nearest mtqa.toml or pyproject.toml)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Mine articles and decisions; exit 2 when an article cannot be read."""
    from mtqa.commands import CLEAN, TROUBLE
    from mtqa.errors import MtqaError
    from mtqa.glossary.load import COLUMNS, EXAMPLE_COLUMNS, REQUIRED, examples_path
    from mtqa.mine import propose
    from mtqa.mine.marks import united
    from mtqa.mine.sheet import Sheet, added, example_rows, extended, read_sheet, row_of
    from mtqa.write import check_outputs, write_atomic

    if not arguments.articles and not arguments.decisions:
        raise MtqaError("mine", "no articles and no decisions; name some")
    if arguments.least < 1:
        raise MtqaError("--least", f"{arguments.least} found; write 1 or more")
    if arguments.examples and not arguments.output:
        raise MtqaError("--examples", "goes with --output alone; name the sheet too")
    output = arguments.output
    sheet, examples = Sheet(COLUMNS, ()), Sheet(EXAMPLE_COLUMNS, ())
    sentences = arguments.examples or (examples_path(output) if output else None)
    if output and sentences:
        if os.path.realpath(output) == os.path.realpath(sentences):
            raise MtqaError("--examples", f"{sentences} is the sheet itself; name another file")
        check_outputs((output, sentences), [*arguments.articles, *arguments.decisions])
        # Read before the long work, so that a wrong name is known at once.
        sheet = read_sheet(output, COLUMNS, REQUIRED)
        examples = read_sheet(sentences, EXAMPLE_COLUMNS, EXAMPLE_COLUMNS[:3])
    glossary, known, marks, unreadable = _marks(arguments)
    decisions = _decisions(arguments.decisions)
    for mark in decisions:
        known.add(mark.sentence)
    proposals = propose(united(marks, decisions), glossary, known, arguments.least)
    new = added(proposals.entries, glossary, sheet, known)
    text = extended(sheet, (row_of(proposal, name, sheet.header) for name, proposal in new.items()))
    rows = (row for name, proposal in new.items() for row in example_rows(proposal.examples, name, examples.header))
    if output and sentences:
        write_atomic(sentences, extended(examples, rows).encode())
        write_atomic(output, text.encode())
    else:
        sys.stdout.write(text)
    _summarize(new, proposals, sum(1 for _ in sheet.cells()), output)
    if unreadable:
        print(f"{unreadable} article{'s' * (unreadable > 1)} could not be read", file=sys.stderr)
    return TROUBLE if unreadable else CLEAN


def _marks(arguments: argparse.Namespace) -> "tuple[Glossary, Lexicon, list[Mark], int]":
    """Return the glossary, the words of the articles, their marks, and how many articles could not be read."""
    from mtqa import checks
    from mtqa.checks import calque
    from mtqa.commands._articles import documents
    from mtqa.config import Config, find_config, load_config
    from mtqa.errors import MtqaError
    from mtqa.glossary import bundled_paths, load_glossary
    from mtqa.mine import Lexicon, found
    from mtqa.pipeline import Linter
    from mtqa.settings import Settings, classifier_for

    path = arguments.config or find_config(Path.cwd())
    config = load_config(path) if path else Config()
    bundled = bundled_paths() if config.bundled and not arguments.no_bundled else []
    glossary = load_glossary([*bundled, *config.glossaries, *arguments.glossary])
    # What the bundled glossaries know of English helps, too, where their terms are not wanted.
    known = Lexicon(glossary if bundled else load_glossary(bundled_paths()))
    marks: list[Mark] = []
    if not arguments.articles:
        return glossary, known, marks, 0
    classifier = classifier_for(arguments.model or config.model)
    options = {rule: checks.options_for(rule, table, str(path)) for rule, table in config.rules.items()}
    options["calque"] = (options.get("calque") or calque.Options())._replace(always=True)
    # Each rule by itself: together the pipeline leaves out the calque where a composition says the same.
    composed, calques = (
        Settings(Linter(glossary, [rule], options, classifier), "never", frozenset(config.ignore))
        for rule in ("composed", "calque")
    )
    unreadable = 0
    for _, document in documents(arguments.articles, source=arguments.source):
        try:
            if isinstance(document, MtqaError):
                raise document
            marks += found(document, composed.lint(document), calques.lint(document) if classifier else [])
            known.add(document.prose)
        except MtqaError as error:
            print(f"mtqa: {error}", file=sys.stderr)
            unreadable += 1
    return glossary, known, marks, unreadable


def _decisions(paths: list[Path]) -> "list[Mark]":
    from mtqa.mine import decided
    from mtqa.review.decisions import load

    return [mark for path in paths for mark in decided(load(path).articles)]


def _summarize(new: "dict[str, Proposal]", proposals: "Proposals", kept: int, output: Path | None) -> None:
    """Say on stderr what was proposed, the most frequent by name, and what belongs to terms that are listed."""
    from mtqa.printable import safe

    for number, (name, proposal) in enumerate(new.items()):
        if number < _SHOWN:
            zh = f" ({', '.join(proposal.zh)})" if proposal.zh else ""
            times = f"{proposal.times} time{'s' * (proposal.times > 1)}"
            articles = f"{proposal.articles} article{'s' * (proposal.articles > 1)}"
            print(safe(f"{name}{zh}: {times} in {articles}"), file=sys.stderr)
    if len(new) > _SHOWN:
        print(f"and {len(new) - _SHOWN} more", file=sys.stderr)
    for (term, text), count in sorted(proposals.listed.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]:
        print(safe(f"candidate for literal: {term}: {text!r}, {count} time{'s' * (count > 1)}"), file=sys.stderr)
    held = len(proposals.entries) - len(new)
    counts = [f"{len(new)} new row{'s' * (len(new) != 1)}"]
    if output:
        counts.append(f"{kept} row{'s' * (kept != 1)} kept in {output}")
    if held:
        counts.append(f"{held} proposed before")
    print(safe(", ".join(counts)), file=sys.stderr)
