"""Rewrites drop into the sentence: number, tense, articles, capitals, possessives."""

from collections.abc import Callable

import pytest

from mtqa.document import Document
from mtqa.glossary import cells, of_terms
from mtqa.pipeline import Linter
from mtqa.term import Term

Make = Callable[[str], Document]


def first_rewrite(text: str, linter: Linter, document: Make) -> str:
    """Return the text with the first rewrite of its first finding written in."""
    made = document(text)
    finding = linter.lint(made)[0]
    return text[: finding.span.start] + finding.suggestions[0].text + text[finding.span.end :]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # number and mass nouns
        ("They fear internal volume.", "They fear cut-throat competition."),
        ("It is an internal volume.", "It is cut-throat competition."),
        ("An internal volume began.", "Cut-throat competition began."),
        ("The internal volume began.", "The cut-throat competition began."),
        ("It built a sea outlet there.", "It built a gateway to the sea there."),
        ("It built sea outlets there.", "It built gateways to the sea there."),
        ("It is the “outlet” of Chinese brands.", "It is the “gateway to the sea” of Chinese brands."),
        ("It is an “outlet” for Chinese brands.", "It is a “gateway to the sea” for Chinese brands."),
        ("A wool party came.", "Bargain hunters came."),
        ("This wool party came.", "These bargain hunters came."),
        ("Two wool parties came.", "Two bargain hunters came."),
        ("He is a “top student” of the group.", "He is a “star performer” of the group."),
        ("as “top student” of the group", "as “star performers” of the group"),
        # possessives
        ("The wool party's tricks.", "The bargain hunters' tricks."),
        ("The wool parties’ tricks.", "The bargain hunters’ tricks."),
        ("Ma Huateng's firm.", "Pony Ma's firm."),
        # tense
        ("Brokers cut leeks.", "Brokers fleece small investors."),
        ("He was cutting leeks.", "He was fleecing small investors."),
        ("He cuts leeks.", "He fleeces small investors."),
        ("He had cut leeks.", "He had fleeced small investors."),
        ("Teams wild hunted.", "Teams experimented freely."),
        ("Teams are told to wild hunt.", "Teams are told to experiment freely."),
        ("They row their own boat.", "They go it alone."),
        ("They rowed their own boat.", "They went it alone."),
        # verbs that stand as nouns
        ("This “wild hunting” lost money.", "This “free-range experimentation” lost money."),
        ("Wild hunting comes to an end", "Free-range experimentation comes to an end"),
        ("After wild hunting for years, it stopped.", "After experimenting freely for years, it stopped."),
        # capitals
        ("Speaking popularly, it lost.", "Put simply, it lost."),
        ("WOOL PARTY ON THE RUN AGAIN", "BARGAIN HUNTERS ON THE RUN AGAIN"),
        ("Regulators Strike at Internal Volume Again", "Regulators Strike at Cut-Throat Competition Again"),
        ("One thing: internal volume.", "One thing: cut-throat competition."),
    ],
)
def test_first_rewrite(before: str, after: str, mini_linter: Linter, document: Make) -> None:
    assert first_rewrite(before, mini_linter, document) == after


def test_grown_spans_say_what_they_replace(mini_linter: Linter, document: Make) -> None:
    text = "It is an internal volume."
    (finding,) = mini_linter.lint(document(text))
    assert text[slice(*finding.span)] == "an internal volume"
    assert finding.suggestions[0].note == 'replaces "an internal volume"'


def test_a_verb_that_would_not_agree_is_said(mini_linter: Linter, document: Make) -> None:
    (finding,) = mini_linter.lint(document("The wool party has won."))
    assert [(s.text, s.note, s.fits) for s in finding.suggestions] == [
        ("bargain hunters", "plural: has must agree", False),
        ("bargain hunter", "", True),
    ]


def test_without_a_fitting_class_the_listed_words_are_marked(document: Make) -> None:
    term = Term(
        "x", ("词",), cells.literals("n: iron bowl", "n"), cells.renderings("v: stay for life"),
        "accuracy/mistranslation", "major", "t",
    )  # fmt: skip
    (finding,) = Linter(of_terms([term]), ["literal"]).lint(document("He has an iron bowl."))
    assert [(s.text, s.fits) for s in finding.suggestions] == [("stay for life", False)]
    assert finding.suggestions[0].note == "recast: the sentence has a noun here"


@pytest.mark.parametrize(
    ("rendering", "text", "after"),
    [
        ("n: hour of need", "He had a bad day here.", "He had an hour of need here."),
        ("n: SME", "He had a bad day here.", "He had an SME here."),
        ("n: A-student", "He had bad days here.", "He had A-students here."),
        ("n: child of the age", "He had bad days here.", "He had children of the age here."),
        ("n: man in the street", "He had bad days here.", "He had men in the street here."),
        ("n: also-ran", "He had a bad day here.", "He had an also-ran here."),
        ("n: price war", "caused by bad day", "caused by price wars"),
    ],
)
def test_nouns(rendering: str, text: str, after: str, document: Make) -> None:
    term = Term(
        "x",
        ("词",),
        cells.literals("bad day", "n"),
        cells.renderings(rendering),
        "accuracy/mistranslation",
        "major",
        "t",
    )
    assert first_rewrite(text, Linter(of_terms([term]), ["literal"]), document) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("It cuts leeks.", "It is squeezed out."),
        ("It is cutting leeks.", "It is being squeezed out."),
        ("They wild hunted.", "They were squeezed out."),
    ],
)
def test_renderings_with_be(text: str, after: str, document: Make) -> None:
    term = Term(
        "x", ("词",), cells.literals("v: cut leek | v: wild hunt", "v"), cells.renderings("v: be squeezed out"),
        "accuracy/mistranslation", "major", "t",
    )  # fmt: skip
    assert first_rewrite(text, Linter(of_terms([term]), ["literal"]), document) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("He works for the Beautiful Group.", "He works for Meituan."),
        ("The Beautiful Group said so.", "The Meituan said so."),
        ("He opened the Beautiful Group app.", "He opened the Meituan app."),
    ],
)
def test_a_company_of_one_name_takes_no_article(text: str, after: str, document: Make) -> None:
    term = Term(
        "x", ("词",), cells.literals("Beautiful Group", "n"), cells.renderings("name: Meituan"), "name", "major", "t"
    )
    assert first_rewrite(text, Linter(of_terms([term]), ["literal"]), document) == after


@pytest.mark.parametrize("be", ["is", "are", "was", "were"])
def test_be_stays_what_it_is(be: str, document: Make) -> None:
    term = Term(
        "x", ("词",), cells.literals("v: be supported to", "v"), cells.renderings("v: be helped to"),
        "accuracy/mistranslation", "major", "t",
    )  # fmt: skip
    linter = Linter(of_terms([term]), ["literal"])
    assert first_rewrite(f"They {be} supported to go.", linter, document) == f"They {be} helped to go."


@pytest.mark.parametrize(
    ("verb", "after"), [("proves", "underscores"), ("proved", "underscored"), ("prove", "underscore")]
)
def test_an_adverb_may_lead_the_verb(verb: str, after: str, document: Make) -> None:
    term = Term(
        "x", ("词",), cells.literals("v: fully prove", "v"), cells.renderings("v: underscore"),
        "accuracy/mistranslation", "major", "t",
    )  # fmt: skip
    assert first_rewrite(f"It fully {verb} it.", Linter(of_terms([term]), ["literal"]), document) == f"It {after} it."
