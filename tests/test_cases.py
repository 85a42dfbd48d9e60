"""False alarms and misses met in real articles, in our own words, held against the bundled glossaries."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mtqa.document import Document
from mtqa.glossary.cells import marked
from mtqa.pipeline import Linter

Make = Callable[[str], Document]
CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(label, sentence) for label, sentence in (line.split("\t") for line in lines)]


def holds(label: str, sentence: str, linter: Linter, document: Make) -> bool:
    text, spans = marked(sentence) if label == "bad" else (sentence, ())
    found = [finding.span for finding in linter.lint(document(text)) if finding.severity != "note"]
    return tuple(found) == spans


@pytest.mark.parametrize(("label", "sentence"), cases("in_the_wild.tsv"))
def test_in_the_wild(label: str, sentence: str, bundled_linter: Linter, document: Make) -> None:
    assert holds(label, sentence, bundled_linter, document)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("label", "sentence"), cases("known_failures.tsv"))
def test_known_failures(label: str, sentence: str, bundled_linter: Linter, document: Make) -> None:
    assert holds(label, sentence, bundled_linter, document)
