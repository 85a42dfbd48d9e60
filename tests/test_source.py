"""With the Chinese beside it a literal counts if its term stands there, and only then."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Result

from mtqa.document import Document, Span, make_document
from mtqa.glossary import Glossary, cells, of_terms
from mtqa.match import Matcher, SourceIndex
from mtqa.match.source import gapped
from mtqa.pairs import prepared
from mtqa.pipeline import Linter
from mtqa.term import Term


def term(id_: str, zh: str, literal: str, idiomatic: str) -> Term:
    return Term(
        id_, tuple(zh.split("|")), cells.literals(literal, "n"), cells.renderings(idiomatic), "accuracy/mistranslation",
        "major", "t",
    )  # fmt: skip


TERMS = of_terms(
    [
        term("outlet-wind", "风口", "outlet ?? | wind outlet", "n: hot trend"),
        term("outlet-sea", "出海口", "outlet ??", "n: gateway to the sea"),
        term("leeks", "割韭菜", "v: cut leek", "v: fleece small investors"),
        term("tigers", "打老虎", "beat the tiger", "v: go after senior officials"),
    ]
)


def pair(english: str, chinese: str | None) -> Document:
    return prepared(make_document("test.txt", english, source=chinese))


def found(english: str, chinese: str | None) -> list[tuple[str, str, str | None]]:
    document = pair(english, chinese)
    return [
        (document.text[slice(*c.span)], c.term.id, (document.source or "")[slice(*c.source)] if c.source else None)
        for c in Matcher(TERMS).candidates(document)
    ]


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ("He found the outlet.", "他抓住了风口。", [("outlet", "outlet-wind", "风口")]),
        ("He found the outlet.", "他抓住了風口。", [("outlet", "outlet-wind", "風口")]),
        ("The port is an outlet.", "这个港是出海口。", [("outlet", "outlet-sea", "出海口")]),
        ("The outlet mall reopened.", "奥特莱斯重新开业。", []),
        ("It caught the wind outlet.", "奥特莱斯重新开业。", []),
        ("They cut leeks.", "他们割了一茬韭菜。", [("cut leeks", "leeks", "割了一茬韭菜")]),
        ("They beat the tiger.", "他们打虎。", [("beat the tiger", "tigers", None)]),
        ("The outlet is a hot trend.", "风口很热。", []),
    ],
)
def test_the_chinese_decides(english: str, chinese: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(english, chinese) == expected


def test_without_chinese_nothing_is_decided() -> None:
    assert [words for words, _, _ in found("He found the outlet.", None)] == ["outlet"]


def test_only_the_aligned_sentence_counts() -> None:
    english = "The outlet mall reopened. Analysts spoke of a hot trend in lending."
    assert found(english, "奥特莱斯重新开业。分析师说，贷款是个风口。") == []


def test_a_literal_whose_chinese_is_there_has_the_severity_of_its_term() -> None:
    document = pair("He found the outlet.", "他抓住了风口。")
    (finding,) = Linter(TERMS, ["literal"]).lint(document)
    assert (finding.severity, finding.source) == ("major", Span(4, 6))
    assert finding.message == '"outlet" is a literal rendering of 风口'
    assert [s.text for s in finding.suggestions] == ["hot trend"]


@pytest.mark.parametrize(
    ("zh", "text", "words"),
    [
        ("泼冷水", "又泼了一盆冷水", "泼了一盆冷水"),
        ("炸锅", "网友炸了锅", "炸了锅"),
        ("卡脖子", "被“卡脖子”的", "卡脖子"),
        ("风口", "风很大，门口也是", None),
        ("炸锅", "炸出了大锅", None),
        ("泼冷水", "泼水，冷水", None),
    ],
)
def test_gapped(zh: str, text: str, words: str | None) -> None:
    span = gapped(zh, text)
    assert (text[slice(*span)] if span else None) == words


def test_index_takes_the_longest_at_each_place() -> None:
    index = SourceIndex(of_terms([term("a", "风口", "x", "n: a"), term("b", "风口浪尖", "y", "n: b")]))
    document = pair("It stood there.", "它站在风口浪尖，也在风口。")
    assert list(index.find(document, Span(0, len(document.source or "")))) == [
        (Span(3, 7), ["b"]),
        (Span(10, 12), ["a"]),
    ]


@pytest.mark.parametrize(
    ("english", "chinese", "words"),
    [
        (
            "The bureau plucked a feather from every passing goose.",
            "这个局雁过拔毛。",
            "plucked a feather from every passing goose",
        ),
        ("The bureau seized every opportunity.", "这个局雁过拔毛。", None),
        ("The stock market fell.", "股市下跌。", None),
        ("The train and the computer were new.", "火车和电脑都是新的。", None),
        ("The bureau plucked a feather from every passing goose.", "这个局开会。", None),
    ],
)
def test_composed(english: str, chinese: str, words: str | None, mini: Glossary) -> None:
    document = pair(english, chinese)
    findings = Linter(mini, ["composed"]).lint(document)
    assert [document.text[slice(*f.span)] for f in findings] == ([words] if words else [])


def test_the_message_names_the_chinese_that_stands_there() -> None:
    document = pair("They cut leeks.", "他们割了一茬韭菜。")
    (finding,) = Linter(TERMS, ["literal"]).lint(document)
    assert finding.message == '"cut leeks" is a literal rendering of 割了一茬韭菜'


def test_composed_shows_which_word_renders_which_character(mini: Glossary) -> None:
    document = pair("The bureau plucked a feather from every passing goose.", "这个局雁过拔毛。")
    (finding,) = Linter(mini, ["composed"]).lint(document)
    assert finding.message == (
        '"plucked a feather from every passing goose" is composed from the characters of 雁过拔毛'
        " (拔毛 plucked, 过 passing, 雁 goose)"
    )
    assert finding.suggestions[0].text == "seize any opportunity"
    assert not any(s.fits for s in finding.suggestions)
    assert document.source is not None
    assert document.source[slice(*finding.source or Span(0, 0))] == "雁过拔毛"


def test_a_note_gives_way_to_what_is_worse_on_the_same_chinese() -> None:
    document = pair("They cut leeks.", "他们割韭菜。")
    assert [f.rule for f in Linter(TERMS, ["literal", "adherence", "composed"]).lint(document)] == ["literal"]


def test_adherence_holds_own_terms_against_the_text() -> None:
    document = pair("The scheme was popular. It hurt savers.", "这个项目很火。他们割韭菜。")
    (finding,) = Linter(TERMS, ["adherence"]).lint(document)
    assert document.text[slice(*finding.span)] == "It hurt savers."
    assert finding.message == '割韭菜 is expected as "fleece small investors", which does not stand here'
    assert finding.severity == "note"


def test_source_on_the_command_line(mtqa: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The wool party came.\n", encoding="utf-8")
    (tmp_path / "a.zh.txt").write_text("羊毛党来了。\n", encoding="utf-8")
    run = mtqa("lint", "a.txt", "--source", "a.zh.txt", "--format", "json")
    assert run.code == 1
    (finding,) = json.loads(run.out)["files"][0]["findings"]
    assert finding["source"] == {"text": "羊毛党", "start": 0, "end": 3}


@pytest.mark.parametrize(
    ("article", "source", "message"),
    [
        ("Prices rose.", None, "a.zh.txt: cannot be read: no such file or directory"),
        ("Prices rose.", "Prices rose.", "a.zh.txt: is not Chinese; give --source the Chinese text"),
        ("价格上涨。", "Prices rose.", "a.zh.txt: is not Chinese; the article is; swap the two"),
    ],
)
def test_wrong_source(
    article: str, source: str | None, message: str, mtqa: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(article, encoding="utf-8")
    if source:
        (tmp_path / "a.zh.txt").write_text(source, encoding="utf-8")
    run = mtqa("lint", "a.txt", "--source", "a.zh.txt")
    assert run.code == 2
    assert message in run.err


def test_sources_in_a_folder_are_named_like_the_articles(mtqa: Callable[..., Result], tmp_path: Path) -> None:
    for folder, texts in (("en", "The wool party came."), ("zh", "羊毛党来了。")):
        (tmp_path / folder).mkdir()
        for name in ("a.txt", "b.txt"):
            (tmp_path / folder / name).write_text(texts, encoding="utf-8")
    assert mtqa("lint", "en", "--source", "zh").code == 1
    (tmp_path / "zh" / "b.txt").unlink()
    run = mtqa("lint", "en", "--source", "zh")
    assert run.code == 2
    assert "zh: holds no file for b.txt; it must hold one file named b.*" in run.err
    run = mtqa("lint", "en", "--source", "zh/a.txt")
    assert "is one file for several articles; name a folder of files named alike" in run.err


def test_articles_do_not_hide_a_right_rendering() -> None:
    terms = [
        term("long", "长期主义", "v: uphold persistence ??", "v: take the long view"),
        term("top", "学霸", "study overlord", "n: A-student"),
    ]
    index = SourceIndex(of_terms(terms))
    assert index.rendered("he will take the long view".split(), ["long"])
    assert not index.rendered("she took a longer but still the long view".split(), ["long"])
    assert index.rendered("takes long views".split(), ["long"])
    assert index.rendered("an a student".split(), ["top"])
    assert not index.rendered("the student".split(), ["top"])
    assert index.touched("his view of things".split(), ["long"])
    assert not index.touched("the founder".split(), ["long"])
    beside = pair("To uphold persistence is to take the long view.", "坚持长期主义。")
    assert Matcher(of_terms(terms)).candidates(beside) == []


def test_fix_writes_back_into_a_table(mtqa: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes('zh\ten\tnote\r\n羊毛党来了。\tThe wool party came.\t"x\r\n'.encode())
    run = mtqa("fix", "a.tsv", "--unsafe")
    assert "1 rewritten" in run.err
    assert path.read_bytes() == 'zh\ten\tnote\r\n羊毛党来了。\tThe bargain hunters came.\t"x\r\n'.encode()


def test_an_endless_line_is_refused(mtqa: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"first\n" + b"wool party " * 800_000)
    run = mtqa("lint", "a.txt")
    assert run.code == 2
    assert "a.txt:2: a line of more than 8,388,608 bytes" in run.err
