"""Says how much of a translation is literal: terms rendered word by word, flags and MQM points.

A term of the source is rendered literally when a finding of mtqa that is no note lies on it: a literal of the glossary
for that term or for its Chinese, or words composed from the characters of its Chinese. One finding answers for one
occurrence. Points are MQM's as WMT counts them (Freitag et al., Experts, Errors, and Context, 2021).
"""

from collections.abc import Sequence
from typing import NamedTuple

from mtqa.evaluate.assign import assign
from mtqa.evaluate.corpus import Beside
from mtqa.evaluate.terminology import Occurrence
from mtqa.finding import MQM_WEIGHTS, Finding
from mtqa.match import split_words

_LITERAL_RULES = frozenset(("literal", "composed"))


class FlagCounts(NamedTuple):
    """Count what was found in a segment: term occurrences of its Chinese, those rendered literally, flags, words."""

    occurrences: int = 0
    literal: int = 0
    major: int = 0
    minor: int = 0
    points: int = 0
    words: int = 0


def count_flags(
    laid: Beside, occurrences: Sequence[Sequence[Occurrence]], findings: Sequence[Finding]
) -> list[FlagCounts]:
    """Count the findings of a document line by line, given the term occurrences of each line of its Chinese.

    A finding counts on the line on which it begins.
    """
    flagged: list[list[Finding]] = [[] for _ in occurrences]
    for finding in findings:
        if finding.severity != "note":
            flagged[laid.line(finding.span.start)].append(finding)
    lines = laid.document.text.split("\n")
    return [_of_line(*parts) for parts in zip(occurrences, flagged, lines, strict=True)]


def _of_line(occurrences: Sequence[Occurrence], findings: Sequence[Finding], english: str) -> FlagCounts:
    edges = [
        [number for number, finding in enumerate(findings) if _lies_on(finding, occurrence)]
        for occurrence in occurrences
    ]
    severities = [finding.severity for finding in findings]
    return FlagCounts(
        occurrences=len(occurrences),
        literal=len(assign(edges)),
        major=severities.count("major"),
        minor=severities.count("minor"),
        points=sum(MQM_WEIGHTS[severity] for severity in severities),
        words=len(split_words(english).lower),
    )


def _lies_on(finding: Finding, occurrence: Occurrence) -> bool:
    if finding.rule not in _LITERAL_RULES:
        return False
    if finding.term and finding.term.id in occurrence.terms:
        return True
    return finding.source is not None and finding.source.overlaps(occurrence.place)
