"""Learns from sure pairs of sentences whether the line breaks and headings of both texts correspond."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import log

_PRIOR = 4.0
"""How many imagined pairs, with nothing in common, the sure ones have to outweigh."""
_MOST = 2.0


class Layout:
    """Weigh where links begin. A sentence's mark says how it begins: in a line, on a new line, after a blank line."""

    def __init__(self, english: Sequence[int], chinese: Sequence[int], pairs: Sequence[tuple[int, int]]) -> None:
        self.english = english
        self.chinese = chinese
        self._odds = odds = _odds(english, chinese, pairs)
        self._ours = [0.0, *accumulate(min(0.0, odds.get((mark, 0), 0.0)) for mark in english)]
        self._theirs = [0.0, *accumulate(min(0.0, odds.get((0, mark), 0.0)) for mark in chinese)]

    def start(self, english: int, chinese: int) -> float:
        """Return the log odds that a link begins with these two sentences."""
        return self._odds.get((self.english[english], self.chinese[chinese]), 0.0)

    def inside(self, english: int, size: int, chinese: int, other: int) -> float:
        """Return the log odds that a link of `size` and `other` sentences goes on to its end from its first two."""
        return (
            self._ours[english + size]
            - self._ours[english + 1]
            + self._theirs[chinese + other]
            - self._theirs[chinese + 1]
        )


def _odds(
    english: Sequence[int], chinese: Sequence[int], pairs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    together = Counter((english[i], chinese[j]) for i, j in pairs)
    ours, theirs = Counter(english), Counter(chinese)
    odds = {}
    for mark, times in ours.items():
        for other, others in theirs.items():
            chance = times / len(english) * others / len(chinese)
            seen = (together[mark, other] + _PRIOR * chance) / (len(pairs) + _PRIOR)
            odds[mark, other] = max(-_MOST, min(_MOST, log(seen / chance)))
    return odds
