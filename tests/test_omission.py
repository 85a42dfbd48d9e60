"""Sentences that were dropped or added, and clauses that are gone."""

import pytest

from mtqa import checks
from mtqa.document import Document, Link, Span, make_document
from mtqa.finding import Finding
from mtqa.pairs import prepared
from mtqa.segment import segment

OIL = ("Oil prices rose sharply on Monday.", "周一油价大幅上涨。")
QUEUE = ("Drivers queued for hours at filling stations in the capital.", "首都的司机在加油站排了几个小时的队。")
LOSS = ("Economists warned that exporters of farm produce would lose money.", "经济学家警告说，农产品出口企业会亏损。")


def linked(*pairs: tuple[str | None, str | None]) -> Document:
    """Return a document of these links; None stands for a sentence that the other side has not."""
    english, chinese, links = "", "", []
    for ours, theirs in pairs:
        target = Span(len(english), len(english) + len(ours)) if ours else None
        source = Span(len(chinese), len(chinese) + len(theirs)) if theirs else None
        links.append(Link(target, source))
        english += f"{ours}\n" if ours else ""
        chinese += f"{theirs}\n" if theirs else ""
    document = segment(make_document("gaps.txt", english, source=chinese))
    return document._replace(chinese=chinese, links=tuple(links))


def lint(document: Document, **options: object) -> list[tuple[str, Finding]]:
    check = checks.load("omission")
    found = check.check(document, None, checks.options_for("omission", options))  # type: ignore[arg-type]
    return [(document.text[slice(*finding.span)], finding) for finding in found]


def test_a_dropped_sentence_is_found_at_the_word_before_it() -> None:
    document = linked(OIL, (None, LOSS[1]), QUEUE)
    [(words, finding)] = lint(document)
    assert words == "Monday"
    assert finding.message == f"a sentence of the Chinese missing after this: {LOSS[1]}"
    assert (finding.severity, finding.category) == ("minor", "accuracy/omission")
    assert finding.source is not None
    assert document.source is not None
    assert document.source[slice(*finding.source)] == LOSS[1]


def test_at_the_start_it_is_found_at_the_first_word() -> None:
    [(words, finding)] = lint(linked((None, LOSS[1]), OIL, QUEUE))
    assert words == "Oil"
    assert finding.message.startswith("a sentence of the Chinese missing before this: 经济学家")


def test_neighbouring_sentences_are_one_finding() -> None:
    other = "“我们的仓库里堆满了卖不出去的苹果和橙子，只能眼看着它们烂掉。”果农李大山说。"
    [(_, finding)] = lint(linked(OIL, (None, other), (None, LOSS[1]), QUEUE))
    assert finding.message == f"2 sentences of the Chinese missing after this: {other[:30]}…"


@pytest.mark.parametrize(
    "chinese",
    ["责任编辑：王小明，校对：李大山", "记者 王小明 实习生 李大山 北京报道", "油价大涨", "来源：新华社客户端综合报道"],
)
def test_bylines_and_short_lines_are_not_missed(chinese: str) -> None:
    assert lint(linked(OIL, (None, chinese), QUEUE)) == []


def test_what_stands_in_the_sentences_round_it_is_not_gone() -> None:
    merged = ("Oil prices rose sharply on Monday, and economists warned of losses for farm exporters.", OIL[1])
    assert lint(linked(merged, (None, LOSS[1]), QUEUE)) == []


def test_a_free_translation_is_neither_dropped_nor_added() -> None:
    assert (
        lint(linked(OIL, (None, "天塌下来有高个子顶着呢。"), ("Nobody in the village worries much.", None), QUEUE))
        == []
    )


def test_an_added_sentence_is_a_note() -> None:
    added = "The museum opens its new sculpture gallery in September."
    [(words, finding)] = lint(linked(OIL, (added, None), QUEUE))
    assert words == added
    assert (finding.severity, finding.category) == ("note", "accuracy/addition")
    assert lint(linked(OIL, (added, None), QUEUE), notes=False) == []


def test_a_clause_that_is_gone_is_a_note() -> None:
    long = "首都的司机在加油站排了几个小时的队，医院和学校的供暖锅炉也因为缺少柴油而被迫停止运行。"
    [(words, finding)] = lint(linked(OIL, ("Drivers queued for hours.", long), LOSS, QUEUE, OIL))
    assert words == "hours"
    assert finding.severity == "note"
    assert finding.message.startswith("this sentence is short for its Chinese and has nothing of 医院和学校")


def test_a_whole_article_cut_short_is_notes() -> None:
    found = lint(linked(OIL, *[(None, LOSS[1])] * 6, QUEUE))
    assert [finding.severity for _, finding in found] == ["note"]


def test_length_option() -> None:
    assert lint(linked(OIL, (None, LOSS[1]), QUEUE), shortest=40) == []


def test_silent_without_the_chinese_and_without_links() -> None:
    document = segment(make_document("gaps.txt", "Oil rose."))
    assert lint(document) == []
    assert lint(document._replace(source="油价。", chinese="油价。")) == []


def test_with_the_alignment_of_mtqa() -> None:
    english = f"{OIL[0]}\n\n{QUEUE[0]}\n"
    document = prepared(make_document("gaps.txt", english, source=f"{OIL[1]}\n\n{LOSS[1]}\n\n{QUEUE[1]}\n"))
    assert [words for words, _ in lint(document)] == ["Monday"]
