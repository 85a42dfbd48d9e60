"""XLIFF and TMX: the words come out in pairs, an edit goes back alone, and no file harms the reader."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mtqa.document import Document, Edit, Span, edited
from mtqa.errors import MtqaError
from mtqa.finding import Finding, Suggestion
from mtqa.fix import fix
from mtqa.read import _units, _xml, read, read_bytes, rewritten, tmx, xliff
from mtqa.read._runs import Run
from mtqa.read._units import one_line
from mtqa.read._writing import FIXED
from mtqa.segment import segment

SAMPLES = Path(__file__).parent / "data/formats"
FILES = sorted([*(SAMPLES / "xliff").iterdir(), *(SAMPLES / "tmx").iterdir()])
every = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def pairs(document: Document) -> list[tuple[str, str]]:
    return [
        (document.text[slice(*s.span)], document.source[slice(*s.source_span)] if s.source_span else "")
        for s in document.segments
    ]


def replace(document: Document, old: str, new: str) -> bytes:
    start = document.text.index(old)
    return rewritten(document, [Edit(Span(start, start + len(old)), new)])


READ = {
    "okapi.xlf": [
        ("The wool party cleared the shelves last night.", "羊毛党昨晚清空了货架。"),
        ("The platform did not respond.", "平台没有回应。"),
        ("Picture: the shop", "图：门店"),
        ("People in line", "排队的人"),
    ],
    "trados.sdlxliff": [
        ("Internal volume", "内卷"),
        ("gets worse. The industry looks for a way\xa0out.", "加剧。行业寻找出路。"),
    ],
    "memoq.mqxliff": [("They lie flat and no longer work overtime 😀.", "他們躺平了 ，不再加班。")],
    "phrase.mxliff": [
        ('On the <b>wind mouth</b> & above, even  pigs can\'t "fly".', "风口之上， 猪也会飞。"),
    ],
    "crowdin.xliff": [('<b title="wool">Pulling wool</b> guide – 内部', "<b>薅羊毛</b>攻略")],
    "two.xlf": [("The leeks are back.", "韭菜又来了。"), ("They call Lao Wang him daily.", "他们叫Lao Wang。")],
    "omegat.tmx": [
        ('Unicorn firms "go out to sea".', "独角兽企业“出海”。"),
        ("Order of the variants does not matter.", "变体的顺序无关紧要。"),
    ],
    "studio.tmx": [("People who walk the back door <daily>", "走後門 的人")],
    "old.tmx": [("Ten years of overtime", "十年加班")],
}


@every
def test_units_come_in_pairs(path: Path) -> None:
    document = read(path)
    assert pairs(document) == READ[path.name]
    assert [line.strip() for line in document.text.split("\n")] == [english for english, _ in READ[path.name]]


def test_units_without_english_are_source_alone() -> None:
    assert (read(SAMPLES / "xliff/okapi.xlf").source or "").splitlines()[-2:] == ["尚未翻译。", "空白。"]
    assert (read(SAMPLES / "tmx/omegat.tmx").source or "").splitlines()[1] == "没有译文。"


@every
def test_positions_are_those_of_the_file(path: Path) -> None:
    document = read(path)
    lines = path.read_bytes()[len(document.mark) :].decode(document.encoding).split("\n")
    for offset, char in enumerate(document.text):
        line, column = document.position(offset)
        found = lines[line - 1][column - 1 : column]
        # An entity stands for another character, a line end or a break tag for a space, "\n" between units for nothing.
        assert found == char or found in "&<\r" or char == "\n", (offset, char, found)


@every
def test_without_edits_the_file_is_the_same(path: Path) -> None:
    assert rewritten(read(path), []) == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "old", "new", "before", "after"),
    [
        ("xliff/okapi.xlf", "wool party", "deal <hunters> & co", "The wool party cl", "The deal &lt;hunters&gt; &amp; co cl"),
        ("xliff/okapi.xlf", "People in line", "A queue", "<sub>People in line<", "<sub>A queue<"),
        ("xliff/trados.sdlxliff", "way\xa0out", "way", "a way&#160;out.", "a way."),
        ("xliff/trados.sdlxliff", "looks", "searches", ">looks for<", ">searches for<"),
        ("xliff/memoq.mqxliff", "overtime 😀", "late 😀", "overtime 😀", "late 😀"),
        ("xliff/phrase.mxliff", "wind mouth", "R&D ]]> crest", "wind mouth</b>", "R&D ]]]]><![CDATA[> crest</b>"),
        ("xliff/phrase.mxliff", "can't", "cannot", "can&apos;t", "cannot"),
        ("xliff/phrase.mxliff", "even  pigs", "even pigs", "even\r\npigs", "even pigs"),
        ("xliff/crowdin.xliff", "Pulling wool", "Free — 😀", "Pulling wool", "Free — 😀"),
        ("xliff/two.xlf", "leeks", "retail investors", ">leeks<", ">retail investors<"),
        ("tmx/omegat.tmx", 'go out to sea"', 'expand overseas"', "go out to sea&quot;", 'expand overseas"'),
        ("tmx/studio.tmx", "<daily", "<weekly", "&lt;daily&gt;", "&lt;weekly&gt;"),
        ("tmx/old.tmx", "overtime", "late – é", "overtime", "late – &#233;"),
    ],
)  # fmt: skip
def test_an_edit_changes_its_words_alone(name: str, old: str, new: str, before: str, after: str) -> None:
    document = read(SAMPLES / name)
    data = (SAMPLES / name).read_bytes()
    mark, codec = len(document.mark), document.encoding
    text = data[mark:].decode(codec)
    assert text.count(before) == 1 or name.endswith("okapi.xlf")
    start = text.index(before, text.index("<target") if "<target" in text else 0)
    expected = text[:start].encode(codec) + after.encode(codec) + text[start + len(before) :].encode(codec)
    assert replace(document, old, new) == document.mark + expected


LETTERS = st.text(st.sampled_from("ab &<>\"']]\t\n\r中é😀-;#"), max_size=8)


@st.composite
def edits_of(draw: st.DrawFn, document: Document, runs: list[Run]) -> list[Edit]:
    """Draw edits that do not overlap, each between two neighbouring barriers."""
    fixed = {run.offset for run in runs if run.writing == FIXED}
    edges = [
        (low, high) for low, high in pairwise(document.barriers) if low not in fixed and document.text[low:high] != "\n"
    ]
    found = []
    for low, high in draw(st.lists(st.sampled_from(edges), unique=True, max_size=4)):
        start = draw(st.integers(low, high))
        found.append(Edit(Span(start, draw(st.integers(start, high))), draw(LETTERS)))
    return found


@settings(max_examples=150, deadline=None)
@given(data=st.data(), path=st.sampled_from(FILES))
def test_edits_come_back(data: st.DataObject, path: Path) -> None:
    layout = (tmx if path.suffix == ".tmx" else xliff)._layout(path.read_bytes(), str(path))
    document = read(path)
    edits = data.draw(edits_of(document, layout.runs))
    expected = edited(document.text, [edit._replace(text=one_line(edit.text)) for edit in edits])
    assume(all(line.strip() for line in expected.split("\n")))
    file = rewritten(document, edits)
    after = (tmx if path.suffix == ".tmx" else xliff)._layout(file, str(path))
    assert after.document.text == expected
    assert frame(after) == frame(layout)


def frame(layout: _units.Layout) -> str:
    """Return a file without the words of its units."""
    parts, here = [], 0
    for run in sorted(layout.runs, key=lambda run: run.start):
        parts.append(layout.decoded.text[here : run.start])
        here = run.end
    return "".join([*parts, layout.decoded.text[here:]]).replace("]]><![CDATA[", "")


def test_closing_brackets_never_meet() -> None:
    body = "a ]x> b ]]&gt; c <![CDATA[d ]x> e]]> f"
    document = read_bytes(unit(target=body), "a.xlf")
    assert document.text == "a ]x> b ]]> c d ]x> e f"
    first, second = (found.start() for found in re.finditer("x", document.text))
    file = rewritten(document, [Edit(Span(first, first + 1), "]"), Edit(Span(second, second + 1), "]")])
    assert read_bytes(file, "a.xlf").text == "a ]]> b ]]> c d ]]> e f"
    assert b"a ]]&gt; b ]]&gt; c <![CDATA[d ]]]]><![CDATA[> e]]> f" in file


def test_bytes_that_do_not_come_back_are_kept() -> None:
    """Big5 has two codes for some characters: decoded and encoded again, one of them changes."""
    data = (SAMPLES / "tmx/old.tmx").read_bytes().replace("十".encode("big5"), b"\xa2\xcc")
    document = read_bytes(data, "old.tmx")
    assert (document.source or "").startswith("十")
    assert document.encode(data.decode("big5")) != data
    assert replace(document, "overtime", "late") == data.replace(b"overtime", b"late")


def test_edits_do_not_cross_tags() -> None:
    document = read(SAMPLES / "xliff/okapi.xlf")
    start = document.text.index("did not")
    span = Span(start, start + 7)
    suggestion = Suggestion("never", "")
    finding = Finding("x", span, "m", "style/unidiomatic", "major", suggestions=(suggestion,))
    assert fix(document, [finding]).left == ((finding, "cross markup, to be edited by hand"),)
    for wrong in (span, Span(40, 50), Span(46, 47)):
        with pytest.raises(MtqaError, match=r"okapi\.xlf:\d+: an edit crosses markup; edit this place by hand"):
            rewritten(document, [Edit(wrong, "x")])


def test_characters_xml_cannot_hold() -> None:
    with pytest.raises(MtqaError, match=r"a rewrite needs '\\x0c', which this format cannot hold"):
        replace(read(SAMPLES / "xliff/okapi.xlf"), "wool", "\f")


def test_protected_words_are_no_prose() -> None:
    document = read(SAMPLES / "xliff/two.xlf")
    assert document.prose.splitlines()[1] == "They call          him daily."
    assert read(SAMPLES / "xliff/crowdin.xliff").prose.split() == ["Pulling", "wool", "guide", "–", "内部"]


def unit(
    target: str = "Good.", *, head: str = "", source: str = "zh", into: str = "en", chinese: str = "好。"
) -> bytes:
    return (
        f"{head}<xliff version='1.2'>\n<file source-language='{source}' target-language='{into}'><body>\n"
        f"<trans-unit id='1'><source>{chinese}</source>\n<target>{target}</target></trans-unit></body></file></xliff>"
    ).encode()


def memory(srclang: str, *languages: str) -> bytes:
    variants = "".join(f"<tuv xml:lang='{tag}'><seg>x</seg></tuv>" for tag in languages)
    return f"<tmx version='1.4'><header srclang='{srclang}'/>\n<body><tu>{variants}</tu></body></tmx>".encode()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlf", unit(source="de", into="fr"), "a.xlf:3: is a translation from de into fr; mtqa reads Chinese into English"),
        ("a.xlf", unit(source="zh-CN", into="ja"), "a.xlf:3: is a translation from zh-CN into ja; mtqa reads Chinese into English"),
        ("a.xlf", unit(source="en-US", into="zh-CN"), "a.xlf:3: is a translation from en-US into zh-CN, the other way round; mtqa reads Chinese into English"),
        ("a.tmx", memory("en", "en", "zh-CN"), "a.tmx:2: is a translation from en into zh-CN, the other way round; mtqa reads Chinese into English"),
        ("a.tmx", memory("*all*", "zh", "ja"), "a.tmx: is a translation memory of zh, ja; mtqa reads Chinese into English"),
        ("a.tmx", memory("zh", "zh"), "a.tmx: is a translation memory of zh; mtqa reads Chinese into English"),
        ("a.xlf", unit(target=""), "a.xlf: holds no text; check that this is the right file"),
    ],
)  # fmt: skip
def test_languages_are_checked(name: str, data: bytes, message: str) -> None:
    with pytest.raises(MtqaError) as caught:
        read_bytes(data, name)
    assert str(caught.value) == message


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
"""
TODO = "mtqa expands no entities and loads no DTD, so take it out or export the file again"
BROKEN = "it is cut off or broken, export it again"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlf", unit("&b;", head=BOMB), f"a.xlf:2: has a document type, <!DOCTYPE lolz ...>; {TODO}"),
        ("a.xlf", unit("&x;", head="<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), f"a.xlf:1: has a document type, <!DOCTYPE x ...>; {TODO}"),
        ("a.xlf", unit(head="<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'> %p;]>"), f"a.xlf:1: has a document type, <!DOCTYPE x ...>; {TODO}"),
        ("a.xlf", unit(head="<!DOCTYPE xliff SYSTEM 'http://127.0.0.1:9/xliff.dtd'>"), f"a.xlf:1: has a document type, <!DOCTYPE xliff ...>; {TODO}"),
        ("a.tmx", b"<!DOCTYPE tmx SYSTEM 'tmx14.dtd' [<!ENTITY a 'b'>]><tmx/>", f"a.tmx:1: has a document type, <!DOCTYPE tmx ...>; {TODO}"),
        ("a.tmx", b"<!DOCTYPE tmx SYSTEM 'tmx14.dtd'>\n<tmx><tu>&nbsp;</tu></tmx>", f"a.tmx:2: has the entity &nbsp;, which XML does not define; {TODO}"),
        ("a.xlf", unit("&nbsp;"), f"a.xlf:4: is not well-formed XML (undefined entity, column 9); {BROKEN}"),
        ("a.xlf", unit()[:-50], f"a.xlf:4: is not well-formed XML (unclosed token, column 1); {BROKEN}"),
        ("a.xlf", unit("a < b"), f"a.xlf:4: is not well-formed XML (invalid token, column 12); {BROKEN}"),
        ("a.xlf", b"PK", f"a.xlf:1: is not well-formed XML (syntax error, column 1); {BROKEN}"),
        ("a.xlf", b"", "a.xlf: is empty; check that this is the right file"),
        ("a.xlf", b"<tmx/>", "a.xlf:1: the root is <tmx>, not <xliff>; give the file the ending of its format"),
        ("a.xlf", unit("<g>" * 201 + "</g>" * 201), "a.xlf:4: elements nested more than 200 deep; export the file again"),
        ("a.xlf", unit("<x/>" * 60_000), "a.xlf:4: one unit with more than 100,000 tags and entities; split it"),
        ("a.xlf", b"<?xml version='1.0' encoding='utf-7'?><xliff/>", "a.xlf: declares the encoding 'utf-7', which mtqa does not read here; save it as UTF-8"),
        ("a.xlf", b"<?xml version='1.0' encoding='evil'?><xliff/>", "a.xlf: declares the encoding 'evil', which mtqa does not read here; save it as UTF-8"),
        ("a.xlf", unit()[:-2] + b"\xff", f"a.xlf:4: byte 0xff is not utf-8, the encoding of this file; {BROKEN}"),
    ],
)  # fmt: skip
def test_refused(name: str, data: bytes, message: str) -> None:
    with pytest.raises(MtqaError) as caught:
        read_bytes(data, name)
    assert str(caught.value) == message


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtqa.read._declared.MAX_BYTES", 100)
    with pytest.raises(MtqaError, match=r"bytes; a file of this format may have 100 at most, split it"):
        read_bytes(unit(), "a.xlf")
    monkeypatch.undo()
    monkeypatch.setattr(_units, "MAX_RUNS", 3)
    with pytest.raises(MtqaError, match=r"a\.xlf: has more than 3 stretches of text between tags and entities"):
        read_bytes(unit("a&lt;b&lt;c"), "a.xlf")


def test_undeclared_prefixes_are_foreign() -> None:
    document = read_bytes(unit("a <mq:b>c</mq:b> d<q:ph>e</q:ph>"), "a.xlf")
    assert document.text == "a c de"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark(codec: str) -> None:
    data = unit("Wool.", head="<?xml version='1.0' encoding='utf-16'?>").decode().encode(codec)
    document = read_bytes(data, "a.xlf")
    assert document.text == "Wool."
    assert replace(document, "Wool", "中") == data.replace("Wool".encode(codec), "中".encode(codec))


def test_text_across_chunks_of_the_parser() -> None:
    words = "羊毛 wool &amp; party\r\n" * 20_000
    document = read_bytes(unit(words), "a.xlf")
    assert document.text == words.replace("&amp;", "&").replace("\r\n", "  ")
    assert document.position(len(document.text) - 3)[0] == 20_003


def test_white_space_round_the_words_is_in_no_sentence() -> None:
    document = segment(read_bytes(unit(" 内部。 "), "a.xlf"))
    assert (document.text, pairs(document)) == (" 内部。 ", [("内部。", "好。")])


def test_words_between_segment_marks_are_read() -> None:
    seg = "<mrk mtype='seg' mid='{}'>{}</mrk>".format
    data = unit(f"Loose {seg(1, 'One.')} words {seg(2, 'Two.')}", chinese=seg(1, "一。") + seg(3, "三。"))
    assert pairs(read_bytes(data, "a.xlf")) == [("One.", "一。"), ("Two.", ""), ("Loose  words", "")]
    assert read_bytes(data, "a.xlf").source == "一。\n三。"


def test_depth_of_walk_is_bounded() -> None:
    assert _xml.MAX_DEPTH < 500  # _inline walks elements by recursion
