"""Writes rewrites into an article: by default only where exactly one candidate fits."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mtqa.document import Document
from mtqa.finding import Finding


class Fixed(NamedTuple):
    """Hold the new text, the findings written into it, and those left with the reason for each."""

    text: str
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
        reason = _reason(finding, unsafe)
        if not reason and done and done[-1].span.overlaps(finding.span):
            reason = "overlap another"
        if reason:
            left.append((finding, reason))
        else:
            done.append(finding)
    parts = []
    here = 0
    for finding in done:
        suggestion = next(s for s in finding.suggestions if s.fits)
        parts += [document.text[here : finding.span.start], suggestion.text]
        here = finding.span.end
    return Fixed("".join([*parts, document.text[here:]]), tuple(done), tuple(left))


def _reason(finding: Finding, unsafe: bool) -> str:
    fitting = [suggestion for suggestion in finding.suggestions if suggestion.fits]
    if finding.severity == "note":
        return "are notes, to be looked at"
    if not fitting:
        return "have no rewrite that fits"
    if len(fitting) > 1 and not unsafe:
        return "have several rewrites (--unsafe takes the first)"
    return ""
