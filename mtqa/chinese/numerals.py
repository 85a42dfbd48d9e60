"""Turns Chinese numerals into numbers: cn2an with what it does not read put right.

cn2an 0.5 reads 三千五, 一亿二千万, 1亿2000万 and 廿; not a bare 百, not 1.36万亿, and it does not know that 七八 is
seven or eight.
"""

import re
from functools import lru_cache

_DIGITS = {char: str(n) for n, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_LARGE = {"万": 1e4, "亿": 1e8, "兆": 1e12}
_SMALL = {"十": 1e1, "百": 1e2, "千": 1e3}
_NEIGHBOURS = re.compile(
    r"(?<![零〇一二两三四五六七八九])(一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?![零〇一二三四五六七八九])"
)


@lru_cache(maxsize=4096)
def values(words: str) -> tuple[float, float] | None:
    """Return the least and the greatest value of a number in Chinese characters, digits or both, or None.

    >>> values("1.36万亿"), values("三千五"), values("七八"), values("三四十万")
    ((1360000000000.0, 1360000000000.0), (3500.0, 3500.0), (7.0, 8.0), (300000.0, 400000.0))
    """
    if pair := _NEIGHBOURS.search(words):
        low, high = (_value(words[: pair.start()] + pair[1][i] + words[pair.end() :]) for i in (0, 1))
        if low is not None and high is not None and low < high:
            return low, high
    number = _value(words)
    return None if number is None else (number, number)


def scale(words: str) -> float:
    """Return the magnitude that stands at the end of a number: 1e8 for 1.2亿, 1 for 12."""
    found = re.search(r"([十百千]?[万亿兆]+|[十百千])[一二三四五六七八九\d]?$", words)
    factor = 1.0
    for char in found[1] if found else "":
        factor *= _LARGE.get(char) or _SMALL[char]
    return factor


def _value(words: str) -> float | None:
    plain = words.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    if re.fullmatch(r"[零〇一二三四五六七八九两]{2,}", plain):  # 二〇一九, digit by digit
        return float("".join(_DIGITS[char] for char in plain))
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)([十百千]?[万亿兆]*)", plain):
        return float(f"{float(found[1]) * scale(found[2]):.12g}")
    if found := re.fullmatch(r"(.*[^万亿])([万亿]{1,2})", plain):
        head = _value(found[1]) if found[1] else 1.0
        if head is not None:
            return float(f"{head * scale(found[2]):.12g}")
    return _by_cn2an(plain)


def _by_cn2an(words: str) -> float | None:
    import cn2an

    words = re.sub(r"^(?=[百千万亿])", "一", words).replace("卅", "三十")
    try:
        return float(cn2an.cn2an(words, "smart"))
    except (ValueError, KeyError, IndexError):  # 0亿0 and other nonsense
        return None
