"""A desk's own sentences said again: with the term's other literals (wrong) and its renderings (right), inflected."""

import subprocess
import sys
from pathlib import Path

import pytest

from mtqa.document import Span
from mtqa.glossary.cells import literals, marked, renderings
from mtqa.teach.variants import VARIED, hosts, variants
from mtqa.term import Example, Term
from mtqa.train.rows import PairRow


def term(literal: str, idiomatic: str) -> Term:
    return Term("mine", ("词",), literals(literal, "n"), renderings(idiomatic), "", "major", "desk")


def example(sentence: str, label: str = "bad") -> Example:
    text, spans = marked(sentence)
    return Example("mine", "bad" if label == "bad" else "good", text, spans)


def shown(row: PairRow) -> str:
    start, end = row.span
    return f"{row.label} {row.text[:start]}«{row.text[start:end]}»{row.text[end:]}"


def said(sentence: str, literal: str, idiomatic: str, seed: int = 1) -> list[str]:
    """Return the rows of one bad example, sorted: wrong ones begin with 1."""
    taught = [(term(literal, idiomatic), example(sentence))]
    return sorted(shown(row) for host in hosts(taught) for row in variants(host, seed))


FRITTER = ("old fritter | fried crow", "n: expert | n: old hand")
POT = ("v: carry pot | v: swallow fly", "v: take blame | v: eat crow")
EATEN = ("adj: eaten | adj: explosive", "adj: full | adj: unlikely")
FIXED = ("x: speaking popularly | x: in common words", "x: put simply")
HORSE = ("name: Ma Huateng | name: Horse", "name: Pony Ma")


@pytest.mark.parametrize(
    ("sentence", "words", "expected"),
    [
        ("An «old fritter» left.", FRITTER,
         ["0 An «expert» left.", "0 An «old hand» left.", "1 A «fried crow» left."]),
        ("He met a sly «old fritter».", FRITTER,
         ["0 He met a sly «expert».", "0 He met a sly «old hand».", "1 He met a sly «fried crow»."]),
        ("He met many «old fritters» there.", FRITTER,
         ["0 He met many «experts» there.", "0 He met many «old hands» there.", "1 He met many «fried crows» there."]),
        ("«Old fritters» came.", FRITTER,
         ["0 «Experts» came.", "0 «Old hands» came.", "1 «Fried crows» came."]),
        ("The «old fritter»'s boss left.", FRITTER,
         ["0 The «expert»'s boss left.", "0 The «old hand»'s boss left.", "1 The «fried crow»'s boss left."]),
        ("He «carries the pot».", POT,
         ["0 He «eats crow».", "0 He «takes blame».", "1 He «swallows fly»."]),
        ("He «carried the pot» in May.", POT,
         ["0 He «ate crow» in May.", "0 He «took blame» in May.", "1 He «swallowed fly» in May."]),
        ("He had «carried the pot».", POT,
         ["0 He had «eaten crow».", "0 He had «taken blame».", "1 He had «swallowed fly»."]),
        ("He is «carrying the pot».", POT,
         ["0 He is «eating crow».", "0 He is «taking blame».", "1 He is «swallowing fly»."]),
        ("He will «carry the pot».", POT,
         ["0 He will «eat crow».", "0 He will «take blame».", "1 He will «swallow fly»."]),
        ("An «eaten» fan left.", EATEN,
         ["0 A «full» fan left.", "0 An «unlikely» fan left.", "1 An «explosive» fan left."]),
        ("«Speaking popularly», it is over.", FIXED,
         ["0 «Put simply», it is over.", "1 «In common words», it is over."]),
        ("«Ma Huateng» spoke.", HORSE, ["0 «Pony Ma» spoke.", "1 «Horse» spoke."]),
        ("😀 羊毛：An «old fritter» left.", FRITTER,
         ["0 😀 羊毛：An «expert» left.", "0 😀 羊毛：An «old hand» left.", "1 😀 羊毛：A «fried crow» left."]),
    ],
)  # fmt: skip
def test_other_words_take_the_form_of_the_place(sentence: str, words: tuple[str, str], expected: list[str]) -> None:
    assert said(sentence, *words) == expected


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("An «ancient fritter» left.", FRITTER),  # no literal of the term
        ("An «old» fritter left.", FRITTER),  # half of one
        ("«Carrying the pot» is bad.", POT),  # a verb where a noun stands
        ("He «carried the pot».", ("v: carry pot", "n: scapegoat | mass: blame")),  # another class
        ("The «old fritter» left.", ("old fritter", "adj: experienced")),
    ],
)
def test_where_it_is_not_sure_nothing_is_made(sentence: str, words: tuple[str, str]) -> None:
    assert said(sentence, *words) == []


def test_a_preposition_at_the_end_is_kept() -> None:
    words = ("v: step on | v: fall in | v: rain on", "v: seize on | v: fail")
    assert said("He «stepped on» it.", *words) == ["0 He «seized on» it.", "1 He «rained on» it."]


def test_good_examples_are_no_hosts() -> None:
    assert hosts([(term(*FRITTER), example("An «old fritter» left.", "good"))]) == []


def test_each_marked_use_is_a_host_of_its_own() -> None:
    found = hosts([(term(*FRITTER), example("The «old fritter» met an «old fritter».", "bad"))])
    assert [(host.span, host.words.text) for host in found] == [
        (Span(4, 15), "old fritter"),
        (Span(23, 34), "old fritter"),
    ]
    rows = list(variants(found[1], 1))
    assert sorted(map(shown, rows)) == [
        "0 The old fritter met an «expert».",
        "0 The old fritter met an «old hand».",
        "1 The old fritter met a «fried crow».",
    ]
    assert {(row.origin, row.weight, row.is_taught, row.term.id) for row in rows} == {(VARIED, 0.5, False, "mine")}


def test_words_of_two_classes_are_no_host() -> None:
    assert hosts([(term("n: cut | v: cut", "n: loss"), example("The «cut» hurt."))]) == []


def test_there_are_bounds_and_the_words_never_say_themselves_again() -> None:
    literal = " | ".join(["old fritter", *(f"fritter {i}" for i in "abcdefg")])
    rows = said("The «old fritter» left.", literal, " | ".join(f"n: hand {i}" for i in "abcdefg"))
    assert [row[0] for row in rows] == ["0", "0", "1", "1", "1"]
    assert len(set(rows)) == 5
    assert "1 The «old fritter» left." not in rows
    drawn = {tuple(said("The «old fritter» left.", literal, "n: hand", seed)) for seed in range(8)}
    assert len(drawn) > 1
    assert said("The «old fritter» left.", "old fritter", "n: old hand") == ["0 The «old hand» left."]


SCRIPT = """
import sys
sys.path.insert(0, "tests")
from test_teach_slots import FRITTER, said
print([said("An «old fritter» left.", *FRITTER, seed) for seed in range(5)])
"""


def test_the_same_on_every_machine() -> None:
    wanted = f"{[said('An «old fritter» left.', *FRITTER, seed) for seed in range(5)]}\n"
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={"PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}, capture_output=True,
        text=True, encoding="utf-8", check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert run.stdout == wanted
