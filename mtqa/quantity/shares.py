"""Reads English fractions and multiples: two thirds, one in five, half, tripled, threefold, three times."""

import re
from collections.abc import Iterator

from mtqa.document import Span
from mtqa.quantity.numerals import DIGITS, SMALL, value
from mtqa.quantity.quantity import Quantity

_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_FRACTION = re.compile(
    rf"(?<!and )\b(?P<top>an?|{SMALL}|\d+)[\s-](?P<part>{'|'.join(_PARTS)})s?\b"
    r"(?![\s-]+(?:of\s+20|quarter|half|place|time))"
    rf"|(?<![\w.,/])(?P<up>\d{{1,2}})/(?P<down>\d{{1,3}})(?![\w/])"
    rf"|\b(?P<some>{SMALL}|\d+)\s+(?:in|out of)\s+(?:every\s+)?(?P<all>{SMALL}|\d{{1,3}})\b"
    r"(?!\s*(?:years?|months?|days?|weeks?|hours?|minutes?|,?\d))",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?<!and a )\b(?P<whole>halve[sd]?|halving|half)\b(?P<after>[\s-]*(?:an?[\s-]|past\s)?\w*)", re.IGNORECASE
)
_HALF_OF_TIME = re.compile(r"(?:first|second|latter|former|other|next|last|previous|\d|the)[\s-]$", re.IGNORECASE)
_TIME_UNIT = re.compile(
    r"(?:year|month|hour|day|century|decade|minute|time|season|million|billion|hundred|thousand|dozen|past)",
    re.IGNORECASE,
)
_VERBS = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6}
_MULTIPLE = re.compile(
    rf"\b(?P<verb>doubl|tripl|trebl|quadrupl|quintupl|sextupl)(?:es|ed|ing|e)\b|\b(?P<word>twice|thrice|twofold)\b"
    rf"|(?<![\w.,])(?P<number>{DIGITS}|{SMALL}|an?\s+hundred|an?\s+thousand)(?P<half>[\s-]and[\s-]a[\s-]half)?"
    r"(?:[\s-]+(?P<times>times)\b|[\s-]?(?P<fold>fold)\b|(?P<x>x)\b)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|of)\s+(?:about\s+|nearly\s+|more than\s+|almost\s+|over\s+|around\s+)?(?:a\s+)?$", re.IGNORECASE
)
_TO = re.compile(r"\b(?:to)\s+(?:about\s+|nearly\s+|more than\s+|almost\s+|over\s+|around\s+)?$", re.IGNORECASE)
_LIKE = re.compile(
    r"[\s-]+(?:more|higher|bigger|larger|greater|faster|increase|rise|growth|jump|as|that|those|the|what|its|their)\b",
    re.IGNORECASE,
)


def shares(text: str) -> Iterator[Quantity]:
    """Yield fractions of a whole, in per cent."""
    for found in _FRACTION.finditer(text):
        if quantity := _fraction(found, text):
            yield quantity
    for found in _HALF.finditer(text):
        span = Span(*found.span("whole"))
        period = bool(_HALF_OF_TIME.search(text, max(0, span.start - 10), span.start))
        timed = bool(_TIME_UNIT.search(found["after"])) or found["after"].startswith("-")
        if timed and re.search(r"million|billion|hundred|thousand|dozen", found["after"], re.IGNORECASE):
            continue
        yield Quantity(span, 50, 50, kind="percent", others=(0.5, 2), about="~", sure=not (period or timed), place=span)


def _fraction(found: re.Match[str], text: str) -> Quantity | None:
    others: tuple[float, ...] = ()
    if found["part"]:
        top, part = found["top"].lower(), _PARTS[found["part"].lower()]
        count = 1.0 if top in ("a", "an") else value(top)
        if count >= part and not (part == 4 and count == 3):
            return None
        others = (float(part), count) if count == 1 or part == 4 else ()
    elif found["up"]:
        count, part = float(found["up"]), int(found["down"])
    else:
        count, part = value(found["some"]), int(value(found["all"]))
        others = (count, float(part))
    if not part or count >= part or part == 24:
        return None
    share = 100 * count / part
    span = Span(*found.span())
    sure = (found["top"] or "").lower() not in ("a", "an") or text.startswith(" of ", found.end())
    return Quantity(span, share, share, "percent", others=(share / 100, *others), about="~", sure=sure, place=span)


def multiples(text: str) -> Iterator[Quantity]:
    """Yield multiples; `mode` is `to` where the result is named (tripled, to 3 times), `by` where the growth is."""
    for found in _MULTIPLE.finditer(text):
        span = Span(*found.span())
        if found["verb"]:
            yield _multiple(span, _VERBS[found["verb"].lower()], "verb")
        elif found["word"]:
            yield _multiple(span, 3 if found["word"].lower() == "thrice" else 2, "", sure=False)
        elif (amount := _times(found["number"])) < 1000 or not found["times"]:
            before = text[max(0, span.start - 24) : span.start]
            mode = "by" if _BY.search(before) else "to" if _TO.search(before) else ""
            sure = bool(found["fold"] or mode or _LIKE.match(text, span.end))
            yield _multiple(span, amount + (0.5 if found["half"] else 0), mode, sure=sure)


def _times(words: str) -> float:
    lower = words.lower()
    if "hundred" in lower or "thousand" in lower:
        return 100.0 if "hundred" in lower else 1000.0
    return value(words)


def _multiple(span: Span, amount: float, mode: str, *, sure: bool = True) -> Quantity:
    return Quantity(
        span, amount, amount, "multiple", others=(100 * amount, 100 * (amount - 1)), sure=sure, mode=mode, place=span
    )
