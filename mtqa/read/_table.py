"""Tables of cells: where each row and cell stands in the file, which columns are read, and cells written back.

The csv module parses; this module works out which stretch of the file each cell came from, so that an edit replaces
one cell and every other byte stays.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from mtqa.document import Document, Edit, Span, edited
from mtqa.errors import MtqaError
from mtqa.read._columns import HOW, Columns, by_name, by_script, is_chinese
from mtqa.read._compose import Piece, Unit, by_unit, compose, one_line, spliced
from mtqa.read._decode import Decoded, decode

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_LATIN = re.compile("[A-Za-z]{2,}")
_SAMPLE = 200
"""Rows looked at to tell the dialect and the columns."""


class Dialect(NamedTuple):
    """Say what ends a cell, and whether a quoted cell may hold it or a line break."""

    delimiter: str
    quoted: bool

    @property
    def label(self) -> str:
        """The delimiter's name."""
        return {"\t": "tab", ",": "comma", ";": "semicolon"}[self.delimiter]


class Row(NamedTuple):
    """Hold the cells of a row, where it starts in the file, in code points, and on which line, from 1."""

    cells: list[str]
    start: int
    end: int
    line: int

    @property
    def blank(self) -> bool:
        """Tell whether nothing stands in the row."""
        return not any(cell.strip() for cell in self.cells)


class _Cell(NamedTuple):
    """Hold the stretch of the file in which a cell stands, with its quotes, and its value."""

    span: Span
    value: str
    quoted: bool


class _Table(NamedTuple):
    file: Decoded
    dialect: Dialect
    cells: list[_Cell]
    units: list[Unit]


def read_table(data: bytes, name: str, choose: Callable[[str, str], Dialect]) -> Document:
    """Read a table in the dialect that `choose(text, name)` finds.

    Raises MtqaError for a row with more or fewer cells than the first, an unclosed quote, a cell that is too long, and
    columns that cannot be told.
    """
    table = _table(data, name, choose)
    return compose(name, table.file, table.units)


def write_table(data: bytes, name: str, edits: Sequence[Edit], choose: Callable[[str, str], Dialect]) -> bytes:
    """Return the table with its edited cells written anew, quoted if they were or must be. Raises like `read_table`."""
    table = _table(data, name, choose)
    changes = [
        Edit(table.cells[index].span, _written(table.cells[index], local, table.dialect))
        for index, local in by_unit(name, table.units, edits)
    ]
    return spliced(data, table.file, changes)


def rows(text: str, name: str, dialect: Dialect) -> Iterator[Row]:
    """Yield the rows of a table, blank ones too. Raises MtqaError where the csv module cannot go on."""
    import csv

    consumed = 0

    def lines() -> Iterator[str]:
        nonlocal consumed
        for found in _LINE.finditer(text):
            consumed = found.end()
            yield found[0]

    reader = csv.reader(
        lines(),
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        strict=True,
    )
    start, line = 0, 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise MtqaError(f"{name}:{line}", _explained(str(error), csv.field_size_limit())) from None
        if cells is None:
            return
        yield Row(cells, start, consumed, line)
        start, line = consumed, reader.line_num + 1


def even(table: Iterable[Row], name: str, dialect: Dialect) -> list[Row]:
    """Return the rows that are not blank. Raises MtqaError when one has more or fewer cells than the first."""
    kept: list[Row] = []
    for row in table:
        if row.blank:
            continue
        if kept and len(row.cells) != len(kept[0].cells):
            found = f"{_counted(row)}, line {kept[0].line} has {_counted(kept[0])} ({dialect.label}-separated)"
            hint = f", and quote a cell with a {dialect.label}" if dialect.quoted else ""
            raise MtqaError(f"{name}:{row.line}", f"has {found}; give every row as many{hint}")
        kept.append(row)
    return kept


def _counted(row: Row) -> str:
    return f"{len(row.cells)} cell{'s' if len(row.cells) > 1 else ''}"


def _table(data: bytes, name: str, choose: Callable[[str, str], Dialect]) -> _Table:
    file = decode(data, name)
    if (nul := file.text.find("\0")) >= 0:
        line = file.text.count("\n", 0, nul) + 1
        raise MtqaError(f"{name}:{line}", "a NUL character; the file is broken or binary, export the table again")
    dialect = choose(file.text, name)
    found = even(rows(file.text, name, dialect), name, dialect)
    columns, body = _columns(found, name)
    cells, units = [], []
    for row in body:
        if not row.cells[columns.text].strip() and not (
            columns.source is not None and row.cells[columns.source].strip()
        ):
            continue
        cell = _located(file.text, row, dialect)[columns.text]
        cells.append(cell)
        source = None if columns.source is None else row.cells[columns.source]
        units.append(Unit(tuple(_pieces(cell)), source))
    return _Table(file, dialect, cells, units)


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


def _pieces(cell: _Cell) -> Iterator[Piece]:
    """Yield the stretches of a cell between its doubled quotes, each of which stands for one."""
    here = cell.span.start + cell.quoted
    if not cell.quoted or '"' not in cell.value:
        yield Piece(cell.value, here, here + len(cell.value))
        return
    for part in re.findall(r'[^"]+|"', cell.value):
        end = here + (2 if part == '"' else len(part))
        yield Piece(part, here, end)
        here = end


def _written(cell: _Cell, edits: Sequence[Edit], dialect: Dialect) -> str:
    if not dialect.quoted:
        edits = [Edit(edit.span, one_line(edit.text).replace("\t", " ")) for edit in edits]
    value = edited(cell.value, edits)
    if cell.quoted or (dialect.quoted and re.search(rf'["\r\n{dialect.delimiter}]', value)):
        return '"' + value.replace('"', '""') + '"'
    return value


def _explained(error: str, limit: int) -> str:
    if "field larger" in error:
        return f"a cell of more than {limit:,} characters begins here; close its quote or split it"
    if "unexpected end" in error:
        return "a quoted cell begins here and is never closed; close it, or double the quotes that are text"
    return "a quoted cell goes on after its closing quote; double the quotes that are text"


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
