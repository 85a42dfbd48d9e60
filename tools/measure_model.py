"""Measure a model on terms, articles and documents that it was not trained on.

    make figures                                            prints the figures of the shipped model's card
    .venv/bin/python tools/measure_model.py build/mine --calibrate      chooses thresholds first, writes metrics.json

Figures that need ../shared are left out where it is not at hand.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from calibrate_model import STEPS, UNSET, calibrate, rated_words, score
from model_articles import Article, article, hit, runs_at, unlisted
from model_card import VERDICTS
from model_rows import ROOT, SHARED, Collection, collect

from mtqa.bundled import bundled_model
from mtqa.checks import rules
from mtqa.classify import Classifier, ModelReader, sigmoid
from mtqa.document import make_document
from mtqa.evaluate.metrics import auroc, calibration_error, fit_scale, matthews_at
from mtqa.glossary import of_terms
from mtqa.match import KINDS, Matcher
from mtqa.pipeline import Linter
from mtqa.segment import segment
from mtqa.train.articles import article_folders
from mtqa.train.rows import PairRow


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


def same_words(row: PairRow, matchers: dict[str, Matcher]) -> bool:
    """Tell whether the marked words are a literal of the row's term, rather than a right rendering."""
    if row.term.id not in matchers:
        matchers[row.term.id] = Matcher(of_terms([row.term._replace(unless=())]))
    document = segment(make_document("row", row.text))
    return any(candidate.span.overlaps(row.span) for candidate in matchers[row.term.id].candidates(document))


def real(found: Collection) -> list[PairRow]:
    """Return the uses in real systems' translations of development documents."""
    return [row for row in found.rows["dev"].pairs if row.origin == "translation"]


def listed(reader: ModelReader, articles: Sequence[Article]) -> dict[str, Any]:
    """Count what becomes of the candidates of held-out articles, marked ones and others, by kind of evidence."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for item in articles:
        for candidate in reader.candidates(item.document):
            truth = "marked" if hit(candidate.span, item.marks) else "right"
            for kind in (candidate.kind, "all"):
                counts[kind, truth, candidate.verdict or ""] += 1
    return {
        kind: {truth: [counts[kind, truth, verdict] for verdict in VERDICTS] for truth in ("marked", "right")}
        for kind in (*KINDS, "all")
    }


def calques(classifier: Classifier, found: Collection, articles: Sequence[Article]) -> dict[str, Any]:
    """Measure rule calque on held-out articles, at its threshold and along the curve."""
    read = unlisted(classifier, Matcher(found.glossary), articles)
    at = runs_at(read, -classifier.folder.thresholds.calque.shift)
    curve = [(step, runs_at(read, step)) for step in STEPS[::5]]
    return {
        "marks": at.marks, "found": at.found, "runs": at.runs, "right": at.right,
        "recall": round(at.recall, 4), "precision": round(at.precision, 4),
        "curve": [[step, round(point.recall, 4), round(point.precision, 4)] for step, point in curve],
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


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
