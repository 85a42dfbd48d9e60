"""Turns traditional characters into simplified ones without moving anything."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""One Chinese character."""


def has_chinese(text: str) -> bool:
    """Tell whether a Chinese character stands in the text."""
    return HAN.search(text) is not None


def is_chinese(text: str) -> bool:
    """Tell whether most letters of a text are Chinese, a Chinese character being worth four.

    >>> is_chinese("内卷"), is_chinese("内卷 (involution) is an old word"), is_chinese("2025")
    (True, False, False)
    """
    han = len(HAN.findall(text))
    return 4 * han > sum(char.isalpha() for char in text) - han


def simplified(text: str) -> str:
    """Return the text in simplified characters, code point for code point.

    OpenCC's phrases decide where one character has two readings (乾 in 乾隆 and 乾淨); a phrase that would change its
    length is converted character by character.

    >>> simplified("這個頭髮乾淨，乾隆皇后在後面")
    '这个头发干净，乾隆皇后在后面'
    """
    if not has_chinese(text):
        return text
    converter = _converter()
    lines = []
    for line in text.splitlines(keepends=True):
        converted = converter.convert(line)
        if len(converted) != len(line):
            converted = "".join(c if len(c) == 1 else char for char in line for c in [converter.convert(char)])
        lines.append(converted)
    return "".join(lines)


@lru_cache(maxsize=1)
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")
