"""Gathers the rows of a training: the desk's own, made ones where those are few, and what must not be forgotten."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from mtqa.bundled import bundled_folder
from mtqa.classify import Classifier, Use, sigmoid
from mtqa.glossary import of_terms
from mtqa.match import Matcher
from mtqa.teach.desk import Desk, Taught
from mtqa.teach.regression import bundled_examples, sample_articles
from mtqa.teach.variants import hosts, variants
from mtqa.term import Term
from mtqa.train.examples import example_pairs, right_uses
from mtqa.train.rows import PairRow, Rows, families, split_of
from mtqa.train.slots import slotted

_Row = TypeVar("_Row")

SLOTTED = 8
"""Made sentences for a term without examples; one less for each example it has, but half as many in any case."""

RIGHT = 4
"""Ordinary uses of a term's words that are looked for in good English."""

KNOWN = "known"
"""Origin of bundled examples that are read again."""

_DEV = 400


class Lessons(NamedTuple):
    """Hold the rows of one training.

    `new` are the desk's own; `once` are made ones and known ones, each read once; `dev` are examples kept back and
    terms that nobody trains on. `origins` counts the rows by where they come from.
    """

    new: Rows
    once: Rows
    dev: Rows
    origins: dict[str, int]


def lessons(desk: Desk, base: Classifier, known: int, seed: int) -> Lessons:
    """Gather rows, `known` of them of the bundled glossaries; the same desk, base and seed give the same."""
    chance = random.Random(seed)  # noqa: S311
    mine = {term.id for term in desk.terms}
    others = [term for term in desk.glossary.terms.values() if term.id not in mine]
    split = {id_: split_of(family) for id_, family in families(others).items()}
    bundled = bundled_examples(desk)
    trained = [taught for taught in bundled if split[taught[0].id] == "train"]
    spared = [taught for taught in bundled if split[taught[0].id] == "dev"]
    # A bundled term of which reviews said something is taught anew, so what was known of it goes along.
    touched = {term.id for term, _ in desk.examples} - mine
    new = [*_pairs(desk.examples), *_pairs(taught for taught in trained if taught[0].id in touched)]
    once = [*_made(desk, trained, seed), *_right(desk, trained, chance), *_known(base, trained, known, chance)]
    dev = [*_pairs(desk.kept), *_some(_pairs(spared), _DEV, chance)]
    origins = dict(Counter(row.origin for row in (*new, *once)))
    return Lessons(_taught(new), _taught(once), _taught(dev), origins)


def _taught(rows: Iterable[PairRow]) -> Rows:
    return Rows([row._replace(is_taught=True) for row in rows], [])


def _pairs(examples: Iterable[Taught]) -> list[PairRow]:
    return [row for taught in examples for row in example_pairs(*taught)]


def _known(base: Classifier, examples: Sequence[Taught], count: int, chance: random.Random) -> list[PairRow]:
    """Return bundled examples with what the base says of them.

    Read as if they were taught, they keep the adapters from learning the desk's sentences by heart; a model's own
    scores as labels do so better than right and wrong would (learning without forgetting, Li and Hoiem, 2016).
    """
    rows = _some(_pairs(examples), count, chance)
    logits = base.use_logits([Use(row.text, row.span, row.term) for row in rows])
    return [row._replace(label=sigmoid(logit), origin=KNOWN) for row, logit in zip(rows, logits, strict=True)]


def _made(desk: Desk, others: list[Taught], seed: int) -> Iterator[PairRow]:
    """Yield the desk's own sentences with its other literals and renderings, and bundled ones with the desk's."""
    for host in hosts(desk.examples):
        yield from variants(host, seed)
    have = Counter(term.id for term, _ in desk.examples)
    by_need: dict[int, list[Term]] = {}
    for term in desk.terms:
        by_need.setdefault(max(SLOTTED // 2, SLOTTED - have[term.id]), []).append(term)
    for need, terms in sorted(by_need.items()):
        yield from slotted(terms, others, need, seed)


def _right(desk: Desk, others: list[Taught], chance: random.Random) -> Iterator[PairRow]:
    """Yield ordinary uses of the desk's literals in English that is known to be good."""
    texts = [example.text for _, example in others if example.label == "good"]
    texts += (bundled_folder("seeds") / "right.txt").read_text(encoding="utf-8").splitlines()
    for folder in sample_articles("train"):
        texts += (folder / "en.txt").read_text(encoding="utf-8").splitlines()
    chance.shuffle(texts)
    found: Counter[str] = Counter()
    for row in right_uses(Matcher(of_terms(desk.terms)), texts, "right"):
        found[row.term.id] += 1
        if found[row.term.id] <= RIGHT:
            yield row


def _some(rows: list[_Row], count: int, chance: random.Random) -> list[_Row]:
    return chance.sample(rows, min(count, len(rows)))
