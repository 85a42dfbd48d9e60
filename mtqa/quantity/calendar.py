"""Reads English dates, times of day, years, decades and ordinals."""

import re
from collections.abc import Iterator

from mtqa.document import Span
from mtqa.quantity.numerals import SMALL, value
from mtqa.quantity.quantity import Quantity

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NAMES = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|\b)"
)
_MONTH = re.compile(rf"\b(?:{_MONTH_NAMES})(?!\w)")
_DAY_AFTER = re.compile(
    r"\.?\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?![\d:.%]|,\d{3}|\s*(?:per ?cent|million|billion))"
)
_MORE_DAYS = re.compile(r"\s?(?:-|–|—|to|and|through)\s?(\d{1,2})(?:st|nd|rd|th)?(?![\d:.%]|,\d{3})")
_DAY_BEFORE = re.compile(r"(?<![\w.,])(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?$")
_MONTH_CUE = re.compile(
    r"\b(?:in|of|since|by|until|till|from|to|this|last|next|early|late|mid|and|or|between|for|every|through|during)[\s-]$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.:])(?P<h>\d{1,2})(?::(?P<m>\d{2}))?(?::\d{2})?\s*(?P<half>[ap]\.?\s?m\b\.?)|(?<![\d.:])(?P<h2>[012]?\d):(?P<m2>[0-5]\d)(?![\d:])"
    rf"|\b(?P<word>\d{{1,2}}|{SMALL})\s+o['’]clock",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"(?<![\w.,$¥€£])(?:['’]?(?P<digits>(?:1[5-9]|20)?\d0)['’]?s\b|(?P<word>twenties|thirties|forties|fifties|sixties|seventies"
    r"|eighties|nineties)\b|(?<=post-)(?P<post>(?:19|20)?[6-9]0|(?:20)?[01]0)\b)",
    re.IGNORECASE,
)
_TENS = dict(
    zip(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), range(20, 100, 10), strict=True
    )
)
_YEAR = re.compile(r"(?<![\w.,$¥€£/:])(?:1[5-9]|20)\d\d(?![\d%]|,\d|\.\d|:\d|\w|\s?%|-?(?:strong|odd))")
_NOT_YEAR = re.compile(
    r"[\s-]+(?:yuan|dollars?|euros?|RMB|percent|per cent|million|billion|thousand|people|tons?|tonnes?|kilomet\w+"
    r"|met(?:er|re)s?|square|mu|jin|years?\b|days|hours|kg|km|li\b|employees|workers|students|cases|vehicles|units|households|points)",
    re.IGNORECASE,
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINAL = re.compile(
    r"(?<![\w.,])(?P<digits>\d+(?:,\d{3})*)(?:st|nd|rd|th)\b"
    rf"|\b(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\s])?(?P<word>{'|'.join(_ORDINALS)})\b"
    r"|(?P<round>thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth)\b"
    r"|\b(?:Q(?P<quarter>[1-4])|No\.?\s?(?P<number>\d+)|Top\s?(?P<top>\d+))\b",
    re.IGNORECASE,
)
_ROUND = dict(
    zip(
        "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth".split(),
        range(30, 101, 10),
        strict=True,
    )
)


def times(text: str) -> Iterator[Quantity]:
    """Yield times of day: hours and minutes as hours + minutes / 100."""
    for found in _TIME.finditer(text):
        if found["word"]:
            hours, minutes = value(found["word"]), 0.0
        else:
            hours, minutes = float(found["h"] or found["h2"]), float(found["m"] or found["m2"] or 0)
        if hours <= 24 and minutes < 60:
            span = Span(*found.span())
            yield Quantity(span, hours + minutes / 100, hours + minutes / 100, kind="time", place=span)


def dates(text: str) -> Iterator[Quantity]:
    """Yield months, days, decades, years and ordinals."""
    yield from _months(text)
    for found in _DECADE.finditer(text):
        digits = found["digits"] or found["post"]
        decade = float(digits) if digits else float(_TENS[found["word"].lower()])
        yield _made(found.span(), decade, "decade", others=(decade % 100,), sure=decade >= 1500)
    for found in _YEAR.finditer(text):
        if not _NOT_YEAR.match(text, found.end()):
            yield _made(found.span(), float(found[0]), "year")
    for found in _ORDINAL.finditer(text):
        yield _ordinal(found)


def _months(text: str) -> Iterator[Quantity]:
    for found in _MONTH.finditer(text):
        month = float([name[:3] for name in _MONTHS].index(found[0][:3].lower()) + 1)
        after, before = (
            _DAY_AFTER.match(text, found.end()),
            _DAY_BEFORE.search(text, max(0, found.start() - 9), found.start()),
        )
        cue = _MONTH_CUE.search(text, max(0, found.start() - 9), found.start())
        year = re.match(r",?\s+(?:this|last|next|(?:of\s+)?(?:19|20)\d\d)\b", text[found.end() : found.end() + 12])
        if found[0] in ("May", "March", "Mar", "August") and not (after or before or cue or year):
            continue
        yield _made(found.span(), month, "month")
        if after:
            yield _made(after.span(1), float(after[1]), "day")
            if more := _MORE_DAYS.match(text, after.end()):
                yield _made(more.span(1), float(more[1]), "day")
        elif before:
            yield _made(before.span(1), float(before[1]), "day")


def _ordinal(found: re.Match[str]) -> Quantity:
    digits = found["digits"] or found["quarter"] or found["number"] or found["top"]
    if digits:
        amount = float(digits.replace(",", ""))
    elif found["round"]:
        amount = float(_ROUND[found["round"].lower()])
    else:
        amount = float(_ORDINALS.index(found["word"].lower()) + 1) + (value(found["tens"]) if found["tens"] else 0)
    return _made(found.span(), amount, "ordinal", sure=amount > 2 or bool(digits))


def _made(
    span: tuple[int, int], amount: float, kind: str, *, others: tuple[float, ...] = (), sure: bool = True
) -> Quantity:
    return Quantity(Span(*span), amount, amount, kind=kind, others=others, sure=sure, place=Span(*span))
