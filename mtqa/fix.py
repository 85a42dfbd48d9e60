"""Writes rewrites into an article: by default only where exactly one candidate fits."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mtqa.document import Document, Edit, edited
from mtqa.finding import Finding


class Fixed(NamedTuple):
    """Hold the edits and the text with them, the findings they mend, and those left with the reason for each."""

    text: str
    edits: tuple[Edit, ...]
    done: tuple[Finding, ...]
    left: tuple[tuple[Finding, str], ...]

    def reasons(self) -> "Counter[str]":
        """Count the findings left by reason."""
        return Counter(reason for _, reason in self.left)


def fix(document: Document, findings: Sequence[Finding], *, unsafe: bool = False) -> Fixed:
    """Apply rewrites to a document.

    A finding is written when it is no note and exactly one suggestion fits; with `unsafe`, the first that fits.
    Where findings overlap the first one is written.
    """
    done: list[Finding] = []
    left: list[tuple[Finding, str]] = []
    for finding in sorted(findings, key=lambda f: f.span):
        reason = _reason(finding, unsafe) or _crossing(document, finding)
        if not reason and done and done[-1].span.overlaps(finding.span):
            reason = "overlap another"
        if reason:
            left.append((finding, reason))
        else:
            done.append(finding)
    edits = tuple(Edit(finding.span, next(s for s in finding.suggestions if s.fits).text) for finding in done)
    return Fixed(edited(document.text, edits), edits, tuple(done), tuple(left))


def _crossing(document: Document, finding: Finding) -> str:
    inside = bisect_right(document.barriers, finding.span.start)
    if inside < len(document.barriers) and document.barriers[inside] < finding.span.end:
        return "cross markup, to be edited by hand"
    return ""


def _reason(finding: Finding, unsafe: bool) -> str:
    fitting = [suggestion for suggestion in finding.suggestions if suggestion.fits]
    if finding.severity == "note":
        return "are notes, to be looked at"
    if not fitting:
        return "have no rewrite that fits"
    if len(fitting) > 1 and not unsafe:
        return "have several rewrites (--unsafe takes the first)"
    return ""
