"""Sample articles as documents, and what the token head finds in them that no glossary lists."""

from collections.abc import Iterable, Sequence
from copy import copy
from pathlib import Path
from typing import NamedTuple

from mtqa.checks.calque import runs
from mtqa.classify import Classifier, ModelReader, Scale, sigmoid
from mtqa.document import Document, Span, make_document
from mtqa.match import Matcher, WordScore
from mtqa.pairs import prepared
from mtqa.train.articles import lines


class Article(NamedTuple):
    """Hold a sample article as a document, the spans marked in it, and the Chinese behind each."""

    name: str
    document: Document
    marks: list[Span]
    chinese: list[str]


def article(folder: Path, source: bool = False) -> Article:
    """Read the translation of a sample article, marks and all; with `source` the Chinese article is put beside it.

    The two texts are aligned like anybody's: that their lines correspond is not made use of.
    """
    text, marks, chinese = "", [], []
    for line in lines(folder):
        marks += [Span(span.start + len(text), span.end + len(text)) for span, _ in line.marks]
        chinese += [zh for _, zh in line.marks]
        text += line.mt + "\n\n"
    whole = (folder / "zh.txt").read_text(encoding="utf-8") if source else None
    return Article(folder.name, prepared(make_document(folder.name, text, source=whole)), marks, chinese)


def hit(span: Span, marks: Iterable[Span]) -> bool:
    """Tell whether a span overlaps one of the marks."""
    return any(span.overlaps(mark) for mark in marks)


def unscaled(classifier: Classifier) -> Classifier:
    """Return the classifier with a calque scale that leaves the network's own probabilities."""
    plain = copy(classifier)
    plain.folder = classifier.folder._replace(thresholds=classifier.folder.thresholds._replace(calque=Scale(1, 0)))
    return plain


class Runs(NamedTuple):
    """Hold what a token threshold finds of the calques that no glossary lists."""

    found: int
    marks: int
    right: int
    runs: int

    @property
    def precision(self) -> float:
        """Return the share of runs of words that overlap a mark."""
        return self.right / max(1, self.runs)

    @property
    def recall(self) -> float:
        """Return the share of unlisted marks that a run overlaps."""
        return self.found / max(1, self.marks)


class Unlisted(NamedTuple):
    """Hold an article's words with their calque logits, what glossaries list in it, and what else is marked."""

    item: Article
    words: list[WordScore]
    listed: list[Span]
    marks: list[Span]


def unlisted(classifier: Classifier, matcher: Matcher, articles: Iterable[Article]) -> list[Unlisted]:
    """Read articles with the token head."""
    reader = ModelReader(matcher, unscaled(classifier))
    found = []
    for item in articles:
        listed = [candidate.span for candidate in matcher.candidates(item.document)]
        marks = [mark for mark in item.marks if not hit(mark, listed)]
        found.append(Unlisted(item, reader.words(item.document), listed, marks))
    return found


def runs_at(read: Sequence[Unlisted], threshold: float) -> Runs:
    """Count what rule calque would report from a logit on."""
    totals = [0, 0, 0, 0]
    for item, words, listed, marks in read:
        spans = [span for span, _ in runs(item.document, words, sigmoid(threshold)) if not hit(span, listed)]
        right = sum(hit(span, item.marks) for span in spans)
        for i, count in enumerate((sum(hit(mark, spans) for mark in marks), len(marks), right, len(spans))):
            totals[i] += count
    return Runs(*totals)
