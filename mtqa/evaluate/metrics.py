"""Figures over scores and labels: ranking, agreement, calibration."""

import math
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

Scored = Sequence[tuple[float, bool]]
"""Scores with what is true of each."""


class Point(NamedTuple):
    """Hold what a threshold gives: `value` is the figure that was asked for."""

    threshold: float
    value: float


def auroc(scored: Scored) -> float | None:
    """Return how often a true one is scored above a false one, ties counting half; None where one kind is missing.

    >>> auroc([(0.9, True), (0.2, False), (0.9, False)])
    0.75
    """
    positives = sum(label for _, label in scored)
    negatives = len(scored) - positives
    if not positives or not negatives:
        return None
    rank, ranks = 0, 0.0
    for _, group in groupby(sorted(scored), key=lambda pair: pair[0]):
        labels = [label for _, label in group]
        ranks += sum(labels) * (rank + (len(labels) + 1) / 2)
        rank += len(labels)
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def matthews(tp: int, fp: int, fn: int, tn: int) -> float:
    """Return Matthews' correlation coefficient (1975); 0 where it is not defined.

    >>> matthews(5, 0, 0, 5)
    1.0
    """
    product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    return (tp * tn - fp * fn) / math.sqrt(product) if product else 0.0


def matthews_at(scored: Scored, threshold: float) -> float:
    """Return Matthews' correlation of the labels with scores from `threshold` on."""
    tp = sum(label for score, label in scored if score >= threshold)
    fp = sum(not label for score, label in scored if score >= threshold)
    positives = sum(label for _, label in scored)
    return matthews(tp, fp, positives - tp, len(scored) - positives - fp)


def best_matthews(scored: Scored) -> Point:
    """Return the threshold with the highest Matthews correlation, and that."""
    ordered = sorted(scored, reverse=True)
    positives = sum(label for _, label in ordered)
    best, tp = Point(math.inf, 0.0), 0
    for place, (score, label) in enumerate(ordered):
        tp += label
        if place + 1 == len(ordered) or ordered[place + 1][0] != score:
            fp = place + 1 - tp
            value = matthews(tp, fp, positives - tp, len(ordered) - positives - fp)
            best = max(best, Point(score, value), key=lambda point: point.value)
    return best


def fit_scale(logits: Sequence[float], labels: Sequence[bool]) -> tuple[float, float]:
    """Return factor and shift of the logistic curve that fits best (Platt, 1999), by Newton's method.

    A little weight on both labels keeps a perfectly parted sample from running away.
    """
    positives = sum(labels)
    high, low = (positives + 1) / (positives + 2), 1 / (len(labels) - positives + 2)
    targets = [high if label else low for label in labels]
    factor, shift = 1.0, 0.0
    for _ in range(50):
        gradient, hessian = [0.0, 0.0], [1e-6, 0.0, 1e-6]
        for logit, target in zip(logits, targets, strict=True):
            score = 1 / (1 + math.exp(-max(-30.0, min(30.0, factor * logit + shift))))
            slope = score * (1 - score)
            gradient[0] += (score - target) * logit
            gradient[1] += score - target
            hessian[0] += slope * logit * logit
            hessian[1] += slope * logit
            hessian[2] += slope
        determinant = hessian[0] * hessian[2] - hessian[1] ** 2
        if abs(determinant) < 1e-12:
            break
        first = (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant
        second = (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant
        factor, shift = factor - max(-1.0, min(1.0, first)), shift - max(-1.0, min(1.0, second))
        if abs(first) + abs(second) < 1e-6:
            break
    return factor, shift


def calibration_error(scored: Scored, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width (Naeini et al., 2015).

    >>> calibration_error([(1.0, True), (0.0, False)])
    0.0
    """
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, label in scored:
        groups[min(bins - 1, int(score * bins))].append((score, label))
    return sum(abs(sum(s for s, _ in group) - sum(label for _, label in group)) for group in groups) / len(scored)
