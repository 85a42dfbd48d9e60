"""Choose a model's thresholds on terms, articles and documents that it was not trained on.

Thresholds come from development terms, development articles of seeds/ and every other development document; what is
then measured (tools/measure_model.py) are other ones.
"""

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Any, NamedTuple
from zlib import crc32

from model_articles import Article, article, hit, runs_at, unlisted
from model_rows import ROOT, Collection

from mtqa.classify import Classifier, Use
from mtqa.document import Span
from mtqa.evaluate.metrics import best_matthews, fit_scale
from mtqa.match import KINDS, Matcher, split_words
from mtqa.train.articles import article_folders
from mtqa.train.rows import ARTICLE_SHARE, PairRow, split_of


def calibrate(classifier: Classifier, found: Collection) -> dict[str, Any]:
    """Return thresholds fitted on development rows."""
    dev = [
        row for row in found.rows["dev"].pairs if row.origin in ("bad", "good") and found.split[row.term.id] == "dev"
    ]
    scored = score(classifier, dev)
    factor, shift = fit_scale([s.logit for s in scored], [bool(s.row.label) for s in scored])
    articles = [article(folder) for folder in article_folders(ROOT / "seeds")]
    matcher = Matcher(found.glossary)
    counts: Counter[tuple[str, bool]] = Counter()
    for item in articles:
        counts.update((c.kind, hit(c.span, item.marks)) for c in matcher.candidates(item.document))
    prior = {kind: log((counts[kind, True] + 1) / (counts[kind, False] + 1)) for kind in KINDS}
    calque, precision = calque_threshold(
        classifier, matcher, [a for a in articles if split_of(a.name, ARTICLE_SHARE) == "dev"]
    )
    error = best_matthews(rated_words(classifier, found, 0)).threshold
    return {
        "pair": {kind: [round(factor, 4), round(shift + PRIOR_SHARE * prior[kind], 4)] for kind in KINDS},
        "bands": BANDS,
        "calque": [1.0, round(-calque, 4)],
        "error": [1.0, round(-error, 4)],
        "calque_precision": round(precision, 4),
    }


PRIOR_SHARE = 0.5
"""How much of the log-odds of each kind of evidence counts beside the model, which saw part of that evidence itself."""

BANDS = {
    "certain": [0.0, 0.1],
    "listed": [0.15, 0.3],
    "evidence": [0.0, 0.3],
    "ordinary": [0.3, 0.7],
    "very ordinary": [0.5, 0.8],
}


class Scored(NamedTuple):
    """Hold a row and its logit."""

    row: PairRow
    logit: float


def score(classifier: Classifier, rows: Sequence[PairRow]) -> list[Scored]:
    """Ask the model of rows."""
    logits = classifier.use_logits([Use(row.text, row.span, row.term) for row in rows])
    return [Scored(row, logit) for row, logit in zip(rows, logits, strict=True)]


def calque_threshold(classifier: Classifier, matcher: Matcher, articles: Sequence[Article]) -> tuple[float, float]:
    """Return the lowest logit from which on rule calque is right often enough, or most often, and how often that is."""
    read = unlisted(classifier, matcher, articles)
    points = [(step, runs_at(read, step)) for step in STEPS]
    points = [(step, point) for step, point in points if point.runs >= FEWEST]
    good = [step for step, point in points if point.precision >= PRECISION + MARGIN]
    chosen = good[0] if good else max(points, key=lambda item: item[1].precision)[0]
    return chosen, runs_at(read, chosen).precision


PRECISION = 0.8
MARGIN = 0.03
"""The precision of other articles may be lower than that of those that a threshold was chosen on."""
FEWEST = 20
"""Runs of words below which a precision says nothing."""
STEPS = [step / 10 for step in range(-10, 61)]
"""Logits to choose from."""


def rated_words(classifier: Classifier, found: Collection, half: int) -> list[tuple[float, bool]]:
    """Return the words of rated translations with their error logit, and whether two of three raters marked them.

    Half 0 are the documents that thresholds are chosen on, half 1 the others.
    """
    rows = [r for r in found.rows["dev"].tokens if r.origin == "rated" and crc32(r.document.encode()) % 2 == half]
    words = []
    for row, tokens in zip(rows, classifier.token_logits([row.text for row in rows]), strict=True):
        for word in split_words(row.text).spans:
            span = Span(*word)
            logits = [token.error for token in tokens if token.span.overlaps(span)]
            share = sum(mark.share for mark in row.errors or () if mark.span.overlaps(span))
            words.append((max(logits, default=-9.0), share > 0.5))
    return words


UNSET = {
    "pair": {kind: [1, 0] for kind in KINDS}, "bands": BANDS, "calque": [1, 0], "error": [1, 0],
    "calque_precision": 0,
}  # fmt: skip
"""Thresholds of a model that has none yet."""
