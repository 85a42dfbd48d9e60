"""Reads articles; a format is a module of this package, found by its `SUFFIXES`."""

import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mtqa import plugins
from mtqa.document import Document
from mtqa.errors import MtqaError

MAX_BYTES = 512 * 2**20
STDIN = "-"


@lru_cache(maxsize=1)
def _formats() -> dict[str, str]:
    package = sys.modules[__name__]
    found = {}
    for name in plugins.names(package):
        for suffix in plugins.load(package, name).SUFFIXES:
            found[suffix] = name
    return found


def suffixes() -> tuple[str, ...]:
    """Return the file name endings that have a format of their own, sorted."""
    return tuple(sorted(_formats()))


def read(path: Path) -> Document:
    """Read one article; its sentences are not split yet.

    Raises MtqaError when it is missing, too large, empty, binary or in an encoding that cannot be told.
    """
    try:
        if path.is_dir():
            raise MtqaError(str(path), f"is a folder without articles; articles end in {', '.join(suffixes())}")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise MtqaError(str(path), f"{size:,} bytes; an article has {MAX_BYTES:,} at most, split it")
        data = path.read_bytes()
    except OSError as error:
        raise MtqaError(
            str(path), f"cannot be read: {(error.strerror or str(error)).lower()}; name a readable file"
        ) from None
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> Document:
    """Read an article from its bytes; the ending of `name` decides the format, plain text if it has none.

    Raises MtqaError like `read`.
    """
    package = sys.modules[__name__]
    module = plugins.load(package, _formats().get(Path(name).suffix.lower(), "text"))
    document: Document = module.read(data, name)
    if not document.prose.strip():
        raise MtqaError(name, "holds no text; check that this is the right file")
    return document


def articles(paths: list[Path]) -> Iterator[Path]:
    """Yield the files among the paths, and every article in the folders among them, by name.

    Raises MtqaError for a path that is not there and for a folder that holds no article.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(p for p in path.rglob("*") if p.suffix.lower() in suffixes() and p.is_file())
        if not found:
            raise MtqaError(str(path), f"is a folder without articles; articles end in {', '.join(suffixes())}")
        yield from found
