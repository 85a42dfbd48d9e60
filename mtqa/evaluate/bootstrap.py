"""Says how far a figure over documents can be trusted, by drawing the documents anew.

Documents are drawn with replacement, as many as there are, since the segments of one document are not independent of
each other (Efron, Bootstrap Methods, 1979; Koehn, Statistical Significance Tests for Machine Translation, 2004).
"""

import math
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple, TypeVar

_Item = TypeVar("_Item")
SAMPLES = 1000
"""How often documents are drawn anew unless told otherwise."""
SEED = 1
LEVEL = 0.95
"""Intervals hold this share of the samples."""


class Paired(NamedTuple):
    """Hold what changed from one system to another: the difference, its interval and its two-sided p-value."""

    difference: float
    low: float
    high: float
    p: float


def interval(
    items: Sequence[_Item],
    statistic: Callable[[Sequence[_Item]], float | None],
    samples: int = SAMPLES,
    seed: int = SEED,
) -> tuple[float, float]:
    """Return the 95% percentile interval of a statistic over documents, `(low, high)`.

    `statistic` gets a sample, as many items as there are, some of them more than once. A sample for which it returns
    None is left out; where none is left, or there are no items, both ends are nan. The same seed draws the same
    samples, in whatever order statistics are asked for.

    >>> interval([0, 1, 1, 1], lambda sample: sum(sample) / len(sample), samples=200)
    (0.25, 1.0)
    """
    draw = Random(seed)  # noqa: S311 - samples, not secrets
    values = [statistic(draw.choices(items, k=len(items))) for _ in range(samples)] if items else []
    return _ends([value for value in values if value is not None])


def paired(
    a: Sequence[_Item],
    b: Sequence[_Item],
    statistic: Callable[[Sequence[_Item]], float | None],
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Paired | None:
    """Return how a statistic differs from system `a` to system `b` on the same documents, b minus a.

    `a[i]` and `b[i]` are the same document; each sample draws the same documents for both (Koehn, 2004). The p-value
    asks how often the differences of the samples, moved to a mean of 0, are at least as large as the one observed,
    either way, the observed one counted in, as sacreBLEU does (Post, 2018); it is never below `least_p`. Returns None
    where the statistic is None for one of the systems, or for all samples. Raises ValueError when they have different
    numbers of documents.

    >>> paired([0, 0, 1, 0], [1, 1, 1, 1], lambda sample: sum(sample) / len(sample), samples=200)
    Paired(difference=0.75, low=0.25, high=1.0, p=0.125)
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} documents of one system, {len(b)} of the other")
    before, after = (statistic(a), statistic(b)) if a else (None, None)
    if before is None or after is None:
        return None
    observed = after - before
    draw = Random(seed)  # noqa: S311 - samples, not secrets
    differences = []
    for _ in range(samples):
        drawn = draw.choices(range(len(a)), k=len(a))
        old, new = statistic([a[i] for i in drawn]), statistic([b[i] for i in drawn])
        if old is not None and new is not None:
            differences.append(new - old)
    if not differences:
        return None
    mean = math.fsum(differences) / len(differences)
    # Sums of floats differ in their last digits; a difference of exactly the observed size must count.
    as_large = sum(abs(difference - mean) >= abs(observed) - 1e-12 for difference in differences)
    return Paired(observed, *_ends(differences), max(least_p(len(a)), (as_large + 1) / (len(differences) + 1)))


def least_p(documents: int) -> float:
    """Return the smallest two-sided p-value that so many documents can have, by swapping the systems in each.

    A bootstrap says less: a few documents that change alike are drawn alike every time. By this one document proves
    nothing, and 0.05 needs six.

    >>> least_p(1), least_p(6)
    (1.0, 0.03125)
    """
    return 2.0 ** (1 - documents)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """Return the values that cut off half of what is outside the interval at each end (nearest rank)."""
    if not values:
        return math.nan, math.nan
    ordered = sorted(values)
    cut = (1 - LEVEL) / 2 * len(ordered)
    low = max(0, math.floor(round(cut, 9)))
    return ordered[min(low, len(ordered) - 1)], ordered[max(0, len(ordered) - 1 - low)]
