"""Compares a Chinese quantity with an English one."""

import math

from mtqa.quantity.quantity import PHYSICAL, Quantity

_NEAR = 0.13
"""How far, in shares of the value, an approximation ("nearly 300 million") may be from the value it stands for."""
_SHARES = frozenset(("percent", "point", "price", "multiple"))


def agreement(chinese: Quantity, english: Quantity) -> int | None:
    """Return how well two quantities agree: 0 in kind and value, 1 in value, 2 roughly; None where they don't.

    Kinds are taken leniently: 三成 may be "30 percent" or "three tenths", 增长3倍 "fourfold" or "300 percent".
    """
    if _meet(chinese, english, 1e-9):
        return 0 if chinese.kind == english.kind else 1
    if _readings_meet(chinese, english):
        return 1
    return 2 if _rounded(chinese, english) else None


def _meet(one: Quantity, other: Quantity, tolerance: float) -> bool:
    return one.low <= other.high * (1 + tolerance) and other.low <= one.high * (1 + tolerance)


def _readings_meet(chinese: Quantity, english: Quantity) -> bool:
    """Tell whether any reading of the one is the value of the other, or a reading of it."""
    ours, theirs = (english.low, *english.others), (chinese.low, *chinese.others)
    if chinese.kind == "price":
        theirs = (*theirs, 100 - chinese.low, chinese.low / 10)
    if any(_same(english.low, b) for b in theirs) or any(_same(a, chinese.low) for a in ours):
        return True
    return any(chinese.low <= a <= chinese.high for a in ours) or any(english.low <= b <= english.high for b in theirs)


def _rounded(chinese: Quantity, english: Quantity) -> bool:
    """Tell whether the English rounds the Chinese, or either is an approximation near the other."""
    if chinese.kind in ("year", "month", "day", "time", "ordinal", "decade") or english.kind in (
        "year",
        "month",
        "day",
        "time",
    ):
        return False
    if chinese.exact and english.exact and _approximates(chinese, english):
        return True
    # 十几万 is "tens of thousands" to many a translator
    teen = digits(chinese.low) == "1" and chinese.high <= 2 * chinese.low
    if (
        (chinese.exact or english.exact or teen)
        and not (chinese.exact and english.exact)
        and _meet(chinese, english, _NEAR)
    ):
        return True
    places = len(digits(english.low))
    if places < 2 or len(digits(chinese.low)) <= places:
        return False
    # a half is rounded up by some and down by others
    return any(_same(float(f"{chinese.low * nudge:.{places}g}"), english.low) for nudge in (1 - 1e-9, 1 + 1e-9))


def _approximates(chinese: Quantity, english: Quantity) -> bool:
    """Tell whether one value lies where the other's "nearly", "more than" or "about" says.

    "More than 34" is not good for 超过36, unless it is the rounder of the two.
    """
    one, other = chinese, english
    if one.about and one.about == other.about and len(digits(other.low)) >= len(digits(one.low)):
        return False
    theirs = (one.low, *one.others) if one.kind in _SHARES else (one.low,)
    low, high = _around(english)
    least, most = _around(chinese)
    return any(low <= value <= high for value in theirs) or least <= other.low <= most


def _around(quantity: Quantity) -> tuple[float, float]:
    """Return the values that an approximation may stand for."""
    value = quantity.low
    low = value * (1 - _NEAR) if quantity.about in ("<", "~") else value
    return low, value * (1 + _NEAR) if quantity.about in (">", "~") else value


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other), 1e-9)


def digits(number: float) -> str:
    """Return the significant digits of a number.

    >>> digits(1.2e8), digits(30), digits(0.05)
    ('12', '3', '5')
    """
    return f"{abs(number):.10g}".split("e")[0].replace(".", "").strip("0") or "0"


def compatible(chinese: Quantity, english: Quantity) -> bool:
    """Tell whether an English quantity could be meant for a Chinese one: alike in kind, no other currency or unit."""
    kinds = {chinese.kind, english.kind}
    if kinds <= {"number", "money"}:
        return _units_agree(chinese, english)
    if kinds <= {"percent", "price"}:
        return True
    return len(kinds) == 1


def _units_agree(chinese: Quantity, english: Quantity) -> bool:
    ours, theirs = english.unit, chinese.unit
    if ours == theirs or (chinese.kind == english.kind == "money" and same_currency(theirs, ours)):
        return True
    if chinese.kind == "money" or english.kind == "money":
        if chinese.kind == "money":
            return not ours
        # a sum without 元 is a large one, or has the same digits
        return not theirs and (chinese.low >= 1e4 or digits(chinese.low) == digits(english.low))
    if theirs in PHYSICAL:
        return not ours
    if theirs == "person":
        return not ours
    return not theirs and ours == "person"


def same_currency(chinese: str, english: str) -> bool:
    """Tell whether two currencies may be one; a bare dollar sign may be any dollar."""
    return (
        chinese == english
        or english == "cent"
        or (english == "$" and chinese in ("USD", "HKD", "TWD", "AUD", "CAD", "SGD", "NZD"))
    )


def strength(chinese: Quantity, english: Quantity) -> int:
    """Return how strongly two compatible quantities that differ belong together.

    3: the same digits at another power of ten; 2: nearly the same digits, or alike in a kind that is rare in a
    sentence; 1: alike in kind.
    """
    if chinese.kind in ("number", "money", "percent", "point") and same_digits(chinese, english):
        return 3
    if _similar(digits(chinese.low), digits(english.low)) and 0.1 < chinese.low / (english.low or 1) < 10:
        return 2
    if chinese.kind == english.kind != "number" or {chinese.kind, english.kind} == {"percent", "price"}:
        return 2
    return 2 if chinese.unit and chinese.unit == english.unit else 1


def same_digits(chinese: Quantity, english: Quantity) -> bool:
    """Tell whether two quantities differ by a power of ten alone, as 1.2亿 and 1.2 billion do."""
    if not chinese.low or not english.low:
        return False
    if chinese.low < chinese.high <= 2 * chinese.low:  # 二三十万, of which the English makes two quantities
        if digits(english.low) in (digits(chinese.low), digits(chinese.high)) and english.exact:
            return True
        # 十几亿 and "a dozen million": some power of ten puts the English number into the Chinese range
        power = 10.0 ** math.floor(math.log10(chinese.low / english.low) + 0.5)
        return english.exact and chinese.low < english.low * power < chinese.high
    if chinese.exact != english.exact:
        return digits(chinese.low) == digits(english.low) and english.exact
    if not english.exact:
        return digits(chinese.low)[0] in "12" and digits(english.low)[0] in "12"
    return digits(chinese.low) == digits(english.low)


def _similar(one: str, other: str) -> bool:
    """Tell whether two strings of three or more digits differ by one digit, or by two that changed places."""
    if min(len(one), len(other)) < 3 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        wrong = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        return len(wrong) == 1 or (len(wrong) == 2 and sorted(one) == sorted(other))
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
