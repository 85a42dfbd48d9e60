"""Terminology accuracy and window overlap, counted by hand."""

import pytest

from mtqa.evaluate.assign import assign
from mtqa.evaluate.terminology import TermCounts, TermSearch, count_terms
from mtqa.glossary import Glossary


@pytest.fixture(scope="module")
def search(mini: Glossary) -> TermSearch:
    return TermSearch(mini)


def found(search: TermSearch, zh: str, english: str) -> tuple[int, dict[str, str], set[str]]:
    """Return how many terms there are, the words that render them by Chinese, and the Chinese of the exact ones."""
    (occurrences,) = search.occurrences([zh])
    rendered = search.rendered(occurrences, english)
    zhs = [zh[slice(*occurrence.place)] + "'" * number for number, occurrence in enumerate(occurrences)]
    words = {
        zhs[number]: english[rendered.words.spans[first][0] : rendered.words.spans[last][1]]
        for number, (first, last) in rendered.stretches.items()
    }
    return len(occurrences), words, {zhs[number] for number in rendered.exact}


def test_places_in_the_source(search: TermSearch) -> None:
    # 内卷化 is the longest at its place, so 内卷 in it is no occurrence; the second line begins at code point 8.
    first, second = search.occurrences(["内卷化让优等生怕", "风口风口"])
    assert [tuple(o.place) for o in first] == [(0, 3), (4, 7)]
    assert [tuple(o.place) for o in second] == [(9, 11), (11, 13)]
    assert [o.terms for o in first] == [("internal-volume",), ("top-student",)]


def test_traditional_characters(search: TermSearch) -> None:
    (occurrences,) = search.occurrences(["內卷"])
    assert [tuple(o.place) for o in occurrences] == [(0, 2)]


def test_exact_and_inflected(search: TermSearch) -> None:
    count, words, exact = found(
        search, "内卷化让优等生割韭菜", "Cut-throat competition makes star performers fleece small investors."
    )
    assert count == 3
    assert words == {
        "内卷化": "Cut-throat competition",
        "优等生'": "star performers",
        "割韭菜''": "fleece small investors",
    }
    assert exact == {"内卷化", "割韭菜''"}


def test_a_word_serves_one_occurrence(search: TermSearch) -> None:
    assert len(found(search, "优等生和优等生", "The star performer won.")[1]) == 1
    assert len(found(search, "优等生和优等生", "An A-student and a star performer won.")[1]) == 2
    assert len(found(search, "优等生", "A star performer met another star performer.")[1]) == 1


def test_the_longest_rendering_stands(search: TermSearch) -> None:
    assert found(search, "出海口", "A gateway to the sea opened.")[1] == {"出海口": "gateway to the sea"}
    # Two occurrences, but "gateway" is part of the longer rendering and cannot serve the second one.
    assert len(found(search, "出海口，出海口", "A gateway to the sea opened.")[1]) == 1


def test_articles_and_line_of_words(search: TermSearch) -> None:
    assert found(search, "出海口", "The gateway to a sea.")[1] == {"出海口": "gateway to a sea"}
    # "A-student" is a letter, not an article, and no student will do for it.
    assert found(search, "优等生", "a student won")[1] == {}
    # A comma parts the words.
    assert found(search, "风口", "It is hot, trend or not.")[1] == {}


def test_not_in_the_source_is_not_counted(search: TermSearch) -> None:
    assert found(search, "今天很好", "The hot trend.") == (0, {}, set())


REFERENCE = "Analysts blamed cut-throat competition for lower margins."


def counted(search: TermSearch, zh: str, english: str, *references: str) -> TermCounts:
    (occurrences,) = search.occurrences([zh])
    rendered = [search.rendered(occurrences, text) for text in (english, *references)]
    return count_terms(occurrences, rendered[0], rendered[1:])


def test_window_overlap(search: TermSearch) -> None:
    # Two words: analysts blamed _ for lower against analysts say _ for lower: 3 of 4.
    # Three words: the reference has five there (it begins and ends), analysts, for and lower are found: 3 of 5.
    found = counted(search, "内卷", "Analysts say cut-throat competition for lower prices.", REFERENCE)
    assert found == TermCounts(1, 1, 1, (0.75, 0.6), 1)


def test_window_overlap_of_what_is_not_rendered(search: TermSearch) -> None:
    assert counted(search, "内卷", "Analysts blamed internal volume.", REFERENCE) == TermCounts(1, 0, 0, (0.0, 0.0), 1)
    # The reference does not render it: nothing to compare with.
    assert counted(search, "内卷", "Cut-throat competition.", "Rivalry.") == TermCounts(1, 1, 1, (0.0, 0.0), 0)


def test_closest_reference_counts(search: TermSearch) -> None:
    other = "Analysts say cut-throat competition for lower prices."
    assert counted(search, "内卷", other, REFERENCE, other) == TermCounts(1, 1, 1, (1.0, 1.0), 1)


def test_assign_is_maximal_and_keeps_what_was_paired() -> None:
    assert assign([[0], [0, 1], [1, 2]]) == {0: 0, 1: 1, 2: 2}
    assert assign([[0, 1], [0]], {0: 0}) == {0: 1, 1: 0}
    assert len(assign([[0, 1]] * 5)) == 2


def test_assign_does_not_recurse() -> None:
    chain = [[n, n + 1] for n in range(5000)]
    assert len(assign([*chain, [0]])) == 5001
