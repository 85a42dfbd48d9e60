"""What the encoder reads."""

from hypothesis import given
from hypothesis import strategies as st

from mtqa.document import Span
from mtqa.features import (
    ENTRY,
    MARKED,
    MAX_TOKENS,
    SENTENCE,
    Special,
    Tokens,
    entry_text,
    pair_features,
    sentence_features,
)
from mtqa.term import Rendering, Term

SPECIAL = Special(start=101, end=102)


def words(count: int) -> Tokens:
    """Return `count` tokens of three letters, a space between them."""
    return Tokens(range(1000, 1000 + count), [(4 * i, 4 * i + 3) for i in range(count)])


def test_a_marked_use_against_its_entry() -> None:
    found = pair_features(words(4), Span(4, 11), [7, 8], SPECIAL)
    assert found.ids == [101, 1000, 1001, 1002, 1003, 102, 7, 8, 102]
    assert found.types == [0, SENTENCE, MARKED, MARKED, SENTENCE, 0, ENTRY, ENTRY, ENTRY]


@given(st.integers(1, 700), st.data())
def test_long_sentences_are_windowed_round_the_mark(count: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, count - 1))
    entry = list(range(data.draw(st.integers(0, 90))))
    found = pair_features(words(count), Span(4 * place, 4 * place + 3), entry, SPECIAL)
    assert len(found.ids) == len(found.types) <= MAX_TOKENS
    assert [i for i, kind in zip(found.ids, found.types, strict=True) if kind == MARKED] == [1000 + place]


@given(st.integers(0, 700))
def test_every_word_of_a_sentence_is_read(count: int) -> None:
    windows = sentence_features(words(count), SPECIAL)
    assert all(len(window.ids) <= MAX_TOKENS for window in windows)
    read = {i for window in windows for i in window.ids[1:-1]}
    assert read == set(range(1000, 1000 + count))
    for window in windows:
        assert window.ids[1 : window.length + 1] == list(
            range(1000 + window.first, 1000 + window.first + window.length)
        )


def test_the_entry_says_what_the_term_means() -> None:
    renderings = tuple(Rendering(text, "n") for text in ("gateway to the sea", "outlet to the sea", "port", "fourth"))
    term = Term("t", ("出海口",), (), renderings, "accuracy/mistranslation", "major", "d", note="Where goods leave.")
    assert entry_text(term) == "gateway to the sea; outlet to the sea; port. Where goods leave."
    assert entry_text(term._replace(note="")) == "gateway to the sea; outlet to the sea; port"
