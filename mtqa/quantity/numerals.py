"""Reads English numerals: 10,000, 1.2bn, twenty-five, half a million, three and a half, tens of thousands."""

import re
from collections.abc import Iterator

from mtqa.document import Span
from mtqa.quantity.quantity import Quantity

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: float(n) for n, word in enumerate(_ONES + _TEENS, 1)} | {w: 10.0 * n for n, w in enumerate(_TENS, 2)}
WORDS["zero"] = 0.0
SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
_VAGUE = {
    "tens": (1e1, 1e2),
    "dozens": (20, 1e2),
    "scores": (20, 2e2),
    "hundreds": (1e2, 1e3),
    "thousands": (1e3, 1e5),
    "millions": (1e6, 1e9),
    "billions": (1e9, 1e12),
    "trillions": (1e12, 1e15),
}
"""Plural words and the values they cover; thousands of things may be tens of thousands."""

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,]|\s*%)|\d+(?:\.\d+)?)"
SMALL = rf"(?:(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_ONES)})|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_SHORT = r"(?:mln|bln|trn|mn|bn|tn|[kmbt])"

_PLURAL = re.compile(
    rf"\b(?:(?P<first>{'|'.join(_VAGUE)})(?:\s+(?:up)?on\s+\w+)?(?:\s+of\s+(?P<scales>{_SCALE}s?(?:\s+of\s+{_SCALE}s?)*))?"
    rf"|(?P<few>several|a few|a couple of|many|some few|quite a few)\s+(?P<fewscales>{_SCALE}s?(?:\s+{_SCALE}s?)*))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![\w.])(?<!\d,)(?:(?P<digits>{DIGITS})(?:(?P<short>{_SHORT})\b|\s?(?P<spaced>mln|bln|trn|mn|bn|tn)\b)?"
    rf"|(?P<half>(?:one[\s-])?half[\s-](?:an?[\s-]))(?={_SCALE})|(?P<one>an?\s+)(?={_SCALE}(?!s))|(?P<small>{SMALL})\b)"
    rf"(?P<half1>[\s-]and[\s-](?:a|one)[\s-]half)?"
    rf"(?P<rest>(?:[\s-]*{_SCALE}\b(?:(?:\s+and\s+|[\s-]+)(?:{SMALL})\b(?![\s-]+(?:in|out of)\b))?)*)"
    rf"(?P<half2>\s+and\s+(?:a|one)\s+half)?",
    re.IGNORECASE,
)
_PIECE = re.compile(rf"{_SCALE}|{SMALL}", re.IGNORECASE)


def numbers(text: str) -> Iterator[Quantity]:
    """Yield the numbers of a text, of kind number and without units, as they come; spans count from its start."""
    for found in _PLURAL.finditer(text):
        yield _plural(found)
    for found in _NUMBER.finditer(text):
        yield _number(found, text)


def value(words: str) -> float:
    """Return the value of a number in words below a hundred, or in digits.

    >>> value("twenty-five"), value("10,000")
    (25.0, 10000.0)
    """
    if words[0].isdigit():
        return float(re.sub(r"[,\s]", "", words))
    return sum(WORDS[part] for part in re.split(r"[\s-]+", words.lower()))


def _plural(found: re.Match[str]) -> Quantity:
    span = Span(*found.span())
    if found["few"]:
        low, high, names = 2.0, 9.99, found["fewscales"]
        if found["few"].lower().startswith("a couple"):
            high = 3.0
        elif "many" in found["few"].lower():
            high = 99.0
    else:
        (low, high), names = _VAGUE[found["first"].lower()], found["scales"] or ""
        low, high = (low, high * 0.999) if not names else (low, min(high, low * 10) * 0.999)
    scale = 1.0
    for name in re.findall(_SCALE, names.lower()):
        scale *= SCALES[name]
    return Quantity(span, low * scale, high * scale, about="~", scale=scale, place=span)


def _number(found: re.Match[str], text: str) -> Quantity:
    total = current = 0.0
    others: tuple[float, ...] = ()
    scale = 1.0
    if found["digits"]:
        current = value(found["digits"])
    elif found["half"]:
        current = 0.5
    else:
        current = value(found["small"]) if found["small"] else 1.0
    if found["half1"]:
        current += 0.5
    for piece in _PIECE.findall(found["rest"] or ""):
        name = piece.lower()
        if name not in SCALES:
            current += value(piece)
        elif name in ("hundred", "dozen"):
            current *= SCALES[name]
            scale *= SCALES[name]
        else:
            total += (current or 1.0) * SCALES[name]
            scale = SCALES[name] * (scale if scale == 100 and not total else 1.0)
            current = 0.0
    if short := (found["short"] or found["spaced"] or "").lower():
        others = (current,) if len(short) == 1 else ()
        scale = SCALES[short]
        current *= scale
    if found["half2"]:
        current += 0.5 * scale
    amount = total + current
    span = Span(found.start(), found.start() + len(found[0].rstrip()))
    return Quantity(span, amount, amount, others=others, sure=_sure(found, text, amount), scale=scale, place=span)


def _sure(found: re.Match[str], text: str, amount: float) -> bool:
    """Tell whether a number is surely a quantity: not "one", not part of a name like F-16, 7-Eleven or COVID-19."""
    before, after = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 2]
    if re.search(r"[A-Za-z#№/·][-–]?$|[\d:]$", before) and not re.search(r"[\s-]-$|(?:\$|RMB|CNY)$", before):
        return bool(re.search(r"[A-Z]\$$", before))
    if re.match(r"[A-Za-z/·]|:\d|-[A-Z]", after) and not found["short"]:
        return False
    return amount > 1 or bool(found["half"])
