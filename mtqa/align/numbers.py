"""Reads numbers in both languages roughly, as keys that are equal where the quantities are.

It serves the alignment alone, where a number that is missed costs little: no ranges, no fractions, no units.
"""

import re
from collections.abc import Iterator

from mtqa.document import Span

_ZH_NUMBER = re.compile(
    r"\d[\d,，]*(?:\.\d+)?[多余]?[十百千万亿]*|[零〇一二两三四五六七八九十百千万亿]{2,}(?:点[零〇一二三四五六七八九]+)?"
    r"|[十百千万亿]|[零一二三四五六七八九](?=[成折月]|点[零〇一二三四五六七八九])(?:点[零〇一二三四五六七八九]+)?"
)
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_MONTHS = "january february march april may june july august september october november december".split()

_EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_EN_WORD = {word: value for value, word in enumerate(_EN_ONES)} | {
    word: 10 * value for value, word in enumerate(_EN_TENS, 2)
}
_EN_SCALE = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
_EN_NUMBER = re.compile(
    r"(?<![\w.])(?:\d[\d,]*(?:\.\d+)?|(?:"
    + "|".join(sorted(_EN_WORD, key=len, reverse=True))
    + r"|hundred|thousand)\b)"
    r"(?:[\s-]+(?:and\s+)?(?:" + "|".join(sorted([*_EN_WORD, *_EN_SCALE], key=len, reverse=True)) + r")\b)*",
    re.IGNORECASE,
)


def chinese_numbers(text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield each number of a Chinese text and the keys it may have in English.

    >>> [keys for _, keys in chinese_numbers("6月，1.08亿元，三千万，八成")]
    [('#6', '=june'), ('#108000000',), ('#30000000',), ('#8', '#80', '#20')]
    """
    for found in _ZH_NUMBER.finditer(text):
        value = _chinese_value(found[0])
        keys = [_key(value)]
        following = text[found.end() : found.end() + 1]
        if following == "月" and value in range(1, 13):
            keys.append("=" + _MONTHS[int(value) - 1])
        elif following in ("成", "折"):
            keys += [_key(value * 10), _key(100 - value * 10)]
        elif following == "年" and len(found[0]) == 2 and found[0].isdigit():
            keys.append(_key(2000 + value))
        yield Span(*found.span()), tuple(keys)


def english_numbers(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the keys of each number of an English text.

    >>> list(english_numbers("4,610 and 1.08 billion of twenty-three thousand"))
    [('#4610',), ('#1080000000',), ('#23000',)]
    """
    for found in _EN_NUMBER.finditer(text):
        yield (_key(_english_value(found[0])),)


def _key(value: float) -> str:
    return f"#{value:.10g}"


def _chinese_value(words: str) -> float:
    if words[0].isdigit():
        digits = re.match(r"[\d,，]*(?:\.\d+)?", words)
        value = float(re.sub("[,，]", "", digits[0])) if digits else 0.0
        for char in words[digits.end() if digits else 0 :]:
            value *= _SMALL.get(char) or _LARGE.get(char) or 1
        return value
    whole, _, decimals = words.partition("点")
    fraction = sum(_DIGIT[char] / 10.0**place for place, char in enumerate(decimals, 1))
    if all(char in _DIGIT for char in whole):
        return float("".join(str(_DIGIT[char]) for char in whole)) + fraction
    total = section = digit = 0
    for char in whole:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        elif char == "亿":
            total = (total + section + digit or 1) * _LARGE[char]
            section = digit = 0
        else:
            total += (section + digit or 1) * _LARGE[char]
            section = digit = 0
    return float(total + section + digit) + fraction


def _english_value(words: str) -> float:
    total = current = 0.0
    for part in re.split(r"[\s-]+", words.lower()):
        if part[0].isdigit():
            current = float(part.replace(",", ""))
        elif part in _EN_WORD:
            current += _EN_WORD[part]
        elif part in _EN_SCALE:
            scale = _EN_SCALE[part]
            if scale == 100:
                current = (current or 1) * scale
            else:
                total += (current or 1) * scale
                current = 0.0
    return total + current
