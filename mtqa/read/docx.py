"""Word documents: the text of paragraphs, table cells and notes, a line each; a line is a paragraph by its number.

python-docx finds the parts and the styles. An edit replaces the text of the runs it touches in the bytes of their part;
every other part, and every other byte of this one, stays. Headers, footers and text boxes are not read.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mtqa.document import Document, Edit, Span
from mtqa.errors import MtqaError
from mtqa.read._beside import alternating, paired
from mtqa.read._decode import Decoded
from mtqa.read._package import open_package, repacked
from mtqa.read._runs import changes
from mtqa.read._units import Flow, Layout, Piece, Unit, lay_out, words
from mtqa.read._writing import CELL, FIXED

if TYPE_CHECKING:
    from lxml.etree import _Element

    from mtqa.read._paragraphs import Paragraph, Table

SUFFIXES = (".docx",)
_NOTES = ("/footnotes", "/endnotes")


class _Place(NamedTuple):
    """Say that code points from `start` of the paragraphs' text are those of the part's `w:t` of this number."""

    start: int
    part: str
    number: int


class _Text(NamedTuple):
    """Hold the layout of the text of all paragraphs, one a line, and where it stands in the parts."""

    layout: Layout
    places: list[_Place]


def read(data: bytes, name: str) -> Document:
    """Read a document; the rows of a table with a Chinese and an English column are pairs.

    Raises MtqaError for a file that is no .docx, is encrypted, cut off, too large unpacked or declares entities.
    """
    open_package(data, name)
    return _text(data, name).layout.document


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the document with the edits in its runs, the words in the first where one touches several.

    Raises MtqaError like `read`, and for an edit across markup.
    """
    from mtqa.read._splice_words import spliced_words

    package = open_package(data, name)
    if not edits:
        return data
    (document, runs, _), places = _text(data, name)
    found: dict[str, dict[int, list[Edit]]] = {}
    for start, end, new, _ in changes(document, runs, edits):
        place = places[bisect_right(places, start, key=lambda place: place.start) - 1]
        edit = Edit(Span(start - place.start, end - place.start), new)
        found.setdefault(place.part, {}).setdefault(place.number, []).append(edit)
    parts = {part: spliced_words(package.read(part), f"{name}: {part}", inside) for part, inside in found.items()}
    return repacked(package, parts)


def _text(data: bytes, name: str) -> _Text:
    from mtqa.read._paragraphs import Table

    collected = _Collected([], [1, 0])
    units: list[Unit] = []
    for part, blocks, headings in _parts(data, name):
        gathered: list[Unit] = []
        tables = False
        for block in blocks:
            if isinstance(block, Table):
                rows = [[_cell(cell, part, headings, collected) for cell in row] for row in block.rows]
                found = paired(rows)
                tables = tables or found is not None
                gathered += found if found is not None else [unit for row in rows for cell in row for unit in cell]
            else:
                gathered += collected.add(block, part, headings)
        units += gathered if tables else alternating(gathered)
    return _Text(lay_out(name, Decoded("", "utf-8"), units), collected.places)


class _Styles(NamedTuple):
    """Hold the ids of the styles of headings, and of tables of contents, which Word makes from them."""

    headings: frozenset[str]
    contents: frozenset[str]


class _Collected(NamedTuple):
    """Collect where the paragraphs' texts stand, and the number of the next one and where it starts."""

    places: list[_Place]
    next: list[int]

    def add(self, paragraph: "Paragraph", part: str, styles: _Styles) -> list[Unit]:
        """Add a paragraph; return its units, one for each of its lines."""
        from mtqa.read._paragraphs import BREAK

        number, start = self.next
        here = start
        flows: list[Flow] = [[]]
        look: tuple[object, ...] | None = None
        for run in paragraph.runs:
            text_look = run.look if run and run.number is not None else None
            if text_look is None or text_look != look:
                flows[-1].append(None)
            look = text_look
            if run is None or not run.text:
                continue
            if run.text == BREAK:
                flows.append([])
            else:
                writing = FIXED if run.number is None else CELL
                flows[-1].append(Piece(here, here + len(run.text), number, here - start + 1, run.text, writing))
            if run.number is not None:
                self.places.append(_Place(here, part, run.number))
            here += len(run.text)
        self.next[:] = number + 1, here + 1
        if paragraph.style in styles.contents:
            return []
        heading = paragraph.outlined or paragraph.style in styles.headings
        return [Unit(flow, markup=None, heading=heading) for flow in flows if words(flow, "").strip()]


def _cell(cell: "list[Paragraph]", part: str, styles: _Styles, collected: _Collected) -> list[Unit]:
    return [unit for paragraph in cell for unit in collected.add(paragraph, part, styles)]


def _parts(data: bytes, name: str) -> "Iterator[tuple[str, Iterator[Paragraph | Table], _Styles]]":
    """Yield the main part and the notes: the name, the paragraphs and tables, the styles of headings."""
    import io

    import docx
    from docx.opc.exceptions import OpcError
    from docx.oxml import parse_xml
    from lxml.etree import LxmlError

    from mtqa.read._paragraphs import flow

    try:
        document = docx.Document(io.BytesIO(data))
        styles = _styles(document.styles.element)
        roots: list[tuple[str, list[_Element]]] = [(document.part.partname, [document.element.body])]
        for relation in document.part.rels.values():
            if relation.reltype.endswith(_NOTES) and not relation.is_external:
                part = relation.target_part
                roots.append((part.partname, list(parse_xml(part.blob))))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError, IndexError) as error:
        found = " ".join(str(error).split())[:120]
        what = f"is no Word document that can be read ({found})"
        raise MtqaError(name, f"{what}; save it again in Word as .docx") from None
    for partname, containers in roots:
        yield partname.lstrip("/"), flow(containers), styles


def _styles(root: "_Element") -> _Styles:
    """Return the ids of the styles of headings, which have a level in the outline or are named so, and of contents."""
    from mtqa.read._paragraphs import W

    bases, headings, contents = {}, set(), set()
    for style in root.iter(f"{W}style"):
        found = style.get(f"{W}styleId", "")
        called = style.find(f"{W}name")
        label = "" if called is None else called.get(f"{W}val", "").lower()
        base = style.find(f"{W}basedOn")
        bases[found] = "" if base is None else base.get(f"{W}val", "")
        if label.startswith(("heading", "title", "subtitle")) or style.find(f"{W}pPr/{W}outlineLvl") is not None:
            headings.add(found)
        elif label.startswith("toc "):
            contents.add(found)
    for _ in range(10):
        headings |= {style for style, base in bases.items() if base in headings}
    return _Styles(frozenset(headings), frozenset(contents))
