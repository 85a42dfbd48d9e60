"""Sentences end where an English reader says they do."""

import pytest

from mtqa.document import make_document
from mtqa.segment import segment


def sentences(text: str) -> list[str]:
    made = segment(make_document("test.txt", text))
    return [text[slice(*s.span)] for s in made.segments]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. economy grew.|It did.",
        "He lives in the U.S.|He works there.",
        "Mr. Wang met Dr. Li at 3 p.m. on Monday.|They talked.",
        "Sales were 10.7 billion yuan.|Profit was 3.2%.",
        "J. K. Rowling came.|She left.",
        "“It is over.”|He left.",
        '"Is it over?" he asked.|No one knew!',
        "It cost $3.50 a kg.|Cheap, vs. last year.",
        "Alibaba Group Holding Ltd. rose.|Apple Inc. fell.",
        "He joined Apple Inc.|The firm grew.",
        "See No. 5 and fig. 3.|No.|They would not.",
        "It fell... and rose.|It fell...|Then it rose.",
        "(It fell.)|It rose.",
        "他说。|She spoke.",
        "E-commerce, i.e. online trade, e.g. Taobao, grew.|Fine.",
        "I. Wild hunting ends",
        "12. Wild hunting ends",
    ],
)
def test_boundaries(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


def test_lines() -> None:
    assert sentences("The Headline\nFirst sentence. Second one.\n\n- an item\n- another") == [
        "The Headline",
        "First sentence.",
        "Second one.",
        "- an item",
        "- another",
    ]


def test_hard_wrapped_text_is_joined() -> None:
    text = (
        "The regulator said on Monday that it would look into the matter of the\n"
        "Shanghai exchange and its members, which had been criticised for weeks\n"
        "in the press. It gave no date.\n"
    )
    assert len(sentences(text)) == 2


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_wrapped_lower_case_goes_on(break_: str) -> None:
    assert len(sentences(f"It said that the{break_}party was over. Then it left.")) == 2


def test_headings_are_known() -> None:
    made = segment(make_document("t", "A Headline Here\nA sentence stands here."))
    assert [s.heading for s in made.segments] == [True, False]


def test_spans_hold_all_of_the_prose() -> None:
    text = "\ufeff A b.  C d!\n\n\tE f\r\ng. H"
    made = segment(make_document("t", text))
    covered = {i for s in made.segments for i in range(*s.span)}
    assert all(char.isspace() for i, char in enumerate(text) if i not in covered)
