"""Write safe rewrites into articles: those with exactly one candidate that fits.

examples:
  mtqa fix article.txt --diff        show what would change, write nothing
  mtqa fix article.txt               write it; a killed run leaves the article as it was
  mtqa fix article.txt --unsafe      take the first rewrite where there are several
  cat article.txt | mtqa fix -       the fixed article on stdout

exit codes: 0 nothing at or above --fail-on is left, 1 something is, 2 wrong usage or an unreadable article
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtqa.document import Document
    from mtqa.fix import Fixed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mtqa.commands import _flags

    parser.add_argument(
        "articles", nargs="+", type=Path, metavar="ARTICLE", help='files or folders; "-" reads stdin and writes stdout'
    )
    parser.add_argument("--diff", action="store_true", help="print a unified diff and write nothing")
    parser.add_argument("--unsafe", action="store_true", help="take the first rewrite where several fit")
    parser.add_argument(
        "--stdin-filename", default="-", metavar="NAME", help='name of what "-" reads; its ending gives the format'
    )
    _flags.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from mtqa.commands import CLEAN, FOUND, TROUBLE
    from mtqa.commands._articles import documents
    from mtqa.errors import MtqaError
    from mtqa.fix import fix
    from mtqa.settings import load_settings

    settings = load_settings(arguments)
    code = CLEAN
    for path, document in documents(arguments.articles, arguments.stdin_filename, arguments.source):
        try:
            if isinstance(document, MtqaError):
                raise document
            fixed = fix(document, settings.lint(document), unsafe=arguments.unsafe)
            _deliver(path, document, fixed, diff=arguments.diff)
        except MtqaError as error:
            print(f"mtqa: {error}", file=sys.stderr)
            code = TROUBLE
            continue
        _tell(document, fixed, diff=arguments.diff)
        if code == CLEAN and any(settings.fails(finding) for finding, _ in fixed.left):
            code = FOUND
    return code


def _deliver(path: Path, document: "Document", fixed: "Fixed", *, diff: bool) -> None:
    """Print the diff or the text, or write the file back in its own encoding."""
    from mtqa.read import STDIN, rewritten
    from mtqa.write import write_atomic

    if diff:
        sys.stdout.write(_diff(document, fixed.text))
    elif str(path) == STDIN:
        sys.stdout.buffer.write(rewritten(document, fixed.edits))
    elif fixed.done:
        write_atomic(path, rewritten(document, fixed.edits))


def _diff(document: "Document", text: str) -> str:
    from difflib import unified_diff

    old, new = document.text.splitlines(keepends=True), text.splitlines(keepends=True)
    lines = unified_diff(old, new, f"a/{document.path}", f"b/{document.path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _tell(document: "Document", fixed: "Fixed", *, diff: bool) -> None:
    verb = "would be rewritten" if diff else "rewritten"
    left = "; ".join(f"{count} {reason}" for reason, count in fixed.reasons().most_common())
    print(f"{document.path}: {len(fixed.done)} {verb}" + (f"; left: {left}" if left else ""), file=sys.stderr)
