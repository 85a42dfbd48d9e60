"""Finds the heaviest chain of sure pairs, and from it the band in which the alignment is looked for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mtqa.align.evidence import Evidence

_RARE = 0.02
"""Clues found in a larger share of the English sentences than this are no guide."""
_SURE = 4.0
_BEST = 3
_MARGIN = 8
"""Sentences on either side of the chain that are looked at."""
_AREA = 20_000
"""Cells between two pairs of the chain up to which all are looked at, not only those near the diagonal."""


def guide(evidence: Evidence) -> list[tuple[int, int]]:
    """Return pairs (English, Chinese) of sentence numbers that rise on both sides."""
    return _heaviest(_sure_pairs(evidence), len(evidence.english))


def _sure_pairs(evidence: Evidence) -> Iterable[tuple[int, int, float]]:
    most = max(3, _RARE * len(evidence.english))
    for chinese, clues in enumerate(evidence.forward.clues):
        scores: dict[int, float] = defaultdict(float)
        for clue in clues:
            found, missed, hits = evidence.forward.weigh(clue)
            if 0 < len(hits) <= most:
                for number in hits:
                    scores[number] += found - missed
        best = sorted(((score, number) for number, score in scores.items() if score >= _SURE), reverse=True)[:_BEST]
        # from the last English sentence to the first, so that one Chinese sentence enters the chain once
        for score, number in sorted(best, key=lambda pair: -pair[1]):
            yield number, chinese, score


def _heaviest(pairs: Iterable[tuple[int, int, float]], size: int) -> list[tuple[int, int]]:
    """Return the rising chain of greatest weight, with a tree of prefix maxima (Fenwick 1994)."""
    weights: list[float] = []
    nodes: list[tuple[int, int]] = []
    before: list[int] = []
    tree = [-1] * (size + 1)
    for english, chinese, weight in pairs:
        place, last = english, -1
        while place > 0:
            if tree[place] >= 0 and (last < 0 or weights[tree[place]] > weights[last]):
                last = tree[place]
            place -= place & -place
        weights.append(weight + (weights[last] if last >= 0 else 0.0))
        nodes.append((english, chinese))
        before.append(last)
        place = english + 1
        while place <= size:
            if tree[place] < 0 or weights[-1] > weights[tree[place]]:
                tree[place] = len(weights) - 1
            place += place & -place
    at = max(range(len(weights)), key=weights.__getitem__, default=-1)
    chain = []
    while at >= 0:
        chain.append(nodes[at])
        at = before[at]
    return chain[::-1]


def band(chain: Sequence[tuple[int, int]], english: int, chinese: int) -> list[tuple[int, int]]:
    """Return for 0 to `chinese` Chinese sentences done how many English ones may be done: the least and the most."""
    rows = [(english, 0)] * (chinese + 1)
    ends = [(0, 0), *chain, (english, chinese)]
    for (i, j), (last_i, last_j) in pairwise(ends):
        height, width = last_j - j, last_i - i
        whole = (height + 1) * (width + 1) <= _AREA
        for row in range(j, last_j + 1):
            low, high = i, last_i
            if not whole:
                middle = i + width * min(1.0, max(0.0, (row - j) / height))
                slack = _MARGIN * 4 + 2 * width / height
                low, high = int(max(i, middle - slack)), int(min(last_i, middle + slack))
            low, high = max(0, low - _MARGIN), min(english, high + _MARGIN)
            rows[row] = (min(rows[row][0], low), max(rows[row][1], high))
    return _rising(rows)


def _rising(rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Widen rows so that both ends never fall from one to the next."""
    most = 0
    for number, (low, high) in enumerate(rows):
        most = max(most, high)
        rows[number] = (low, most)
    least = rows[-1][1]
    for number in range(len(rows) - 1, -1, -1):
        least = min(least, rows[number][0])
        rows[number] = (least, rows[number][1])
    return rows
