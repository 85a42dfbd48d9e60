"""Reads the articles that a command line names, one after the other."""

import sys
from collections.abc import Iterator
from pathlib import Path

from mtqa.document import Document
from mtqa.errors import MtqaError
from mtqa.pairs import prepared, with_source
from mtqa.read import STDIN, articles, read, read_bytes

_MANY = 20


def documents(
    paths: list[Path], stdin_name: str = STDIN, source: Path | None = None
) -> Iterator[tuple[Path, Document | MtqaError]]:
    """Yield each article with its path, or what is wrong with it, so that a bad one stops no other.

    `source` is the Chinese of a single article, or a folder with files of the articles' names. On a terminal a long
    list shows its progress on stderr.
    """
    given: list[tuple[Path, MtqaError | None]] = []
    for path in paths:
        try:
            given += [(found, None) for found in ([path] if str(path) == STDIN else articles([path]))]
        except MtqaError as error:
            given.append((path, error))
    shown = len(given) > _MANY and sys.stderr.isatty()
    for number, (path, trouble) in enumerate(given, 1):
        if shown:
            print(f"\r{number}/{len(given)} articles", end="", file=sys.stderr, flush=True)
        try:
            if trouble:
                raise trouble
            document = read_bytes(sys.stdin.buffer.read(), stdin_name) if str(path) == STDIN else read(path)
            if source:
                document = with_source(document, source_of(path, source, single=len(given) == 1))
            yield path, prepared(document)
        except MtqaError as error:
            yield path, error
    if shown:
        print(file=sys.stderr)


def source_of(article: Path, source: Path, *, single: bool) -> Document:
    """Read the Chinese of an article: the file `source`, or the one in that folder named like the article.

    Raises MtqaError when there is none, or when one file is to serve several articles.
    """
    if not source.is_dir():
        if not single:
            raise MtqaError(str(source), "is one file for several articles; name a folder of files named alike")
        return read(source)
    found = sorted(path for path in source.iterdir() if path.is_file() and path.stem == article.stem)
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "no file"
        raise MtqaError(str(source), f"holds {names} for {article.name}; it must hold one file named {article.stem}.*")
    return read(found[0])
