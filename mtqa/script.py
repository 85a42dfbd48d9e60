"""Tells Chinese text from other text by its characters."""

import re

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
