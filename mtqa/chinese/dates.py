"""Reads Chinese dates and times: 2019年6月18日, 二〇一九年, 上世纪九十年代, 90后, 上午十点零二分."""

import re
from collections.abc import Iterator

from mtqa.chinese.numerals import values
from mtqa.document import Span
from mtqa.quantity.quantity import Quantity

_N = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_TO = "[-—–~～至到]"
_HAN = "[零〇一二三四五六七八九]"
_YEAR = re.compile(
    rf"(?<![\d.])(?P<year>(?:1[5-9]|20)\d\d|[一二][九〇零]{_HAN}{{2}}|一[五六七八]{_HAN}{{2}})"
    rf"(?:年(?!代)|(?={_TO}(?:20)?\d\d年|/\d\d?年))"
)
_SHORT_YEAR = re.compile(
    r"(?<![\d.十百千万个两几])(?P<year>[019]\d)(?=年(?!代|级|来|前|后|内|以|间|多|的|期|之|历|国|轮))"
)
_DECADE = re.compile(
    r"(?P<decade>(?:19|20)\d0|\d0|[二三四五六七八九]?[十零〇])年代|(?P<born>(?:19|20)?[0-9][05]|零零)后"
)
_MONTH = re.compile(
    r"(?<![\d.]|[个农历正腊闰第])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
    r"月(?!球|亮|饼|份牌|薪|嫂|台|老)"
)
_MONTH_PAIR = re.compile(rf"(?<![\d.])(?P<month>1[0-2]|0?[1-9])(?={_TO}(?:1[0-2]|0?[1-9])月)")
_DAY = re.compile(
    r"(?<![\d.第])(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|廿?二?十?[一二三四五六七八九]|二?十)[日号]"
    r"(?!元|圆|本|线|楼|院|店|馆|文件|通知|令|公告|机|位|房|车|桌|种|码|门|厅|仓|矿|井|地|选手|球员|种子)"
)
_DAY_PAIR = re.compile(rf"(?<=月)(?P<day>\d{{1,2}})(?=日?(?:{_TO}|[、和])\d{{1,2}}[日号]|[）)，,])")
_TIME = re.compile(
    r"(?<!\d)(?P<hour>2[0-4]|1\d|0?\d|二?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    rf"(?:[点时](?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>[0-5]?\d|零?{_N})分|(?P<sharp>[整钟])?)"
    r"|[:：](?P<colon>[0-5]\d))"
)
_CLOCK = re.compile(
    r"(?:早上|上午|中午|下午|晚上|凌晨|清晨|傍晚|夜里|深夜|半夜|午夜|当晚|[早晚夜日号午]|[点时][至到]|时间"
    rf"|[:：]\d\d{_TO})\s*$"
)
"""What stands before a time of day."""


def dates(text: str) -> Iterator[Quantity]:
    """Yield years, decades, months, days and times of day; spans cover the number with its 年, 月, 日."""
    yield from _decades(text)
    for found in _YEAR.finditer(text):
        if year := _int(found["year"]):
            yield _made(found, year, "year", others=(year % 100,))
    for found in _SHORT_YEAR.finditer(text):
        year = float(found["year"])
        yield _made(found, 1900 + year if year > 49 else 2000 + year, "year", others=(year,), sure=False)
    yield from _times(text)
    for pattern, kind in ((_MONTH, "month"), (_MONTH_PAIR, "month"), (_DAY, "day"), (_DAY_PAIR, "day")):
        for found in pattern.finditer(text):
            if amount := _int(found[kind]):
                yield _made(found, amount, kind, sure=kind == "month" or found[0][0].isdigit())


def _decades(text: str) -> Iterator[Quantity]:
    for found in _DECADE.finditer(text):
        digits = found["decade"] or found["born"].replace("零零", "00")
        decade = _int(digits)
        if decade is not None:
            last, first = decade % 100, decade % 10  # 85后 were born in the later 1980s
            others = (last, decade - first, 1900 + last - first, 1900 + last, 2000 + last)
            yield _made(found, decade, "decade", others=others)


def _times(text: str) -> Iterator[Quantity]:
    for found in _TIME.finditer(text):
        hour, minutes = _int(found["hour"]), _minutes(found)
        told = _CLOCK.search(text, max(0, found.start() - 4), found.start()) or found["sharp"] or found["minute"]
        if hour is not None and (told or found["colon"]):
            time = hour + minutes / 100
            yield _made(found, time, "time", others=(hour, time - 12, time + 12), sure=bool(told))


def _minutes(found: re.Match[str]) -> float:
    if found["half"]:
        return 30.0
    if found["quarter"]:
        return 15.0 * (_int(found["quarter"]) or 1.0)
    return _int((found["colon"] or found["minute"] or "").lstrip("零")) or 0.0


def _int(words: str) -> float | None:
    found = values(words)
    return found[0] if found else None


def _made(
    found: re.Match[str], amount: float, kind: str, *, others: tuple[float, ...] = (), sure: bool = True
) -> Quantity:
    span = Span(*found.span())
    return Quantity(span, amount, amount, kind, others=others, sure=sure, place=span)
