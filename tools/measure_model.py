"""Calibrate a model and measure it on terms, articles and documents that it was not trained on.

    make figures                                            prints the figures of the shipped model's card
    .venv/bin/python tools/measure_model.py build/mine --calibrate      writes thresholds.json first

Thresholds come from development articles of seeds/ and from every other development document; the figures from
tests/heldout and the remaining documents. Figures that need ../shared are left out where it is not at hand.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from math import log
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from model_rows import ARTICLE_SHARE, ROOT, SHARED, Collection, article_folders, collect

from mtqa.bundled import bundled_model
from mtqa.checks import rules
from mtqa.checks.calque import runs
from mtqa.classify import Classifier, ModelReader, Scale, Use, sigmoid
from mtqa.document import Document, Span, make_document
from mtqa.evaluate.metrics import auroc, best_matthews, calibration_error, fit_scale, matthews_at
from mtqa.glossary import of_terms
from mtqa.match import Matcher, WordScore, split_words
from mtqa.pipeline import Linter
from mtqa.segment import segment
from mtqa.train.articles import lines
from mtqa.train.rows import PairRow, split_of

KINDS = ("certain", "evidence", "ordinary", "very ordinary")
PRECISION = 0.8


class Article(NamedTuple):
    """Hold a sample article as a document, and the spans marked in it."""

    name: str
    document: Document
    marks: list[Span]


def article(folder: Path) -> Article:
    """Read the translation of a sample article, marks and all."""
    text, marks = "", []
    for line in lines(folder):
        marks += [Span(span.start + len(text), span.end + len(text)) for span, _ in line.marks]
        text += line.mt + "\n\n"
    return Article(folder.name, segment(make_document(folder.name, text)), marks)


def hit(span: Span, marks: Iterable[Span]) -> bool:
    """Tell whether a span overlaps one of the marks."""
    return any(span.overlaps(mark) for mark in marks)


def same_words(row: PairRow, matchers: dict[str, Matcher]) -> bool:
    """Tell whether the marked words are a literal of the row's term, rather than a right rendering."""
    if row.term.id not in matchers:
        matchers[row.term.id] = Matcher(of_terms([row.term._replace(unless=())]))
    document = segment(make_document("row", row.text))
    return any(candidate.span.overlaps(row.span) for candidate in matchers[row.term.id].candidates(document))


class Scored(NamedTuple):
    """Hold a row and its logit."""

    row: PairRow
    logit: float


def score(classifier: Classifier, rows: Sequence[PairRow]) -> list[Scored]:
    """Ask the model of rows."""
    logits = classifier.use_logits([Use(row.text, row.span, row.term) for row in rows])
    return [Scored(row, logit) for row, logit in zip(rows, logits, strict=True)]


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

BANDS = {"certain": [0.05, 0.15], "evidence": [0.2, 0.5], "ordinary": [0.3, 0.7], "very ordinary": [0.5, 0.8]}


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
    """Count what rule calque would report from a score on."""
    totals = [0, 0, 0, 0]
    for item, words, listed, marks in read:
        spans = [span for span, _ in runs(item.document, words, threshold) if not hit(span, listed)]
        right = sum(hit(span, item.marks) for span in spans)
        for i, count in enumerate((sum(hit(mark, spans) for mark in marks), len(marks), right, len(spans))):
            totals[i] += count
    return Runs(*totals)


def calque_threshold(classifier: Classifier, matcher: Matcher, articles: Sequence[Article]) -> tuple[float, float]:
    """Return the lowest logit from which on rule calque is right often enough, and how often it is from there on."""
    read = unlisted(classifier, matcher, articles)
    steps = [step / 100 for step in range(30, 100)]
    good = [step for step in steps if runs_at(read, step).precision >= PRECISION + MARGIN]
    chosen = good[0] if good else steps[-1]
    return log(chosen / (1 - chosen)), runs_at(read, chosen).precision


MARGIN = 0.03
"""The precision of other articles may be lower than that of those that a threshold was chosen on."""


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


def measure(classifier: Classifier, found: Collection) -> dict[str, Any]:
    """Return the figures of a model."""
    reader = ModelReader(Matcher(found.glossary), classifier)
    heldout = [article(folder) for folder in article_folders(ROOT / "tests" / "heldout")]
    figures: dict[str, Any] = {"terms": zero_shot(classifier, found)}
    figures["articles"] = listed(reader, heldout)
    figures["calques"] = calques(classifier, found, heldout)
    if SHARED.is_dir():
        words = rated_words(classifier, found, 1)
        shift = classifier.folder.thresholds.error.shift
        figures["errors"] = {
            "words": len(words),
            "marked": round(sum(label for _, label in words) / len(words), 4),
            "mcc": round(matthews_at(words, -shift), 4),
            "auroc": _rounded(auroc(words)),
        }
        figures["clean"] = clean(classifier, found)
    return figures


def zero_shot(classifier: Classifier, found: Collection) -> dict[str, Any]:
    """Measure head (a) on terms that the model was not trained on, by term, and in all by domain and severity."""
    dev = [
        row for row in found.rows["dev"].pairs if row.origin in ("bad", "good") and found.split[row.term.id] == "dev"
    ]
    matchers: dict[str, Matcher] = {}
    same = [row for row in dev if row.label or same_words(row, matchers)]
    scored = score(classifier, same)
    factor, shift = fit_scale([s.logit for s in scored], [bool(s.row.label) for s in scored])
    by_term = defaultdict(list)
    for s in scored:
        by_term[s.row.term.id].append((s.logit, bool(s.row.label)))
    aurocs = {term: value for term, rows in by_term.items() if (value := auroc(rows)) is not None}
    domains = defaultdict(list)
    for term, value in aurocs.items():
        domains[found.glossary[term].domain].append(value)
    probabilities = [(sigmoid(factor * s.logit + shift), bool(s.row.label)) for s in scored]
    translated = [(s.logit, bool(s.row.label)) for s in score(classifier, real(found))]
    return {
        "terms": len(aurocs),
        "sentences": len(scored),
        "auroc_by_term": round(sum(aurocs.values()) / len(aurocs), 4),
        "auroc_pooled": _rounded(auroc([(s.logit, bool(s.row.label)) for s in scored])),
        "calibration_error": round(calibration_error(probabilities), 4),
        "domains": {name: [len(v), round(sum(v) / len(v), 4)] for name, v in sorted(domains.items())},
        "real_translations": [len(translated), _rounded(auroc(translated)) if translated else None],
    }


def real(found: Collection) -> list[PairRow]:
    """Return the uses in real systems' translations of development documents."""
    return [row for row in found.rows["dev"].pairs if row.origin == "translation"]


def listed(reader: ModelReader, articles: Sequence[Article]) -> dict[str, Any]:
    """Measure what becomes of the candidates of held-out articles: marked ones and tempting right uses, by kind."""
    counts: Counter[tuple[str, bool, str]] = Counter()
    for item in articles:
        for candidate in reader.candidates(item.document):
            counts[candidate.kind, hit(candidate.span, item.marks), candidate.verdict or ""] += 1
    table = {}
    for kind in (*KINDS, "all"):
        wrong, right = (
            [
                sum(
                    n
                    for key, n in counts.items()
                    if key[0] in (kind, *KINDS[: 4 * (kind == "all")]) and key[1:] == (marked, v)
                )
                for v in VERDICTS
            ]
            for marked in (True, False)
        )
        table[kind] = {"marked": wrong, "right": right}
    table["order"] = VERDICTS
    return table


VERDICTS = ("flag", "note", "pass")


def calques(classifier: Classifier, found: Collection, articles: Sequence[Article]) -> dict[str, Any]:
    """Measure rule calque on held-out articles, at its threshold and along the curve."""
    read = unlisted(classifier, Matcher(found.glossary), articles)
    threshold = sigmoid(-classifier.folder.thresholds.calque.shift)
    at = runs_at(read, threshold)
    curve = []
    for step in range(30, 100, 5):
        point = runs_at(read, step / 100)
        curve.append([step / 100, round(point.recall, 4), round(point.precision, 4)])
    best = max((c for c in curve if c[2] >= PRECISION), key=lambda c: c[1], default=None)
    return {
        "marks": at.marks, "found": at.found, "runs": at.runs, "right": at.right,
        "recall": round(at.recall, 4), "precision": round(at.precision, 4),
        "best_recall_at_precision_0.8": best, "curve": curve,
    }  # fmt: skip


def clean(classifier: Classifier, found: Collection) -> dict[str, Any]:
    """Count the flags on native English news that the model was not trained on."""
    linter = Linter(found.glossary, rules(), classifier=classifier)
    counts: Counter[str] = Counter()
    words = 0
    for row in found.rows["dev"].tokens:
        if row.origin == "clean":
            words += len(row.text.split())
            counts.update(f"{f.rule} {f.severity}" for f in linter.lint(segment(make_document("clean", row.text))))
    flags = sum(n for key, n in counts.items() if not key.endswith("note"))
    return {"words": words, "flags": flags, "per_1000_words": round(1000 * flags / words, 4), "by_rule": dict(counts)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def main() -> int:
    """Calibrate if asked to, measure, print, and write metrics.json where thresholds were written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=bundled_model())
    parser.add_argument("--calibrate", action="store_true", help="write thresholds.json and metrics.json")
    arguments = parser.parse_args()
    found = collect()
    file = arguments.folder / "thresholds.json"
    if arguments.calibrate:
        if not file.exists():
            file.write_text(json.dumps(UNSET), encoding="utf-8")
        _write(file, calibrate(Classifier(arguments.folder), found))
    figures = measure(Classifier(arguments.folder), found)
    if arguments.calibrate:
        _write(arguments.folder / "metrics.json", figures)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    return 0


UNSET = {
    "pair": {kind: [1, 0] for kind in KINDS}, "bands": BANDS, "calque": [1, 0], "error": [1, 0],
    "calque_precision": 0,
}  # fmt: skip


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
