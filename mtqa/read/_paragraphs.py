"""Reads the paragraphs of WordprocessingML: their text as it shows, and which runs of it an edit may join.

Word splits runs wherever a spelling check, an edit or a change of keyboard happened; where neighbours look the same an
edit may cross. What stands in the text that is none (a note's mark, a picture, a field's end) is a barrier.
Deleted and hidden text, field codes, mathematics and text boxes are left out. ISO/IEC 29500-1, section 17.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAK = "\v"
"""Stands for a line break in a paragraph's text; no XML holds one."""
_CHARS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-", "br": BREAK, "cr": BREAK}
_INLINE = frozenset("hyperlink ins moveTo smartTag customXml sdt sdtContent fldSimple dir bdo ruby rubyBase".split())
_BLOCKS = frozenset("sdt sdtContent ins moveTo customXml smartTag".split())
_SILENT = frozenset(
    "pPr rPr proofErr softHyphen lastRenderedPageBreak instrText delText sdtPr sdtEndPr rubyPr smartTagPr customXmlPr"
    " permStart permEnd".split()
)
_INVISIBLE = frozenset("lang noProof webHidden rPrChange".split())
"""Properties of a run that nobody sees."""


class Run(NamedTuple):
    """Hold text of one element: the number of its `w:t` in the part, or None for a tab or another sign.

    `look` is equal for runs that look the same and stand in the same link, insertion or field.
    """

    text: str
    number: int | None
    look: tuple[object, ...]


class Paragraph(NamedTuple):
    """Hold a paragraph's runs; None among them is something that is no text. `style` is the id of its style."""

    runs: list[Run | None]
    style: str
    outlined: bool

    @property
    def text(self) -> str:
        """The text of the runs."""
        return "".join(run.text for run in self.runs if run)


class Table(NamedTuple):
    """Hold the cells of a table by row, each a list of paragraphs, those of tables inside it among them."""

    rows: list[list[list[Paragraph]]]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield all paragraphs in order."""
        return (paragraph for row in self.rows for cell in row for paragraph in cell)


def flow(containers: "Sequence[Element]") -> Iterator[Paragraph | Table]:
    """Yield the paragraphs and tables in elements of one part (its body, its notes), in order."""
    root = containers[0].getroottree() if containers else None
    numbers = {element: number for number, element in enumerate(root.iter(f"{W}t") if root is not None else ())}
    for container in containers:
        yield from _flow(container, numbers)


def _flow(container: "Element", numbers: "dict[Element, int]") -> Iterator[Paragraph | Table]:
    for child in container:
        kind = _kind(child)
        if kind == "p":
            yield _paragraph(child, numbers)
        elif kind == "tbl":
            rows = [[_cell(cell, numbers) for cell in _inside(row, "tc")] for row in _inside(child, "tr")]
            yield Table(rows)
        elif kind in _BLOCKS:
            yield from _flow(child, numbers)


def _inside(element: "Element", kind: str) -> "Iterator[Element]":
    """Yield rows of a table or cells of a row, through the content controls that may wrap them."""
    for child in element:
        found = _kind(child)
        if found == kind:
            yield child
        elif found in _BLOCKS:
            yield from _inside(child, kind)


def _cell(cell: "Element", numbers: "dict[Element, int]") -> list[Paragraph]:
    return [
        paragraph
        for block in _flow(cell, numbers)
        for paragraph in (block.paragraphs() if isinstance(block, Table) else [block])
    ]


def _kind(element: "Element") -> str:
    tag = element.tag
    return tag[len(W) :] if isinstance(tag, str) and tag.startswith(W) else ""


def _paragraph(element: "Element", numbers: "dict[Element, int]") -> Paragraph:
    properties = element.find(f"{W}pPr")
    style = None if properties is None else properties.find(f"{W}pStyle")
    outlined = properties is not None and properties.find(f"{W}outlineLvl") is not None
    runs = list(_runs(element, numbers, 0, count(1)))
    return Paragraph(runs, "" if style is None else style.get(f"{W}val", ""), outlined)


def _runs(
    element: "Element", numbers: "dict[Element, int]", container: int, containers: "count[int]"
) -> Iterator[Run | None]:
    for child in element:
        kind = _kind(child)
        if kind == "r":
            yield from _run(child, numbers, container, containers)
        elif kind in _INLINE:
            yield from _runs(child, numbers, next(containers), containers)
        elif kind not in _SILENT and not _is_words_bookmark(child, kind):
            yield None


def _is_words_bookmark(element: "Element", kind: str) -> bool:
    """Tell the bookmarks that Word sets by itself, at the last edit and round headings; an end has no name."""
    return kind == "bookmarkEnd" or (kind == "bookmarkStart" and element.get(f"{W}name", "").startswith("_"))


def _run(
    element: "Element", numbers: "dict[Element, int]", container: int, containers: "count[int]"
) -> Iterator[Run | None]:
    properties = element.find(f"{W}rPr")
    if _is_hidden(properties):
        yield None
        return
    look = (container, *_look(properties))
    for child in element:
        kind = _kind(child)
        if kind == "t":
            text = (child.text or "").replace("\r", " ").replace("\n", " ")
            yield Run(text, numbers[child], look)
        elif kind in _CHARS:
            yield Run(_CHARS[kind], None, look)
        elif kind == "ruby":
            yield from _runs(child, numbers, next(containers), containers)
        elif kind not in _SILENT:
            yield None


def _is_hidden(properties: "Element | None") -> bool:
    vanish = None if properties is None else properties.find(f"{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "true") not in ("0", "false", "off")


def _look(properties: "Element | None") -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield what shows of a run's properties, in one order."""
    shown = []
    for child in () if properties is None else properties:
        kind = _kind(child)
        attributes = tuple(sorted((key, value) for key, value in child.attrib.items() if key != f"{W}hint"))
        if kind not in _INVISIBLE and (kind != "rFonts" or attributes):
            shown.append((str(child.tag), attributes))
    yield from sorted(shown)
