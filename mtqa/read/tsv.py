"""Tab-separated tables of Chinese and English: the columns by header (`zh`, `en`) or by script.

Most are plain: a quote is a quote. One is read as spreadsheets write it, with quoted cells that may hold tabs and
line breaks, when only so its rows come out even.
"""

from collections.abc import Sequence

from mtqa.document import Document, Edit
from mtqa.errors import MtqaError
from mtqa.read._rows import Dialect, even, rows
from mtqa.read._table import read_table, write_table

SUFFIXES = (".tsv", ".tab")
IS_TABLE = True
_PLAIN = Dialect("\t", quoted=False)
_QUOTED = Dialect("\t", quoted=True)


def read(data: bytes, name: str) -> Document:
    """Read a table; without Chinese beside it, its one column of text is the article. Raises MtqaError."""
    return read_table(data, name, _dialect)


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the table with the edits in their cells. Raises MtqaError."""
    return write_table(data, name, edits, _dialect)


def _dialect(text: str, name: str) -> Dialect:
    if '"' not in text:
        return _PLAIN
    try:
        even(rows(text, name, _PLAIN), name, _PLAIN)
    except MtqaError:
        try:
            even(rows(text, name, _QUOTED), name, _QUOTED)
        except MtqaError:
            return _PLAIN
        return _QUOTED
    return _PLAIN
