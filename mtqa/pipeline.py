"""The one way an article goes: checks, then rewrites, then what the author of the article has waved through."""

from collections.abc import Iterable, Mapping
from typing import Any

from mtqa import checks
from mtqa.document import Document
from mtqa.finding import Finding
from mtqa.glossary import Glossary
from mtqa.match import Matcher
from mtqa.suggest import suggest
from mtqa.suppress import suppressions


class Linter:
    """Lint documents with one glossary and one choice of rules; build it once, use it for many."""

    def __init__(self, glossary: Glossary, rules: Iterable[str], options: Mapping[str, Any] | None = None) -> None:
        """Take the `Options` of any rule that shall not have its defaults."""
        self.glossary = glossary
        self.rules = tuple(rules)
        self._matcher = Matcher(glossary)
        given = options or {}
        self._checks = [
            (check, given.get(rule) or check.Options()) for rule in self.rules for check in [checks.load(rule)]
        ]

    def lint(self, document: Document) -> list[Finding]:
        """Return the findings of a document by their place.

        Raises MtqaError when a suppression comment of the document names a rule or term that does not exist.
        """
        names = frozenset((*checks.rules(), *self.glossary.ids))
        quiet = suppressions(document, names)
        found = [
            suggest(document, finding)
            for check, options in self._checks
            for finding in check.check(document, self._matcher, options)
        ]
        found = [finding for finding in found if not quiet.covers(finding)]
        return sorted(found, key=lambda f: (f.span, f.rule))

    @property
    def signature(self) -> str:
        """Name the glossary and the number of rules, so that two reports are comparable or visibly not."""
        from mtqa import __version__

        return f"mtqa:{__version__}|glossary:{self.glossary.signature}|model:none|rules:{len(self.rules)}"
