"""Curves over scores: how precision and recall trade, and whether a score means what it says."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from mtqa.evaluate.metrics import Scored, calibration_error
from mtqa.evaluate.spans import Outcome

BINS = 10


class CurvePoint(NamedTuple):
    """Hold precision and recall of reporting all candidates with scores from `threshold` on."""

    threshold: float
    precision: float
    recall: float


class Bin(NamedTuple):
    """Hold the candidates with scores in [low, high): how many, their mean score, the share that is literal."""

    low: float
    high: float
    number: int
    score: float
    share: float


def labelled(outcomes: Iterable[Outcome]) -> list[tuple[float, bool]]:
    """Return the scores of all candidates, each with whether it overlaps a marked span."""
    return [(one.score, bool(one.hits)) for outcome in outcomes for one in outcome.scored]


def expected_error(outcomes: Iterable[Outcome]) -> float | None:
    """Return the expected calibration error of the candidates' scores; None where there are none."""
    scored = labelled(outcomes)
    return calibration_error(scored, BINS) if scored else None


def precision_recall(outcomes: Sequence[Outcome]) -> list[CurvePoint]:
    """Return the precision-recall curve of the candidates of the texts that are not clean, by falling threshold.

    Recall is of all marked spans, also of those where no glossary lists anything, so the curve need not reach 1.
    Without marks, or without scores, there is no curve.
    """
    texts = [outcome for outcome in outcomes if not outcome.clean]
    gold = sum(len(outcome.gold) for outcome in texts)
    scored = [(one.score, number, one.hits) for number, text in enumerate(texts) for one in text.scored]
    scored.sort(key=lambda one: one[0], reverse=True)
    points, found, flagged, right = [], set[tuple[int, int]](), 0, 0
    for threshold, group in groupby(scored, key=lambda one: one[0]):
        for _, number, hits in group:
            flagged += 1
            right += bool(hits)
            found.update((number, hit) for hit in hits)
        if gold:
            points.append(CurvePoint(threshold, right / flagged, len(found) / gold))
    return points


def reliability(scored: Scored, bins: int = BINS) -> list[Bin]:
    """Return the bins of equal width that hold a score, as `calibration_error` makes them: 1 goes in the last.

    >>> reliability([(0.9, True), (1.0, False)], 2)
    [Bin(low=0.5, high=1.0, number=2, score=0.95, share=0.5)]
    """
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, label in scored:
        groups[min(bins - 1, int(score * bins))].append((score, label))
    return [
        Bin(
            number / bins,
            (number + 1) / bins,
            len(group),
            sum(score for score, _ in group) / len(group),
            sum(label for _, label in group) / len(group),
        )
        for number, group in enumerate(groups)
        if group
    ]
