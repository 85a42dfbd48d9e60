"""Reports: each module of this package prints findings in one format, found by its file name.

A module holds `render(report, style) -> str`.
"""

import sys
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from mtqa import plugins
from mtqa.document import Document
from mtqa.finding import MQM_WEIGHTS, Finding


class Summary(NamedTuple):
    """Count the findings of a report; `words` are English words of prose."""

    files: int
    findings: int
    major: int
    minor: int
    note: int
    words: int
    mqm_per_100_words: float


class Report(NamedTuple):
    """Hold what a lint found, by document, and the signature that names what it looked with."""

    files: Sequence[tuple[Document, Sequence[Finding]]]
    signature: str

    def summary(self) -> Summary:
        """Count the findings."""
        from mtqa.match import split_words

        severities = [finding.severity for _, findings in self.files for finding in findings]
        words = sum(len(split_words(document.prose).lower) for document, _ in self.files)
        points = sum(MQM_WEIGHTS[severity] for severity in severities)
        return Summary(
            files=len(self.files),
            findings=len(severities),
            major=severities.count("major"),
            minor=severities.count("minor"),
            note=severities.count("note"),
            words=words,
            mqm_per_100_words=round(100 * points / words, 2) if words else 0.0,
        )


class Style(NamedTuple):
    """Say how a report may look: whether colours may be used, and how many columns there are."""

    colour: bool = False
    width: int = 100


class Format(Protocol):
    """Describe what a module of this package offers."""

    def render(self, report: Report, style: Style) -> str:
        """Return the report as text that ends in a line end, or is empty."""
        ...


def render(name: str, report: Report, style: Style) -> str:
    """Return the report in the format of this name. Raises KeyError when there is none."""
    module: Format = plugins.load(sys.modules[__name__], name)
    return module.render(report, style)
