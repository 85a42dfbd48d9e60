"""What a check complains of, and what to write instead."""

from typing import NamedTuple

from mtqa.document import Span
from mtqa.term import Term

SEVERITIES = ("note", "minor", "major")
"""Severities from the mildest to the worst."""

MQM_WEIGHTS = {"note": 0, "minor": 1, "major": 5}
"""Points a finding costs by severity (MQM, as WMT counts it)."""

CATEGORIES = (
    "accuracy/mistranslation",
    "accuracy/addition",
    "accuracy/omission",
    "accuracy/untranslated",
    "terminology/wrong-term",
    "terminology/inconsistent",
    "fluency/duplication",
    "fluency/inconsistency",
    "locale/punctuation",
    "style/unidiomatic",
    "name",
)
"""Kinds of complaint, after the MQM typology (themqm.org)."""


class Suggestion(NamedTuple):
    """Hold words that replace a finding's span as the sentence stands, and what to know about them.

    `fits` is false for words of another word class, given for want of better: the sentence must be recast.
    """

    text: str
    note: str = ""
    fits: bool = True


class Finding(NamedTuple):
    """Report one stretch of text that an editor should look at.

    `document.text[span.start:span.end]` is exactly the words complained of. `score` is the probability of a
    literal mistranslation in [0, 1], or None when no model was asked. `source` marks the Chinese words that the finding
    comes from, in code points of `document.source`, where the Chinese is known.
    """

    rule: str
    span: Span
    message: str
    category: str
    severity: str
    term: Term | None = None
    score: float | None = None
    suggestions: tuple[Suggestion, ...] = ()
    source: Span | None = None


def at_least(severity: str, floor: str) -> bool:
    """Tell whether a severity is as bad as `floor`, or worse.

    >>> at_least("major", "minor"), at_least("note", "minor")
    (True, False)
    """
    return SEVERITIES.index(severity) >= SEVERITIES.index(floor)
