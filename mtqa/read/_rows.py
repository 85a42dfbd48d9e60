"""Rows of cells, as the csv module parses them, and where each row stands in the file."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mtqa.errors import MtqaError

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


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


def _explained(error: str, limit: int) -> str:
    if "field larger" in error:
        return f"a cell of more than {limit:,} characters begins here; close its quote or split it"
    if "unexpected end" in error:
        return "a quoted cell begins here and is never closed; close it, or double the quotes that are text"
    return "a quoted cell goes on after its closing quote; double the quotes that are text"
