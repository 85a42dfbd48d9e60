"""Reads a text and its translations line by line, and lays a translation beside the Chinese."""

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from mtqa.document import Document, Segment, Span, make_document
from mtqa.errors import MtqaError
from mtqa.pairs import prepared
from mtqa.read import read, suffixes
from mtqa.script import is_chinese

MAX_SEGMENT = 10_000
"""A segment may have this many code points: one is a sentence or a paragraph."""
_TERMINAL = re.compile(r"[.!?…:;。！？：；][\"'”’»)\]」』]*$")
_HEADING_WIDTH = 120


class Text(NamedTuple):
    """Hold one file of a side, one segment a line, without line ends."""

    path: str
    lines: tuple[str, ...]


class Side(NamedTuple):
    """Hold a text or one translation of it: its name and its files, in the order of the source's."""

    name: str
    texts: tuple[Text, ...]

    @property
    def lines(self) -> list[str]:
        """Return the segments of all files."""
        return [line for text in self.texts for line in text.lines]


def read_source(path: Path) -> Side:
    """Read the Chinese, a file or a folder of files. Raises MtqaError when it cannot be read or is not Chinese."""
    side = Side(path.name, tuple(_read(file) for file in (_files(path) if path.is_dir() else [path])))
    for text in side.texts:
        if not is_chinese("\n".join(text.lines)):
            raise MtqaError(text.path, "is not Chinese; give --source the Chinese text, one segment a line")
    return side


def read_side(path: Path, source: Side, *, folder: bool) -> Side:
    """Read a translation: a file, or with `folder` one whose files are named like the source's.

    Raises MtqaError when a file is missing, cannot be read, is Chinese or has not as many lines as its Chinese.
    """
    if path.is_dir() != folder:
        what = "is a folder, and --source is a file" if path.is_dir() else "is a file, and --source is a folder"
        raise MtqaError(str(path), f"{what}; give files, or folders with files named alike")
    files = [_named_like(Path(text.path), path) for text in source.texts] if folder else [path]
    side = Side(path.name or str(path), tuple(_read(file) for file in files))
    for text, chinese in zip(side.texts, source.texts, strict=True):
        if is_chinese("\n".join(text.lines)):
            raise MtqaError(text.path, "is Chinese; a translation into English is wanted here")
        if len(text.lines) != len(chinese.lines):
            what = f"{_count(len(text.lines))}, but {chinese.path} has {_count(len(chinese.lines))}"
            raise MtqaError(text.path, f"has {what}; each line must be the translation of the same line")
    return side


def named_apart(paths: Sequence[Path], sides: Sequence[Side]) -> list[Side]:
    """Return the sides, those with the same name under their whole path. Raises MtqaError for a path given twice."""
    for number, path in enumerate(paths):
        if os.path.realpath(path) in map(os.path.realpath, paths[:number]):
            raise MtqaError(str(path), "is given twice; name each translation once")
    names = [side.name for side in sides]
    return [
        side._replace(name=str(path)) if names.count(side.name) > 1 else side
        for path, side in zip(paths, sides, strict=True)
    ]


def _count(lines: int) -> str:
    return f"{lines:,} line{'s' * (lines != 1)}"


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        what = f"cannot be read: {(error.strerror or str(error)).lower()}; name a readable folder"
        raise MtqaError(str(folder), what) from None


def _files(folder: Path) -> list[Path]:
    found = [path for path in _listed(folder) if path.suffix.lower() in suffixes()]
    if not found:
        raise MtqaError(str(folder), f"is a folder without articles; articles end in {', '.join(suffixes())}")
    stems = [path.stem for path in found]
    for path in found:
        if stems.count(path.stem) > 1:
            raise MtqaError(str(path), "has the name of another file but for its ending; name them apart")
    return found


def _named_like(source: Path, folder: Path) -> Path:
    found = [path for path in _listed(folder) if path.stem == source.stem]
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "no file"
        raise MtqaError(str(folder), f"holds {names} for {source.name}; it must hold one file named {source.stem}.*")
    return found[0]


def _read(path: Path) -> Text:
    document = read(path)
    if document.anchors:
        raise MtqaError(str(path), "is no plain text; give plain text, one segment a line")
    # Not splitlines: a line separator of Unicode, or a form feed, inside a segment ends no line of the file.
    lines = [line.removesuffix("\r") for line in document.text.removesuffix("\n").split("\n")]
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_SEGMENT:
            what = f"a segment of {len(line):,} characters; one has {MAX_SEGMENT:,} at most, break it up on every side"
            raise MtqaError(f"{path}:{number}", what)
    return Text(str(path), tuple(lines))


class Beside(NamedTuple):
    """Hold a document with its Chinese, and where its lines begin, in code points of `Document.text`.

    `sources` are the lines of the Chinese in `Document.source`.
    """

    document: Document
    starts: tuple[int, ...]
    sources: tuple[Span, ...]

    def line(self, offset: int) -> int:
        """Return the number of the line, from 0, that holds a code point of the text."""
        return bisect_right(self.starts, offset) - 1


def beside(text: Text, chinese: Text) -> Beside:
    """Lay a translation beside its Chinese; sentences are aligned within a line alone, and no edit may leave one."""
    ours, theirs = _spans(text.lines), _spans(chinese.lines)
    segments = [
        Segment(target, None, source if source.end > source.start else None, _is_heading(line))
        for line, target, source in zip(
            text.lines, _stripped(text.lines, ours), _stripped(chinese.lines, theirs), strict=True
        )
        if target.end > target.start
    ]
    document = make_document(
        text.path,
        "\n".join(text.lines),
        segments=tuple(segments),
        source="\n".join(chinese.lines),
        barriers=tuple(offset for span in ours for offset in span),
    )
    return Beside(prepared(document), tuple(span.start for span in ours), tuple(theirs))


def _spans(lines: Iterable[str]) -> list[Span]:
    spans, here = [], 0
    for line in lines:
        spans.append(Span(here, here + len(line)))
        here += len(line) + 1
    return spans


def _stripped(lines: Iterable[str], spans: Iterable[Span]) -> list[Span]:
    """Return the spans without the white space at their ends; of a blank line its start."""
    return [
        Span(span.end - len(line.lstrip()) if line.strip() else span.start, span.start + len(line.rstrip()))
        for line, span in zip(lines, spans, strict=True)
    ]


def _is_heading(line: str) -> bool:
    return len(line) <= _HEADING_WIDTH and not _TERMINAL.search(line.rstrip())
