"""Checks: each module of this package is one rule, found by its file name (design, section 3).

A module holds a docstring (what, why wrong, when right after all, source of the rule), `SEVERITY`, `PASS` and
`FAIL` (sentences with «marks») and `check(document, glossary)`. Options, where a rule has any, stand in `Options`.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Protocol

from mtqa import plugins
from mtqa.document import Document
from mtqa.finding import Finding
from mtqa.match import Matcher


class Check(Protocol):
    """Describe what a module of this package offers."""

    __doc__: str | None
    __name__: str
    SEVERITY: str
    PASS: Sequence[str]
    FAIL: Sequence[str]

    def check(self, document: Document, matcher: Matcher) -> Iterator[Finding]:
        """Yield the findings of one document."""
        ...


def rules() -> tuple[str, ...]:
    """Return the names of all rules, sorted."""
    return plugins.names(sys.modules[__name__])


def load(rule: str) -> Check:
    """Import one rule. Raises KeyError when there is none of this name."""
    return plugins.load(sys.modules[__name__], rule)  # type: ignore[return-value]
