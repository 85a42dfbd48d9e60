"""Reads the comments with which an article waves findings through.

    <!-- mtqa: ignore literal wool-party -->        on this line
    <!-- mtqa: ignore-next literal -->              on the next line
    <!-- mtqa: ignore-start doubled --> ... <!-- mtqa: ignore-end -->

The words are rules and term ids; with none named, everything is meant. Where a rule and terms are named, only those
terms of that rule are.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span, comment_spans
from mtqa.errors import MtqaError
from mtqa.finding import Finding

_COMMENT = re.compile(r"<!--\s*mtqa:(.*)-->", re.DOTALL)
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


class _Comment(NamedTuple):
    where: str
    kind: str
    names: frozenset[str]
    span: Span


def suppressions(document: Document, names: frozenset[str]) -> Suppressions:
    """Read the suppression comments of a document.

    Raises MtqaError for an unknown command or name, and for a block that is not closed or not opened.
    """
    found: list[Suppression] = []
    opened: _Comment | None = None
    for comment in _comments(document, names):
        if comment.kind == "ignore":
            found.append(Suppression(_line(document.text, comment.span.start), comment.names))
        elif comment.kind == "ignore-next":
            next_line = document.text.find("\n", comment.span.end) + 1
            if next_line:
                found.append(Suppression(_line(document.text, next_line), comment.names))
        elif comment.kind == "ignore-start":
            if opened:
                raise MtqaError(comment.where, "mtqa: ignore-start inside another; close the first with ignore-end")
            opened = comment
        elif opened is None:
            raise MtqaError(comment.where, "mtqa: ignore-end without ignore-start; take it out or open the block")
        else:
            found.append(Suppression(Span(opened.span.end, comment.span.start), opened.names))
            opened = None
    if opened:
        raise MtqaError(opened.where, "mtqa: ignore-start is never closed; add <!-- mtqa: ignore-end -->")
    return Suppressions(tuple(found))


def _comments(document: Document, names: frozenset[str]) -> Iterator[_Comment]:
    """Yield the comments that are meant for mtqa, checked word by word."""
    if "mtqa:" not in document.text:
        return
    for span in comment_spans(document.text):
        comment = _COMMENT.fullmatch(document.text, *span)
        if not comment:
            continue
        where = f"{document.path}:{document.position(span.start)[0]}"
        kind, *words = comment[1].split() or [""]
        if kind not in _KINDS:
            raise MtqaError(where, f"mtqa: {kind!r} is unknown; write {', '.join(_KINDS)}")
        for word in words:
            _known(word, names, where)
        yield _Comment(where, kind, frozenset(words), span)


def _line(text: str, offset: int) -> Span:
    end = text.find("\n", offset)
    return Span(text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end)


def _known(word: str, names: frozenset[str], where: str) -> None:
    if word not in names:
        from difflib import get_close_matches

        near = get_close_matches(word, names, 1)
        hint = f"; did you mean {near[0]!r}?" if near else "; see mtqa explain --list"
        raise MtqaError(where, f"mtqa: no rule or term is called {word!r}{hint}")
