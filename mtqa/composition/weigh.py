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
    familiar: float
    familiar_marked: float
    numerals: float
    numerals_marked: float
    cut: float
    distance: float
    quoted: float
    capitals: float
    several: float
    term: float
    term_missed: float


class Weights(NamedTuple):
    """Hold the weights of the facts, and how what a model says is added: bias, own weight, the model's weight."""

    facts: Evidence
    model: tuple[float, float, float]


WORDS = Weights(
    Evidence(
        bias=-0.1,
        marked=0.94,
        listed=1.42,
        coverage=-1.67,
        two=0.71,
        three=-0.12,
        four=0.05,
        longer=-0.73,
        gap=0.47,
        gap_marked=-0.03,
        frequency=-1.62,
        frequency_listed=0.29,
        sense_there=0.54,
        sense_near=-0.52,
        sense_share=-0.71,
        sense_share_listed=-0.71,
        transparent=-0.97,
        familiar=-0.04,
        familiar_marked=-0.25,
        numerals=-1.52,
        numerals_marked=0.69,
        cut=1.22,
        distance=-0.7,
        quoted=1.19,
        capitals=-0.57,
        several=1.88,
        term=0.24,
        term_missed=1.09,
    ),
    (1.51, 0.92, 0.25),
)
"""Weights for words of the dictionary."""

JOINED = Weights(
    Evidence(
        bias=0.19,
        marked=0.0,
        listed=0.0,
        coverage=-1.41,
        two=0.6,
        three=0.13,
        four=-0.33,
        longer=-0.21,
        gap=0.17,
        gap_marked=0.0,
        frequency=0.0,
        frequency_listed=0.0,
        sense_there=0.0,
        sense_near=0.0,
        sense_share=0.0,
        sense_share_listed=0.0,
        transparent=0.0,
        familiar=0.14,
        familiar_marked=0.0,
        numerals=-2.02,
        numerals_marked=0.0,
        cut=0.19,
        distance=-0.77,
        quoted=1.32,
        capitals=-0.85,
        several=1.08,
        term=0.0,
        term_missed=0.0,
    ),
    (1.85, 0.43, 0.37),
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
