"""Word documents: the text of paragraphs, table cells and notes, a line each; a line is a paragraph by its number.

python-docx finds the parts and the styles. An edit replaces the text of the runs it touches in the bytes of their part;
every other part, and every other byte of this one, stays. Headers, footers and text boxes are not read.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from mtqa.document import Document, Edit, Span
from mtqa.errors import MtqaError
from mtqa.read._columns import by_name, by_script, is_chinese
from mtqa.read._compose import Piece, Unit, by_unit, compose, in_file
from mtqa.read._decode import Decoded
from mtqa.read._package import open_package, repacked

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
    text: str

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.start + len(self.text)


class _Text(NamedTuple):
    """Hold the text of all paragraphs, one a line, where it stands in the parts, and the units in it."""

    text: str
    places: list[_Place]
    units: list[Unit]


def read(data: bytes, name: str) -> Document:
    """Read a document; the rows of a table with a Chinese and an English column are pairs.

    Raises MtqaError for a file that is no .docx, is encrypted, cut off, too large unpacked or declares entities.
    """
    open_package(data, name)
    text = _text(data, name)
    return compose(name, Decoded(text.text, "utf-8"), text.units)


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the document with the edits in its runs, the words in the first where one touches several.

    Raises MtqaError like `read`, and for an edit across markup.
    """
    from mtqa.read._splice_words import spliced_words

    package = open_package(data, name)
    if not edits:
        return data
    text = _text(data, name)
    changes: dict[str, dict[int, list[Edit]]] = {}
    for index, local in by_unit(name, text.units, edits):
        for edit in local:
            for place, part in _by_place(text.places, in_file(text.units[index], edit, str), name):
                changes.setdefault(place.part, {}).setdefault(place.number, []).append(part)
    parts = {part: spliced_words(package.read(part), f"{name}: {part}", words) for part, words in changes.items()}
    return repacked(package, parts)


def _by_place(places: Sequence[_Place], edit: Edit, name: str) -> Iterator[tuple[_Place, Edit]]:
    """Yield an edit as one of each run it touches."""
    (start, end), new = edit
    first = max(0, bisect_right(places, start, key=lambda place: place.start) - 1)
    touched = list(takewhile(lambda place: place.start < end or place.start == start, islice(places, first, None)))
    if not touched or sum(min(end, place.end) - max(start, place.start) for place in touched) != end - start:
        raise MtqaError(name, f"an edit to {new!r} takes away a tab or another sign; edit these words by hand")
    for place in touched:
        yield place, Edit(Span(max(start, place.start) - place.start, min(end, place.end) - place.start), new)
        new = ""


def _text(data: bytes, name: str) -> _Text:
    from mtqa.read._paragraphs import Table

    collected = _Collected([], [], [0])
    units: list[Unit] = []
    for part, blocks, headings in _parts(data, name):
        gathered: list[Unit] = []
        tables = False
        for block in blocks:
            if isinstance(block, Table):
                rows = [[_cell(cell, part, headings, collected) for cell in row] for row in block.rows]
                found = _paired(rows)
                tables = tables or found is not None
                gathered += found if found is not None else [unit for row in rows for cell in row for unit in cell]
            else:
                gathered += collected.add(block, part, headings)
        units += gathered if tables else _alternating(gathered)
    return _Text("\n".join(collected.texts), collected.places, units)


class _Styles(NamedTuple):
    """Hold the ids of the styles of headings, and of tables of contents, which Word makes from them."""

    headings: frozenset[str]
    contents: frozenset[str]


class _Collected(NamedTuple):
    """Collect the paragraphs' texts, where they stand, and where the next one starts."""

    texts: list[str]
    places: list[_Place]
    here: list[int]

    def add(self, paragraph: "Paragraph", part: str, styles: _Styles) -> list[Unit]:
        """Add a paragraph; return its units, one for each of its lines."""
        from mtqa.read._paragraphs import BREAK

        start = here = self.here[0]
        text = paragraph.text
        barriers = set()
        look: tuple[object, ...] | None = None
        for run in paragraph.runs:
            if run is None or run.look != look or run.number is None:
                barriers.add(here)
            look = run.look if run and run.number is not None else None
            if run:
                if run.number is not None and run.text:
                    self.places.append(_Place(here, part, run.number, run.text))
                here += len(run.text)
        self.texts.append(text)
        self.here[0] = here + 1
        if paragraph.style in styles.contents:
            return []
        units = []
        for line in text.split(BREAK):
            end = start + len(line)
            if line.strip():
                inside = tuple(sorted(barrier - start for barrier in barriers if start < barrier < end))
                heading = paragraph.outlined or paragraph.style in styles.headings
                units.append(Unit((Piece(line, start, end),), None, heading, inside))
            start = end + 1
        return units


def _cell(cell: "list[Paragraph]", part: str, styles: _Styles, collected: _Collected) -> list[Unit]:
    return [unit for paragraph in cell for unit in collected.add(paragraph, part, styles)]


def _paired(rows: list[list[list[Unit]]]) -> list[Unit] | None:
    """Return the units of a table's English column with the Chinese beside them; None if it has no such columns."""
    width = max((len(row) for row in rows), default=0)
    even = [[" ".join(unit.text for unit in cell) for cell in row] for row in rows if len(row) == width]
    columns = by_script([[row[i] for row in even] for i in range(width)]) if width > 1 else None
    if columns is None or columns.source is None:
        return None
    units: list[Unit] = []
    for number, row in enumerate(rows):
        if len(row) < width:
            units += [unit for cell in row for unit in cell]
        elif number or by_name([even[0][columns.source], even[0][columns.text]]) is None:
            units += _beside(row[columns.text], [unit.text for unit in row[columns.source]])
    return units


def _beside(english: list[Unit], chinese: list[str]) -> list[Unit]:
    """Give a cell's units their Chinese: one each where there are as many, else all of it to all of them."""
    if len(english) == len(chinese):
        return [unit._replace(source=source) for unit, source in zip(english, chinese, strict=True)]
    whole = " ".join(chinese) or None
    if not english:
        return [Unit((), whole)]
    return [unit._replace(source=whole, shares=number > 0) for number, unit in enumerate(english)]


def _alternating(units: list[Unit]) -> list[Unit]:
    """Pair the paragraphs of a part in which each Chinese one is followed by its English, all through."""
    first, second = units[0::2], units[1::2]
    if len(units) < 4 or len(first) != len(second):
        return units
    if not all(is_chinese(unit.text) for unit in first) or any(is_chinese(unit.text) for unit in second):
        return units
    return [unit._replace(source=chinese.text) for unit, chinese in zip(second, first, strict=True)]


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
