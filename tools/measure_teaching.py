"""Teach the desk glossaries of tests/desk to the shipped model, and print what it is worth.

    make teach                                      about six minutes, half of it measuring all bundled terms
    .venv/bin/python tools/measure_teaching.py 2    with another seed

Printed are: how well the base ranks uses of terms that it never saw (AUROC); F1 of lint on the held-out sentences of
the taught terms, before and after; what the base knew, before and after, on every bundled term; how long it took.
The sentences that are taught and those held out were written apart. `desk` was looked at while the recipe was chosen,
`unseen` was not.
"""

import sys
import tempfile
import time
from pathlib import Path

from mtqa.bundled import bundled_model
from mtqa.classify import Classifier
from mtqa.evaluate.metrics import auroc
from mtqa.glossary.load import load_examples_file
from mtqa.teach.desk import Desk, Taught, read_desk
from mtqa.teach.gate import judge
from mtqa.teach.regression import Scores, by_term, cases, total
from mtqa.teach.run import RECIPE, Job, teach
from mtqa.train.loop import has_bf16

DESK = Path(__file__).parents[1] / "tests" / "desk"
NAMES = ("desk", "unseen")


def main(seed: int) -> int:
    """Teach, measure and print."""
    desk = read_desk([DESK / f"{name}.tsv" for name in NAMES], [])
    base = Classifier(bundled_model())
    heldout = {name: _heldout(desk, name) for name in NAMES}
    every = [*desk.examples, *(taught for examples in heldout.values() for taught in examples)]
    tried = cases(desk.glossary, every)
    logits = base.use_logits([case.use for case in tried])
    ranked = auroc([(logit, case.is_bad) for case, logit in zip(tried, logits, strict=True)])
    print(f"zero-shot AUROC on {len(tried)} uses of {len(desk.terms)} new terms: {ranked:.4f}")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "desk"
        recipe = RECIPE._replace(bf16=has_bf16(), seed=seed)
        started = time.monotonic()
        teach(desk, Job(bundled_model(), output, recipe, accept=True), lambda what: print(what, file=sys.stderr))
        print(
            f"taught {len(desk.terms)} terms, {len(desk.examples)} examples: {time.monotonic() - started:.0f} s in all"
        )
        model = Classifier(output)
        for name, examples in heldout.items():
            before, after = (_f1(desk, one, examples) for one in (base, model))
            print(f"F1 of lint on {len(examples)} held-out sentences of {name}: {before:.4f} before, {after:.4f} after")
        verdict = judge(desk, base, model, 1.0, thorough=True)
        lost = [loss for loss in verdict.terms if loss.is_lost]
        print(f"bundled terms: {len(verdict.terms)}, of which {len(lost)} lost more than 1 point of F1")
        for loss in verdict.whole:
            print(f"{loss.name}: {loss.before:.2f} before, {loss.after:.2f} after")
    return 0


def _heldout(desk: Desk, name: str) -> list[Taught]:
    return [(desk.glossary[e.term], e) for e in load_examples_file(DESK / f"{name}.heldout.examples.tsv")]


def _f1(desk: Desk, classifier: Classifier, examples: list[Taught]) -> float:
    """Return F1; a bad mark that no literal matches counts as missed."""
    tried = cases(desk.glossary, examples)
    found = by_term(tried, classifier.use_logits([case.use for case in tried]), classifier.folder.thresholds)
    marks = sum(len(example.spans) for _, example in examples if example.label == "bad")
    unmatched = marks - sum(case.is_bad for case in tried)
    return total([*found.values(), Scores(missed=unmatched)]).f1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RECIPE.seed))
