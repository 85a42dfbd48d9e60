"""Slotted rows: other words in the same place, the same form, with the right article, and nothing where it is unsure."""

import subprocess
import sys

import pytest

from mtqa.document import Span
from mtqa.term import Example, LiteralForm, Rendering, Term
from mtqa.train.frames import put, slot_of
from mtqa.train.phrases import Lexicon, Words, articled, is_plural, settled
from mtqa.train.rows import PairRow
from mtqa.train.slots import slotted


def term(id_: str, zh: str, literal: str, idiomatic: str, domain: str = "mine", doubt: int = 0) -> Term:
    kind, words = literal.split(": ")
    form = LiteralForm(words, kind, 2 if doubt == 2 else 0)
    return Term(id_, (zh,), (form,), (Rendering(*reversed(idiomatic.split(": "))),), "", "major", domain)


def example(id_: str, label: str, sentence: str) -> Example:
    before, marked, after = sentence.replace("»", "«").split("«")
    span = Span(len(before), len(before) + len(marked))
    return Example(id_, "bad" if label == "bad" else "good", before + marked + after, (span,))


def shown(row: PairRow) -> str:
    start, end = row.span
    return f"{row.text[:start]}«{row.text[start:end]}»{row.text[end:]}"


def filled(sentence: str, old: str, new: str) -> str | None:
    """Return a marked sentence with the words `new` in place of the marked ones, a form of `old`."""
    host = example("", "bad", sentence)
    slot = slot_of(host.text, host.spans[0], Words(*reversed(old.split(": "))))
    made = put(slot, Words(*reversed(new.split(": ")))) if slot else None
    return f"{made[0][: made[1].start]}«{made[0][slice(*made[1])]}»{made[0][made[1].end :]}" if made else None


@pytest.mark.parametrize(
    ("sentence", "old", "new", "expected"),
    [
        ("He «hunted wildly» in May.", "v: hunt wildly", "v: write letters", None),  # wrote or written?
        ("He «hunted wildly» in May.", "v: hunt wildly", "v: cut the leek", "He «cut the leek» in May."),
        ("She is «eating melons».", "v: eat melons", "v: cut the leek", "She is «cutting the leek»."),
        ("She «eats melons».", "v: eat melons", "v: carry the pot", "She «carries the pot»."),
        ("They saw an «outlet».", "n: outlet", "n: wool party", "They saw a «wool party»."),
        ("They saw a «wool party».", "n: wool party", "n: outlet", "They saw an «outlet»."),
        ("Three «wool parties» came.", "n: wool party", "n: match of flag", "Three «matches of flag» came."),
        ("A «wool party» came.", "n: wool party", "n: outlet", "An «outlet» came."),
        ("«Wool parties» came.", "n: wool party", "n: outlet", "«Outlets» came."),
        ("The «wool party»'s boss left.", "n: wool party", "n: outlet", "The «outlet»'s boss left."),
        ("Both «wool parties»' bosses left.", "n: wool party", "n: outlet", "Both «outlets»' bosses left."),
        ("He keeps «holding her own thigh».", "v: hold one's own thigh", "v: pat one's head",
         "He keeps «patting her head»."),
        ("Costs are «explosive».", "adj: explosive", "adj: full of gunpowder", "Costs are «full of gunpowder»."),
        ("An «old» fan left.", "adj: old", "adj: two-dimensional", "A «two-dimensional» fan left."),
    ],
)  # fmt: skip
def test_words_take_the_form_of_those_they_replace(sentence: str, old: str, new: str, expected: str | None) -> None:
    assert filled(sentence, old, new) == expected


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The Wool Party «Came Home» Again", "v: come home"),  # a title
        ("The «wool party» are many.", "group: wool party"),  # singular or plural?
        ("Firms were «eating melons».", "v: drink tea"),  # no form of the words
        ("It was «cut leek» by firms.", "v: cut leek"),  # passive
        ("The «wool party», who came first, left.", "x: wool party"),  # fixed words have no frame
        ("Nobody likes «wool party» here.", "n: wool party"),  # neither article nor plural
        ("He «lay down» in it.", "v: lie down"),  # may want an object
    ],
)
def test_a_slot_that_is_unsure_is_left_alone(sentence: str, words: str) -> None:
    host = example("", "bad", sentence)
    assert slot_of(host.text, host.spans[0], Words(*reversed(words.split(": ")))) is None


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("v: cross bridge", "cross the bridge"),
        ("v: burn money", "burn money"),
        ("v: cross one's bridge", "cross one's bridge"),
        ("v: cross rivers", "cross rivers"),
        ("v: fall thousand miles", None),
        ("v: lie flat", None),  # flat is no noun that is known
        ("v: cross and burn bridge", None),
        ("v: swollen bridge", None),
        ("v: cross bridge to burn money", None),
        ("n: price of bridge", "price of the bridge"),
        ("n: bridge crossed", None),
    ],
)
def test_a_literal_gets_its_articles(literal: str, expected: str | None) -> None:
    lexicon = Lexicon({"bridge": True, "money": False}, frozenset(("burn",)))
    assert articled(Words(*reversed(literal.split(": "))), lexicon) == expected


def test_names_of_common_nouns_want_the() -> None:
    lexicon = Lexicon({"bridge": True})
    names = ["Ministry of Money", "Golden Bridge", "Bridge", "Bilibili"]
    assert [settled(Words(name, "name"), lexicon).word_class for name in names] == [
        "definite",
        "definite",
        "name",
        "name",
    ]
    assert settled(Words("long bridge", "mass"), lexicon).word_class == "definite"


def test_plurals_in_lemma_form() -> None:
    assert [is_plural(text) for text in ("three red lines", "wool party", "news")] == [True, False, False]


WOOL = term("wool", "羊毛", "n: wool party", "pl: bargain hunters", "shop")
OUTLET = term("outlet", "风口", "n: wind outlet", "n: hot sector", "shop")
HOSTS = [
    (OUTLET, example("outlet", "bad", "He found a «wind outlet» in May.")),
    (OUTLET, example("outlet", "bad", "All «wind outlets» close.")),
    (OUTLET, example("outlet", "good", "He found a «hot sector» in May.")),
]
LEEK = term("leek", "韭菜", "n: old leek", "n: easy victim")
MELON = term("melon", "瓜", "n: ripe melon", "n: spectator")


def test_rows_of_new_terms() -> None:
    rows = list(slotted([LEEK, MELON], HOSTS, 2, 1))
    assert sorted((row.term.id, shown(row), row.label) for row in rows) == [
        ("leek", "All «old leeks» close.", 1),
        ("leek", "He found a «ripe melon» in May.", 0),
        ("leek", "He found an «easy victim» in May.", 0),
        ("leek", "He found an «old leek» in May.", 1),
        ("melon", "All «ripe melons» close.", 1),
        ("melon", "He found a «ripe melon» in May.", 1),
        ("melon", "He found a «spectator» in May.", 0),
        ("melon", "He found an «old leek» in May.", 0),
    ]
    assert {(row.origin, row.weight) for row in rows} == {("slotted", 0.5)}


def test_each_bounds_the_literals_and_half_of_it_the_renderings() -> None:
    rows = list(slotted([LEEK], HOSTS * 9, 1, 1))
    assert [row.label for row in rows] == [1, 0]


def test_ordinary_words_and_own_sentences_make_no_rows() -> None:
    ordinary = term("leek", "韭菜", "n: old leek", "v: be easy", doubt=2)
    assert list(slotted([ordinary], HOSTS, 4, 1)) == []
    assert list(slotted([OUTLET], HOSTS, 4, 1)) == []


def test_the_own_domain_comes_first() -> None:
    near = [(WOOL, example("wool", "bad", f"They met the {n} «wool parties».")) for n in ("two", "three")]
    far = [(OUTLET, example("outlet", "bad", f"In {n} all «wind outlets» close.")) for n in ("May", "June")]
    hosts = [*far, *((other._replace(domain="mine"), shown_) for other, shown_ in near)]
    found = {row.text for row in slotted([LEEK], hosts, 2, 5) if row.label == 1}
    assert found == {"They met the two old leeks.", "They met the three old leeks."}


SCRIPT = """
import sys
sys.path.insert(0, "tests")
from test_slots import HOSTS, LEEK, MELON, shown
from mtqa.train.slots import slotted
print([shown(row) for row in slotted([LEEK, MELON], HOSTS, 2, 3)])
"""


def test_the_same_on_every_machine() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {f"{[shown(row) for row in slotted([LEEK, MELON], HOSTS, 2, 3)]}\n"}
