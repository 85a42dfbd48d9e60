"""Makes text that came from files, or names of files, safe to print."""

import unicodedata


def safe(text: str) -> str:
    r"""Return the text with line breaks, tabs, controls and direction marks replaced, so that a terminal obeys none.

    >>> safe("a\tb\x1b[31m\u202ec")
    'a b�[31m�c'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if c in "\t\r\n\u2028\u2029\u3000" else "�" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c
        for c in text
    )
