"""Matches marked spans with reported ones.

A marked span is found when a flagged finding overlaps it, and a flagged finding is right when it overlaps a marked
span: one shared code point is enough, and neither has to be of the right term. That is the "partial" matching of
SemEval-2013 task 9 (Segura-Bedmar et al.), without its half points for boundaries that differ, and how MQM's error
spans are usually compared. Characters are counted as WMT's shared task on quality estimation counts error spans (Blain
et al., 2023), without its half points for severities, which are not marked here.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from mtqa.document import Span
from mtqa.evaluate.marked import Gold, Marked
from mtqa.finding import Finding
from mtqa.match import split_words


class GoldResult(NamedTuple):
    """Hold a marked span, its term ("" where it has none) and what was flagged there: terms and rules."""

    start: int
    end: int
    term: str
    terms: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Tell whether anything was flagged there."""
        return bool(self.rules)


class FoundResult(NamedTuple):
    """Hold a flagged span, its rule, its term ("" where it has none), and whether it overlaps a marked span."""

    start: int
    end: int
    rule: str
    term: str
    right: bool


class Characters(NamedTuple):
    """Count the code points that are marked, that are flagged, and that are both."""

    gold: int
    flagged: int
    both: int


class ScoredResult(NamedTuple):
    """Hold the score of a candidate and the numbers of the marked spans that it overlaps, counted from 0."""

    score: float
    hits: tuple[int, ...]


class Outcome(NamedTuple):
    """Hold what came of one text: its marked spans and its flagged ones, and what was scored.

    `unjudged` counts the findings left out since nobody said whether they are right. Of a clean text, `found` are
    false alarms.
    """

    name: str
    clean: bool
    words: int
    gold: tuple[GoldResult, ...]
    found: tuple[FoundResult, ...]
    unjudged: int
    characters: Characters
    scored: tuple[ScoredResult, ...]


class Scored(NamedTuple):
    """Hold a candidate that a model has scored: what was found before anybody decided whether to report it."""

    span: Span
    term: str
    score: float


def match(
    marked: Marked,
    findings: Sequence[Finding],
    scored: Iterable[Scored],
    term_of: Callable[[Gold], str],
    *,
    notes: bool = False,
) -> Outcome:
    """Match the findings of a text with what is marked in it; with `notes` notes are flagged too.

    `term_of` names the term of a marked span, or returns "".
    """
    flagged = [f for f in findings if notes or f.severity != "note"]
    judged = [f for f in flagged if _is_judged(marked, f.span, f.term.id if f.term else "")]
    spans = [gold.span for gold in marked.gold]
    return Outcome(
        marked.name,
        marked.clean,
        len(split_words(marked.document.prose).spans),
        tuple(_gold_result(gold, judged, term_of(gold)) for gold in marked.gold),
        tuple(
            FoundResult(*f.span, f.rule, f.term.id if f.term else "", any(map(f.span.overlaps, spans))) for f in judged
        ),
        len(flagged) - len(judged),
        _characters(spans, [f.span for f in judged]),
        tuple(
            ScoredResult(one.score, tuple(i for i, span in enumerate(spans) if one.span.overlaps(span)))
            for one in scored
            if _is_judged(marked, one.span, one.term)
        ),
    )


def _is_judged(marked: Marked, span: Span, term: str) -> bool:
    """Tell whether somebody said if this is right: all of the text was looked at, or this term or these words."""
    if marked.judged is None or term in marked.judged:
        return True
    return any(span.overlaps(gold.span) for gold in chain(marked.gold, marked.guards))


def _gold_result(gold: Gold, findings: Sequence[Finding], term: str) -> GoldResult:
    there = [finding for finding in findings if finding.span.overlaps(gold.span)]
    terms = sorted({finding.term.id for finding in there if finding.term})
    return GoldResult(*gold.span, term, tuple(terms), tuple(sorted({finding.rule for finding in there})))


def _characters(gold: Iterable[Span], flagged: Iterable[Span]) -> Characters:
    marked, found = (set(chain.from_iterable(range(*span) for span in spans)) for spans in (gold, flagged))
    return Characters(len(marked), len(found), len(marked & found))


def by_chinese(chinese: Iterable[tuple[str, tuple[str, ...]]]) -> Callable[[Gold], str]:
    """Return a function that names the term of a marked span: its own, or the only one with just its Chinese.

    `chinese` are ids with their Chinese, as `Glossary.chinese` yields them.

    >>> term_of = by_chinese([("a", ("卷",)), ("b", ("卷", "内卷"))])
    >>> [term_of(Gold(Span(0, 1), term, zh)) for term, zh in [("", "内卷"), ("", "卷"), ("x", "内卷")]]
    ['b', '', 'x']
    """
    ids: dict[str, set[str]] = {}
    for term, values in chinese:
        for value in values:
            ids.setdefault(value, set()).add(term)
    only = {value: next(iter(terms)) for value, terms in ids.items() if len(terms) == 1}
    return lambda gold: gold.term or only.get(gold.zh, "")
