"""Turns edits of a document into changes of its file: the fewest characters, and none across markup."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from mtqa.document import Document, Edit, Span
from mtqa.errors import MtqaError
from mtqa.read._splice import Change
from mtqa.read._writing import FIXED, written


class Run(NamedTuple):
    """Say that `length` code points of `Document.text` from `offset` on stand at `start` to `end` of the file.

    They are the same ones where there are as many; else an escape stands there, or what reads as nothing.
    """

    offset: int
    length: int
    start: int
    end: int
    writing: str


def changes(document: Document, runs: Sequence[Run], edits: Sequence[Edit]) -> list[Change]:
    """Return the changes of a file that edits of its document ask for, in the order of the file.

    Raises MtqaError for an edit that crosses markup or leaves its unit, and for a character the format cannot hold.
    """
    offsets = [run.offset for run in runs]
    found = [
        _change(document, run, edit.span, "" if number else edit.text)
        for edit in sorted(edits)
        for number, run in enumerate(_reached(document, runs, offsets, edit.span))
    ]
    # A sub-flow is a line after that of the words around it.
    return sorted(found, key=lambda change: change.start)


def _change(document: Document, run: Run, span: Span, new: str) -> Change:
    """Return the change of one run: all of the words go where an edit starts, nothing wherever else it reaches."""
    stop = run.offset + run.length
    first, last = max(span.start, run.offset), min(span.end, stop)
    if run.length == run.end - run.start:
        start, end = run.start + first - run.offset, run.start + last - run.offset
    elif span.start < span.end or run.offset < first < stop:
        start, end = run.start, run.end
        # An entity may stand for two characters; the one that is not edited stays.
        new = document.text[run.offset : first] + new + document.text[last:stop]
    else:
        start = end = run.end if first > run.offset else run.start
    return Change(start, end, written(new, run.writing, document.path), run.writing)


def _reached(document: Document, runs: Sequence[Run], offsets: Sequence[int], span: Span) -> Sequence[Run]:
    """Return the runs an edit changes. Raises MtqaError when it crosses markup."""
    barriers = document.barriers
    inside = bisect_right(barriers, span.start)
    crossing = inside < len(barriers) and barriers[inside] < span.end
    first = max(0, bisect_right(offsets, span.start) - 1)
    if span.start == span.end:
        found = [run for run in runs[max(0, first - 1) : first + 1] if _borders(run, span.start)][-1:]
    else:
        found = list(runs[first : bisect_left(offsets, span.end)])
    outside = not found or span.end > found[-1].offset + found[-1].length
    if crossing or outside or any(run.writing == FIXED for run in found):
        line, _ = document.position(span.start)
        raise MtqaError(f"{document.path}:{line}", "an edit crosses markup; edit this place by hand")
    return found


def _borders(run: Run, offset: int) -> bool:
    return run.writing != FIXED and run.offset <= offset <= run.offset + run.length
