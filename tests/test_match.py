"""Literals are found in every inflection and dress, at exact places, and nowhere else."""

from collections.abc import Callable

import pytest

from mtqa.document import Document
from mtqa.glossary import Glossary, cells, of_terms
from mtqa.match import Matcher
from mtqa.term import Term

Make = Callable[[str], Document]


def found(text: str, glossary: Glossary, document: Make) -> list[tuple[str, str, str]]:
    made = document(text)
    return [(text[slice(*c.span)], c.term.id, c.evidence) for c in Matcher(glossary).candidates(made)]


def term(id_: str, literal: str, idiomatic: str = "n: right rendering", unless: str = "", when: str = "") -> Term:
    return Term(
        id_, ("词",), cells.literals(literal, "n"), cells.renderings(idiomatic), "accuracy/mistranslation", "major", "t",
        cells.contexts(unless), cells.contexts(when),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("teams wild hunt now", "wild hunt"),
        ("the team wild hunts now", "wild hunts"),
        ("it is wild hunting now", "wild hunting"),
        ("it wild hunted then", "wild hunted"),
        ("Wool parties came", "Wool parties"),
        ("the wool party's tricks", "wool party"),
        ("the wool party’s tricks", "wool party"),
        ("the wool parties' tricks", "wool parties"),
        ("the wool-party came", "wool-party"),
        ("the WOOL PARTY came", "WOOL PARTY"),
        ('the "wool" party came', 'wool" party'),
        ("the “wool party” came", "wool party"),
        ("the wool\nparty came", "wool\nparty"),
        ("the wool\r\n  party came", "wool\r\n  party"),
        ("the wool\tparty came", "wool\tparty"),
        ("the **wool party** came", "wool party"),
        ("brokers cut leeks", "cut leeks"),
        ("brokers cutting the leeks", "cutting the leeks"),
        ("they row their own boats", "row their own boats"),
        ("China rowed China's own boat", "rowed China's own boat"),
        ("中文wool party中文", "wool party"),
        ("😀 wool party 😀", "wool party"),
    ],
)
def test_found(text: str, words: str, mini: Glossary, document: Make) -> None:
    assert [w for w, _, _ in found(text, mini, document)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "the carpool party came",
        "the wool partying",
        "the wool. Party on",
        "the wool, party",
        "the wool\n\nparty came",
        "wool and party",
        "the party of wool",
        "ma huateng in lower case",
        "internal volumetric flow",
        "the wool party wall",
        "the internal volume of the tank",
    ],
)
def test_left_alone(text: str, mini: Glossary, document: Make) -> None:
    assert found(text, mini, document) == []


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("It opened an outlet there.", "doubtful"),
        ("It is the “outlet” of the region.", "evidence"),
        ('It is "the outlet" of the region.', "evidence"),
        ('He called it an "outlet," then left.', "evidence"),
        ("It became the outlet for Chinese brands.", "evidence"),
        ("It became an overseas outlet.", "evidence"),
        ('He saw the film "Outlet" twice.', "doubtful"),
        ('"Outlet" was the word he used.', "evidence"),
        ('He said: "We will open an outlet there."', "doubtful"),
        ("Its sea outlet matters.", "certain"),
    ],
)
def test_evidence(text: str, evidence: str, mini: Glossary, document: Make) -> None:
    assert [grade for _, id_, grade in found(text, mini, document) if id_ == "outlet-sea"] == [evidence]


def test_unless_excuses(mini: Glossary, document: Make) -> None:
    assert found("The outlet mall reopened overseas.", mini, document) == []
    assert found("The retail outlet reopened overseas.", mini, document) == [("outlet", "outlet-sea", "evidence")]
    assert found("The factory outlet reopened.", mini, document) == [("outlet", "outlet-wind", "doubtful")]


def test_terms_that_share_a_literal_are_told_apart_by_evidence(mini: Glossary, document: Make) -> None:
    assert found("Every startup chased the outlet.", mini, document) == [("outlet", "outlet-wind", "evidence")]
    assert found("The overseas outlet grew.", mini, document) == [("outlet", "outlet-sea", "evidence")]


def test_one_sense_per_document(mini: Glossary, document: Make) -> None:
    text = "It is the “outlet” of Chinese makers.\n\nThe outlet was busy."
    assert [grade for _, _, grade in found(text, mini, document)] == ["evidence", "evidence"]


def test_longest_match_wins(document: Make) -> None:
    glossary = of_terms([term("short", "base"), term("long", "base plate"), term("other", "plate market")])
    assert [w for w, _, _ in found("The base plate market and a base.", glossary, document)] == ["base plate", "base"]


def test_a_literal_inside_a_right_rendering_is_left_alone(document: Make) -> None:
    glossary = of_terms([term("track", "track"), term("lane", "fast road", "n: fast track | n: inside track record")])
    assert found("The plan is on a fast track.", glossary, document) == []
    assert found("Its inside track records fell; the track too.", glossary, document) == [("track", "track", "certain")]


def test_a_capital_in_the_glossary_asks_for_one_in_the_text(document: Make) -> None:
    glossary = of_terms([term("li", "Ideal Car")])
    assert found("an ideal car and Ideal Cars", glossary, document) == [("Ideal Cars", "li", "certain")]


def test_hyphenated_compounds_need_more_than_a_neighbour(document: Make) -> None:
    glossary = of_terms([term("o", "outlet ?", when="overseas")])
    assert found("an overseas outlet-mall", glossary, document) == [("outlet", "o", "doubtful")]


def test_a_comma_in_the_literal_allows_one_in_the_text(document: Make) -> None:
    glossary = of_terms([term("sme", "specialized, special and new"), term("plain", "odd new")])
    assert [w for w, _, _ in found("They are specialized, special and new. An odd, new one.", glossary, document)] == [
        "specialized, special and new"
    ]


def test_irregular_verbs(document: Make) -> None:
    glossary = of_terms([term("go", "v: go out of circle", "v: go mainstream")])
    assert [w for w, _, _ in found("It went out of the circle and has gone out of circle.", glossary, document)] == [
        "went out of the circle",
        "gone out of circle",
    ]


def test_a_long_text_is_searched_in_blocks(mini: Glossary, document: Make) -> None:
    text = ("Nothing to see here, move along.\n" * 20_000) + "The wool party came.\n"
    ((words, _, _),) = found(text, mini, document)
    assert words == "wool party"


def test_an_article_full_of_literals_makes_the_silent_ones_notes(document: Make) -> None:
    from mtqa.checks import literal

    sure = [term(f"t-{word}", f"queer {word}") for word in ("apple", "bear", "cat", "dog", "eel")]
    glossary = of_terms([*sure, term("track", "track ??")])
    full = "The queer apple, queer bear, queer cat, queer dog and queer eel ran on the track."
    for text, shown in ((full, ["note"]), (full.replace("queer eel", "eel"), []), (full + " word" * 800, [])):
        found_ = literal.check(document(text), Matcher(glossary), literal.Options())
        assert [f.severity for f in found_ if f.term and f.term.id == "track"] == shown
