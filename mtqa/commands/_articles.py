"""Reads the articles that a command line names, one after the other."""

import sys
from collections.abc import Iterator
from pathlib import Path

from mtqa.document import Document
from mtqa.errors import MtqaError
from mtqa.read import STDIN, articles, read, read_bytes
from mtqa.segment import segment

_MANY = 20


def documents(paths: list[Path], stdin_name: str = STDIN) -> Iterator[tuple[Path, Document | MtqaError]]:
    """Yield each article with its path, or what is wrong with it, so that a bad one stops no other.

    On a terminal a long list shows its progress on stderr.
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
            yield path, segment(document)
        except MtqaError as error:
            yield path, error
    if shown:
        print(file=sys.stderr)
