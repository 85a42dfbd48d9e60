"""One name in several renderings is one finding with all places."""

import pytest

from mtqa import checks
from mtqa.checks._renderings import Rendering, coverage, same, share, stems
from mtqa.chinese.titles import titles
from mtqa.document import Document, Link, Span, make_document
from mtqa.finding import Finding
from mtqa.glossary import of_terms
from mtqa.match import Matcher
from mtqa.segment import segment
from mtqa.term import Rendering as Listed
from mtqa.term import Term


def lined(english: str, chinese: str) -> Document:
    """Return a document whose line n of English is that of line n of Chinese."""
    document = segment(make_document("terms.txt", english, source=chinese))
    links, here, there = [], 0, 0
    for ours, theirs in zip(english.split("\n"), chinese.split("\n"), strict=True):
        links.append(Link(Span(here, here + len(ours)), Span(there, there + len(theirs))))
        here, there = here + len(ours) + 1, there + len(theirs) + 1
    return document._replace(chinese=chinese, links=tuple(links))


def lint(english: str, chinese: str, *terms: Term, **options: object) -> list[tuple[str, Finding]]:
    document = lined(english, chinese)
    check = checks.load("consistency")
    found = check.check(document, Matcher(of_terms(terms)), checks.options_for("consistency", options))
    return [(document.text[slice(*finding.span)], finding) for finding in found]


def rendering(text: str) -> Rendering:
    return Rendering(Span(0, len(text)), text, stems(text))


PLAN = "《工作方案》周一印发。\n《工作方案》未定日期。\n《工作方案》很短。"


def test_one_finding_names_all_places() -> None:
    english = 'The "Work Plan" was issued.\nThe "Work Program" sets no date.\nThe "Work Plan" is short.'
    [(words, finding)] = lint(english, PLAN)
    assert words == "Work Program"
    assert finding.message == '"Work Program" here, "Work Plan" in lines 1, 3: all for 工作方案'
    assert (finding.severity, finding.category) == ("minor", "terminology/inconsistent")
    assert [suggestion.text for suggestion in finding.suggestions] == ["Work Plan"]
    assert finding.source is not None
    assert PLAN[slice(*finding.source)] == "工作方案"
    assert finding.source.start > PLAN.index("\n")


def test_the_rarer_rendering_is_the_odd_one_wherever_it_stands() -> None:
    english = 'The "Work Program" was issued.\nThe "Work Plan" sets no date.\nThe "Work Plan" is short.'
    [(words, finding)] = lint(english, PLAN)
    assert words == "Work Program"
    assert "lines 2, 3" in finding.message


def test_the_odd_one_may_stand_in_several_places() -> None:
    english = (
        'The "Work Plan" came.\nThe "Work Program" too.\nThe "Work Plan" is it.\nThe "Work Program" is.\nA "Work Plan".'
    )
    [(_, finding)] = lint(english, "\n".join(["《工作方案》。"] * 5))
    assert finding.message == '"Work Program" here (and in line 4), "Work Plan" in lines 1, 3, 5: all for 工作方案'


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ('The "Work Plan" was issued.\nThe work plan sets no date.\nThe plan is short.', PLAN),
        ('The "Work Plan" was issued.\nIt sets no date.\nThe "Work Plans" are short.', PLAN),
        (
            "The Baokang County Procuratorate sued.\nThe Baokang Procuratorate won.",
            "保康县检察院起诉。\n保康县检察院胜诉。",
        ),
        (
            "The World Health Organization said so.\nThe WHO did not.",
            "“世界卫生组织”说。\n“世界卫生组织”没说。",
        ),
        (
            "The Department of Defense agreed.\nDefense Secretary Mark Esper did not.",
            "美国国防部同意。\n美国国防部长不同意。",
        ),
        (
            "Yayi Electronics grew.\nLihua Electronics shrank.",
            "亚忆电子有限公司增长。\n立华电子有限公司萎缩。",
        ),
        ("Prices rose.\nCosts climbed.", "价格上涨。\n价格上涨。"),
    ],
)
def test_short_forms_and_ordinary_words_pass(english: str, chinese: str) -> None:
    assert lint(english, chinese) == []


def test_an_organisation_without_quotes() -> None:
    english = "The Baokang County Procuratorate sued.\nThe Baokang County Prosecutor's Office won."
    [(words, finding)] = lint(english, "保康县检察院起诉。\n保康县检察院胜诉。")
    assert {words, finding.message.split('"')[3]} == {
        "Baokang County Procuratorate",
        "Baokang County Prosecutor's Office",
    }


def test_allowed_names_pass() -> None:
    english = 'The "Work Plan" was issued.\nThe "Work Program" sets no date.\nThe "Work Plan" is short.'
    assert lint(english, PLAN, allow=["工作方案"]) == []


def test_a_name_of_the_glossary() -> None:
    listed = (Listed("Red Book", "name"), Listed("Xiaohongshu Book", "name"))
    term = Term("red", ("小红书",), (), listed, "name", "major", "media")
    english = "Red Book grew.\nXiaohongshu Book shrank.\nRed Book fell."
    chinese = "小红书增长。\n小红书萎缩。\n小红书下跌。"
    [(words, finding)] = lint(english, chinese, term)
    assert words == "Xiaohongshu Book"
    assert finding.message == '"Xiaohongshu Book" here, "Red Book" in lines 1, 3: all for 小红书'


def test_silent_without_the_chinese() -> None:
    check = checks.load("consistency")
    document = segment(make_document("terms.txt", 'The "Work Plan" and the "Work Program".'))
    assert list(check.check(document, Matcher(of_terms([])), check.Options())) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Work Plan", "Work Program", False),
        ("Order of Friendship", "Friendship Medal", False),
        ("Work Plan", "General Work Plan", True),
        ("Friendship Order", "Order of Friendship", True),
        ("National Museum", "National Museums", True),
        ("World Trade Organization", "WTO", True),
        ("Film Center", "Film Centre", True),
    ],
)
def test_same(one: str, other: str, expected: bool) -> None:
    assert same(rendering(one), rendering(other)) is expected
    assert same(rendering(other), rendering(one)) is expected


def test_titles_are_the_longest_that_stand_twice() -> None:
    [title] = titles("北京市市场监管局称，情况良好。北京市市场监管局说，没有问题。")
    assert title.name == "北京市市场监管局"
    assert list(titles("国防部长同意。国防部长反对。")) == []


def test_share_and_coverage() -> None:
    words = stems("Work Plan")
    assert share(words, "工作方案") == 1.0
    assert coverage(words, "工作方案") == 1.0
    assert coverage(stems("Work"), "工作方案") == 0.5
    assert share(stems("Rain"), "工作方案") == 0.0
