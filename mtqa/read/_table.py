"""Tables of cells: where each cell stands in the file, which columns are read, and cells written back.

The csv module parses; this module works out which stretch of the file each cell came from, so that an edit replaces
its characters, or a cell that now needs quotes, and every other byte stays.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from mtqa.document import Document, Edit, Span, edited
from mtqa.errors import MtqaError
from mtqa.read._columns import HOW, Columns, by_name, by_script
from mtqa.read._decode import decode
from mtqa.read._rows import Dialect, Row, even, rows
from mtqa.read._runs import changes
from mtqa.read._splice import Change, spliced
from mtqa.read._units import Layout, Piece, Unit, lay_out, locator
from mtqa.read._writing import CELL, QUOTED, TABBED, TABBED_QUOTED
from mtqa.script import is_chinese

_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_LATIN = re.compile("[A-Za-z]{2,}")
_SAMPLE = 200
"""Rows looked at to tell the dialect and the columns."""


class _Cell(NamedTuple):
    """Hold the stretch of the file in which a cell stands, with its quotes, and its value."""

    span: Span
    value: str
    quoted: bool


class _Table(NamedTuple):
    layout: Layout
    dialect: Dialect
    cells: list[_Cell]


def read_table(data: bytes, name: str, choose: Callable[[str, str], Dialect]) -> Document:
    """Read a table in the dialect that `choose(text, name)` finds.

    Raises MtqaError for a row with more or fewer cells than the first, an unclosed quote, a cell that is too long, and
    columns that cannot be told.
    """
    return _table(data, name, choose).layout.document


def write_table(data: bytes, name: str, edits: Sequence[Edit], choose: Callable[[str, str], Dialect]) -> bytes:
    """Return the table with the edits in its cells, one quoted where it must be now. Raises like `read_table`."""
    layout, dialect, cells = _table(data, name, choose)
    found: Iterable[Change] = changes(layout.document, layout.runs, edits)
    if dialect.quoted:
        found = _quoted(found, cells, re.compile(rf'["\r\n{dialect.delimiter}]'))
    return spliced(layout.decoded, data, list(found))


def _quoted(found: Iterable[Change], cells: Sequence[_Cell], special: "re.Pattern[str]") -> Iterator[Change]:
    """Yield the changes, but one of the whole cell where it has no quotes and now needs them."""
    for index, group in groupby(found, lambda change: bisect_right(cells, change.start, key=lambda c: c.span.start)):
        cell, inside = cells[index - 1], list(group)
        here = cell.span.start
        value = edited(cell.value, [Edit(Span(start - here, end - here), new) for start, end, new, _ in inside])
        if cell.quoted or not special.search(value):
            yield from inside
        else:
            yield Change(*cell.span, '"' + value.replace('"', '""') + '"', CELL)


def _table(data: bytes, name: str, choose: Callable[[str, str], Dialect]) -> _Table:
    file = decode(data, name)
    if (nul := file.text.find("\0")) >= 0:
        line = file.text.count("\n", 0, nul) + 1
        raise MtqaError(f"{name}:{line}", "a NUL character; the file is broken or binary, export the table again")
    dialect = choose(file.text, name)
    found = even(rows(file.text, name, dialect), name, dialect)
    columns, body = _columns(found, name)
    locate = locator(file.text)
    cells, units = [], []
    for row in body:
        source = "" if columns.source is None else row.cells[columns.source]
        if not row.cells[columns.text].strip() and not source.strip():
            continue
        cell = _located(file.text, row, dialect)[columns.text]
        cells.append(cell)
        units.append(Unit(list(_pieces(cell, dialect, locate)), source, None, row=True))
    return _Table(lay_out(name, file, units), dialect, cells)


def _columns(found: list[Row], name: str) -> tuple[Columns, list[Row]]:
    """Tell the columns and the rows below the header, if there is one."""
    if not found:
        return Columns(None, 0), []
    named = by_name(found[0].cells)
    if named:
        return named, found[1:]
    sample = found[:_SAMPLE]
    width = len(found[0].cells)
    columns = by_script([[row.cells[i] for row in sample] for i in range(width)])
    if columns is None:
        labels = ", ".join(repr(cell[:20]) for cell in found[0].cells[:8])
        what = f"{width} columns ({labels}), and which is Chinese and which English cannot be told"
        raise MtqaError(f"{name}:{found[0].line}", f"{what}; {HOW}")
    # A header in words that are not known here: the only cell of the Chinese column without Chinese.
    if columns.source is not None and len(found) > 1 and not is_chinese(found[0].cells[columns.source]):
        return columns, found[1:]
    return columns, found


def _located(text: str, row: Row, dialect: Dialect) -> list[_Cell]:
    """Return where the cells of a row stand in the file."""
    cells = []
    here = row.start
    for number, value in enumerate(row.cells):
        quoted = _QUOTED.match(text, here, row.end)
        if quoted and dialect.quoted:
            end = quoted.end()
        else:
            end = text.find(dialect.delimiter, here, row.end) if number + 1 < len(row.cells) else here + len(value)
            # In a plain table a cell in quotes, with the quotes in it doubled, was most likely quoted all the same.
            quoted = quoted if quoted and quoted.end() == end > here + 1 else None
            value = value if dialect.quoted or not quoted else value[1:-1].replace('""', '"')
        cells.append(_Cell(Span(here, end), value, quoted is not None))
        here = end + 1
    return cells


def _pieces(cell: _Cell, dialect: Dialect, locate: Callable[[int], tuple[int, int]]) -> Iterator[Piece]:
    """Yield the stretches of a cell between its doubled quotes, each of which stands for one."""
    writing = (QUOTED if cell.quoted else CELL) if dialect.quoted else (TABBED_QUOTED if cell.quoted else TABBED)
    here = cell.span.start + cell.quoted
    if not cell.quoted or '"' not in cell.value:
        yield Piece(here, here + len(cell.value), *locate(here), None, writing)
        return
    for part in re.findall(r'[^"]+|"', cell.value):
        end = here + (2 if part == '"' else len(part))
        yield Piece(here, end, *locate(here), part if part == '"' else None, writing)
        here = end


def score(text: str, name: str, dialect: Dialect) -> tuple[bool, bool, bool, int, int]:
    """Say how well a dialect explains the first rows of a table.

    By a header with both columns, even rows, columns that can be told, few Latin words among the Chinese, many cells.
    """
    named = False
    try:
        first = next((row for row in rows(text, name, dialect) if not row.blank), None)
        header = by_name(first.cells) if first else None
        named = header is not None and header.source is not None
        found = even(islice(rows(text, name, dialect), _SAMPLE), name, dialect)
    except MtqaError:
        return named, False, False, 0, 0
    width = len(found[0].cells) if found else 0
    try:
        columns, body = _columns(found, name)
    except MtqaError:
        return named, True, False, 0, width
    chinese = [] if columns.source is None else [row.cells[columns.source] for row in body]
    return named, True, width > 1, -sum(len(_LATIN.findall(cell)) for cell in chinese), width
