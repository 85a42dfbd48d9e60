"""The figures of detection: how much is found, how much of that is right, by rule and by term."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mtqa.evaluate.bootstrap import SAMPLES, SEED, interval
from mtqa.evaluate.curves import expected_error
from mtqa.evaluate.spans import Outcome

PER_WORDS = 1000
"""False alarms are counted for so many words of clean English."""


class Counts(NamedTuple):
    """Count marked spans and those found, flagged spans and those right (see `mtqa.evaluate.spans`)."""

    gold: int = 0
    found: int = 0
    flagged: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """Return the share of flagged spans that are right; None where nothing was flagged."""
        return self.right / self.flagged if self.flagged else None

    @property
    def recall(self) -> float | None:
        """Return the share of marked spans that are found; None where nothing is marked."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall; 0 where nothing is right or nothing is found.

        None where there is nothing to count, or where one of the two is above 0 and the other not defined: in the row
        of a term whose marked spans name no term, or were all reported as another.

        >>> Counts(gold=4, found=2, flagged=2, right=2).f1, Counts(gold=4).f1, Counts(flagged=4, right=4).f1
        (0.6666666666666666, 0.0, None)
        """
        precision, recall = self.precision, self.recall
        if not precision and not recall:
            return 0.0 if self.gold or self.flagged else None
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall)

    @property
    def grade(self) -> float:
        """Return F1, or what there is of precision and recall, to sort by; 1 where there is nothing to count."""
        return next((value for value in (self.f1, self.precision, self.recall) if value is not None), 1.0)

    @property
    def flawless(self) -> bool:
        """Tell whether all that is marked is found and all that is flagged is right."""
        return self.found == self.gold and self.right == self.flagged


class Rate(NamedTuple):
    """Hold a figure with its 95% bootstrap interval over texts; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


class Row(NamedTuple):
    """Hold the counts of one rule or term."""

    name: str
    counts: Counts


class Confusion(NamedTuple):
    """Say how often words marked as one term were reported as another, and not as the right one."""

    gold: str
    reported: str
    times: int


class Figures(NamedTuple):
    """Hold the figures of a run; see the fields' types. `alarms` is the rate for 1,000 words of clean English."""

    texts: int
    clean_texts: int
    clean_words: int
    clean_flags: int
    unjudged: int
    candidates: int
    counts: Counts
    precision: Rate
    recall: Rate
    f1: Rate
    characters: Counts
    alarms: Rate
    calibration: Rate


STATISTICS: dict[str, Callable[[Sequence[Counts]], float | None]] = {
    "precision": lambda sample: total(sample).precision,
    "recall": lambda sample: total(sample).recall,
    "F1": lambda sample: total(sample).f1,
}
"""The figures of a sample of texts, given the counts of each."""


def total(counts: Iterable[Counts]) -> Counts:
    """Return the sum of counts (micro average)."""
    rows = list(counts)
    return Counts(*map(sum, zip(*rows, strict=True))) if rows else Counts()


def counts_of(outcome: Outcome) -> Counts:
    """Count the spans of a text."""
    right = sum(found.right for found in outcome.found)
    return Counts(len(outcome.gold), sum(gold.found for gold in outcome.gold), len(outcome.found), right)


def alarm_rate(sample: Sequence[Outcome]) -> float | None:
    """Return the flagged spans for 1,000 words of clean texts; None where there are no words."""
    words = sum(outcome.words for outcome in sample)
    return PER_WORDS * sum(len(outcome.found) for outcome in sample) / words if words else None


def figures(outcomes: Sequence[Outcome], samples: int = SAMPLES, seed: int = SEED) -> Figures:
    """Return the figures of a run, with intervals from drawing the texts anew `samples` times.

    Precision, recall and F1 are those of the marked texts, false alarms those of the clean ones, the calibration error
    is that of the candidates of both.
    """
    texts = [outcome for outcome in outcomes if not outcome.clean]
    clean = [outcome for outcome in outcomes if outcome.clean]
    counts = [counts_of(outcome) for outcome in texts]
    characters = [outcome.characters for outcome in texts]
    gold, flagged, both = (sum(c[i] for c in characters) for i in range(3))
    by_counts = {name: rate(counts, statistic, samples, seed) for name, statistic in STATISTICS.items()}
    return Figures(
        texts=len(texts),
        clean_texts=len(clean),
        clean_words=sum(outcome.words for outcome in clean),
        clean_flags=sum(len(outcome.found) for outcome in clean),
        unjudged=sum(outcome.unjudged for outcome in texts),
        candidates=sum(len(outcome.scored) for outcome in outcomes),
        counts=total(counts),
        precision=by_counts["precision"],
        recall=by_counts["recall"],
        f1=by_counts["F1"],
        characters=Counts(gold, both, flagged, both),
        alarms=rate(clean, alarm_rate, samples, seed),
        calibration=rate(outcomes, expected_error, samples, seed),
    )


def rate(items: Sequence[object], statistic: Callable[..., float | None], samples: int, seed: int) -> Rate:
    """Return a statistic of texts with its interval; one text has none, whatever is drawn."""
    value = statistic(items) if items else None
    if value is None or len(items) < 2:
        return Rate(value, None, None)
    ends = interval(items, statistic, samples, seed)
    low, high = (None if math.isnan(end) else end for end in ends)
    return Rate(value, low, high)


def by_rule(outcomes: Iterable[Outcome]) -> list[Row]:
    """Return what each rule flags, and how much of all that is marked it finds; the most flagged first."""
    texts = [outcome for outcome in outcomes if not outcome.clean]
    gold = [gold for outcome in texts for gold in outcome.gold]
    flagged = Counter(found.rule for outcome in texts for found in outcome.found)
    right = Counter(found.rule for outcome in texts for found in outcome.found if found.right)
    caught = Counter(rule for one in gold for rule in one.rules)
    rows = [Row(rule, Counts(len(gold), caught[rule], flagged[rule], right[rule])) for rule in flagged]
    return sorted(rows, key=lambda row: (-row.counts.flagged, row.name))


def by_term(outcomes: Iterable[Outcome]) -> list[Row]:
    """Return the counts of each term, the worst F1 first (`Counts.grade`), of equal ones those with more to count.

    A marked span counts for its term, found as whatever it was reported; a flagged span for the term that it
    reports. The name "" stands for both without a term, so that the rows add up to the whole.
    """
    texts = [outcome for outcome in outcomes if not outcome.clean]
    gold = Counter(gold.term for text in texts for gold in text.gold)
    caught = Counter(gold.term for text in texts for gold in text.gold if gold.found)
    flagged = Counter(found.term for text in texts for found in text.found)
    right = Counter(found.term for text in texts for found in text.found if found.right)
    names = {*gold, *flagged}
    rows = [Row(name, Counts(gold[name], caught[name], flagged[name], right[name])) for name in names]
    return sorted(rows, key=lambda row: (row.counts.grade, -row.counts.gold - row.counts.flagged, row.name))


def confusions(outcomes: Iterable[Outcome]) -> list[Confusion]:
    """Return which terms are reported as which others, the most frequent first."""
    pairs = Counter(
        (gold.term, reported)
        for outcome in outcomes
        for gold in outcome.gold
        if gold.term and gold.term not in gold.terms
        for reported in gold.terms
    )
    return [Confusion(*pair, times) for pair, times in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))]
