"""Checks: each module of this package is one rule, found by its file name (design, section 3).

A module holds a docstring (what, why wrong, when right after all, source of the rule), `SEVERITY`, `PASS` and
`FAIL` (sentences with «marks»; where the rule needs the Chinese, pairs of an English and a Chinese text), `Options` (a
NamedTuple whose defaults apply where the configuration is silent) and `check(document, reader, options)`. The reader
finds what the glossary lists, and what a model makes of it.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from mtqa import plugins
from mtqa.document import Document
from mtqa.errors import MtqaError
from mtqa.finding import Finding
from mtqa.match import Reader

Sample = str | tuple[str, str]
"""An English text, or an English and a Chinese one."""


class Check(Protocol):
    """Describe what a module of this package offers."""

    __doc__: str | None
    __name__: str
    SEVERITY: str
    PASS: Sequence[Sample]
    FAIL: Sequence[Sample]
    Options: Any

    def check(self, document: Document, reader: Reader, options: Any) -> Iterator[Finding]:
        """Yield the findings of one document."""
        ...


def rules() -> tuple[str, ...]:
    """Return the names of all rules, sorted."""
    return plugins.names(sys.modules[__name__])


def load(rule: str) -> Check:
    """Import one rule. Raises KeyError when there is none of this name."""
    return plugins.load(sys.modules[__name__], rule)


def options_for(rule: str, settings: Mapping[str, Any], where: str = "") -> Any:
    """Return the options of a rule with the given settings; lists become tuples.

    Raises MtqaError for a setting that the rule does not have, or of another type than its default.
    """
    options = load(rule).Options()
    for key, value in settings.items():
        if key not in options._fields:
            allowed = ", ".join(options._fields) or "none"
            raise MtqaError(where, f"rules.{rule}.{key} is unknown; allowed are {allowed}")
        if isinstance(value, list):
            value = tuple(value)
        default = getattr(options, key)
        if type(value) is not type(default) or (
            isinstance(value, tuple) and not all(isinstance(v, str) for v in value)
        ):
            kind = "a list of strings" if isinstance(default, tuple) else type(default).__name__
            raise MtqaError(where, f"rules.{rule}.{key}: {value!r} found; write {kind}")
        options = options._replace(**{key: value})
    return options
