"""Reads the quantities of an English text.

A small parser of its own: text2num turns number words into digits but loses where they stood, and knows neither
"half a million" nor "1.2bn" nor "two thirds"; quantulum3 wants scikit-learn; neither knows "one in five" or "tripled".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from mtqa.document import Span
from mtqa.quantity import calendar, numerals, shares, units
from mtqa.quantity.quantity import BOUNDS, Quantity

_ABOUT = re.compile(
    r"\b(?:(?P<below>nearly|almost|under|below|less than|fewer than|no more than|close to|approach(?:es|ed|ing)?"
    r"|just shy of|up to)|(?P<above>over|above|beyond|more than|at least|upwards? of|exceed(?:s|ed|ing)?"
    r"|top(?:s|ped|ping)?|surpass(?:es|ed|ing)?|past|well)|(?P<near>about|around|some|roughly|approximately|near"
    r"|circa|an? estimated|only|barely))(?: an?)?[ \t]+(?:[A-Z]{0,3}[ \t]?[$¥€£])?$",
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(
    r"(?P<above>[ -]odd|[ -]plus|\+| or more| upwards)\b|(?P<near> or (?:so|less))\b", re.IGNORECASE
)
_SHARED = 10
"""In "1.39 and 0.86 billion" the first number may be up to so many times the second and share its scale."""
_RANGE = re.compile(r"\s?[-–—~]\s?(?:[A-Z]{0,3}[$¥€£])?|\s+(?:to|and|or)\s+(?:[A-Z]{0,3}[$¥€£])?")


def english_quantities(text: str, start: int = 0) -> list[Quantity]:
    """Return the quantities of an English text in their order; spans count from `start`, the offset of the text.

    >>> [(q.low, q.kind, q.unit) for q in english_quantities("US$1.2bn, half a million tons, in June")]
    [(1200000000.0, 'money', 'USD'), (500000.0, 'number', 'ton'), (6.0, 'month', '')]
    """
    taken: list[Quantity] = []
    for reader in (calendar.times, shares.shares, calendar.dates, shares.multiples, _numbers):
        for found in reader(text):
            if not any(found.span.overlaps(other.span) for other in taken):
                taken.append(found)
    taken.sort(key=lambda q: q.span)
    return [_moved(q, start) for q in _ranges(text, taken)]


def _numbers(text: str) -> Iterator[Quantity]:
    for number in numerals.numbers(text):
        found = _ABOUT.search(text, max(0, number.span.start - 24), number.span.start)
        found = found or _ABOUT_AFTER.match(text, number.span.end)
        about = BOUNDS[found.lastgroup or ""] if found else number.about
        yield units.measured(text, number._replace(about=about))


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the first number of a range what only the second one says: 3 to 5 billion, 30-40 percent."""
    shared = list(found)
    for i, (one, two) in reversed(list(enumerate(pairwise(found)))):
        two = shared[i + 1]
        if one.kind != "number" or not _RANGE.fullmatch(text, one.place.end, two.span.start):
            continue
        if two.kind == "money" and two.others:  # 70 or 80 cents
            part = two.low / two.others[0]
            one = one._replace(low=one.low * part, high=one.high * part, others=(one.low,))
        if two.kind in ("percent", "point", "money", "multiple") and not one.unit:
            one = one._replace(kind=two.kind, unit=two.unit)
        elif not one.unit:
            one = one._replace(unit=two.unit)
        if one.scale == 1 < two.scale and one.exact and one.low < _SHARED * two.low / two.scale:
            one = one._replace(low=one.low * two.scale, high=one.high * two.scale, others=(*one.others, one.low))
            one = one._replace(sure=one.sure and " and " not in text[one.span.end : two.span.start])
        shared[i] = one
    return shared


def _moved(q: Quantity, by: int) -> Quantity:
    return q._replace(span=Span(q.span.start + by, q.span.end + by), place=Span(q.place.start + by, q.place.end + by))
