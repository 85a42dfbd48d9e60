"""Web pages: the text of headings, paragraphs, list items and cells, a line each.

The parser of the standard library, which takes any page, says where each tag and each stretch of text stands in the
file, so that an edit replaces the edited words and every other byte stays. Scripts, styles, code blocks, deleted and
hidden text are left out; attributes (alternative text, descriptions) too.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mtqa.document import Document, Edit
from mtqa.errors import MtqaError
from mtqa.read._charset import decode_page
from mtqa.read._compose import Piece, Unit, by_unit, compose, in_file, spliced
from mtqa.read._decode import Decoded

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
    file = _decoded(data, name)
    return compose(name, file, list(_units(file.text)))


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the page with the edits in its text, their `&` and `<` escaped. Raises MtqaError."""
    file = _decoded(data, name)
    units = list(_units(file.text))
    changes = [
        in_file(units[index], edit, lambda text: _escaped(text, file.encoding))
        for index, local in by_unit(name, units, edits)
        for edit in local
    ]
    return spliced(data, file, changes)


def _decoded(data: bytes, name: str) -> Decoded:
    if len(data) > MAX_BYTES:
        raise MtqaError(name, f"{len(data):,} bytes; a page has {MAX_BYTES:,} at most, save the article alone")
    return decode_page(data, name)


def _escaped(text: str, encoding: str) -> str:
    """Escape a text; what the page's encoding lacks becomes a character reference."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")
    return text.encode(encoding, "xmlcharrefreplace").decode(encoding)


def _units(text: str) -> Iterator[Unit]:
    from mtqa.read._page import blocks

    for block in blocks(text):
        unit = _unit(text, block.stretches, heading=block.heading)
        if unit.text.strip():
            yield unit


def _unit(text: str, stretches: "Sequence[Stretch]", *, heading: bool) -> Unit:
    """Join the text of a block, its white space collapsed; where a tag stood between there is a barrier."""
    pieces: list[Piece] = []
    barriers = []
    length = 0
    spaced = True
    for stretch in stretches:
        if stretch.after_tag:
            barriers.append(length)
        for piece in _pieces(text, stretch):
            if piece.text == " " and text[piece.start] in _SPACE:
                if spaced:
                    continue
                spaced = True
            elif piece.text:
                spaced = False
            pieces.append(piece)
            length += len(piece.text)
    while pieces and not pieces[-1].text.strip(" "):
        length -= len(pieces.pop().text)
    return Unit(_joined(pieces), None, heading, tuple(barrier for barrier in barriers if 0 < barrier < length))


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join pieces that follow one another in the file, as most words and spaces do."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.end == piece.start and last.plain and piece.plain and last.prose == piece.prose:
            joined[-1] = Piece(last.text + piece.text, last.start, piece.end, last.prose)
        else:
            joined.append(piece)
    return tuple(joined)


def _pieces(text: str, stretch: "Stretch") -> Iterator[Piece]:
    from html import unescape

    if stretch.comment:
        yield Piece(text[stretch.start : stretch.end], stretch.start, stretch.end, prose=False)
        return
    for found in _PART.finditer(text, stretch.start, stretch.end):
        part = found[0]
        if found["space"]:
            part = " "
        elif found["entity"]:
            part = unescape(part).replace("\n", " ").replace("\xad", "")
        elif part == "\xad":
            part = ""
        yield Piece(part, *found.span(), stretch.prose)
