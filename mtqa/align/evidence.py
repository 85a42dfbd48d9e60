"""Weighs what speaks for the alignment of two groups of sentences, as log odds against chance."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, sqrt

from mtqa.align.clues import Clue, capitalised, chinese_clues, english_clues

_LENGTH_OFFSET = 6.0
_LENGTH_WEIGHT = 0.5
"""Where sentences were dropped or run together, lengths mislead more than their statistics on whole texts say."""
_LENGTH_SPREAD = 0.85
"""Standard deviation of the log ratio of two lengths that have nothing to do with each other."""


class Evidence:
    """Hold what is known of the sentences of one document; `english` and `chinese` are in the order of the text.

    `lengths` of each side are in code points. `forward` holds the clues of the Chinese and where they are found in the
    English, `backward` those of the English and where they are found in the Chinese.
    """

    def __init__(self, english: Sequence[str], chinese: Sequence[str]) -> None:
        self.english = [float(len(sentence)) for sentence in english]
        self.chinese = [float(sum(not char.isspace() for char in sentence)) for sentence in chinese]
        self.ratio = min(5.0, max(2.0, (sum(self.english) + 1000) / (sum(self.chinese) + 1000 / 3.6)))
        names = capitalised("\n".join(english))
        ours = [_distinct(english_clues(sentence)) for sentence in english]
        theirs = [_distinct(chinese_clues(sentence, names)) for sentence in chinese]
        self.forward = Search(theirs, ours)
        self.backward = Search(ours, theirs)

    def length(self, english: float, chinese: float) -> float:
        """Return the log odds that texts of these lengths, in code points, are translations (Gale and Church 1993)."""
        expected = self.ratio * chinese
        spread = 0.09 + 0.65 / sqrt(1 + expected)
        off = log((english + _LENGTH_OFFSET) / (expected + _LENGTH_OFFSET))
        return _LENGTH_WEIGHT * (log(_LENGTH_SPREAD / spread) - off * off / 2 * (spread**-2 - _LENGTH_SPREAD**-2))


class Search:
    """Look for the clues of one side's sentences in the other's."""

    def __init__(self, clues: Sequence[Sequence[Clue]], others: Sequence[Sequence[Clue]]) -> None:
        self.clues = clues
        self._size = len(others)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, theirs in enumerate(others):
            for key in {key for clue in theirs for key in clue.keys}:
                self._postings[key].append(number)
        self._count = Counter(clue.keys for ours in clues for clue in ours)
        self._known: dict[Clue, tuple[float, float, list[int]]] = {}

    def weigh(self, clue: Clue) -> tuple[float, float, list[int]]:
        """Return the log odds of a clue that is found, of one that is missed, and the sentences it is found in."""
        if clue not in self._known:
            self._known[clue] = self._weigh(clue)
        return self._known[clue]

    def _weigh(self, clue: Clue) -> tuple[float, float, list[int]]:
        hits = sorted({number for key in clue.keys for number in self._postings.get(key, ())})
        chance = (len(hits) + 0.3) / (self._size + 1)
        # what one side says far more often than the other is mostly said otherwise there
        rate = min(clue.rate, max(0.05, 0.9 * len(hits) / self._count[clue.keys])) if hits else clue.rate
        found = log(rate / chance)
        if found <= 0.2:
            return 0.0, 0.0, []
        return found, log((1 - rate) / (1 - chance)), hits

    def row(self, number: int, low: int, high: int) -> "Row":
        """Return the evidence between one sentence and the other side's from `low` up to `high`."""
        return Row([self.weigh(clue) for clue in self.clues[number]], low, high)


class Row:
    """Hold the clues of one sentence and which sentences of the other side have them, as bits of an integer."""

    def __init__(self, weighed: Sequence[tuple[float, float, list[int]]], low: int, high: int) -> None:
        self.masks: dict[int, int] = {}
        self._missed = sum(missed for _, missed, _ in weighed)
        self._gains = [found - missed for found, missed, _ in weighed]
        self._sums: dict[int, float] = {0: 0.0}
        for bit, (_, _, hits) in enumerate(weighed):
            for number in hits[bisect_left(hits, low) : bisect_left(hits, high)]:
                self.masks[number] = self.masks.get(number, 0) | 1 << bit

    def score(self, first: int, size: int, lengths: Sequence[float]) -> float:
        """Return the log odds that this sentence belongs with `size` of the other side from `first` on.

        A clue is the likelier in a sentence the longer it is, so that a sentence in which too few are found speaks
        against the group.
        """
        if size == 1:
            return self._missed + self._sum(self.masks.get(first, 0))
        whole = sum(lengths[first : first + size]) + 1.0
        union, spread = 0, 0.0
        for number in sorted(range(first, first + size), key=lengths.__getitem__, reverse=True):
            new = self.masks.get(number, 0) & ~union
            if new:
                spread += new.bit_count() * log((lengths[number] + 1.0) / whole)
                union |= new
        return self._missed + self._sum(union) + spread

    def _sum(self, mask: int) -> float:
        if mask not in self._sums:
            self._sums[mask] = sum(gain for bit, gain in enumerate(self._gains) if mask >> bit & 1)
        return self._sums[mask]


def _distinct(clues: Iterable[Clue]) -> list[Clue]:
    return list(dict.fromkeys(clues))
