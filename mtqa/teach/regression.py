"""Measures what a model lost that its base knew: the bundled terms by their examples, good English, cases in the wild.

The set is frozen in that it never depends on the desk: the examples of bundled terms, in a checksum's order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from mtqa.bundled import bundled_folder
from mtqa.checks import rules
from mtqa.classify import Classifier, Thresholds, Use, judged, use_of
from mtqa.document import make_document
from mtqa.glossary import Glossary, bundled_paths
from mtqa.glossary.cells import marked
from mtqa.match import Candidate, Matcher, split_words
from mtqa.pipeline import Linter
from mtqa.segment import segment
from mtqa.teach.desk import Desk, Taught
from mtqa.train.articles import article_folders
from mtqa.train.examples import examples_of
from mtqa.train.rows import ARTICLE_SHARE, Split, split_of

WILD = Path("tests", "cases", "in_the_wild.tsv")


class Case(NamedTuple):
    """Hold a marked use that the glossary finds: what the model is asked, with what evidence, and the right answer."""

    use: Use
    candidate: Candidate
    is_bad: bool


class Scores(NamedTuple):
    """Hold what a model made of a term's cases: rightly flagged, wrongly flagged, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Return F1; 1 where nothing was to be flagged and nothing was."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def bundled_examples(desk: Desk) -> list[Taught]:
    """Return the examples of the bundled glossaries, but for terms of which the desk has its own."""
    mine = {term.id for term in desk.terms}
    return [taught for taught in examples_of(bundled_paths(), desk.glossary) if taught[0].id not in mine]


def is_frozen(term: str) -> bool:
    """Tell whether a bundled term belongs to the tenth that every training is measured on."""
    return crc32(f"frozen {term}".encode()) % 10 == 0


def sample_articles(split: Split) -> Iterator[Path]:
    """Yield the bundled sample articles of a split."""
    for folder in article_folders(bundled_folder("seeds")):
        if split_of(folder.name, ARTICLE_SHARE) == split:
            yield folder


def cases(glossary: Glossary, examples: Iterable[Taught]) -> list[Case]:
    """Return the marked uses of examples that a literal of their term matches: the others the model never sees."""
    matcher = Matcher(glossary)
    found = []
    for term, example in examples:
        document = segment(make_document("case", example.text))
        choices = [c for candidate in matcher.candidates(document) for c in (candidate, *candidate.rivals)]
        for span in example.spans:
            own = next((c for c in choices if c.term.id == term.id and c.span.overlaps(span)), None)
            if own:
                found.append(Case(use_of(document, own), own, example.label == "bad"))
    return found


def by_term(tried: Sequence[Case], logits: Sequence[float], thresholds: Thresholds) -> dict[str, Scores]:
    """Return how a model does on the cases of each term, at its thresholds."""
    found: dict[str, Scores] = {}
    for case, logit in zip(tried, logits, strict=True):
        flagged = judged(case.candidate, logit, thresholds).verdict == "flag"
        old = found.get(case.use.term.id, Scores())
        found[case.use.term.id] = Scores(
            old.right + (flagged and case.is_bad),
            old.wrong + (flagged and not case.is_bad),
            old.missed + (not flagged and case.is_bad),
        )
    return found


def total(scores: Iterable[Scores]) -> Scores:
    """Return the sum of scores."""
    return Scores(*map(sum, zip(*scores, strict=True)))


class Loss(NamedTuple):
    """Hold a figure before and after training; `allowed` is how much worse it may be."""

    name: str
    before: float
    after: float
    allowed: float
    higher_is_better: bool = True

    @property
    def is_lost(self) -> bool:
        """Tell whether the figure is worse than allowed."""
        worse = self.before - self.after if self.higher_is_better else self.after - self.before
        return worse > self.allowed + 1e-9


def losses(before: Mapping[str, Scores], after: Mapping[str, Scores], points: float) -> list[Loss]:
    """Return F1 of each term, and of all of them, in points from 0 to 100, before and after."""
    found = [Loss("all bundled terms", 100 * total(before.values()).f1, 100 * total(after.values()).f1, points)]
    return found + [Loss(term, 100 * scores.f1, 100 * after[term].f1, points) for term, scores in before.items()]


def alarms(linter: Linter) -> tuple[int, int]:
    """Return the flags above a note, and the words, in good English that nobody trained on."""
    flags = words = 0
    for folder in sample_articles("dev"):
        document = segment(make_document(folder.name, (folder / "en.txt").read_text(encoding="utf-8")))
        flags += sum(finding.severity != "note" for finding in linter.lint(document))
        words += len(split_words(document.text).spans)
    return flags, words


def wild(linter: Linter) -> int:
    """Return how many of the cases met in real articles come out right."""
    rows = (bundled_folder(str(WILD))).read_text(encoding="utf-8").splitlines()[1:]
    return sum(_is_right(linter, *row.split("\t")[:2]) for row in rows)


def linter_for(glossary: Glossary, classifier: Classifier) -> Linter:
    """Return a linter with all rules."""
    return Linter(glossary, rules(), classifier=classifier)


def _is_right(linter: Linter, label: str, sentence: str) -> bool:
    text, spans = marked(sentence) if label == "bad" else (sentence, ())
    found = [f.span for f in linter.lint(segment(make_document("case", text))) if f.severity != "note"]
    if label == "good":
        return not found
    return all(any(span.overlaps(other) for other in found) for span in spans)
