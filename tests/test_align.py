"""Sentence alignment: Chinese sentences, dictionary, numbers, links and their invariants."""

import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqa.align import align
from mtqa.align.clues import capitalised, chinese_clues, english_clues
from mtqa.align.guide import band
from mtqa.align.numbers import chinese_numbers, english_numbers
from mtqa.chinese.dictionary import glosses, is_word, meanings, plain, syllables
from mtqa.chinese.sentences import paragraphs, sentences
from mtqa.document import Document, Link, Segment, Span, make_document
from mtqa.segment import segment

SEEDS = Path(__file__).parents[1] / "seeds"


def cut(text: str) -> list[str]:
    return [text[slice(*span)] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("油价涨了。他走了！真的吗？好", ["油价涨了。", "他走了！", "真的吗？", "好"]),
        ("真的吗？！他问。", ["真的吗？！", "他问。"]),
        ("价格是3.5元；涨了……后来又跌。", ["价格是3.5元；涨了……后来又跌。"]),
        ("他在Apple Inc. 上班，J. Smith也在。", ["他在Apple Inc. 上班，J. Smith也在。"]),
        ("他走了.她来了.", ["他走了.", "她来了."]),
        ("“我不信。你呢？”她笑了。", ["“我不信。", "你呢？”", "她笑了。"]),
        ("“数据不会说谎。”裴宏说。他走了。", ["“数据不会说谎。”裴宏说。", "他走了。"]),
        ("“只打苍蝇拍不行。”她说，监管要跟上。", ["“只打苍蝇拍不行。”她说，监管要跟上。"]),
        ("他喊了一声“加油！”就走了。", ["他喊了一声“加油！”", "就走了。"]),
        ("喊着“加油！”的人很多。", ["喊着“加油！”的人很多。"]),
        ("电影《你好，李焕英！》上映。", ["电影《你好，李焕英！》上映。"]),
        ("他（谁知道呢？）走了。（记者王一。）", ["他（谁知道呢？）走了。", "（记者王一。）"]),
        ("涨价风波\n\n油价涨了。　　他走了。\n", ["涨价风波", "油价涨了。", "他走了。"]),
        ("他说。 ”\n她走了。", ["他说。 ”", "她走了。"]),
        ("", []),
        (" \n\u3000\n", []),
    ],
)
def test_chinese_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_hard_wrapped_chinese() -> None:
    flat = "去年以来，江边的老厂区陆续改成了写字楼，搬来的多是做游戏和短视频的小公司，房租比市中心便宜一半，员工中午去江边钓鱼。"
    wrapped = "\n".join(flat[at : at + 12] for at in range(0, len(flat), 12))
    text = "江边\n\n" + wrapped + "\n\n" + wrapped
    assert [part.replace("\n", "") for part in cut(text)] == ["江边", flat, flat]


def test_lines_of_equal_length_are_not_wrapped() -> None:
    lines = ["油价今天又涨了。", "房价今天又跌了。", "他今天又走了呢。", "她今天又来了呢。"]
    assert cut("\n".join(lines)) == lines


CHINESE = st.text("油价涨了。！？；，“”（）《》…… \n\u3000\r3.5aB说的", max_size=60)


@given(CHINESE)
def test_sentences_cover_the_text(text: str) -> None:
    spans = sentences(text)
    covered = {place for span in spans for place in range(*span)}
    assert all(place in covered for place, char in enumerate(text) if not char.isspace())
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
    outer = paragraphs(text)
    assert all(any(paragraph.covers(span) for paragraph in outer) for span in spans)


def test_dictionary() -> None:
    assert glosses("张")[0] == "surname Zhang"
    assert "surname Zhang" not in meanings("张")
    assert glosses("没有这个词") == () == meanings("没有这个词") == syllables("𠀀𠀀")
    assert any(gloss.startswith("lit. ") for gloss in glosses("一刀切"))
    assert is_word("内卷")
    assert not is_word("內卷")
    assert meanings("一刀切")[0] == "to cut all at one stroke"
    assert syllables("单") == ("shan", "dan")


@pytest.mark.parametrize(
    ("gloss", "expected"),
    [
        ("CL:個|个[ge4]", ()),
        ("variant of 後|后[hou4]", ()),
        ("old variant of 群[qun2]", ()),
        ("abbr. for 電視|电视[dian4 shi4]", ()),
        ("to go online (loanword); to log on", ("to go online", "to log on")),
        ("(idiom) fig. to lose everything (of a (bad) bet)", ("to lose everything",)),
    ],
)
def test_plain_glosses(gloss: str, expected: tuple[str, ...]) -> None:
    assert plain(gloss) == expected


@pytest.mark.parametrize(
    ("chinese", "english", "key"),
    [
        ("1.2亿元", "120 million yuan", "#120000000"),
        ("4,610万元", "46.1 million yuan", "#46100000"),
        ("三千万元", "30 million", "#30000000"),
        ("两万多张", "20,000", "#20000"),
        ("二十三岁", "twenty-three", "#23"),
        ("二〇二三年", "2023", "#2023"),
        ("一百零五", "one hundred and five", "#105"),
        ("八成", "80%", "#80"),
        ("打六折", "40% off", "#40"),
        ("三点五", "3.5", "#3.5"),
        ("23年", "2023", "#2023"),
    ],
)
def test_numbers_meet(chinese: str, english: str, key: str) -> None:
    assert key in {found for _, keys in chinese_numbers(chinese) for found in keys}
    assert key in {found for keys in english_numbers(english) for found in keys}


def test_clues_of_names_months_and_words() -> None:
    english = "In June Zhang Wei sold AI chips to He Guanglin. He left."
    names = capitalised(english)
    assert names == {"june", "zhang", "wei", "guanglin"} | ({"ai"} & names)
    keys = {key for clue in english_clues(english) for key in clue.keys}
    clues = {key for clue in chinese_clues("6月，张伟把AI芯片卖给何广林", names) for key in clue.keys if key in keys}
    assert {"=june", "=zhang", "=wei", "=guanglin", "=ai", "~sell", "~chip"} <= clues


def read(folder: str, english: str = "mt.txt") -> tuple[list[str], list[str]]:
    texts = [(SEEDS / folder / name).read_text(encoding="utf-8").splitlines() for name in (english, "zh.txt")]
    return texts[0], texts[1]


def aligned(english: str, chinese: str) -> Document:
    return align(segment(make_document("a", english, source=chinese)))


def linked(document: Document) -> list[tuple[str | None, str | None]]:
    return [
        (
            document.text[slice(*link.target)] if link.target else None,
            document.source[slice(*link.source)] if link.source and document.source else None,
        )
        for link in document.links
    ]


def check_links(document: Document) -> None:
    """Each sentence of either side stands in one link, in order; segments carry their link's Chinese."""
    assert document.chinese is not None
    targets = [link.target for link in document.links if link.target]
    sources = [link.source for link in document.links if link.source]
    for spans, whole in ((targets, [s.span for s in document.segments]), (sources, sentences(document.chinese))):
        assert all(before.end <= after.start for before, after in pairwise(spans))
        assert {span.start for span in spans} <= {span.start for span in whole}
        assert {span.end for span in spans} <= {span.end for span in whole}
        assert all(sum(span.covers(sentence) for span in spans) == 1 for sentence in whole)
    assert all(link.target or link.source for link in document.links)
    for part in document.segments:
        link = next(link for link in document.links if link.target and link.target.covers(part.span))
        assert part.source_span == link.source
        assert part.source == (document.chinese[slice(*link.source)] if link.source else None)


def test_article_as_it_is() -> None:
    english, chinese = read("actor-tax")
    document = aligned("\n".join(english), "\n".join(chinese))
    check_links(document)
    truth = [(a, b) for a, b in zip(english, chinese, strict=True) if a]
    assert linked(document) == truth


def test_article_without_breaks() -> None:
    english, chinese = read("local-debt")
    document = aligned(" ".join(filter(None, english)), "".join(chinese))
    check_links(document)
    assert len(document.links) > 20
    line = {char: n for n, char in enumerate(chinese)}
    assert line
    assert not [link for link in document.links if link.target is None or link.source is None]


def test_dropped_and_added_sentences() -> None:
    english, chinese = read("airlines")
    kept = [(a, b) for a, b in zip(english, chinese, strict=True) if a]
    gone, added = kept[7][0], kept[12][1]
    document = aligned("\n".join(a for a, _ in kept if a != gone), "\n".join(b for _, b in kept if b != added))
    check_links(document)
    assert (None, kept[7][1]) in linked(document)
    assert (kept[12][0], None) in linked(document)


def test_traditional_source_keeps_its_offsets() -> None:
    source = "油價漲了。\n臺灣的頭髮店關了。"
    document = aligned("Oil prices rose.\nTaiwan's hair shops closed.", source)
    assert document.chinese == "油价涨了。\n台湾的头发店关了。"
    assert linked(document) == [
        ("Oil prices rose.", "油價漲了。"),
        ("Taiwan's hair shops closed.", "臺灣的頭髮店關了。"),
    ]
    assert document.segments[1].source == "台湾的头发店关了。"


def test_units_of_a_bilingual_file() -> None:
    text = "Oil rose. Prices fell.\nHe left.\nNothing here.\n"
    source = "油价涨了。房价跌了。\n多出来的。\n他走了。\n"
    units = [Span(0, 10), Span(0, 10), Span(17, 21), None]
    plain_document = segment(make_document("a", text, source=source))
    segments = tuple(s._replace(source_span=unit) for s, unit in zip(plain_document.segments, units, strict=True))
    document = align(plain_document._replace(segments=segments))
    check_links(document)
    assert linked(document) == [
        ("Oil rose.", "油价涨了。"),
        ("Prices fell.", "房价跌了。"),
        (None, "多出来的。"),
        ("He left.", "他走了。"),
        ("Nothing here.", None),
    ]


def test_no_source_changes_nothing() -> None:
    document = segment(make_document("a", "Oil rose."))
    assert align(document) == document


@pytest.mark.parametrize(("english", "chinese"), [("", ""), ("", "油价涨了。"), ("Oil rose.", ""), ("A.\nB.", "\n")])
def test_empty_sides(english: str, chinese: str) -> None:
    document = aligned(english, chinese)
    check_links(document)
    assert document.links == tuple(Link(s.span, None) for s in document.segments) + tuple(
        Link(None, span) for span in sentences(chinese)
    )


ENGLISH_SENTENCES = st.lists(
    st.sampled_from(["Oil rose 3.5%.", "He left.", "A heading", "Zhang Wei sold 120 million chips.", "Why?"]),
    max_size=14,
)
CHINESE_SENTENCES = st.lists(
    st.sampled_from(["油价涨了3.5%。", "他走了。", "标题", "张伟卖了1.2亿颗芯片。", "为什么？", "“好。走吧。”"]),
    max_size=14,
)
JOINTS = st.sampled_from(["\n", "\n\n", " "])


@settings(max_examples=60, deadline=None)
@given(ENGLISH_SENTENCES, CHINESE_SENTENCES, JOINTS, JOINTS)
def test_links_cover_both_sides_once(english: list[str], chinese: list[str], joint: str, other: str) -> None:
    check_links(aligned(joint.join(english), other.join(chinese)))


@given(st.data(), st.integers(0, 40), st.integers(0, 40))
def test_band_is_connected(data: st.DataObject, english: int, chinese: int) -> None:
    size = min(english, chinese)
    left = sorted(data.draw(st.sets(st.integers(0, max(0, english - 1)), max_size=size)))
    right = sorted(data.draw(st.sets(st.integers(0, max(0, chinese - 1)), max_size=size)))
    rows = band(list(zip(left, right, strict=False)) if size else [], english, chinese)
    assert len(rows) == chinese + 1
    assert rows[0][0] == 0
    assert rows[-1][1] == english
    for (low, high), (next_low, next_high) in pairwise(rows):
        assert low <= next_low <= high <= next_high


def test_long_text_takes_linear_memory() -> None:
    folders = sorted(folder.name for folder in SEEDS.iterdir() if folder.is_dir())[:12]
    pairs = [read(folder) for folder in folders]
    peaks = []
    for count in (3, 12):
        english = " ".join(line for a, _ in pairs[:count] for line in a if line)
        chinese = "".join(line for _, b in pairs[:count] for line in b)
        document = segment(make_document("a", english, source=chinese))
        align(document)
        tracemalloc.start()
        align(document)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 6 * peaks[0]


def test_headings_may_lack_on_one_side() -> None:
    document = aligned("Oil prices rise\n\nOil prices rose by 3.5%. He left.", "油价涨了3.5%。他走了。")
    check_links(document)
    assert linked(document)[-1] == ("He left.", "他走了。")


def test_segment_record_is_kept() -> None:
    document = aligned("A heading\nOil rose.", "标题\n油价涨了。")
    assert document.segments[0] == Segment(Span(0, 9), "标题", Span(0, 2), heading=True)
