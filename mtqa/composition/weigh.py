"""Weighs the evidence that a run of English words is a Chinese word rendered character by character.

A logistic regression over a score of plain facts, fitted by `tools/fit_composition.py` to the articles of seeds/ (but
for those kept back), where editors marked what was rendered word by word; the tool prints these weights, and what
precision and recall they give on the others.
"""

import math
from typing import NamedTuple

_NUMERALS = frozenset("一二三四五六七八九十百千万亿两半几多第0123456789")


class Evidence(NamedTuple):
    """Hold the facts about a composition, each about 0 to 1."""

    bias: float
    marked: float
    listed: float
    coverage: float
    two: float
    three: float
    four: float
    longer: float
    gap: float
    gap_marked: float
    frequency: float
    frequency_listed: float
    sense_there: float
    sense_near: float
    sense_share: float
    sense_share_listed: float
    transparent: float
    numerals: float
    numerals_marked: float
    cut: float
    distance: float
    quoted: float
    capitals: float
    several: float
    term: float
    parts: float
    stray: float
    term_missed: float


class Weights(NamedTuple):
    """Hold the weights of the facts, and how what a model says is added: bias, own weight, the model's weight."""

    facts: Evidence
    model: tuple[float, float, float]


WORDS = Weights(
    Evidence(
        bias=-1.12,
        marked=0.9,
        listed=1.21,
        coverage=-0.55,
        two=0.1,
        three=-0.18,
        four=-0.14,
        longer=-0.89,
        gap=0.06,
        gap_marked=0.16,
        frequency=-1.59,
        frequency_listed=0.37,
        sense_there=0.11,
        sense_near=-0.27,
        sense_share=-0.68,
        sense_share_listed=-0.68,
        transparent=-0.91,
        numerals=-1.58,
        numerals_marked=0.94,
        cut=1.28,
        distance=-2.1,
        quoted=1.17,
        capitals=-1.15,
        several=1.8,
        term=-0.17,
        parts=-0.69,
        stray=-0.92,
        term_missed=1.25,
    ),
    (1.69, 0.9, 0.33),
)
"""Weights for words of the dictionary."""

JOINED = Weights(
    Evidence(
        bias=-0.32,
        marked=0.0,
        listed=0.0,
        coverage=-0.84,
        two=0.7,
        three=0.12,
        four=-0.56,
        longer=-0.57,
        gap=0.03,
        gap_marked=0.0,
        frequency=0.0,
        frequency_listed=0.0,
        sense_there=0.0,
        sense_near=0.0,
        sense_share=0.0,
        sense_share_listed=0.0,
        transparent=0.0,
        numerals=-1.36,
        numerals_marked=0.0,
        cut=-0.32,
        distance=-2.55,
        quoted=1.37,
        capitals=-1.43,
        several=1.12,
        term=0.0,
        parts=-0.01,
        stray=1.03,
        term_missed=0.0,
    ),
    (1.67, 0.41, 0.45),
)
"""Weights for two neighbours, which are often meant as they stand: without a model they are not reported at all."""


def logit(weights: Weights, evidence: Evidence) -> float:
    """Return the logarithm of the odds that an editor would mark the words."""
    return sum(weight * fact for weight, fact in zip(weights.facts, evidence, strict=True))


def with_model(weights: Weights, own: float, calque: float) -> float:
    """Return the logarithm of the odds given what a model says: `calque`, the highest score of the words, in [0, 1]."""
    bias, own_weight, model_weight = weights.model
    return bias + own_weight * own + model_weight * log_odds(calque)


def log_odds(score: float) -> float:
    """Return the logarithm of the odds of a probability, short of the infinite."""
    score = min(max(score, _SURE), 1 - _SURE)
    return math.log(score / (1 - score))


_SURE = 1e-4


def numerals(word: str) -> float:
    """Return the share of a Chinese word's characters that are numerals."""
    return sum(char in _NUMERALS for char in word) / len(word)


def frequency(count: int) -> float:
    """Return how common a word is: 0 for unknown, 1 for one that stood 3,000 times in the texts it was counted in."""
    return math.log1p(count) / 8
