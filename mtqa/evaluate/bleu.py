"""Holds translations against references with sacreBLEU (Post, A Call for Clarity in Reporting BLEU Scores, 2018)."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from mtqa.errors import MtqaError
from mtqa.evaluate.bootstrap import least_p

if TYPE_CHECKING:
    from sacrebleu.significance import Result

MAX_DRAWS = 10_000_000
"""Samples times segments: sacreBLEU holds every drawn segment's statistics in memory, a hundred bytes each for chrF."""


class Score(NamedTuple):
    """Hold the score of one system on sacreBLEU's scale, from 0 to 100 and for TER beyond.

    `mean` and `half` are the middle and half the width of the 95% interval by bootstrap; `p` is the chance of such a
    difference from the baseline if there were none (paired bootstrap, Koehn, 2004), None for the baseline itself; of
    very few segments it says no more than `mtqa.evaluate.bootstrap.least_p` allows, where sacreBLEU's own would.
    """

    score: float
    mean: float
    half: float
    p: float | None


class Metric(NamedTuple):
    """Hold the scores of the systems in one metric, in their order, and sacreBLEU's signature of it."""

    name: str
    signature: str
    scores: tuple[Score, ...]


def check(segments: int, samples: int) -> None:
    """Raise MtqaError when sacreBLEU is not installed, and for more samples of segments than memory can hold."""
    try:
        import sacrebleu  # noqa: F401 -- only whether it can be
    except ImportError as error:
        what = f"needs {error.name}, which is not installed; pip install mtqa[train], or leave out --reference"
        raise MtqaError("--reference", what) from None
    if samples * segments > MAX_DRAWS:
        what = f"{samples:,} samples of {segments:,} segments are too many; {MAX_DRAWS // segments:,} at most"
        raise MtqaError("--samples", what)


def score(
    systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]], samples: int, seed: int
) -> list[Metric]:
    """Return BLEU, chrF++ and TER of systems, given by their segments; the first is the baseline.

    Each reference has one segment for each of a system's. `seed` is 1 at least: sacreBLEU takes 0 for none. Raises
    MtqaError like `check`.
    """
    check(len(references[0]), samples)
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER
    from sacrebleu.significance import PairedTest
    from sacrebleu.significance import Result as Found

    metrics = {"BLEU": BLEU(tokenize="13a"), "chrF++": CHRF(word_order=2), "TER": TER()}
    named: list[tuple[str, Sequence[str]]] = [(str(number), list(lines)) for number, lines in enumerate(systems)]
    with _seeded(seed):
        test = PairedTest(named, metrics, [list(reference) for reference in references], "bs", samples)
        signatures, scores = test()
    # It files them under names of its own, in the order of the metrics; with the names of the systems among the scores.
    return [
        Metric(
            name,
            f"{own}|{signatures[own]}",
            tuple(_score(found, len(references[0])) for found in scores[own] if isinstance(found, Found)),
        )
        for name, own in zip(metrics, signatures, strict=True)
    ]


def _score(result: "Result", segments: int) -> Score:
    p = None if result.p_value is None else max(result.p_value, least_p(segments))
    return Score(float(result.score), float(result.mean or 0), float(result.ci or 0), p)


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Give sacreBLEU its seed: it reads it from the environment alone."""
    before = os.environ.get("SACREBLEU_SEED")
    os.environ["SACREBLEU_SEED"] = str(seed)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SACREBLEU_SEED"]
        else:
            os.environ["SACREBLEU_SEED"] = before
