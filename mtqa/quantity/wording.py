"""Writes a value in English, in the style of the words it replaces."""

import re

from mtqa.quantity.numerals import SCALES, WORDS
from mtqa.quantity.quantity import Quantity

_MONTHS = "January February March April May June July August September October November December".split()
_LARGE = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6))
_SHORT = {
    "bn": "m bn tn",
    "mn": "mn bn tn",
    "m": "m bn tn",
    "b": "m b t",
    "tn": "m bn tn",
    "mln": "mln bln trn",
    "bln": "mln bln trn",
}
_CURRENCIES = {
    "CNY": "yuan",
    "USD": "US dollars",
    "HKD": "Hong Kong dollars",
    "EUR": "euros",
    "GBP": "pounds",
    "JPY": "yen",
    "KRW": "won",
    "TWD": "New Taiwan dollars",
}


def spelled(quantity: Quantity) -> str:
    """Return the value of a quantity in plain English.

    >>> from mtqa.document import Span
    >>> spelled(Quantity(Span(0, 4), 1.2e8, 1.2e8)), spelled(Quantity(Span(0, 3), 2e5, 9.99e5))
    ('120 million', 'several hundred thousand')
    """
    if not quantity.exact:
        return _vague(quantity)
    return _kinded(quantity)


def in_style(quantity: Quantity, words: str) -> str | None:
    """Return the value of an exact quantity as English words of a given style would put it, or None where unsure.

    >>> from mtqa.document import Span
    >>> in_style(Quantity(Span(0, 4), 1.2e8, 1.2e8), "1.2bn"), in_style(Quantity(Span(0, 4), 3e4, 3e4), "3,000")
    ('120m', '30,000')
    """
    if not quantity.exact and not (quantity.about and quantity.low >= 20):
        return None
    if re.search(r"of\s+\w+$|^(?:several|many|a few|a couple)|\bhalf\b", words) or (
        not quantity.exact and not re.match(r"\d", words)
    ):
        return _vague(quantity) if not quantity.exact else None
    if quantity.kind == "month":
        return _MONTHS[int(quantity.low) - 1]
    if quantity.kind in ("time", "multiple", "ordinal", "decade", "price"):
        return _calendar(quantity, words)
    if quantity.kind in ("percent", "point"):
        return _percent(quantity, words)
    if quantity.kind in ("year", "day"):
        return f"{quantity.low:.0f}"
    if short := re.search(r"\d\s?(mln|bln|bn|mn|tn|[mb])$", words):
        return _short(quantity.low, short[1])
    return number(quantity.low, words=words[0].isalpha())


def _calendar(quantity: Quantity, words: str) -> str | None:
    """Return an ordinal, a decade or a time of day in the style of the words, if they are in digits."""
    value = quantity.low
    if quantity.kind == "ordinal" and re.match(r"\d+[a-z]", words):
        ending = "th" if 10 < value % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(int(value % 10), "th")
        return f"{value:.0f}{ending}"
    if quantity.kind == "decade" and re.fullmatch(r"(?:19|20)\d0s", words):
        return f"{words[:2]}{value % 100 - value % 10:02.0f}s"
    if quantity.kind == "time" and (found := re.fullmatch(r"\d+(?::\d\d)?(\s*[ap]\.?m\.?)?", words)):
        hours = int(value) - 12 * (int(value) > 12 and bool(found[1]))
        return f"{hours}:{round(value % 1 * 100):02d}{found[1] or ''}"
    return None


def number(value: float, *, words: bool = False) -> str:
    """Return a number in digits and a scale: 120 million, 35,000, 0.5; `words` writes the smallest ones as words.

    >>> number(1.36e12), number(46.1e6), number(35000), number(10, words=True)
    ('1.36 trillion', '46.1 million', '35,000', 'ten')
    """
    for name, factor in _LARGE:
        if value >= factor:
            return f"{_digits(value / factor)} {name}"
    if words:
        for word, amount in (*WORDS.items(), *((w, s) for w, s in SCALES.items() if len(w) > 3)):
            if amount == value and word != "dozen":
                return word if amount < 100 else f"one {word}"
    return _digits(value)


def _digits(value: float) -> str:
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text or "0"


def _short(value: float, name: str) -> str:
    marks = _SHORT[name].split()
    for mark, factor in zip(reversed(marks), (1e12, 1e9, 1e6), strict=True):
        if value >= factor:
            return f"{_digits(value / factor)}{mark}"
    return _digits(value)


def _percent(quantity: Quantity, words: str) -> str | None:
    if not re.match(r"\d", words):
        return None
    sign = re.sub(r"^[\d.,]+", "", words)
    if (quantity.kind == "percent" and "point" in sign) or (quantity.kind == "point" and "point" not in sign):
        sign = " percentage points" if quantity.kind == "point" else "%"
    return _digits(quantity.low) + sign


def _vague(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if high > 5 * low * 0.99 or (quantity.about and high > 4 * low):
        unit = low / 2
        for name, factor in (
            ("trillion", 1e12),
            ("billion", 1e9),
            ("million", 1e6),
            ("thousand", 1e3),
            ("hundred", 1e2),
        ):
            if unit >= factor:
                steps = {1: f"several {name}", 10: f"tens of {name}s", 100: f"several hundred {name}"}
                return steps.get(
                    round(unit / factor), f"{number(low)} to {number(round(high, -int(len(str(int(high))) - 2)))}"
                )
        return "dozens" if unit == 10 else "several"
    if quantity.about:
        return f"more than {number(low)}"
    return f"{number(low)} to {number(high)}" + {"percent": " percent", "point": " percentage points"}.get(
        quantity.kind, ""
    )


def _kinded(quantity: Quantity) -> str:
    value = quantity.low
    if quantity.kind == "month":
        return _MONTHS[int(value) - 1]
    if quantity.kind in ("year", "day"):
        return f"{value:.0f}"
    if quantity.kind == "time":
        return f"{int(value)}:{round(value % 1 * 100):02d}"
    if quantity.kind == "decade":
        return f"the {value:02.0f}s"
    if quantity.kind == "ordinal":
        return f"number {value:.0f}"
    if quantity.kind == "percent":
        return f"{_digits(round(value, 2))} percent"
    if quantity.kind == "point":
        return f"{_digits(round(value, 2))} percentage point{'s' * (value != 1)}"
    if quantity.kind == "price":
        return f"{_digits(value)} percent of the price, or {_digits(100 - value)} percent off"
    if quantity.kind == "multiple":
        return (
            f"by {_digits(value)} times"
            if quantity.mode == "by"
            else f"to {_digits(value)} times"
            if quantity.mode == "to"
            else f"{_digits(value)} times"
        )
    return number(value)


def with_currency(quantity: Quantity) -> str:
    """Return an amount of money with the name of its currency."""
    return f"{number(quantity.low)} {_CURRENCIES.get(quantity.unit, quantity.unit)}"
