"""Lays the units of a bilingual file out as an English and a Chinese text, and writes edits where the words came from.

A format finds its units and says, piece by piece, where in the file their words stand; here pieces become a document
with anchors and barriers, and an edit of the document becomes the fewest changed characters of the file.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mtqa.document import Anchor, Document, Edit, Segment, Span, make_document
from mtqa.errors import MtqaError
from mtqa.read._blank import blank
from mtqa.read._decode import Decoded
from mtqa.read._splice import Change, spliced
from mtqa.read._writing import FIXED, written

MAX_RUNS = 1_000_000
"""Stretches of words between tags and entities in one file: bounds the memory of a file of nothing but `&lt;`."""

MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,2000}>|<!--[^\n]{0,2000}?-->")
"""Markup that stands in the text itself, as exports of web sites and apps have it."""

_SPACES = {ord("\n"): " ", ord("\r"): " "}


class Piece(NamedTuple):
    """Hold words of a unit and where they stand: code points `start` to `end` of the decoded file, line and column.

    `text` is None for words that stand in the file as they are, else what an entity or an escape stands for. `writing`
    names how an edit is written there (`_writing`); `prose` is false for words no check should read.
    """

    start: int
    end: int
    line: int
    column: int
    text: str | None
    writing: str
    prose: bool = True


Flow = list[Piece | None]
"""The words of a unit in order; None where markup stands between two pieces."""


class Unit(NamedTuple):
    """Hold the English of a unit, if it has any, its Chinese, and what in the words of the English is markup."""

    target: Flow
    source: str
    markup: "re.Pattern[str]" = MARKUP


class Run(NamedTuple):
    """Say that `length` code points of `Document.text` from `offset` on stand at `start` to `end` of the file."""

    offset: int
    length: int
    start: int
    end: int
    writing: str


class Layout(NamedTuple):
    """Hold a document, where each run of its text stands in the decoded file, by offset, and that file."""

    document: Document
    runs: list[Run]
    decoded: Decoded


def one_line(text: str) -> str:
    """Return a text with its line ends turned into spaces, code point for code point."""
    return text.translate(_SPACES)


def words(flow: Flow, file: str) -> str:
    """Return the words of a flow on one line."""
    return one_line("".join(_text(piece, file) for piece in flow if piece))


def _text(piece: Piece, file: str) -> str:
    return file[piece.start : piece.end] if piece.text is None else piece.text


class _Laid(NamedTuple):
    """Collect what is known of the text so far; `barriers` and `hidden` count its code points."""

    runs: list[Run]
    anchors: list[Anchor]
    barriers: set[int]
    hidden: list[tuple[int, int]]


def lay_out(name: str, decoded: Decoded, units: Iterable[Unit]) -> Layout:
    """Put units one a line: the English of those that have some, the Chinese of all that have some.

    Raises MtqaError when there are more than `MAX_RUNS` stretches of English.
    """
    laid = _Laid([], [], set(), [])
    english: list[str] = []
    chinese: list[str] = []
    segments: list[Segment] = []
    here = there = 0
    for unit in units:
        beside = Span(there, there + len(unit.source)) if unit.source.strip() else None
        if beside:
            chinese.append(one_line(unit.source))
            there = beside.end + 1
        line = words(unit.target, decoded.text)
        if not line.strip():
            continue
        if len(laid.runs) + len(unit.target) > MAX_RUNS:
            raise MtqaError(name, f"has more than {MAX_RUNS:,} stretches of text between tags and entities; split it")
        _add(laid, unit.target, decoded.text, here)
        _hide(laid, unit.markup, line, here)
        segments.append(Segment(Span(here, here + len(line)), None, beside))
        english.append(line)
        here += len(line) + 1
    text = "\n".join(english)
    document = make_document(
        name,
        text,
        prose=blank(text, laid.hidden),
        encoding=decoded.encoding,
        mark=decoded.mark,
        segments=tuple(segments),
        source="\n".join(chinese) or None,
        anchors=tuple(laid.anchors),
        barriers=tuple(sorted(laid.barriers)),
    )
    return Layout(document, laid.runs, decoded)


def _add(laid: _Laid, flow: Flow, file: str, offset: int) -> None:
    """Add the runs of a unit whose line begins at an offset; an edit may leave neither the line nor its markup."""
    laid.barriers.add(offset)
    for piece in flow:
        if piece is None:
            laid.barriers.add(offset)
            continue
        text = _text(piece, file)
        laid.runs.append(Run(offset, len(text), piece.start, piece.end, piece.writing))
        laid.anchors.extend(_anchors(offset, piece, text))
        if not piece.prose:
            laid.hidden.append((offset, offset + len(text)))
        offset += len(text)
    laid.barriers.add(offset)


def _hide(laid: _Laid, markup: "re.Pattern[str]", line: str, offset: int) -> None:
    for found in markup.finditer(line):
        start, end = offset + found.start(), offset + found.end()
        laid.hidden.append((start, end))
        laid.barriers.update((start, end))


def _anchors(offset: int, piece: Piece, text: str) -> Iterator[Anchor]:
    yield Anchor(offset, piece.line, piece.column)
    if piece.text is None:
        for line, found in enumerate(re.finditer(r"\n(?=.)", text, re.DOTALL), piece.line + 1):
            yield Anchor(offset + found.end(), line, 1)


def rewrite(layout: Layout, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a file with edits of its document written into it, every other byte as it was.

    Raises MtqaError for an edit that crosses markup or leaves its unit, and for a character the format cannot hold;
    UnicodeEncodeError for one its encoding lacks.
    """
    offsets = [run.offset for run in layout.runs]
    changes: list[Change] = []
    for edit in sorted(edits):
        changes += _changes(layout, offsets, edit)
    # A sub-flow is a line after that of the words around it.
    changes.sort(key=lambda change: change.start)
    return spliced(layout.decoded, data, changes)


def _changes(layout: Layout, offsets: list[int], edit: Edit) -> Iterator[Change]:
    """Yield the changes of an edit: all of its words where it starts, nothing wherever else it reaches."""
    new = one_line(edit.text)
    for run in _reached(layout, offsets, edit.span):
        first, last = max(edit.span.start, run.offset), min(edit.span.end, run.offset + run.length)
        if run.length == run.end - run.start:
            start, end = run.start + first - run.offset, run.start + last - run.offset
        elif first < last:
            start, end = run.start, run.end
        else:
            start = end = run.end if first > run.offset else run.start
        yield Change(start, end, written(new, run.writing, layout.document.path), run.writing)
        new = ""


def _reached(layout: Layout, offsets: list[int], span: Span) -> list[Run]:
    """Return the runs an edit changes. Raises MtqaError when it crosses markup."""
    barriers = layout.document.barriers
    inside = bisect_right(barriers, span.start)
    crossing = inside < len(barriers) and barriers[inside] < span.end
    first = max(0, bisect_right(offsets, span.start) - 1)
    if span.start == span.end:
        runs = [run for run in layout.runs[max(0, first - 1) : first + 1] if _borders(run, span.start)][-1:]
    else:
        runs = layout.runs[first : bisect_left(offsets, span.end)]
    outside = not runs or span.end > runs[-1].offset + runs[-1].length
    if crossing or outside or any(run.writing == FIXED for run in runs):
        line, _ = layout.document.position(span.start)
        raise MtqaError(f"{layout.document.path}:{line}", "an edit crosses markup; edit this place by hand")
    return runs


def _borders(run: Run, offset: int) -> bool:
    return run.writing != FIXED and run.offset <= offset <= run.offset + run.length
