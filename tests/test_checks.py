"""Every rule flags exactly the marks of its FAIL sentences and nothing of its PASS sentences."""

from collections.abc import Callable

import pytest

from mtqa import checks
from mtqa.checks import Sample
from mtqa.document import Document, Span, make_document
from mtqa.errors import MtqaError
from mtqa.finding import CATEGORIES, SEVERITIES, Finding
from mtqa.glossary import Glossary
from mtqa.glossary.cells import marked
from mtqa.match import Matcher
from mtqa.pairs import prepared

Make = Callable[[str], Document]


def run(rule: str, document: Document, glossary: Glossary, **settings: object) -> list[Finding]:
    check = checks.load(rule)
    return list(check.check(document, Matcher(glossary), checks.options_for(rule, settings)))


def sample(given: Sample) -> tuple[Document, tuple[Span, ...]]:
    english, chinese = (given, None) if isinstance(given, str) else given
    text, spans = marked(english) if "«" in english else (english, ())
    return prepared(make_document("sample", text, source=chinese)), spans


@pytest.mark.parametrize(("rule", "given"), [(r, s) for r in checks.rules() for s in checks.load(r).PASS])
def test_pass(rule: str, given: Sample, mini: Glossary) -> None:
    assert run(rule, sample(given)[0], mini) == []


@pytest.mark.parametrize(("rule", "given"), [(r, s) for r in checks.rules() for s in checks.load(r).FAIL])
def test_fail(rule: str, given: Sample, mini: Glossary) -> None:
    document, spans = sample(given)
    found = run(rule, document, mini)
    assert tuple(finding.span for finding in found) == spans
    for finding in found:
        assert finding.rule == rule
        assert finding.severity in SEVERITIES
        assert finding.category in CATEGORIES
        assert (finding.source is None) == isinstance(given, str)


@pytest.mark.parametrize("rule", checks.rules())
def test_docstring_says_what_why_when_and_whence(rule: str) -> None:
    text = checks.load(rule).__doc__ or ""
    assert "Right after all:" in text
    assert "Source:" in text
    assert checks.load(rule).SEVERITY in SEVERITIES


@pytest.mark.parametrize(
    ("rule", "text", "settings", "count"),
    [
        ("doubled", "It was good good.", {"allow": ["good"]}, 0),
        ("doubled", "It was good good.", {}, 1),
        ("leftover", "Our own footer\n\nText goes here.", {"lines": ["our own footer"]}, 1),
        ("leftover", "Our own footer\n\nText goes here.", {}, 0),
        ("untranslated", "He read 内卷 aloud.", {"allow": ["内卷"]}, 0),
        ("fullwidth", "One，two.", {"allow": ["，"]}, 0),
        ("ordinals", "Third Wave\n\nThe second wave has begun.\n\nThe third wave has begun.", {"ignore": ["wave"]}, 0),
        ("ordinals", "Third Wave\n\nThe second wave has begun.\n\nThe third wave has begun.", {}, 1),
        ("literal", "It opened an outlet there.", {"notes": False}, 0),
        ("literal", "It opened an outlet there.", {}, 1),
    ],
)
def test_options(rule: str, text: str, settings: dict[str, object], count: int, mini: Glossary, document: Make) -> None:
    assert len(run(rule, document(text), mini, **settings)) == count


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"alow": []}, "rules.doubled.alow is unknown; allowed are allow"),
        ({"allow": "the"}, "rules.doubled.allow: 'the' found; write a list of strings"),
        ({"allow": [1]}, "rules.doubled.allow: (1,) found; write a list of strings"),
    ],
)
def test_bad_options(settings: dict[str, object], message: str) -> None:
    with pytest.raises(MtqaError) as caught:
        checks.options_for("doubled", settings, "mtqa.toml")
    assert str(caught.value) == f"mtqa.toml: {message}"


def test_bad_pattern_is_named(mini: Glossary, document: Make) -> None:
    with pytest.raises(MtqaError, match="is no regular expression"):
        run("leftover", document("Text."), mini, lines=["("])


def test_fullwidth_rewrites_keep_the_spacing(mini: Glossary, document: Make) -> None:
    text = "Sales rose，profits（the net kind）fell。Then 《Inception》 came，"
    shown = [(text[slice(*f.span)], f.suggestions[0].text) for f in run("fullwidth", document(text), mini)]
    assert shown == [("，", ", "), ("（", "("), ("）", ")"), ("。", ". "), ("《", "“"), ("》", "”"), ("，", ",")]


def test_messages(mini: Glossary, document: Make) -> None:
    (finding,) = run("literal", document("Too much “internal  volume” there."), mini)
    assert finding.message == '"internal volume" is a literal rendering of 内卷'
    (finding,) = run("literal", document("It opened an outlet there."), mini)
    assert (
        finding.message == '"outlet" may be a literal rendering of 出海口; right if the words are meant as they stand'
    )
    assert finding.severity == "note"
    (finding,) = run("literal", document("Ma Huateng spoke."), mini)
    assert finding.message == '"Ma Huateng" is not the English name of 马化腾'
    (finding,) = run("doubled", document("They are fair and fair."), mini)
    assert finding.message == '"fair" stands twice; the Chinese has two words, English needs one or two different ones'
