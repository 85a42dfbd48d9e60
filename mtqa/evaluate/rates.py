"""Turns counts by segment into the rates of a translation, with intervals and tests by bootstrap."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from mtqa.evaluate.bootstrap import interval, paired
from mtqa.evaluate.literalness import FlagCounts
from mtqa.evaluate.terminology import WINDOWS, TermCounts

LEAST_DOCUMENTS = 10
"""Fewer documents than this say too little of how documents differ: then segments are drawn."""


class Draw(NamedTuple):
    """Say how intervals are drawn: `units` number the segments that are drawn together, `kind` names such a unit."""

    units: tuple[range, ...]
    kind: str
    samples: int
    seed: int


class Rate(NamedTuple):
    """Hold a ratio, its 95% interval, and the p-value of its difference from the baseline, None for that itself.

    The interval is None for a single unit, and where no draw hit anything to take a share of.
    """

    value: float
    low: float | None
    high: float | None
    p: float | None = None


class TermRates(NamedTuple):
    """Hold shares of the term occurrences in [0, 1]; None where there is nothing to take a share of."""

    exact: Rate | None
    lemma: Rate | None
    windows: tuple[Rate | None, ...]


class FlagRates(NamedTuple):
    """Hold the share of term occurrences rendered literally, flags for 1,000 words, MQM points for 100 words."""

    literal: Rate | None
    major: Rate | None
    minor: Rate | None
    points: Rate | None


def draw_over(sizes: Sequence[int], samples: int, seed: int) -> Draw:
    """Return how to draw from documents of so many segments: whole ones if they are many, else single segments.

    >>> draw_over([2, 1], 100, 1).units
    (range(0, 1), range(1, 2), range(2, 3))
    """
    if len(sizes) < LEAST_DOCUMENTS:
        return Draw(tuple(range(n, n + 1) for n in range(sum(sizes))), "segments", samples, seed)
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    units = tuple(range(start, start + size) for start, size in zip(starts, sizes, strict=True))
    return Draw(units, "documents", samples, seed)


def term_rates(counts: Sequence[TermCounts], draw: Draw, baseline: Sequence[TermCounts] | None = None) -> TermRates:
    """Return the terminology accuracy over segments, tested against that of the same segments of a baseline."""
    exact, lemma, *windows = _rates(_of_terms(counts), _of_terms(baseline) if baseline else None, draw)
    return TermRates(exact, lemma, tuple(windows))


def flag_rates(counts: Sequence[FlagCounts], draw: Draw, baseline: Sequence[FlagCounts] | None = None) -> FlagRates:
    """Return how literal a translation is over segments, tested against the same segments of a baseline."""
    return FlagRates(*_rates(_of_flags(counts), _of_flags(baseline) if baseline else None, draw))


_Pairs = list[tuple[float, float]]
"""What is counted, and what it is a share of, by segment or by unit."""


def _of_terms(counts: Sequence[TermCounts]) -> list[_Pairs]:
    windows: list[_Pairs] = [[(c.overlaps[i], c.compared) for c in counts] for i in range(len(WINDOWS))]
    return [[(c.exact, c.occurrences) for c in counts], [(c.lemma, c.occurrences) for c in counts], *windows]


def _of_flags(counts: Sequence[FlagCounts]) -> list[_Pairs]:
    return [
        [(c.literal, c.occurrences) for c in counts],
        [(1000 * c.major, c.words) for c in counts],
        [(1000 * c.minor, c.words) for c in counts],
        [(100 * c.points, c.words) for c in counts],
    ]


def _rates(figures: list[_Pairs], baseline: Sequence[_Pairs] | None, draw: Draw) -> list[Rate | None]:
    return [
        _rate(_by_unit(pairs, draw), _by_unit(baseline[number], draw) if baseline else None, draw)
        for number, pairs in enumerate(figures)
    ]


def _by_unit(pairs: _Pairs, draw: Draw) -> _Pairs:
    return [(sum(pairs[i][0] for i in unit), sum(pairs[i][1] for i in unit)) for unit in draw.units]


def _rate(pairs: _Pairs, baseline: _Pairs | None, draw: Draw) -> Rate | None:
    value = _ratio(pairs)
    if value is None:
        return None
    # One unit, however often it is drawn, says nothing of how units differ.
    low, high = (
        interval(pairs, _ratio, samples=draw.samples, seed=draw.seed) if len(pairs) > 1 else (math.nan, math.nan)
    )
    change = paired(baseline, pairs, _ratio, samples=draw.samples, seed=draw.seed) if baseline else None
    p = change.p if change else None
    return Rate(value, None, None, p) if math.isnan(low) else Rate(value, low, high, p)


def _ratio(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return the ratio of the sums, None where there is nothing to take a share of."""
    whole = sum(pair[1] for pair in pairs)
    return sum(pair[0] for pair in pairs) / whole if whole else None
