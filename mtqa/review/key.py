"""Names a mark by its sentence, so that a decision finds it again when the rest of the article has changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from mtqa.document import Document, Segment, Span
from mtqa.finding import Finding

KEY_LENGTH = 16
"""A key has this many hexadecimal digits."""
_LONGEST_LINE = 2_000
_HEAD = 16


class Mark(NamedTuple):
    """Hold where a finding stands: `start` and `end` count code points of `sentence`.

    `occurrence` counts the places of the document where that very sentence stands, from 0; `zh` is its Chinese.
    """

    key: str
    sentence: str
    occurrence: int
    start: int
    end: int
    words: str
    zh: str | None


def key_of(rule: str, term: str | None, sentence: str, start: int, end: int, occurrence: int) -> str:
    """Return the key of a mark: 16 hexadecimal digits that only its own sentence decides.

    >>> key_of("literal", "wool-party", "The wool party won.", 4, 14, 0)
    '786cbde00064e146'
    """
    parts = (rule, term or "", sentence, str(start), str(end), str(occurrence))
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]


class Places:
    """Find the sentences of a document by their words; build it once for all marks of a document."""

    def __init__(self, document: Document) -> None:
        """Index the sentences of a document."""
        self._document = document
        self._segments = document.segments
        self._starts = [segment.span.start for segment in document.segments]
        self._ends = [segment.span.end for segment in document.segments]
        self._ends_here = frozenset(self._ends)
        self._known: dict[str, list[int]] = {}
        self._heads: dict[str, list[int]] = {}
        for start, end in (segment.span for segment in document.segments):
            self._known.setdefault(document.text[start:end], []).append(start)
            self._heads.setdefault(document.text[start : start + _HEAD], []).append(start)
        self._elsewhere: dict[str, list[int]] = {}

    def mark(self, finding: Finding) -> Mark:
        """Return where a finding stands."""
        return self.mark_at(finding.rule, finding.term.id if finding.term else None, finding.span)

    def mark_at(self, rule: str, term: str | None, span: Span) -> Mark:
        """Return where a finding of that rule and term stands, whose words are at `span`."""
        stretch, zh = self._stretch(span)
        sentence = self._document.text[stretch.start : stretch.end]
        start, end = span.start - stretch.start, span.end - stretch.start
        occurrence = self._occurrence(sentence, stretch.start)
        key = key_of(rule, term, sentence, start, end, occurrence)
        return Mark(key, sentence, occurrence, start, end, sentence[start:end], zh)

    def starts(self, sentence: str) -> list[int]:
        """Return where the sentence stands, by occurrence; if nowhere, where it is a line between sentences."""
        return self.whole(sentence) or self._others(sentence)

    def _occurrence(self, sentence: str, start: int) -> int:
        known = self.whole(sentence)
        index = bisect_left(known, start)
        if index < len(known) and known[index] == start:
            return index
        return len(known) + bisect_left(self._others(sentence), start)

    def _stretch(self, span: Span) -> tuple[Span, str | None]:
        """Return the sentence or sentences that hold a span, or its line between sentences, and their Chinese."""
        first = bisect_right(self._ends, span.start)
        last = max(bisect_left(self._starts, span.end), first + (span.start == span.end))
        held = [s for s in self._segments[first:last] if s.span.start < max(span.end, span.start + 1)]
        if held:
            return Span(min(span.start, held[0].span.start), max(span.end, held[-1].span.end)), _chinese(held)
        text = self._document.text
        end = text.find("\n", span.end)
        line = Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)
        return (line if line.end - line.start <= _LONGEST_LINE else span), None

    def whole(self, sentence: str) -> list[int]:
        """Return where the words stand as a sentence, or as several whole ones."""
        if sentence not in self._known:
            text, size = self._document.text, len(sentence)
            starts = self._heads.get(sentence[:_HEAD], []) if size >= _HEAD else self._starts
            self._known[sentence] = [
                start for start in starts if start + size in self._ends_here and text.startswith(sentence, start)
            ]
        return self._known[sentence]

    def _others(self, sentence: str) -> list[int]:
        """Return where the words stand as whole lines that are no sentences."""
        if sentence not in self._elsewhere:
            text, whole = self._document.text, frozenset(self.whole(sentence))
            self._elsewhere[sentence] = [
                start
                for start in _found(text, sentence)
                if start not in whole
                and text[start - 1 : start] in ("", "\n")
                and text[start + len(sentence) : start + len(sentence) + 1] in ("", "\n")
            ]
        return self._elsewhere[sentence]


def mark_of(document: Document, finding: Finding) -> Mark:
    """Return where one finding stands; `marks` is quicker for many."""
    return Places(document).mark(finding)


def marks(document: Document, findings: Sequence[Finding]) -> list[Mark]:
    """Return where each of the findings stands, in their order."""
    places = Places(document)
    return [places.mark(finding) for finding in findings]


def keys(document: Document, findings: Sequence[Finding]) -> list[str]:
    """Return the key of each of the findings, in their order."""
    return [mark.key for mark in marks(document, findings)]


def _found(text: str, words: str) -> Iterator[int]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _chinese(segments: Sequence[Segment]) -> str | None:
    """Return the Chinese of neighbouring sentences, each stretch once."""
    seen: dict[tuple[Span | None, str], None] = {}
    for segment in segments:
        if segment.source:
            seen.setdefault((segment.source_span, segment.source))
    return "".join(source for _, source in seen) or None
