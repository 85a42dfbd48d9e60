"""The gate: what a taught model does better on its desk's terms, and what it lost of all that its base knew."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mtqa.classify import Classifier
from mtqa.pipeline import Linter
from mtqa.teach import regression
from mtqa.teach.desk import Desk
from mtqa.teach.regression import Case, Loss, Scores, by_term, cases, total

CLEAN = "flags in 1,000 words of good English"
WILD = "cases met in real articles"


class Verdict(NamedTuple):
    """Hold F1 by term of the desk before and after, on examples kept back, and the figures of the gate.

    `taught` are the same for the examples that were trained on: what is wrong there was not learnt.
    """

    kept_before: dict[str, Scores]
    kept_after: dict[str, Scores]
    taught_before: dict[str, Scores]
    taught_after: dict[str, Scores]
    losses: tuple[Loss, ...]

    @property
    def terms(self) -> tuple[Loss, ...]:
        """Return the figures of single bundled terms."""
        return self.losses[1:-2]

    @property
    def whole(self) -> tuple[Loss, ...]:
        """Return the figures of all bundled terms together, of good English and of cases in the wild."""
        return (self.losses[0], *self.losses[-2:])

    @property
    def lost(self) -> list[Loss]:
        """Return the figures that are worse than allowed."""
        return [loss for loss in self.losses if loss.is_lost]


def judge(desk: Desk, base: Classifier, model: Classifier, points: float, *, thorough: bool) -> Verdict:
    """Measure a model against its base, on a tenth of the bundled terms or, if `thorough`, on all of them."""
    examples = regression.bundled_examples(desk)
    # What reviews said of a bundled term was taught too, and can have spoilt it.
    touched = {term.id for term, _ in desk.examples}
    wanted = [e for e in examples if thorough or e[0].id in touched or regression.is_frozen(e[0].id)]
    tried = cases(desk.glossary, wanted)
    before, after = (_scores(one, tried) for one in (base, model))
    linters = [regression.linter_for(desk.glossary, one) for one in (base, model)]
    return Verdict(
        kept_before=_scores(base, cases(desk.glossary, desk.kept)),
        kept_after=_scores(model, cases(desk.glossary, desk.kept)),
        taught_before=_scores(base, cases(desk.glossary, desk.examples)),
        taught_after=_scores(model, cases(desk.glossary, desk.examples)),
        losses=(*regression.losses(before, after, points), *_rest(linters, points)),
    )


def _rest(linters: Sequence[Linter], points: float) -> list[Loss]:
    (flags, words), (flags_now, _) = (regression.alarms(linter) for linter in linters)
    right, right_now = (regression.wild(linter) for linter in linters)
    return [
        Loss(CLEAN, 1000 * flags / words, 1000 * flags_now / words, points * 0.25, higher_is_better=False),
        Loss(WILD, right, right_now, 0.0),
    ]


def _scores(classifier: Classifier, tried: Sequence[Case]) -> dict[str, Scores]:
    return by_term(tried, classifier.use_logits([case.use for case in tried]), classifier.folder.thresholds)


def figures(verdict: Verdict) -> dict[str, Any]:
    """Return what was measured, for metrics.json."""
    return {
        "kept back": _counts(verdict.kept_before, verdict.kept_after),
        "trained on": _counts(verdict.taught_before, verdict.taught_after),
        "gate": [loss._asdict() for loss in verdict.whole],
        "lost": [loss._asdict() for loss in verdict.lost],
        "bundled terms scored": len(verdict.terms),
    }


def _counts(before: Mapping[str, Scores], after: Mapping[str, Scores]) -> dict[str, Any]:
    if not before:
        return {}
    return {
        "before": round(total(before.values()).f1, 4),
        "after": round(total(after.values()).f1, 4),
        "terms": {term: [round(before[term].f1, 4), round(after[term].f1, 4)] for term in sorted(before)},
    }
