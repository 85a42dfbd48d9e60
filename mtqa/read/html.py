"""Web pages: the text of headings, paragraphs, list items and cells, a line each.

The parser of the standard library, which takes any page, says where each tag and each stretch of text stands in the
file, so that an edit replaces the edited words and every other byte stays. Scripts, styles, code blocks, deleted and
hidden text are left out; attributes (alternative text, descriptions) too.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from mtqa.document import Document, Edit
from mtqa.errors import MtqaError
from mtqa.read._charset import decode_page
from mtqa.read._units import Flow, Layout, Piece, Unit, lay_out, locator, one_line, rewrite
from mtqa.read._writing import HTML

if TYPE_CHECKING:
    from mtqa.read._page import Stretch

SUFFIXES = (".html", ".htm", ".xhtml")
MAX_BYTES = 32 * 2**20

# An entity; white space that a browser shows as one space; a soft hyphen; words with a single space between them.
_WORD = r"(?:[^& \t\n\r\f\xad]|&(?![#A-Za-z]))+"
_PART = re.compile(
    r"(?P<entity>&(?:\#[0-9]{1,9}|\#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,40});?)"
    rf"|(?P<space>[ \t\n\r\f]+)|\xad|{_WORD}(?: {_WORD})*|&"
)
_SPACE = " \t\n\r\f"


def read(data: bytes, name: str) -> Document:
    """Read a page, however broken its markup. Raises MtqaError when it is too large or in an unknown encoding."""
    return _layout(data, name).document


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the page with the edits in its text, their `&` and `<` escaped. Raises MtqaError."""
    return rewrite(_layout(data, name), data, edits)


def _layout(data: bytes, name: str) -> Layout:
    if len(data) > MAX_BYTES:
        raise MtqaError(name, f"{len(data):,} bytes; a page has {MAX_BYTES:,} at most, save the article alone")
    file = decode_page(data, name)
    return lay_out(name, file, _units(file.text))


def _units(text: str) -> Iterator[Unit]:
    from mtqa.read._page import blocks

    locate = locator(text)
    for block in blocks(text):
        flow = _joined(_flow(text, block.stretches, locate), text)
        yield Unit(flow, markup=None, heading=block.heading)


def _flow(text: str, stretches: "Sequence[Stretch]", locate: Callable[[int], tuple[int, int]]) -> Flow:
    """Return the text of a block, its white space collapsed."""
    flow: Flow = []
    spaced = True
    for stretch in stretches:
        if stretch.after_tag:
            flow.append(None)
        for start, end, part in _parts(text, stretch):
            if part == " " and text[start] in _SPACE:
                if spaced:
                    continue
                spaced = True
            elif part:
                spaced = False
            last = flow[-1] if flow else None
            if last and last.end < start:
                # A tag that an edit may swallow, or white space after white space, reads as nothing.
                flow.append(Piece(last.end, start, *locate(last.end), "", HTML))
            flow.append(Piece(start, end, *locate(start), part, HTML, stretch.prose))
    while flow and not (flow[-1] and (flow[-1].text or "").strip(" ")):
        flow.pop()
    return flow


def _joined(flow: Flow, text: str) -> Flow:
    """Join pieces that follow one another in the file and stand in it as they are, as most words and spaces do."""
    joined: Flow = []
    for piece in flow:
        plain = piece and piece.text == one_line(text[piece.start : piece.end])
        last = joined[-1] if joined else None
        if piece and plain and last and last.text is None and last.end == piece.start and last.prose == piece.prose:
            joined[-1] = last._replace(end=piece.end)
        else:
            joined.append(piece._replace(text=None) if piece and plain else piece)
    return joined


def _parts(text: str, stretch: "Stretch") -> Iterator[tuple[int, int, str]]:
    """Yield words, spaces and entities of a stretch: where each stands, and how it reads."""
    from html import unescape

    if stretch.comment:
        yield stretch.start, stretch.end, one_line(text[stretch.start : stretch.end])
        return
    for found in _PART.finditer(text, stretch.start, stretch.end):
        part = found[0]
        if found["space"]:
            part = " "
        elif found["entity"]:
            part = unescape(part).replace("\n", " ").replace("\xad", "")
        elif part == "\xad":
            part = ""
        yield *found.span(), part
