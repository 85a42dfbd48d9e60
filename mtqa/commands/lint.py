"""Mark what was rendered word by word in machine-translated articles.

examples:
  mtqa lint article.txt
  mtqa lint article.txt --source article.zh.txt     the Chinese decides what is meant
  mtqa lint translation.xlf                          pairs of sentences; also TMX, PO, TSV, CSV, JSONL
  mtqa lint articles/ --format json --output report.json
  cat article.md | mtqa lint - --stdin-filename article.md
  mtqa lint article.txt --glossary ours.tsv --ignore leftover,wool-party
  mtqa lint article.txt --baseline report.json      only what is new since that report
  mtqa lint article.txt --no-waved                  also what a review waved through (article.txt.mtqa.json)

exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or an article that cannot be read
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtqa.report import Summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mtqa import plugins, report
    from mtqa.commands import _flags

    parser.add_argument("articles", nargs="+", type=Path, metavar="ARTICLE", help='files or folders; "-" reads stdin')
    parser.add_argument(
        "--format", choices=plugins.names(report), default="text", help="how to print findings (default: text)"
    )
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="write the report there instead of to stdout")
    parser.add_argument(
        "--baseline", type=Path, metavar="JSON", help="an earlier JSON report; what it holds is not reported again"
    )
    parser.add_argument(
        "--stdin-filename", default="-", metavar="NAME", help='name of what "-" reads; its ending gives the format'
    )
    _flags.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from mtqa import report
    from mtqa.baseline import load_baseline, new_findings
    from mtqa.commands import CLEAN, FOUND, TROUBLE
    from mtqa.commands._articles import documents
    from mtqa.errors import MtqaError
    from mtqa.settings import load_settings
    from mtqa.terminal import style_for
    from mtqa.write import write_atomic

    settings = load_settings(arguments)
    known = load_baseline(arguments.baseline) if arguments.baseline else None
    files = []
    waved: dict[str, int] = {}
    unreadable = 0
    for _, document in documents(arguments.articles, arguments.stdin_filename, arguments.source):
        try:
            if isinstance(document, MtqaError):
                raise document
            findings, quiet = settings.sifted(document)
        except MtqaError as error:
            print(f"mtqa: {error}", file=sys.stderr)
            unreadable += 1
            continue
        if quiet:
            waved[f"{document.path}.mtqa.json"] = len(quiet)
        files.append((document, findings if known is None else new_findings(document, findings, known)))
    whole = report.Report(files, settings.linter.signature)
    if arguments.output:
        write_atomic(arguments.output, report.render(arguments.format, whole, report.Style()).encode())
    else:
        sys.stdout.write(report.render(arguments.format, whole, style_for(sys.stdout)))
    print(_closing(whole.summary(), unreadable, waved), file=sys.stderr)
    if unreadable:
        return TROUBLE
    return FOUND if any(settings.fails(finding) for _, findings in files for finding in findings) else CLEAN


def _closing(summary: "Summary", unreadable: int, waved: dict[str, int]) -> str:
    words = f"{summary.files} article{'s' * (summary.files != 1)}, {summary.words:,} words"
    found = (
        f"{summary.major} major, {summary.minor} minor, {summary.note} notes" if summary.findings else "nothing found"
    )
    if waved:
        names = ", ".join(list(waved)[:3]) + (f" and {len(waved) - 3} more" if len(waved) > 3 else "")
        found += f"; {sum(waved.values())} waved through by {names}"
    return f"{words}: {found}" + (f"; {unreadable} could not be read" if unreadable else "")
