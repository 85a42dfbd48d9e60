"""Reads a document with the model: scores its candidates, and its words."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from mtqa.classify.classifier import Classifier, TokenLogits, Use
from mtqa.classify.folder import Band, Thresholds
from mtqa.classify.network import sigmoid
from mtqa.document import Document, Segment, Span
from mtqa.glossary import Glossary
from mtqa.match import Candidate, Matcher, SourceIndex, Verdict, WordScore, split_words

_Value = TypeVar("_Value")

_SURE_SOURCE = Band(0.0, 0.0)
_DOUBTED_SOURCE = Band(0.15, 0.4)
"""Bands of a literal whose Chinese stands in the sentence: only ordinary words can still be meant as they stand. In the
sample articles 240 of 278 of those are calques; below 0.4 it is 5 of 28 (`tools/reach.py --source`)."""


class ModelReader:
    """Do what a `Matcher` does, and ask the model of all that it finds."""

    def __init__(self, matcher: Matcher, classifier: Classifier) -> None:
        self._matcher = matcher
        self._classifier = classifier
        # Several checks ask of one document.
        self._candidates = _Last(self._score)
        self._words = _Last(self._read)

    @property
    def glossary(self) -> Glossary:
        """Return the glossary whose literals are looked for."""
        return self._matcher.glossary

    @property
    def source(self) -> SourceIndex:
        """Return the Chinese of the glossary, filed."""
        return self._matcher.source

    @property
    def calque_precision(self) -> float:
        """Return the precision of rule calque on articles that the model was not trained on."""
        return self._classifier.folder.thresholds.calque_precision

    def candidates(self, document: Document) -> list[Candidate]:
        """Return the candidates of a document with their scores; of entries that share the words, the likeliest."""
        return self._candidates(document)

    def words(self, document: Document) -> list[WordScore]:
        """Return the words of a document with what the model says of each."""
        return self._words(document)

    def _score(self, document: Document) -> list[Candidate]:
        found = self._matcher.candidates(document)
        choices = [choice for candidate in found for choice in (candidate, *candidate.rivals)]
        uses = [use_of(document, choice) for choice in choices]
        thresholds = self._classifier.folder.thresholds
        scored = iter(
            judged(choice, logit, thresholds)
            for choice, logit in zip(choices, self._classifier.use_logits(uses), strict=True)
        )
        return [_ranked([next(scored) for _ in range(1 + len(candidate.rivals))]) for candidate in found]

    def _read(self, document: Document) -> list[WordScore]:
        sentences = [document.prose[slice(*segment.span)] for segment in document.segments]
        words = []
        for segment, tokens in zip(document.segments, self._classifier.token_logits(sentences), strict=True):
            words += self._scored(document, segment, tokens)
        return words

    def _scored(self, document: Document, segment: Segment, tokens: Sequence[TokenLogits]) -> list[WordScore]:
        found, place, start = [], 0, segment.span.start
        for span in split_words(document.prose, *segment.span).spans:
            while place < len(tokens) and tokens[place].span.end + start <= span[0]:
                place += 1
            last = place
            while last < len(tokens) and tokens[last].span.start + start < span[1]:
                last += 1
            if last > place:
                inside = tokens[place:last]
                score, error = self._classifier.calque_score(inside), self._classifier.error_score(inside)
                found.append(WordScore(Span(*span), score, error))
            else:
                found.append(WordScore(Span(*span), 0.0, 0.0))
        return found


class _Last(Generic[_Value]):
    """Remember what a function returned for the last document."""

    def __init__(self, ask: Callable[[Document], list[_Value]]) -> None:
        self._ask = ask
        self._document: Document | None = None
        self._answer: list[_Value] = []

    def __call__(self, document: Document) -> list[_Value]:
        if document is not self._document:
            self._document, self._answer = document, self._ask(document)
        return self._answer


def use_of(document: Document, candidate: Candidate) -> Use:
    """Return what the model is asked about a candidate."""
    segment = document.segment_at(candidate.span.start)
    first, last = segment.span if segment else Span(0, len(document.text))
    # A literal may run over what looked like the end of a sentence.
    sentence = document.prose[first : max(last, candidate.span.end)]
    return Use(sentence, Span(candidate.span.start - first, candidate.span.end - first), candidate.term)


def judged(candidate: Candidate, logit: float, thresholds: Thresholds) -> Candidate:
    """Return a candidate with its score and verdict, without its rivals."""
    factor, shift = thresholds.pair[candidate.kind]
    score = round(sigmoid(factor * logit + shift), 4)
    band = thresholds.bands[candidate.kind]
    if candidate.source:
        band = _DOUBTED_SOURCE if candidate.literal.doubt else _SURE_SOURCE
    verdict: Verdict = "flag" if score >= band.upper else "note" if score >= band.lower else "pass"
    return candidate._replace(score=score, verdict=verdict, rivals=())


def _ranked(choices: list[Candidate]) -> Candidate:
    """Return the likeliest of the entries that share the words, the others as its rivals."""
    first, *others = sorted(choices, key=lambda choice: choice.score or 0, reverse=True)
    return first._replace(rivals=tuple(others))
