"""Says what changed from one run to another on the same texts, and whether it is more than chance."""

from collections.abc import Sequence
from math import comb
from typing import NamedTuple

from mtqa.errors import MtqaError
from mtqa.evaluate.bootstrap import SAMPLES, SEED, Paired, paired
from mtqa.evaluate.curves import expected_error
from mtqa.evaluate.detection import STATISTICS, Counts, alarm_rate, by_term, counts_of
from mtqa.evaluate.results import Result
from mtqa.evaluate.spans import GoldResult, Outcome

SIGNIFICANT = 0.05


class Change(NamedTuple):
    """Hold a figure before and after, and the difference; `better` says which way is good: 1 up, -1 down.

    None where one of the runs lacks the figure.
    """

    name: str
    before: float | None
    after: float | None
    paired: Paired | None
    better: int = 1

    @property
    def verdict(self) -> str:
        """Say in words what the difference means."""
        if self.paired is None:
            return "not measured"
        if self.paired.difference == 0:
            return "the same"
        way = "better" if self.paired.difference * self.better > 0 else "worse"
        return f"significantly {way}" if self.paired.p < SIGNIFICANT else f"{way}, but not significantly"


class TermChange(NamedTuple):
    """Hold the counts of a term before and after."""

    term: str
    before: Counts
    after: Counts

    @property
    def gain(self) -> float:
        """Return by how much F1 has grown, or what stands in for it (`Counts.grade`)."""
        return self.after.grade - self.before.grade


class Comparison(NamedTuple):
    """Hold what changed: the figures, the terms, and the marked spans found by one run alone.

    `p` is that of McNemar's exact test on those.
    """

    changes: tuple[Change, ...]
    terms: tuple[TermChange, ...]
    gained: int
    lost: int
    p: float


def mcnemar(gained: int, lost: int) -> float:
    """Return the two-sided p-value of McNemar's exact test (1947): how odd is it that changes go so much one way.

    >>> mcnemar(6, 0), mcnemar(2, 1), mcnemar(0, 0)
    (0.03125, 1.0, 1.0)
    """
    changed, fewer = gained + lost, min(gained, lost)
    ways: int = sum(comb(changed, k) for k in range(fewer + 1))
    # Shifted, not raised: whole numbers of any size, and their quotient is exact.
    return min(1.0, 2 * ways / (1 << changed))


def compare(before: Result, after: Result, where: str, samples: int = SAMPLES, seed: int = SEED) -> Comparison:
    """Compare two runs; `where` names them in the MtqaError that is raised when they saw different data."""
    old, new = before.outcomes, after.outcomes
    if before.data != after.data:
        what = f"were measured on different data ({before.data} and {after.data}); run both on the same --data, --clean"
        raise MtqaError(where, what)
    if len(old) != len(new) or any(not _same(a, b) for a, b in zip(old, new, strict=False)):
        raise MtqaError(where, "say that their data are the same, but hold different texts; write both again")
    texts = [number for number, outcome in enumerate(old) if not outcome.clean]
    clean = [number for number, outcome in enumerate(old) if outcome.clean]
    old_counts, new_counts = ([counts_of(run[number]) for number in texts] for run in (old, new))
    changes = []
    for name, statistic in STATISTICS.items():
        difference = paired(old_counts, new_counts, statistic, samples, seed)
        changes.append(Change(name, statistic(old_counts), statistic(new_counts), difference))
    old_clean, new_clean = ([run[number] for number in clean] for run in (old, new))
    difference = paired(old_clean, new_clean, alarm_rate, samples, seed)
    changes.append(Change("clean alarms", alarm_rate(old_clean), alarm_rate(new_clean), difference, -1))
    difference = paired(old, new, expected_error, samples, seed)
    changes.append(Change("ECE", expected_error(old), expected_error(new), difference, -1))
    spans = [(a, b) for x, y in zip(old, new, strict=True) for a, b in zip(x.gold, y.gold, strict=True)]
    gained = sum(b.found and not a.found for a, b in spans)
    lost = sum(a.found and not b.found for a, b in spans)
    return Comparison(tuple(changes), tuple(_terms(old, new)), gained, lost, mcnemar(gained, lost))


def _same(a: Outcome, b: Outcome) -> bool:
    """Tell whether two outcomes can be of one text."""
    spans = [[(gold.start, gold.end) for gold in outcome.gold] for outcome in (a, b)]
    return (a.clean, a.words, spans[0]) == (b.clean, b.words, spans[1])


def _terms(old: Sequence[Outcome], new: Sequence[Outcome]) -> list[TermChange]:
    """Return the terms whose counts changed, the greatest loss first."""
    # Another glossary may know terms of marked spans that the other does not: what one knows counts for both.
    pairs = list(zip(old, new, strict=True))
    before, after = (
        {row.name: row.counts for row in by_term(rows)}
        for rows in ([_named(a, b) for a, b in pairs], [_named(b, a) for a, b in pairs])
    )
    changes = [
        TermChange(term, before.get(term, Counts()), after.get(term, Counts())) for term in sorted({*before, *after})
    ]
    return sorted((c for c in changes if c.before != c.after), key=lambda change: (change.gain, change.term))


def _named(outcome: Outcome, other: Outcome) -> Outcome:
    """Return an outcome whose marked spans have the terms of the other run where this one has none."""
    gold = [_with_term(mine, theirs) for mine, theirs in zip(outcome.gold, other.gold, strict=True)]
    return outcome._replace(gold=tuple(gold))


def _with_term(mine: GoldResult, theirs: GoldResult) -> GoldResult:
    return mine if mine.term else mine._replace(term=theirs.term)
