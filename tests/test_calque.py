"""Rule calque over word scores that a stub gives: what is a run, what is left out, when it is silent."""

import re
from collections.abc import Callable, Sequence

import pytest

from mtqa.checks import calque
from mtqa.document import Document, Span
from mtqa.glossary import Glossary
from mtqa.match import Candidate, Matcher, WordScore

Make = Callable[[str], Document]


class Stub:
    """Score the words in «marks» with 0.9 and all others with 0.1."""

    def __init__(self, glossary: Glossary, marked: Sequence[Span], precision: float = 0.9) -> None:
        self.glossary = glossary
        self.calque_precision = precision
        self.marked = marked

    def candidates(self, document: Document) -> list[Candidate]:
        return Matcher(self.glossary).candidates(document)

    def words(self, document: Document) -> list[WordScore]:
        spans = [Span(*word.span()) for word in re.finditer(r"[\w’']+", document.text)]
        return [WordScore(s, 0.9 if any(s.overlaps(m) for m in self.marked) else 0.1, 0.0) for s in spans]


def found(sentence: str, glossary: Glossary, make: Make, precision: float = 0.9, **options: object) -> list[str]:
    from mtqa.glossary.cells import marked

    text, spans = marked(sentence)
    document = make(text)
    stub = Stub(glossary, spans, precision)
    findings = calque.check(document, stub, calque.Options(**options))  # type: ignore[arg-type]
    return [document.text[slice(*finding.span)] for finding in findings]


@pytest.mark.parametrize(
    ("sentence", "runs"),
    [
        ("They «broke their lips» over it.", ["broke their lips"]),
        ("They «broke» their «lips» over it.", []),
        ("It is a «cage-changing bird» plan", ["cage-changing bird"]),
        ("a «torn sky», «torn earth» and more", ["torn sky", "torn earth"]),
        ("one line «ends so\nthe next» begins", ["ends so\nthe next"]),
        ("«all of it is odd»", ["all of it is odd"]),
        ("The film «Beacon Hill» did well.", []),
        ("«Chicken feathers» everywhere", ["Chicken feathers"]),
        ("The «wool party» came.", []),
        ("The «wool party came» for it.", []),
    ],
)
def test_runs(sentence: str, runs: list[str], mini: Glossary, document: Make) -> None:
    assert found(sentence, mini, document) == runs


def test_it_is_off_where_it_is_often_wrong(mini: Glossary, document: Make) -> None:
    sentence = "They «broke their lips» over it."
    assert found(sentence, mini, document, precision=0.79) == []
    assert found(sentence, mini, document, precision=0.0, always=True) == ["broke their lips"]


def test_the_threshold_can_be_set(mini: Glossary, document: Make) -> None:
    assert found("They «broke their lips» over it.", mini, document, threshold=0.95) == []


def test_without_a_model_it_is_silent(mini: Glossary, document: Make) -> None:
    assert list(calque.check(document("They broke their lips."), Matcher(mini), calque.Options(always=True))) == []


def test_what_it_says(mini: Glossary, document: Make) -> None:
    made = document("They broke their\nlips.")
    (finding,) = calque.check(made, Stub(mini, [Span(5, 21)]), calque.Options())
    assert finding.message == '"broke their lips" reads like a word-by-word rendering of Chinese; no glossary lists it'
    assert (finding.rule, finding.severity, finding.score, finding.term) == ("calque", "minor", 0.9, None)
