"""Blanks out what is not prose, so that offsets stay what they are."""

import re
from collections.abc import Iterable

from mtqa.document import comment_spans

_NOT_BREAK = re.compile(r"[^\r\n]")


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with the spans turned to spaces, line ends kept.

    >>> blank("a <b> c", [(2, 5)])
    'a     c'
    """
    parts = []
    here = 0
    for start, end in sorted(spans):
        if end <= here:
            continue
        start = max(start, here)
        parts += [text[here:start], _NOT_BREAK.sub(" ", text[start:end])]
        here = end
    return "".join([*parts, text[here:]])


def blank_comments(text: str) -> str:
    """Blank out HTML comments."""
    return blank(text, comment_spans(text)) if "<!--" in text else text
