"""Cuts an article into the rows of the review page: a sentence each, with its Chinese where there is some."""

from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span

SAME, LINE, BLANK = 0, 1, 2
"""What stands before a row: nothing (it goes on with the paragraph), a line end, a blank line."""


class Row(NamedTuple):
    """Hold a stretch of the article and of its Chinese, either of which may be missing.

    `span` counts code points of `Document.text`, `source` those of `Document.source`. `prose` is false for what no
    check looks at, such as a block of code.
    """

    span: Span | None
    source: Span | None
    before: int = SAME
    heading: bool = False
    prose: bool = True


def rows(document: Document) -> list[Row]:
    """Return the rows of a document with its sentences; together they hold everything in it but white space."""
    text = document.text
    wrapped = any("\n" in text[segment.span.start : segment.span.end] for segment in document.segments)
    found: list[Row] = []
    last = -1  # index of the last row with English: what trails a sentence belongs to it
    cursor = 0
    for span, source in _units(document):
        if span is None or span.start < cursor:
            found.append(Row(None, source, LINE if source else SAME))
            continue
        tail, between, head = _gap(text, cursor, span.start)
        start = span.start if head is None else head
        if tail is not None and last >= 0:
            row = found[last]
            found[last] = row._replace(span=Span(row.span.start if row.span else cursor, tail))
        elif tail is not None:
            start = cursor
        if between:
            found.append(Row(between, None, BLANK, prose=False))
        segment = document.segment_at(span.start)
        heading = bool(segment and segment.heading)
        after_heading = last >= 0 and found[last].heading
        before = _before(text[cursor:start], wrapped=wrapped, block=heading or after_heading or bool(between))
        found.append(Row(Span(start, span.end), source, before, heading))
        last = len(found) - 1
        cursor = span.end
    rest = text[cursor:].strip()
    if rest:
        start = text.index(rest, cursor)
        found.append(Row(Span(start, start + len(rest)), None, BLANK, prose=False))
    return found


def _units(document: Document) -> Iterator[tuple[Span | None, Span | None]]:
    if document.links:
        yield from document.links
    else:
        yield from ((segment.span, None) for segment in document.segments)


def _gap(text: str, start: int, end: int) -> tuple[int | None, Span | None, int | None]:
    """Say what stands between two sentences.

    The end of what goes on after the first on its line, the lines between the two, the start of what stands before the
    second on its line (quotes, list marks, markup); None for each that is missing.
    """
    gap = text[start:end]
    if not gap.strip():
        return None, None, None
    if "\n" not in gap:
        return end, None, None
    first, last = gap.index("\n"), gap.rindex("\n")
    tail = start + len(gap[:first].rstrip()) if gap[:first].strip() else None
    head = end - len(gap[last:].lstrip()) if gap[last:].strip() else None
    middle = gap[first : last + 1]
    if not middle.strip():
        return tail, None, head
    inner = start + first + len(middle) - len(middle.lstrip())
    return tail, Span(inner, inner + len(middle.strip())), head


def _before(gap: str, *, wrapped: bool, block: bool) -> int:
    lines = gap.count("\n")
    if lines > 1:
        return BLANK
    return LINE if lines and (block or not wrapped) else SAME
