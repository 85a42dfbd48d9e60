"""Finds the best path of links through a band, by dynamic programming (Gale and Church 1993)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from math import inf, log
from typing import NamedTuple

from mtqa.align.evidence import Evidence, Row
from mtqa.align.layout import Layout


class Step(NamedTuple):
    """Take `english` and `chinese` sentences as one link; `odds` is the logarithm of how common such links are."""

    english: int
    chinese: int
    odds: float


STEPS = tuple(
    Step(english, chinese, log(share))
    for english, chinese, share in (
        (1, 1, 0.80),
        (2, 1, 0.12),
        (1, 2, 0.05),
        (1, 0, 0.009),
        (0, 1, 0.009),
        (2, 2, 0.01),
        (3, 1, 0.008),
        (1, 3, 0.006),
    )
)
"""Kinds of link and their shares, in which a step that takes no sentence of one side is a sentence added or dropped."""


FORWARD, BACKWARD = 0.6, 0.84
"""Weights of the clues of the Chinese and of the English, which repeat each other in part."""
_LINKS = [(number, step) for number, step in enumerate(STEPS) if step.english and step.chinese]
_GAPS = [(number, step) for number, step in enumerate(STEPS) if not (step.english and step.chinese)]
_MOST = 3
"""Sentences of one side in a link."""


def best_path(
    evidence: Evidence, layout: Layout, band: Sequence[tuple[int, int]], first: tuple[int, int] = (0, 0)
) -> list[Step]:
    """Return the steps of the best path through a band, whose rows count sentences from `first` (English, Chinese)."""
    weigher = _Weigher(evidence, layout, band, first)
    scores: list[list[float]] = []
    choices: list[bytearray] = []
    for done, (low, high) in enumerate(band):
        weigher.reach(done)
        score = [-inf] * (high - low + 1)
        choice = bytearray(high - low + 1)
        if done == 0:
            score[0] = 0.0
        scores.append(score)
        for place in range(low, high + 1):
            best, kind = score[place - low], 0
            for number, step in _LINKS:
                row, start = done - step.chinese, place - step.english
                if row >= 0 and 0 <= start - band[row][0] < len(scores[row]):
                    value = scores[row][start - band[row][0]] + step.odds + weigher.weigh(start, row, step)
                    if value > best:
                        best, kind = value, number
            for number, step in _GAPS:
                row, start = done - step.chinese, place - step.english
                if row >= 0 and 0 <= start - band[row][0] < len(scores[row]):
                    value = scores[row][start - band[row][0]] + step.odds
                    if value > best:
                        best, kind = value, number
            score[place - low], choice[place - low] = best, kind
        if done >= _MOST:
            scores[done - _MOST] = []
        choices.append(choice)
    return _trace(band, choices)


def _trace(band: Sequence[tuple[int, int]], choices: Sequence[bytearray]) -> list[Step]:
    done, place = len(band) - 1, band[-1][1]
    steps = []
    while done or place:
        step = STEPS[choices[done][place - band[done][0]]]
        steps.append(step)
        done, place = done - step.chinese, place - step.english
    return steps[::-1]


class _Weigher:
    """Weigh links, keeping what is known of the sentences near the row of the band that is being filled."""

    def __init__(
        self, evidence: Evidence, layout: Layout, band: Sequence[tuple[int, int]], first: tuple[int, int]
    ) -> None:
        self._evidence = evidence
        self._layout = layout
        self._band = band
        self._lows = [low for low, _ in band]
        self._first = first
        self._english = [0.0, *accumulate(evidence.english)]
        self._chinese = [0.0, *accumulate(evidence.chinese)]
        self._rows: dict[int, Row] = {}
        self._columns: dict[int, Row] = {}
        self._known: dict[int, dict[tuple[int, int, int], float]] = defaultdict(dict)

    def reach(self, done: int) -> None:
        """Take up what links that end in this row of the band need, and let go of what they no longer do."""
        english, chinese = self._first
        low, high = self._band[max(0, done - _MOST)][0], self._band[min(done + _MOST - 1, len(self._band) - 1)][1]
        if done:
            self._rows[chinese + done - 1] = self._evidence.forward.row(
                chinese + done - 1, english + low, english + high
            )
        for number in range(max(self._columns, default=english - 1) + 1, english + self._band[done][1]):
            last = bisect_right(self._lows, number - english)
            self._columns[number] = self._evidence.backward.row(
                number, max(chinese, chinese + done - _MOST), chinese + last + _MOST
            )
        for number in [number for number in self._columns if number < english + low]:
            del self._columns[number]
        self._rows.pop(chinese + done - 1 - _MOST, None)
        self._known.pop(chinese + done - 1 - _MOST, None)

    def weigh(self, start: int, row: int, step: Step) -> float:
        """Return the log odds of a link that begins at these sentences, counted within the band."""
        i, j = start + self._first[0], row + self._first[1]
        odds = self._evidence.length(
            self._english[i + step.english] - self._english[i], self._chinese[j + step.chinese] - self._chinese[j]
        )
        odds += self._layout.start(i, j)
        if step.english + step.chinese > 2:
            odds += self._layout.inside(i, step.english, j, step.chinese)
        words = back = 0.0
        for number in range(j, j + step.chinese):
            words += self._found(number, i, step.english)
        for number in range(i, i + step.english):
            back += self._found_back(number, j, step.chinese)
        return odds + FORWARD * words + BACKWARD * back

    def _found(self, number: int, first: int, size: int) -> float:
        known = self._known[number]
        key = (0, first, size)
        if key not in known:
            known[key] = self._rows[number].score(first, size, self._evidence.english)
        return known[key]

    def _found_back(self, number: int, first: int, size: int) -> float:
        known = self._known[first]
        key = (1, number, size)
        if key not in known:
            known[key] = self._columns[number].score(first, size, self._evidence.chinese)
        return known[key]
