"""Write the page in which an editor decides about findings.

examples:
  mtqa review article.txt -o report.html                        one page that holds all it needs
  mtqa review article.txt --source article.zh.txt -o report.html   with the Chinese beside it
  mtqa review articles/ -o site/                                an index and a page for each article
  mtqa review article.txt --serve                               keep every decision beside the article at once

exit codes: 0 written, 2 wrong usage or an article that cannot be read
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtqa.document import Document
    from mtqa.errors import MtqaError
    from mtqa.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mtqa.commands import _flags

    parser.add_argument("articles", nargs="+", type=Path, metavar="ARTICLE", help='files or folders; "-" reads stdin')
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="OUT",
        help="the page to write; for several articles the folder of the index and the pages",
    )
    parser.add_argument(
        "--stdin-filename", default="-", metavar="NAME", help='name of what "-" reads; its ending gives the format'
    )
    parser.add_argument(
        "--serve",
        action="store_true",
        help="show the page and save each decision beside the article",
    )
    parser.add_argument("--port", type=int, default=0, help="port of --serve (default: one that is free)")
    parser.add_argument("--no-browser", action="store_true", help="with --serve: print the address, open no browser")
    _flags.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from mtqa.commands._articles import documents
    from mtqa.errors import MtqaError
    from mtqa.settings import load_settings

    if bool(arguments.output) == arguments.serve:
        raise MtqaError("", "say where the page goes, -o report.html or -o site/, or --serve it")
    if not 0 <= arguments.port <= 65535:
        raise MtqaError("--port", f"{arguments.port} found; ports are 1 to 65535, 0 takes one that is free")
    settings = load_settings(arguments)
    found = list(documents(arguments.articles, arguments.stdin_filename, arguments.source))
    if arguments.serve:
        return _serve(arguments, settings, found)
    folder = len(found) > 1 or arguments.output.is_dir() or any(path.is_dir() for path in arguments.articles)
    if folder or str(arguments.output).endswith("/"):
        return _site(arguments.output, settings, found)
    return _page(arguments.output, settings, found)


_Found = list[tuple[Path, "Document | MtqaError"]]


def _only(found: "_Found") -> tuple[Path, "Document"]:
    """Return the one article that was found. Raises MtqaError when it cannot be read."""
    from mtqa.errors import MtqaError

    ((path, document),) = found
    if isinstance(document, MtqaError):
        raise document
    return path, document


def _page(output: Path, settings: "Settings", found: "_Found") -> int:
    from mtqa.commands import CLEAN
    from mtqa.review.page import render_page
    from mtqa.write import write_atomic

    _, document = _only(found)
    findings = settings.lint(document)
    write_atomic(output, render_page(document, findings, settings.linter.signature).encode())
    print(f"{output}: {len(findings)} findings of {document.path} to decide", file=sys.stderr)
    return CLEAN


def _serve(arguments: argparse.Namespace, settings: "Settings", found: "_Found") -> int:
    from mtqa.errors import MtqaError
    from mtqa.read import STDIN
    from mtqa.review.serve import serve

    if len(found) != 1 or str(found[0][0]) == STDIN:
        raise MtqaError("--serve", f"{len(found)} articles found; it shows one file, whose decisions go beside it")
    path, document = _only(found)
    return serve(
        path,
        document,
        settings.lint(document),
        settings.linter.signature,
        port=arguments.port,
        open_browser=not arguments.no_browser,
    )


def _site(folder: Path, settings: "Settings", found: "_Found") -> int:
    """Write the index and the pages; an article that cannot be read is a row of the index that says so."""
    from mtqa.commands import CLEAN, TROUBLE
    from mtqa.errors import MtqaError
    from mtqa.review.page import render_page, store_key
    from mtqa.review.site import IndexRow, page_name, render_index
    from mtqa.review.summary import summarise
    from mtqa.write import write_atomic

    _make(folder)
    rows: list[IndexRow] = []
    taken: set[str] = set()
    signature = settings.linter.signature
    for path, document in found:
        try:
            if isinstance(document, MtqaError):
                raise document
            findings = settings.lint(document)
        except MtqaError as error:
            print(f"mtqa: {error}", file=sys.stderr)
            rows.append(IndexRow(str(path), trouble=error.what))
            continue
        name = page_name(document.path, taken)
        write_atomic(folder / name, render_page(document, findings, signature).encode())
        rows.append(IndexRow(document.path, name, store_key(document), summarise(document, findings)))
    write_atomic(folder / "index.html", render_index(rows, signature).encode())
    total = sum(row.summary.findings for row in rows if row.summary)
    print(f"{folder / 'index.html'}: {len(rows)} articles, {total} findings to decide", file=sys.stderr)
    return TROUBLE if any(row.trouble for row in rows) else CLEAN


def _make(folder: Path) -> None:
    from mtqa.errors import MtqaError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot be made: {(error.strerror or str(error)).lower()}; name a folder"
        raise MtqaError(str(folder), what) from None
