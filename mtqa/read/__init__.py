"""Reads articles; a format is a module of this package, found by its `SUFFIXES`.

A module holds `read(data, name) -> Document` and, if its files are more than text, `write(data, name, edits) -> bytes`.
One with `IS_TABLE` is read when it is named, not when it is found in a folder.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from mtqa import plugins
from mtqa.document import Document, Edit, edited
from mtqa.errors import MtqaError

MAX_BYTES = 512 * 2**20
MAX_LINE = 8 * 2**20
"""A line of a text may have this many bytes: no paragraph is as long, and one has to be looked at as a whole."""
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
    """Return the file name endings of articles, sorted; not those of tables, which in a folder may be anything."""
    package = sys.modules[__name__]
    tables = {name for name in set(_formats().values()) if getattr(plugins.load(package, name), "IS_TABLE", False)}
    return tuple(sorted(suffix for suffix, name in _formats().items() if name not in tables))


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
    _refuse_endless_lines(data, name)
    document: Document = _format(name).read(data, name)
    if not document.prose.strip():
        raise MtqaError(name, "holds no text; check that this is the right file")
    return document._replace(file=data) if document.anchors else document


def _refuse_endless_lines(data: bytes, name: str) -> None:
    """Raise MtqaError for a line that no article has; archives (DOCX) have no lines, and have limits of their own."""
    if len(data) <= MAX_LINE or data.startswith(b"PK"):
        return
    here, number = 0, 1
    while (end := data.find(b"\n", here, here + MAX_LINE)) >= 0:
        here, number = end + 1, number + 1
    if len(data) - here > MAX_LINE:
        what = f"a line of more than {MAX_LINE:,} bytes; an article has paragraphs, break it into lines"
        raise MtqaError(f"{name}:{number}", what)


def rewritten(document: Document, edits: Sequence[Edit]) -> bytes:
    """Return the file of a document with edits of its text written into it, and nothing else changed.

    Raises MtqaError when the file's encoding lacks a character of an edit.
    """
    try:
        if document.file is None:
            return document.encode(edited(document.text, edits))
        data: bytes = _format(document.path).write(document.file, document.path, edits)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        raise MtqaError(
            document.path,
            f"a rewrite needs {letter!r}, which {document.encoding} does not have; save the article as UTF-8",
        ) from None
    return data


def _format(name: str) -> ModuleType:
    return plugins.load(sys.modules[__name__], _formats().get(Path(name).suffix.lower(), "text"))


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
