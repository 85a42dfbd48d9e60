"""Finds the Chinese of a Word document's English: in the other column of a table, or in the paragraph before."""

from mtqa.read._columns import by_name, by_script
from mtqa.read._units import Unit, words
from mtqa.script import is_chinese


def paired(rows: list[list[list[Unit]]]) -> list[Unit] | None:
    """Return the units of a table's English column with the Chinese beside them; None if it has no such columns."""
    width = max((len(row) for row in rows), default=0)
    even = [[" ".join(_words(unit) for unit in cell) for cell in row] for row in rows if len(row) == width]
    columns = by_script([[row[i] for row in even] for i in range(width)]) if width > 1 else None
    if columns is None or columns.source is None:
        return None
    units: list[Unit] = []
    for number, row in enumerate(rows):
        if len(row) < width:
            units += [unit for cell in row for unit in cell]
        elif number or by_name([even[0][columns.source], even[0][columns.text]]) is None:
            units += _beside(row[columns.text], [_words(unit) for unit in row[columns.source]])
    return units


def _beside(english: list[Unit], chinese: list[str]) -> list[Unit]:
    """Give a cell's units their Chinese: one each where there are as many, else all of it to all of them."""
    if len(english) == len(chinese):
        return [unit._replace(source=source) for unit, source in zip(english, chinese, strict=True)]
    whole = " ".join(chinese)
    if not english:
        return [Unit([], whole, None, row=True)]
    return [unit._replace(source=whole, shares=number > 0) for number, unit in enumerate(english)]


def alternating(units: list[Unit]) -> list[Unit]:
    """Pair the paragraphs of a part in which each Chinese one is followed by its English, all through."""
    first, second = units[0::2], units[1::2]
    if len(units) < 4 or len(first) != len(second):
        return units
    if not all(is_chinese(_words(unit)) for unit in first) or any(is_chinese(_words(unit)) for unit in second):
        return units
    return [unit._replace(source=_words(chinese)) for unit, chinese in zip(second, first, strict=True)]


def _words(unit: Unit) -> str:
    return words(unit.target, "")
