"""document.text[f.span.start:f.span.end] is exactly the words complained of (design, section 1)."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqa import checks
from mtqa.document import make_document
from mtqa.glossary import Glossary
from mtqa.match.index import forms, phrase
from mtqa.match.words import ARTICLES, split_words
from mtqa.pipeline import Linter
from mtqa.read import read_bytes
from mtqa.segment import segment

PIECES = st.sampled_from(
    [
        "wool party", "Wool Parties", "internal volume", "an internal volume", "“outlet”", "cut the leeks", "Ma Huateng’s",
        "the the", "fair and fair", "内卷", "，", "。", "１２％", "Advertisement", "the third wave", "😀", "e\u0301te\u0301",
        "\t", "\r\n", "\n\n", "\n", " ", ". ", "word", "U.S.", "<!-- x -->", "\u202e", "\u00a0", "\x0b", "\u2028", "-", "'",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)


@pytest.fixture(scope="module")
def linter(mini: Glossary) -> Linter:
    return Linter(mini, checks.rules())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_spans_are_the_words_complained_of(linter: Linter, text: str) -> None:
    document = segment(make_document("a.txt", text))
    for finding in linter.lint(document):
        words = text[finding.span.start : finding.span.end]
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert words.strip()
        if finding.rule == "literal":
            assert finding.term is not None
            said = re.match(r'"([^"]*)"', finding.message)
            assert said is not None
            assert said[1] in " ".join(words.split())
            bare = tuple(word for word in split_words(words).lower if word not in ARTICLES)
            assert any(
                len(wanted) == len(bare) and all(w in forms(b) for w, b in zip(wanted, bare, strict=True))
                for literal in finding.term.literal
                for wanted in [phrase(literal.text)[0]]
            )
        elif finding.rule == "untranslated":
            assert re.match(r"[\u4e00-\u9fff]", words)
        elif finding.rule == "fullwidth":
            assert not words.isascii()
        elif finding.rule == "leftover":
            assert words == words.strip()
        elif finding.rule == "doubled":
            assert len({word.lower() for word in words.split()} - {"and"}) == 1


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=TEXTS, lead=st.sampled_from(["Ein.\n\n", "😀 one.\r\n\r\n", "中文。\n\n", "\t\n\n", "e\u0301.\n\n"]))
def test_text_before_moves_the_spans_and_nothing_else(linter: Linter, text: str, lead: str) -> None:
    text = "word " + text
    own = {
        f.span for f in linter.lint(segment(make_document("a", text))) if f.rule in ("literal", "doubled", "fullwidth")
    }
    moved = {
        f.span
        for f in linter.lint(segment(make_document("a", lead + text)))
        if f.rule in ("literal", "doubled", "fullwidth")
    }
    shift = len(lead)
    assert {(start + shift, end + shift) for start, end in own} == {span for span in moved if span.start >= shift}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=TEXTS, codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_encodings_do_not_move_spans(linter: Linter, text: str, codec: str) -> None:
    text = "word " + text
    document = segment(read_bytes(text.encode(codec), "a.txt"))
    assert document.text == text
    assert len(document.prose) == len(text)
