"""Lays the units of a file out as an English and a Chinese text, and writes edits where the words came from.

A format finds its units and says, piece by piece, where in the file their words stand; here pieces become a document
with anchors and barriers, and an edit of the document becomes the fewest changed characters of the file.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from mtqa.document import Anchor, Document, Edit, Segment, Span, make_document
from mtqa.errors import MtqaError
from mtqa.read._blank import blank
from mtqa.read._decode import Decoded
from mtqa.read._runs import Run, changes
from mtqa.read._splice import spliced
from mtqa.read._writing import ONE_LINE

MAX_RUNS = 1_000_000
"""Stretches of words between tags and entities in one file, not counting the first of each unit: bounds the memory of
a file of nothing but `&lt;`."""

MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,2000}>|<!--[^\n]{0,2000}?-->")
"""Markup that stands in the text itself, as exports of web sites and apps have it."""

_TERMINAL = re.compile(r"[.!?…:;。！？：；][\"'”’»)\]」』]*$")
_HEADING_WIDTH = 120


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
    """Hold the English of a unit, if it has any, its Chinese, and what in the words of the English is markup.

    `heading` says that it is one; a short unit without a full stop is one anyway. `shares` says that its Chinese is
    that of the unit before, `row` that it has a line though no word stands in it, as an empty cell of a table.
    """

    target: Flow
    source: str = ""
    markup: "re.Pattern[str] | None" = MARKUP
    heading: bool = False
    shares: bool = False
    row: bool = False


class Layout(NamedTuple):
    """Hold a document, where each run of its text stands in the decoded file, by offset, and that file."""

    document: Document
    runs: list[Run]
    decoded: Decoded


def locator(file: str) -> Callable[[int], tuple[int, int]]:
    r"""Return what tells line and column, both from 1, of a code point of a file.

    >>> locator("a\nbc")(3)
    (2, 2)
    """
    starts = [0, *(found.end() for found in re.finditer("\n", file))]

    def locate(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return locate


def one_line(text: str) -> str:
    r"""Return a text with its line ends turned into spaces, code point for code point.

    >>> one_line("a\r\nb")
    'a  b'
    """
    return text.translate(ONE_LINE)


def words(flow: Flow, file: str) -> str:
    """Return the words of a flow on one line."""
    return one_line("".join(_text(piece, file) for piece in flow if piece))


def _text(piece: Piece, file: str) -> str:
    return file[piece.start : piece.end] if piece.text is None else piece.text


class _Laid(NamedTuple):
    """Collect what is known of the text so far; `barriers` count its code points."""

    runs: list[Run]
    anchors: list[Anchor]
    barriers: set[int]


def lay_out(name: str, decoded: Decoded, units: Iterable[Unit]) -> Layout:
    """Put units one a line: the English of those that have some, the Chinese of all that have some.

    Raises MtqaError when there are more than `MAX_RUNS` stretches of English.
    """
    laid = _Laid([], [], set())
    english: list[str] = []
    shown: list[str] = []
    chinese: list[str] = []
    segments: list[Segment] = []
    here = there = 0
    beside: Span | None = None
    for unit in units:
        if not unit.shares:
            beside = _stripped(unit.source, there)
            if beside:
                chinese.append(one_line(unit.source))
                there += len(unit.source) + 1
        line = words(unit.target, decoded.text)
        if not line.strip() and not unit.row:
            continue
        if len(laid.runs) - len(english) + len(unit.target) > MAX_RUNS:
            raise MtqaError(name, f"has more than {MAX_RUNS:,} stretches of text between tags and entities; split it")
        hidden = [*_add(laid, unit.target, decoded.text, here), *_hide(laid, unit.markup, line, here)]
        prose = blank(line, hidden)
        if beside or prose.strip():
            heading = unit.heading or _is_heading(prose.strip())
            # Beside Chinese all of the English counts, with a name that is protected at its end.
            span = _stripped(line if beside else prose, here) or Span(here, here)
            segments.append(Segment(span, None, beside, heading))
        english.append(line)
        shown.append(prose)
        here += len(line) + 1
    document = make_document(
        name,
        "\n".join(english),
        prose="\n".join(shown),
        encoding=decoded.encoding,
        mark=decoded.mark,
        segments=tuple(segments),
        source="\n".join(chinese) or None,
        anchors=tuple(laid.anchors),
        barriers=tuple(sorted(laid.barriers)),
    )
    return Layout(document, laid.runs, decoded)


def _stripped(text: str, offset: int) -> Span | None:
    """Return where the words of a text stand that begins at an offset; None when it has none."""
    left = len(text) - len(text.lstrip())
    return Span(offset + left, offset + len(text.rstrip())) if left < len(text) else None


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= _HEADING_WIDTH and not _TERMINAL.search(text)


def _add(laid: _Laid, flow: Flow, file: str, start: int) -> Iterator[tuple[int, int]]:
    """Add the runs of a unit whose line begins at `start`, and yield the places in the line that are no prose.

    An edit may leave neither the line nor its markup.
    """
    offset = start
    laid.barriers.add(offset)
    for piece in flow:
        if piece is None:
            laid.barriers.add(offset)
            continue
        text = _text(piece, file)
        laid.runs.append(Run(offset, len(text), piece.start, piece.end, piece.writing))
        laid.anchors.extend(_anchors(offset, piece, text))
        if not piece.prose:
            yield offset - start, offset - start + len(text)
        offset += len(text)
    laid.barriers.add(offset)


def _hide(laid: _Laid, markup: "re.Pattern[str] | None", line: str, offset: int) -> Iterator[tuple[int, int]]:
    for found in markup.finditer(line) if markup else ():
        laid.barriers.update((offset + found.start(), offset + found.end()))
        yield found.span()


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
    return spliced(layout.decoded, data, changes(layout.document, layout.runs, edits))
