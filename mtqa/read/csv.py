"""Comma-separated tables of Chinese and English, or with semicolons or tabs, as spreadsheets export them."""

from collections.abc import Sequence

from mtqa.document import Document, Edit
from mtqa.read._rows import Dialect
from mtqa.read._table import read_table, score, write_table

SUFFIXES = (".csv",)
IS_TABLE = True
_DIALECTS = tuple(Dialect(delimiter, quoted=True) for delimiter in ",;\t")


def read(data: bytes, name: str) -> Document:
    """Read a table; without Chinese beside it, its one column of text is the article. Raises MtqaError."""
    return read_table(data, name, _dialect)


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the table with the edits in their cells. Raises MtqaError."""
    return write_table(data, name, edits, _dialect)


def _dialect(text: str, name: str) -> Dialect:
    """Return the dialect that explains the first rows best; the comma among equals."""
    return max(_DIALECTS, key=lambda dialect: score(text, name, dialect))
