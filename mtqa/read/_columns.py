"""Tells which columns of a table, or keys of an object, hold the Chinese and the English: by name, else by script."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mtqa.script import is_chinese

_ENGLISH = "mt hypothesis hyp en eng english target tgt trg translation 机翻 英文 英语 译文 譯文 text sentence".split()
"""Names of the English column, the likeliest first: where there is machine translation, that is what is checked."""
_WEAK = ("text", "sentence")
_CHINESE = "zh zho chi cn cmn chinese source src 中文 汉语 漢語 原文 源文".split()
_NOT_TEXT = frozenset("id lang language locale url file path doc document type score system name note date".split())
_WORD = re.compile(r"[^\W_]+")
HOW = "name them zh and en (or source and target) in a first row"


class Columns(NamedTuple):
    """Hold the numbers, from 0, of the column with the Chinese, if there is English beside it, and of that to check."""

    source: int | None
    text: int


def by_name(labels: Sequence[str]) -> Columns | None:
    """Find the columns by their labels; None when no label names one.

    >>> by_name(["id", "zh-CN", "en_US"]), by_name(["Source text", "Target"]), by_name(["What", "is this?"])
    (Columns(source=1, text=2), Columns(source=0, text=1), None)
    """
    chinese, english = _named(labels, _CHINESE), _named(labels, _ENGLISH)
    if english is None:
        return None if chinese is None else Columns(None, chinese)
    # Beside a mere "text", "source" says who published it.
    if chinese is not None and _first(labels[english]) in _WEAK and _first(labels[chinese]) in ("source", "src"):
        chinese = None
    return Columns(chinese, english)


def by_script(columns: Sequence[Sequence[str]]) -> Columns | None:
    """Find the first column of Chinese and the first of English sentences; None when they cannot be told.

    >>> by_script([["1", "2"], ["你好。", "再见。"], ["Hello there.", "See you soon."]])
    Columns(source=1, text=2)
    """
    samples = [" ".join(cells) for cells in columns]
    chinese = next((i for i, sample in enumerate(samples) if is_chinese(sample)), None)
    latin = [i for i, sample in enumerate(samples) if not is_chinese(sample) and any(map(str.isalpha, sample))]
    prose = [i for i in latin if _is_prose(columns[i])]
    if chinese is None:
        alone = latin if len(latin) == 1 else prose
        return Columns(None, alone[0]) if len(alone) == 1 else None
    if prose or len(latin) == 1:
        return Columns(chinese, (prose or latin)[0])
    return Columns(None, chinese) if len(columns) == 1 else None


def _named(labels: Sequence[str], names: Sequence[str]) -> int | None:
    ranked = []
    for column, label in enumerate(labels):
        words = _WORD.findall(label.lower()[:100])
        if words and words[0] in names and len(words) <= 3 and not _NOT_TEXT.intersection(words):
            ranked.append((names.index(words[0]), column))
    return min(ranked)[1] if ranked else None


def _first(label: str) -> str:
    return next(iter(_WORD.findall(label.lower()[:100])), "")


def _is_prose(cells: Sequence[str]) -> bool:
    """Tell sentences from names and numbers of documents: three words in most cells."""
    filled = [cell for cell in cells if cell.strip()]
    return 2 * sum(len(cell.split()) >= 3 for cell in filled) > len(filled)
