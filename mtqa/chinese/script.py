"""Turns traditional characters into simplified ones without moving anything."""

from functools import lru_cache
from typing import TYPE_CHECKING

from mtqa.script import has_chinese

if TYPE_CHECKING:
    from opencc import OpenCC


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
