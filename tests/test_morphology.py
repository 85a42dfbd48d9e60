"""Inflection of the words that rewrites and literals are made of."""

import pytest

from mtqa.morphology import article, gerund, lemmas, participle, past, plural, readings, third_person


@pytest.mark.parametrize(
    ("verb", "third", "past_", "participle_", "ing"),
    [
        ("fleece", "fleeces", "fleeced", "fleeced", "fleecing"),
        ("go", "goes", "went", "gone", "going"),
        ("be", "is", "was", "been", "being"),
        ("cut", "cuts", "cut", "cut", "cutting"),
        ("compete", "competes", "competed", "competed", "competing"),
        ("carry", "carries", "carried", "carried", "carrying"),
        ("prop", "props", "propped", "propped", "propping"),
        ("offer", "offers", "offered", "offered", "offering"),
        ("commit", "commits", "committed", "committed", "committing"),
        ("take", "takes", "took", "taken", "taking"),
        ("die", "dies", "died", "died", "dying"),
        ("pass", "passes", "passed", "passed", "passing"),
        ("quit", "quits", "quit", "quit", "quitting"),
        ("undercut", "undercuts", "undercut", "undercut", "undercutting"),
        ("outbid", "outbids", "outbid", "outbid", "outbidding"),
    ],
)
def test_verbs(verb: str, third: str, past_: str, participle_: str, ing: str) -> None:
    assert (third_person(verb), past(verb), participle(verb), gerund(verb)) == (third, past_, participle_, ing)


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("hunter", "hunters"), ("party", "parties"), ("woman", "women"), ("crisis", "crises"), ("hero", "heroes"),
        ("aircraft", "aircraft"), ("IPO", "IPOs"), ("box", "boxes"), ("leaf", "leaves"), ("data", "data"),
    ],
)  # fmt: skip
def test_nouns(noun: str, many: str) -> None:
    assert plural(noun) == many


@pytest.mark.parametrize(
    ("words", "which"),
    [
        ("outlet", "an"), ("hour", "an"), ("university", "a"), ("unicorn", "a"), ("unimportant thing", "an"),
        ("user", "a"), ("one-off", "a"), ("European firm", "a"), ("MBA", "an"), ("CEO", "a"), ("8-year low", "an"),
        ("uphill battle", "an"), ("heir", "an"), ("hotel", "a"), ("SOE", "an"), ("unit", "a"), ("union", "a"),
    ],
)  # fmt: skip
def test_articles(words: str, which: str) -> None:
    assert article(words) == which


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("hunting", "hunt"), ("parties", "party"), ("ran", "run"), ("cutting", "cut"), ("leaves", "leaf"),
        ("are", "be"), ("dying", "die"), ("carried", "carry"), ("making", "make"), ("travelled", "travel"),
    ],
)  # fmt: skip
def test_lemmas(form: str, lemma: str) -> None:
    assert lemma in lemmas(form)


@pytest.mark.parametrize(
    ("form", "not_lemma"), [("hoping", "hop"), ("caring", "car"), ("planed", "plan"), ("thing", "th")]
)
def test_a_lemma_must_give_the_form_back(form: str, not_lemma: str) -> None:
    assert not_lemma not in lemmas(form)


def test_every_reading_makes_the_form() -> None:
    for form in ("hunting", "parties", "carried", "dying"):
        assert readings(form)[0] == (form, "base")
        assert len(readings(form)) > 1
