"""Chooses the Chinese words whose composition is looked for: the dictionary's, each as long as it goes."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mtqa.chinese.dictionary import is_word
from mtqa.chinese.words import Cutter
from mtqa.document import Span
from mtqa.script import HAN

_NUMERALS = frozenset("一二三四五六七八九十百千万亿两几多数半0123456789")
_MEASURES = frozenset("天年月日周岁次点分秒时")
_LONGEST = 12
_LONGEST_JOINED = 6
_QUOTES = frozenset('“‘《「『"')


class Unit(NamedTuple):
    """Hold a Chinese word and its place, in code points of the source.

    `cut` is true when jieba, too, sees words begin and end there; `quoted` when it stands behind a quotation mark;
    `joined` when it is no word of the dictionary but two neighbours, as a verb and its object are.
    """

    text: str
    span: Span
    cut: bool
    quoted: bool
    joined: bool = False


def units(chinese: str, stretch: Span, cutter: Cutter) -> Iterator[Unit]:
    """Yield the words of a stretch of the source that no longer word holds, and every two neighbours."""
    text = chinese[slice(*stretch)]
    cut = cutter.cut(text)
    for unit in (*_words(text, cut, cutter), *_neighbours(text, cut, cutter)):
        yield unit._replace(span=Span(unit.span.start + stretch.start, unit.span.end + stretch.start))


def _words(text: str, cut: Sequence[tuple[str, Span]], cutter: Cutter) -> Iterator[Unit]:
    bounds = {0}.union(span.end for _, span in cut)
    reached = 0
    for start in range(len(text)):
        end = next((end for end in _ends(text, start) if _is_word(text[start:end], cutter)), 0)
        if end > reached and not _is_counted(text, start):
            reached = end
            yield Unit(text[start:end], Span(start, end), {start, end} <= bounds, _is_quoted(text, start))


def _neighbours(text: str, cut: Sequence[tuple[str, Span]], cutter: Cutter) -> Iterator[Unit]:
    for (first, (start, _)), (second, (_, end)) in pairwise(cut):
        joined = first + second
        if len(joined) <= _LONGEST_JOINED and all(map(HAN.match, joined)) and not _is_word(joined, cutter):
            yield Unit(joined, Span(start, end), True, _is_quoted(text, start), joined=True)


def _is_counted(text: str, start: int) -> bool:
    """Tell whether the word is none: the measure of a number and what follows it, as 天后 in 三天后."""
    return start > 0 and text[start - 1] in _NUMERALS and text[start] in _MEASURES


def _is_quoted(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in _QUOTES


def _ends(text: str, start: int) -> range:
    return range(min(len(text), start + _LONGEST), start + 1, -1)


def _is_word(text: str, cutter: Cutter) -> bool:
    return (is_word(text) or cutter.knows(text)) and HAN.match(text) is not None
