"""Splits prose into words, so that a phrase is a run of words whatever stands between them."""

import re
from typing import NamedTuple

_LETTER = "A-Za-z0-9\u00c0-\u024f"
WORD = re.compile(rf"[{_LETTER}]+(?:['’.,&][{_LETTER}]+)*")
"""One word: `party's`, `10.7`, `U.S`, `B2B`, `AT&T`."""

ARTICLES = frozenset(("a", "an", "the"))
_GAP = re.compile(r"[\s*_>\"“”„‟‘’'«»\-\u2010\u2011]+")
_PLAIN_GAPS = frozenset((" ", "-"))


class Words(NamedTuple):
    """Hold the words of a text: lower case with straight apostrophes, and where each starts and ends.

    `starts` and `ends` count code points of `text`.
    """

    text: str
    lower: list[str]
    starts: list[int]
    ends: list[int]

    def joined(self, first: int, last: int) -> bool:
        """Tell whether only spaces, quotes, hyphens or one line break part the words `first` to `last`."""
        for index in range(first, last):
            gap = self.text[self.ends[index] : self.starts[index + 1]]
            if gap not in _PLAIN_GAPS and (gap.count("\n") > 1 or not _GAP.fullmatch(gap)):
                return False
        return True


def split_words(text: str, start: int = 0, end: int | None = None) -> Words:
    """Split a text, or the code points from `start` to `end` of it, into words.

    >>> split_words("The “Wool Party’s” 10.7 billion, U.S.").lower
    ['the', 'wool', "party's", '10.7', 'billion', 'u.s']
    """
    lower: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in WORD.finditer(text, start, len(text) if end is None else end):
        word = found[0].lower()
        if "’" in word:
            word = word.replace("’", "'")
        lower.append(word)
        starts.append(found.start())
        ends.append(found.end())
    return Words(text, lower, starts, ends)
