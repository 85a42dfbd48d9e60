"""Turns the units of a file that is more than text (cells, values, blocks, paragraphs) into a document, and edits back.

A unit is made of pieces, each a stretch of the file; what stands between two pieces is no text. Everything counts code
points of the decoded file, so one rule says where a word stands and what to replace.
"""

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from mtqa.document import Anchor, Document, Edit, Segment, Span, edited, make_document
from mtqa.errors import MtqaError
from mtqa.read._decode import Decoded

_TERMINAL = re.compile(r"[.!?…:;。！？：；][\"'”’»)\]」』]*$")
_HEADING_WIDTH = 120


class Piece(NamedTuple):
    """Hold text that stands at `start:end` of the file, code point for code point or else, escaped, as a whole."""

    text: str
    start: int
    end: int
    prose: bool = True

    @property
    def plain(self) -> bool:
        """Tell whether code points of the text and of the file are the same ones."""
        return len(self.text) == self.end - self.start


class Unit(NamedTuple):
    """Hold one line of a document's text: its pieces in the order of the file and the Chinese it was made from.

    `barriers` are code points of the unit before which there is markup; `shares` says that its Chinese is that of the
    unit before.
    """

    pieces: tuple[Piece, ...]
    source: str | None = None
    heading: bool = False
    barriers: tuple[int, ...] = ()
    shares: bool = False

    @property
    def text(self) -> str:
        """The unit's text, with a space for every code point of a line break."""
        return one_line("".join(piece.text for piece in self.pieces))


def one_line(text: str) -> str:
    r"""Put a space for every code point of a line break.

    >>> one_line("a\r\nb")
    'a  b'
    """
    return text.replace("\r", " ").replace("\n", " ")


def compose(name: str, file: Decoded, units: Sequence[Unit]) -> Document:
    """Build the document of a file's units: a line and a segment for each, and a line of Chinese where it has one.

    No edit may cross from one unit into the next, nor a barrier inside one.
    """
    lines = [0, *(found.end() for found in re.finditer("\n", file.text))]
    texts, prose, sources = [], [], []
    anchors: list[Anchor] = []
    barriers: list[int] = []
    segments = []
    here = there = 0
    source_span: Span | None = None
    for unit in units:
        text = unit.text
        blanked = _prose(unit, text)
        texts.append(text)
        prose.append(blanked)
        anchors += _anchors(unit, here, lines)
        barriers += [here, *(here + barrier for barrier in unit.barriers), here + len(text)]
        if not unit.shares:
            source_span = None
            if unit.source is not None:
                sources.append(one_line(unit.source))
                source_span = _stripped(there, sources[-1])
                there += len(sources[-1]) + 1
        span = _stripped(here, blanked)
        if span or source_span:
            segments.append(_segment(unit, span or Span(here, here), blanked, source_span))
        here += len(text) + 1
    source = "\n".join(sources)
    return make_document(
        name,
        "\n".join(texts),
        prose="\n".join(prose),
        encoding=file.encoding,
        mark=file.mark,
        segments=tuple(segments),
        source=source if source.strip() else None,
        anchors=tuple(anchors),
        barriers=tuple(sorted(set(barriers))),
    )


def by_unit(name: str, units: Sequence[Unit], edits: Sequence[Edit]) -> Iterator[tuple[int, list[Edit]]]:
    """Yield the units that are edited, with their edits in code points of the unit.

    Raises MtqaError for an edit that crosses from one unit into another, or a barrier.
    """
    starts = [0, *accumulate(len(unit.text) + 1 for unit in units)]
    found: dict[int, list[Edit]] = {}
    for span, new in sorted(edits):
        index = bisect_right(starts, span.start) - 1
        here = starts[index]
        local = Span(span.start - here, span.end - here)
        crossed = index >= len(units) or not units[index].pieces or span.end >= starts[index + 1]
        if crossed or any(local.start < barrier < local.end for barrier in units[index].barriers):
            raise MtqaError(name, f"an edit to {new!r} crosses markup; edit these words by hand")
        found.setdefault(index, []).append(Edit(local, new))
    yield from found.items()


def in_file(unit: Unit, edit: Edit, escape: Callable[[str], str]) -> Edit:
    """Return a unit's edit as one of the file, its text escaped as the file needs it."""
    (start, end), new = edit
    offsets = list(accumulate((len(piece.text) for piece in unit.pieces), initial=0))
    first = min(bisect_right(offsets, start), len(unit.pieces)) - 1
    last = first if end == start else min(bisect_right(offsets, end - 1), len(unit.pieces)) - 1
    head, tail = unit.pieces[first], unit.pieces[last]
    before, after = start - offsets[first], end - offsets[last]
    if head.plain:
        file_start = head.start + before
    else:
        file_start, new = head.start, head.text[:before] + new
    if tail.plain:
        file_end = tail.start + after
    elif end == start:
        file_end, new = (tail.end, new + tail.text[after:]) if before else (tail.start, new)
    else:
        file_end, new = tail.end, new + tail.text[after:]
    return Edit(Span(file_start, file_end), escape(new))


def spliced(data: bytes, file: Decoded, edits: Sequence[Edit]) -> bytes:
    """Return the bytes of a file with edits of its decoded text, and every other byte as it was.

    Raises UnicodeEncodeError when the encoding lacks a character of an edit.
    """
    if not edits:
        return data
    if file.mark + file.text.encode(file.encoding) == data:
        return file.mark + edited(file.text, edits).encode(file.encoding)
    # Some characters have two codes in Big5; only the edited ones may be written anew.
    wanted = sorted({offset for edit in edits for offset in edit.span})
    places = dict(zip(wanted, _byte_offsets(data, file, wanted), strict=True))
    parts = []
    here = 0
    for span, new in sorted(edits):
        parts += [data[here : places[span.start]], new.encode(file.encoding)]
        here = places[span.end]
    return b"".join([*parts, data[here:]])


def _byte_offsets(data: bytes, file: Decoded, wanted: Sequence[int]) -> Iterator[int]:
    decoder = codecs.getincrementaldecoder(file.encoding)()
    at, read = len(file.mark), 0
    for offset in wanted:
        while read < offset:
            read += len(decoder.decode(data[at : at + 1]))
            at += 1
        yield at


def _prose(unit: Unit, text: str) -> str:
    if all(piece.prose for piece in unit.pieces):
        return text
    return "".join(one_line(piece.text) if piece.prose else " " * len(piece.text) for piece in unit.pieces)


def _stripped(start: int, text: str) -> Span | None:
    left = len(text) - len(text.lstrip())
    return Span(start + left, start + len(text.rstrip())) if left < len(text) else None


def _segment(unit: Unit, span: Span, prose: str, source_span: Span | None) -> Segment:
    words = prose.strip()
    heading = unit.heading or (0 < len(words) <= _HEADING_WIDTH and not _TERMINAL.search(words))
    return Segment(span, source_span=source_span, heading=heading)


def _anchors(unit: Unit, here: int, lines: Sequence[int]) -> Iterator[Anchor]:
    for piece in unit.pieces:
        yield _anchor(here, piece.start, lines)
        if piece.plain and "\n" in piece.text:
            for found in re.finditer("\n", piece.text):
                yield _anchor(here + found.end(), piece.start + found.end(), lines)
        here += len(piece.text)


def _anchor(offset: int, place: int, lines: Sequence[int]) -> Anchor:
    line = bisect_right(lines, place)
    return Anchor(offset, line, place - lines[line - 1] + 1)
