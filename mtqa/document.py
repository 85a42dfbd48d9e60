"""The text under examination: spans, sentences and whole documents."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """Mark a half-open stretch of text, in Unicode code points.

    >>> Span(2, 5).overlaps(Span(4, 9)), Span(2, 5).overlaps(Span(5, 9)), Span(0, 9).covers(Span(2, 5))
    (True, False, True)
    """

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Tell whether every code point of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


class Segment(NamedTuple):
    """Hold one English sentence and the Chinese aligned with it, if any.

    `span` counts code points of `Document.text`, `source_span` those of `Document.source`; `source` is that stretch of
    `Document.chinese`, so in simplified characters. `heading` is true for a title, a heading or a list item that stands
    alone on its line.
    """

    span: Span
    source: str | None = None
    source_span: Span | None = None
    heading: bool = False


class Link(NamedTuple):
    """Join sentences that say the same: `target` in code points of `Document.text`, `source` of `Document.source`.

    A span covers one sentence or several neighbours; None on one side says that a sentence was dropped or added.
    """

    target: Span | None
    source: Span | None


class Edit(NamedTuple):
    """Replace the words at `span`, in code points of `Document.text`, by `text`."""

    span: Span
    text: str


class Anchor(NamedTuple):
    """Say that the code point at `offset` of a document's text stands at this line and column of its file."""

    offset: int
    line: int
    column: int


class _Fields(NamedTuple):
    path: str
    text: str
    prose: str
    encoding: str
    mark: bytes
    segments: tuple[Segment, ...]
    source: str | None
    chinese: str | None
    links: tuple[Link, ...]
    anchors: tuple[Anchor, ...]
    barriers: tuple[int, ...]
    file: bytes | None


class Document(_Fields):
    """Hold one article as it was read.

    `text` is the decoded file, exactly: CRLF, tabs and all, only a byte-order mark taken off. Of a format that is more
    than text (XLIFF, DOCX, a table) it is the English in it, a line for each unit; `anchors` then say where the lines
    stand in the file, `barriers` before which code points of the text there is markup that an edit must not cross, and
    `file` is the file itself.
    `prose` is as long as `text`, code point for code point, with everything that is not prose (code, link
    targets, front matter, comments) blanked out, so that a span of one is a span of the other.
    `encoding` is a Python codec that turns `text` back into the file's bytes but for `mark`, its byte-order mark.
    `source` is the Chinese article as it was written, `chinese` the same in simplified characters, as long as it code
    point for code point; `links` say which sentences belong together, in the order of the English.
    """

    def encode(self, text: str) -> bytes:
        """Return a text as bytes of the file's own encoding. Raises UnicodeEncodeError."""
        return self.mark + text.encode(self.encoding)

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.span.start for segment in self.segments]

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(i + 1 for i, char in enumerate(self.text) if char == "\n")]

    def segment_at(self, offset: int) -> Segment | None:
        """Return the sentence that holds the code point at `offset`, or None between sentences."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.segments[index].span.end:
            return self.segments[index]
        return None

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column in the file of a code point, both counted from 1."""
        if self.anchors:
            anchor = self.anchors[max(0, bisect_right(self.anchors, offset, key=lambda a: a.offset) - 1)]
            return anchor.line, anchor.column + offset - anchor.offset
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits that do not overlap written into it.

    >>> edited("a b c", [Edit(Span(4, 5), "d"), Edit(Span(0, 1), "")])
    ' b d'
    """
    parts = []
    here = 0
    for span, new in sorted(edits):
        parts += [text[here : span.start], new]
        here = span.end
    return "".join([*parts, text[here:]])


def comment_spans(text: str) -> Iterator[Span]:
    """Yield the spans of the HTML comments in a text; one that is never closed is none.

    >>> list(comment_spans("a <!-- b --> c <!-- d"))
    [Span(start=2, end=12)]
    """
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        yield Span(start, end + 3)
        start = text.find("<!--", end)


def make_document(
    path: str,
    text: str,
    *,
    prose: str | None = None,
    encoding: str = "utf-8",
    mark: bytes = b"",
    segments: tuple[Segment, ...] = (),
    source: str | None = None,
    anchors: tuple[Anchor, ...] = (),
    barriers: tuple[int, ...] = (),
) -> Document:
    """Build a document; without `prose` all of the text is prose.

    Raises ValueError when `prose` and `text` differ in length.
    """
    prose = text if prose is None else prose
    if len(prose) != len(text):
        raise ValueError(f"prose has {len(prose)} code points, text {len(text)}")
    return Document(path, text, prose, encoding, mark, segments, source, None, (), anchors, barriers, None)
