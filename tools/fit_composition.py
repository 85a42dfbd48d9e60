"""Fit the weights of rule composed to the sample articles, and print what they give on articles kept back.

    .venv/bin/python tools/fit_composition.py [--wrong]

The weights go into mtqa/composition/weigh.py by hand. Good translations, the edited ones of seeds/ and those that human
translators made of newstest2020 (../shared/data, where it is there), show what is no calque. One article in five of
seeds/ is kept back; on these, which the model has not seen either, it is weighed what the model adds. tests/heldout
only measures. A composition is right when it overlaps a mark of marks.tsv; those that overlap a literal of the glossary
are left out.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from measure_mqm import documents, joined
from model_articles import article, hit

from mtqa.bundled import bundled_model
from mtqa.classify import Classifier, ModelReader
from mtqa.composition import Composition, compositions
from mtqa.composition.weigh import Evidence, log_odds
from mtqa.document import Document, Span, make_document
from mtqa.glossary import bundled_paths, load_glossary
from mtqa.match import Matcher
from mtqa.pairs import prepared
from mtqa.train.articles import article_folders
from mtqa.train.rows import ARTICLE_SHARE, split_of

ROOT = Path(__file__).parents[1]
HUMAN = 0.1


class Row(NamedTuple):
    """Hold a composition, whether it is marked, the model's highest score for its words, them, and its weight."""

    composition: Composition
    marked: bool
    calque: float
    words: str
    weight: float = 1.0


def main() -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list the likeliest compositions that nobody marked")
    arguments = parser.parse_args()
    reader = ModelReader(Matcher(load_glossary(bundled_paths())), Classifier(bundled_model()))
    seeds = list(article_folders(ROOT / "seeds"))
    kept_back = {folder for folder in seeds if split_of(folder.name, ARTICLE_SHARE) == "dev"}
    train = rows(reader, (folder for folder in seeds if folder not in kept_back))
    train += right(reader, (edited(folder) for folder in seeds if folder not in kept_back))
    train += newstest(reader, "train")
    good = {
        "edited, kept back": right(reader, map(edited, kept_back)),
        "newstest2020 by human translators, dev": newstest(reader, "dev"),
    }
    sets = {"kept back": rows(reader, kept_back), "held out": rows(reader, article_folders(ROOT / "tests" / "heldout"))}
    for kind in (False, True):
        print("\nTwo neighbours" if kind else "\nWords of the dictionary")
        chosen = of_kind(train, kind)
        weights = fit(facts(chosen), marks(chosen), counts(chosen))
        print(Evidence(*(round(float(weight), 2) for weight in weights)))

        def own(found: list[Row], weights: np.ndarray = weights) -> np.ndarray:
            return facts(found) @ weights

        back = of_kind(sets["kept back"], kind)
        back = [*back, *(row for found in good.values() for row in of_kind(found, kind))]
        factors = fit(beside(own(back), back), marks(back), counts(back))
        print(f"with the model: {tuple(round(float(factor), 2) for factor in factors)}")

        def joint(found: list[Row], factors: np.ndarray = factors, own: Callable = own) -> np.ndarray:
            return beside(own(found), found) @ factors

        tell("fitted to", chosen, own(chosen))
        for name, found in good.items():
            of = of_kind(found, kind)
            tell(name, of, own(of), wrong=arguments.wrong)
            tell(f"{name}, with the model", of, joint(of), wrong=arguments.wrong)
        for name, found in sets.items():
            of = of_kind(found, kind)
            tell(name, of, own(of), wrong=arguments.wrong)
            tell(f"{name}, with the model", of, joint(of), wrong=arguments.wrong)
    return 0


def rows(reader: ModelReader, folders: Iterable[Path]) -> list[Row]:
    """Return the compositions of sample articles that overlap no listed literal."""
    found = []
    for folder in folders:
        _, document, wanted, _ = article(folder, source=True)
        found += in_document(reader, document, wanted)
    return found


def right(reader: ModelReader, translations: Iterable[Document]) -> list[Row]:
    """Return the compositions of good translations: none of them is a calque."""
    return [row for document in translations for row in in_document(reader, document, [])]


def newstest(reader: ModelReader, split: str) -> list[Row]:
    """Return the compositions of human translations of news, which are many: they count little."""
    return [row._replace(weight=HUMAN) for row in right(reader, (joined(d)[0] for d in documents(split, human=True)))]


def in_document(reader: ModelReader, document: Document, wanted: list[Span]) -> list[Row]:
    """Return the compositions of a document and whether each is marked."""
    listed = [candidate.span for candidate in reader.candidates(document)]
    scores = reader.words(document)
    found = []
    for composition in compositions(document, reader.source):
        if not hit(composition.span, listed):
            calque = max(score.calque for score in scores if score.span.overlaps(composition.span))
            words = document.text[slice(*composition.span)]
            found.append(Row(composition, hit(composition.span, wanted), calque, words))
    return found


def edited(folder: Path) -> Document:
    """Return the edited English of a sample article with its Chinese."""
    english, chinese = ((folder / name).read_text(encoding="utf-8") for name in ("en.txt", "zh.txt"))
    return prepared(make_document(folder.name, english, source=chinese))


def of_kind(found: list[Row], joined: bool) -> list[Row]:
    """Return the rows of dictionary words, or of neighbours."""
    return [row for row in found if row.composition.joined == joined]


def facts(found: list[Row]) -> np.ndarray:
    """Return the evidence, `(rows, facts)`."""
    return np.array([row.composition.evidence for row in found], dtype=float)


def marks(found: list[Row]) -> np.ndarray:
    """Return which rows are marked, `(rows,)`."""
    return np.array([row.marked for row in found], dtype=float)


def beside(own: np.ndarray, found: list[Row]) -> np.ndarray:
    """Return the logits with what the model says, `(rows, 3)`: bias, own, model."""
    return np.stack([np.ones(len(found)), own, [log_odds(row.calque) for row in found]], axis=1)


def counts(found: list[Row]) -> np.ndarray:
    """Return how much each row counts, `(rows,)`."""
    return np.array([row.weight for row in found])


def fit(facts: np.ndarray, right: np.ndarray, counts: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Return the weights of a logistic regression with a ridge penalty, by Newton's method."""
    weights = np.zeros(facts.shape[1])
    for _ in range(50):
        odds = 1 / (1 + np.exp(-facts @ weights))
        slope = facts.T @ (counts * (odds - right)) + ridge * weights
        curve = (facts.T * (counts * odds * (1 - odds))) @ facts + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def tell(name: str, found: list[Row], scores: np.ndarray, wrong: bool = False) -> None:
    """Print how many are kept, and how many of those right, by the least logit."""
    right = marks(found)
    print(f"{name}: {len(found)} compositions, {right.sum():.0f} right")
    for least in (1.5, 1.0, 0.85, 0.5, 0.25, 0.0, -0.5):
        kept = scores >= least
        print(f"    logit {least:4}: {kept.sum():4} kept, {right[kept].mean() if kept.any() else 0:.3f} right")
    for number in np.argsort(-scores)[:100] if wrong else ():
        if not right[number]:
            print(f"    {scores[number]:5.2f} {found[number].composition.word} {found[number].words!r}")


if __name__ == "__main__":
    sys.exit(main())
