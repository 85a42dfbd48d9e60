"""The one way an article goes: checks, then rewrites, then what the author of the article has waved through."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mtqa import checks
from mtqa.document import Document
from mtqa.finding import Finding
from mtqa.glossary import Glossary
from mtqa.match import Matcher, Reader
from mtqa.suggest import suggest
from mtqa.suppress import suppressions

if TYPE_CHECKING:
    from mtqa.classify import Classifier


class Linter:
    """Lint documents with one glossary and one choice of rules; build it once, use it for many.

    `reader` finds the candidates and words that the checks judge; what it read last it remembers.
    """

    def __init__(
        self,
        glossary: Glossary,
        rules: Iterable[str],
        options: Mapping[str, Any] | None = None,
        classifier: "Classifier | None" = None,
    ) -> None:
        """Take the `Options` of any rule that shall not have its defaults, and the model to ask, if any."""
        self.glossary = glossary
        self.rules = tuple(rules)
        self._classifier = classifier
        self.reader = _reader(glossary, classifier)
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
            for finding in check.check(document, self.reader, options)
        ]
        found = [finding for finding in found if not quiet.covers(finding)]
        return sorted(_without_echoes(found), key=lambda f: (f.span, f.rule))

    @property
    def signature(self) -> str:
        """Name the glossary, the model and the number of rules, so that two reports are comparable or visibly not."""
        from mtqa import __version__

        model = self._classifier.signature if self._classifier else "none"
        return f"mtqa:{__version__}|glossary:{self.glossary.signature}|model:{model}|rules:{len(self.rules)}"


def _without_echoes(findings: list[Finding]) -> list[Finding]:
    """Leave out what is said better by another finding.

    That is a note on Chinese words of which something worse is said, and a calque that no glossary lists where its
    Chinese has been found.
    """
    worse = [finding.source for finding in findings if finding.source and finding.severity != "note"]
    composed = [finding.span for finding in findings if finding.rule == "composed"]

    def is_echo(finding: Finding) -> bool:
        if finding.rule == "calque":
            return any(finding.span.overlaps(span) for span in composed)
        source = finding.source
        return finding.severity == "note" and source is not None and any(source.overlaps(span) for span in worse)

    return [finding for finding in findings if not is_echo(finding)]


def _reader(glossary: Glossary, classifier: "Classifier | None") -> Reader:
    matcher = Matcher(glossary)
    if classifier is None:
        return matcher
    from mtqa.classify import ModelReader

    return ModelReader(matcher, classifier)
