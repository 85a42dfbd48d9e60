"""Intervals and p-values from drawing documents anew."""

import math
from collections.abc import Sequence

import pytest

from mtqa.evaluate.bootstrap import interval, paired


def mean(sample: Sequence[float]) -> float:
    return sum(sample) / len(sample)


def test_of_equal_documents_the_interval_is_a_point() -> None:
    assert interval([0.5] * 7, mean) == (0.5, 0.5)


def test_one_seed_draws_the_same_samples() -> None:
    items = [value**2 for value in range(50)]
    assert interval(items, mean, 100, 1) == interval(items, mean, 100, 1) != interval(items, mean, 100, 2)


def test_interval_is_near_the_normal_one() -> None:
    low, high = interval([0.0, 1.0] * 200, mean)
    assert low == pytest.approx(0.5 - 1.96 * 0.5 / 20, abs=0.01)
    assert high == pytest.approx(0.5 + 1.96 * 0.5 / 20, abs=0.01)


def test_ends_are_the_percentiles() -> None:
    numbers = iter(range(1000))
    assert interval([0], lambda _: next(numbers), 1000) == (25, 974)


def test_samples_without_the_figure_are_left_out() -> None:
    numbers = iter([None, 1.0, None, 2.0])
    assert interval([0], lambda _: next(numbers), 4) == (1.0, 2.0)


@pytest.mark.parametrize("items", [[], [1, 2]])
def test_no_interval_where_there_is_nothing(items: list[int]) -> None:
    assert all(math.isnan(end) for end in interval(items, lambda _: None))


def test_paired_draws_the_same_documents_for_both() -> None:
    # However different documents are from each other, the second system is better by one on each.
    before = [0.0, 10.0, 50.0, 1000.0] * 3
    found = paired(before, [value + 1 for value in before], mean, 200)
    assert found is not None
    assert (found.difference, found.low, found.high) == (1.0, 1.0, 1.0)
    assert found.p == pytest.approx(1 / 201)


def test_no_difference_has_p_1() -> None:
    assert paired([1, 2, 3], [1, 2, 3], mean, 50) == (0.0, 0.0, 0.0, 1.0)


def test_a_few_documents_prove_nothing() -> None:
    # However they are drawn, all are better by one: the bootstrap alone would say p = 1/201.
    for number, p in ((1, 1.0), (2, 0.5), (5, 1 / 16), (6, 1 / 32)):
        found = paired([0.0] * number, [1.0] * number, mean, 200)
        assert found is not None
        assert found.p == p


def test_paired_where_one_has_no_figure() -> None:
    assert paired([1], [2], lambda sample: None if sample == [1] else 1.0) is None
    assert paired([], [], mean) is None


def test_paired_needs_the_same_documents() -> None:
    with pytest.raises(ValueError, match="2 documents of one system, 1 of the other"):
        paired([1, 2], [1], mean)
