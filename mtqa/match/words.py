"""Splits prose into words, so that a phrase is a run of words whatever stands between them."""

import re
from typing import NamedTuple

_LETTER = "A-Za-z0-9\u00c0-\u024f"
WORD = re.compile(rf"[{_LETTER}]+(?:(?:['’.,&]|(?<=\d):(?=\d))[{_LETTER}]+)*")
"""One word: `party's`, `10.7`, `00:30`, `U.S`, `B2B`, `AT&T`."""

ARTICLES = frozenset(("a", "an", "the"))
FUNCTION_WORDS = ARTICLES | frozenset(
    "of to in on for by with and or at from be is are was as its it one's not no up out off over into".split()
)
_GAP = re.compile(r"[\s*_>\"“”„‟‘’'«»\-\u2010\u2011]+")
_PLAIN_GAPS = frozenset((" ", "-"))


class Words(NamedTuple):
    """Hold the words of a text: lower case with straight apostrophes, and where each stands.

    `spans` are (start, end) in code points of `text`.
    """

    text: str
    lower: list[str]
    spans: list[tuple[int, int]]

    def joined(self, first: int, last: int, commas: bool = False) -> bool:
        """Tell whether spaces, quotes, hyphens, one line break, and with `commas` those, alone part two words."""
        for index in range(first, last):
            gap = self.text[self.spans[index][1] : self.spans[index + 1][0]]
            if commas:
                gap = gap.replace(",", "")
            if gap not in _PLAIN_GAPS and (gap.count("\n") > 1 or not _GAP.fullmatch(gap)):
                return False
        return True


def lower_words(text: str) -> list[str]:
    """Return the words of a text in lower case, with straight apostrophes.

    >>> lower_words("The “Wool Party’s” 10.7 billion, U.S.")
    ['the', 'wool', "party's", '10.7', 'billion', 'u.s']
    """
    return WORD.findall(text.lower().replace("’", "'"))


def split_words(text: str, start: int = 0, end: int | None = None) -> Words:
    """Split a text, or the code points from `start` to `end` of it, into words and say where they stand."""
    stop = len(text) if end is None else end
    spans = [found.span() for found in WORD.finditer(text, start, stop)]
    lower = lower_words(text[start:stop])
    if len(lower) != len(spans):
        # A few letters change their length in lower case, such as the Turkish dotted capital I.
        lower = [text[first:last].lower().replace("’", "'") for first, last in spans]
    return Words(text, lower, spans)
