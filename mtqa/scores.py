"""Scores the words of a text, for those who measure word-level quality estimation."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from mtqa.bundled import bundled_model
from mtqa.classify import Classifier, ModelReader
from mtqa.document import make_document
from mtqa.glossary import bundled_paths, load_glossary
from mtqa.match import Matcher
from mtqa.pairs import prepared


class Word(NamedTuple):
    """Hold one English word: `start` and `end` in code points of the text, half-open; scores in [0, 1].

    `calque` says how much it reads as part of a literal mistranslation, `error` how much as any error that an MQM
    rater would mark. Both are scaled so that 0.5 is the point of decision that served best on texts not trained on.
    """

    start: int
    end: int
    calque: float
    error: float


def word_scores(text: str, source: str | None = None, model: str | Path | None = None) -> list[Word]:
    """Score each English word of a machine-translated text, in order.

    `source` is the Chinese, where there is some: a glossary term whose Chinese stands in it, and whose literal stands
    in the text, is a calque. `model` is a model folder, by default the one that comes with mtqa; the bundled
    glossaries are used with it.

    Raises MtqaError when the model folder is broken or from another version.

    >>> [text[w.start : w.end] for text in ["Prices rose."] for w in word_scores(text)]
    ['Prices', 'rose']
    """
    reader = _reader(Path(model) if model else bundled_model())
    document = prepared(make_document("text", text, source=source))
    listed = [
        (candidate.span, max(candidate.score or 0.0, _NAMED if candidate.source else 0.0))
        for candidate in reader.candidates(document)
    ]
    found = []
    for word in reader.words(document):
        calque = max([word.calque, *(score for span, score in listed if span.overlaps(word.span))])
        found.append(Word(*word.span, round(calque, 4), round(word.error, 4)))
    return found


_NAMED = 0.95
"""Score of a literal whose Chinese stands in the source."""


@lru_cache(maxsize=2)
def _reader(model: Path) -> ModelReader:
    return ModelReader(Matcher(load_glossary(bundled_paths())), Classifier(model))
