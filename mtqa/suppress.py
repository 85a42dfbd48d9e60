"""Reads the comments with which an article waves findings through.

    <!-- mtqa: ignore literal wool-party -->        on this line
    <!-- mtqa: ignore-next literal -->              on the next line
    <!-- mtqa: ignore-start doubled --> ... <!-- mtqa: ignore-end -->

The words are rules and term ids; with none named, everything is meant. Where a rule and terms are named, only those
terms of that rule are.
"""

import re
from difflib import get_close_matches
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.errors import MtqaError
from mtqa.finding import Finding

_COMMENT = re.compile(r"<!--\s*mtqa:\s*(?P<words>.*?)\s*-->", re.DOTALL)
_KINDS = ("ignore", "ignore-next", "ignore-start", "ignore-end")


class Suppression(NamedTuple):
    """Hold a stretch of the document, in code points, and the rules and terms that are quiet there."""

    span: Span
    names: frozenset[str]

    def covers(self, finding: Finding) -> bool:
        """Tell whether the finding lies in the stretch and is meant."""
        if not self.span.overlaps(finding.span):
            return False
        if not self.names:
            return True
        term = finding.term.id if finding.term else None
        terms = self.names - {finding.rule}
        return term in terms or (finding.rule in self.names and not terms)


class Suppressions(NamedTuple):
    """Hold all suppressions of a document."""

    all: tuple[Suppression, ...]

    def covers(self, finding: Finding) -> bool:
        """Tell whether any of them covers the finding."""
        return any(suppression.covers(finding) for suppression in self.all)


def suppressions(document: Document, names: frozenset[str]) -> Suppressions:
    """Read the suppression comments of a document.

    Raises MtqaError for an unknown command or name, and for a block that is not closed or not opened.
    """
    if "mtqa:" not in document.text:
        return Suppressions(())
    found: list[Suppression] = []
    open_block: tuple[int, frozenset[str]] | None = None
    for comment in _COMMENT.finditer(document.text):
        where = f"{document.path}:{document.position(comment.start())[0]}"
        kind, *words = comment["words"].split() or [""]
        if kind not in _KINDS:
            raise MtqaError(where, f"mtqa: {kind!r} is unknown; write {', '.join(_KINDS)}")
        for word in words:
            _known(word, names, where)
        named = frozenset(words)
        if kind == "ignore":
            found.append(Suppression(_line(document.text, comment.start()), named))
        elif kind == "ignore-next":
            next_line = document.text.find("\n", comment.end()) + 1
            if next_line:
                found.append(Suppression(_line(document.text, next_line), named))
        elif kind == "ignore-start":
            if open_block:
                raise MtqaError(where, "mtqa: ignore-start inside another; close the first with ignore-end")
            open_block = comment.end(), named
        elif open_block is None:
            raise MtqaError(where, "mtqa: ignore-end without ignore-start; take it out or open the block")
        else:
            found.append(Suppression(Span(open_block[0], comment.start()), open_block[1]))
            open_block = None
    if open_block:
        line = document.position(open_block[0])[0]
        raise MtqaError(f"{document.path}:{line}", "mtqa: ignore-start is never closed; add <!-- mtqa: ignore-end -->")
    return Suppressions(tuple(found))


def _line(text: str, offset: int) -> Span:
    end = text.find("\n", offset)
    return Span(text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end)


def _known(word: str, names: frozenset[str], where: str) -> None:
    if word not in names:
        near = get_close_matches(word, names, 1)
        hint = f"; did you mean {near[0]!r}?" if near else "; see mtqa explain --list"
        raise MtqaError(where, f"mtqa: no rule or term is called {word!r}{hint}")
