"""Tables and JSON lines: pairs come in by column or key, and an edit changes its own cell and no other byte."""

import codecs
import csv as stdlib_csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqa.document import Document, Edit, Span
from mtqa.errors import MtqaError
from mtqa.read import csv, jsonl, tsv

PAIRS = [("内卷加剧。", "The internal volume is rising."), ("羊毛党来了。", "The wool party has come.")]
FORMATS = {"csv": csv, "tsv": tsv, "jsonl": jsonl}


def read(data: str | bytes, name: str) -> Document:
    return FORMATS[name.rpartition(".")[2]].read(data.encode() if isinstance(data, str) else data, name)


def rewrite(data: str | bytes, name: str, old: str, new: str) -> str:
    raw = data.encode() if isinstance(data, str) else data
    module = FORMATS[name.rpartition(".")[2]]
    start = module.read(raw, name).text.index(old)
    return module.write(raw, name, [Edit(Span(start, start + len(old)), new)]).decode()


def pairs(document: Document) -> list[tuple[str, str]]:
    source = document.source or ""
    return [
        (source[slice(*s.source_span)] if s.source_span else "", document.text[slice(*s.span)])
        for s in document.segments
    ]


@pytest.mark.parametrize(
    "header", ["zh,en", "en-US ,zh_CN", "source,target", "Source text,MT output", "原文,译文", "id,src,mt", "x1,x2", ""]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_by_name_or_script(header: str, delimiter: str) -> None:
    labels = header.split(",")
    order = [0, 1] if not labels[0].startswith("en") else [1, 0]
    rows = [[pair[i] for i in order] for pair in PAIRS]
    if labels[0] == "id":
        rows = [["doc-1", *row] for row in rows]
    lines = ([labels] if header else []) + rows
    text = "".join(delimiter.join(line) + "\n" for line in lines)
    assert pairs(read(text, "a.csv")) == PAIRS
    if delimiter == "\t":
        assert pairs(read(text, "a.tsv")) == PAIRS


def test_the_delimiter_is_not_a_comma_of_the_text() -> None:
    data = "".join(f"{zh};Here, {en}\n" for zh, en in PAIRS)
    assert pairs(read(data, "a.csv")) == [(zh, f"Here, {en}") for zh, en in PAIRS]


def test_machine_translation_goes_before_the_reference() -> None:
    assert read("src\tref\tmt\n内卷。\tRat race.\tInternal volume.\n", "a.tsv").text == "Internal volume."
    assert read('{"src": "内卷。", "ref": "Rat race.", "mt": "Internal volume."}', "a.jsonl").text == "Internal volume."


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        ("en\nThe wool party, it came.\n", "a.tsv", "The wool party, it came."),
        ("The wool party has come.\nIt went.\n", "a.tsv", "The wool party has come.\nIt went."),
        ("id,en\n1,The wool party\n", "a.csv", "The wool party"),
        ("内卷加剧。\n羊毛党。\n", "a.csv", "内卷加剧。\n羊毛党。"),
        ('{"zh": "内卷加剧。"}\n', "a.jsonl", "内卷加剧。"),
        ('{"text": "The wool party", "source": "Xinhua"}\n', "a.jsonl", "The wool party"),
        ("source,text\nXinhua,The wool party has come.\n", "a.csv", "The wool party has come."),
    ],
)
def test_one_language(data: str, name: str, text: str) -> None:
    document = read(data, name)
    assert (document.text, document.source) == (text, None)


def test_a_cell_with_breaks_quotes_and_delimiters() -> None:
    data = 'zh,en\r\n"他说，\n“走”","He said, ""go"",\r\nand went."\r\n'
    document = read(data, "a.csv")
    assert document.text == 'He said, "go",  and went.'
    assert document.source == "他说， “走”"
    places = {word: document.position(document.text.index(word)) for word in ("He", "go", ",  and", "and", "went")}
    assert places == {"He": (3, 7), "go": (3, 18), ",  and": (3, 22), "and": (4, 1), "went": (4, 5)}
    fixed = rewrite(data, "a.csv", "and went", "and walked")
    assert fixed == data.replace("and went", "and walked")
    assert rewrite(data, "a.csv", "go", 'the "end"') == data.replace('""go""', '""the ""end""""')


def test_an_unquoted_cell_is_quoted_when_it_must_be() -> None:
    data = 'en;zh\nThe wool party;羊毛党\n"It; left";它走了\n'
    assert rewrite(data, "a.csv", "wool party", "bargain hunters") == data.replace("wool party", "bargain hunters")
    assert rewrite(data, "a.csv", "party", "party; it left").splitlines()[1] == '"The wool party; it left";羊毛党'
    assert rewrite(data, "a.csv", "party", 'p"rty').splitlines()[1] == '"The wool p""rty";羊毛党'


def test_quotes_are_text_in_a_plain_tsv() -> None:
    data = 'zh\ten\n走。\t"Go" is "walk".\n走！\t"Walk, he said.\n来！\t"Come."\n'
    document = read(data, "a.tsv")
    assert document.text == '"Go" is "walk".\n"Walk, he said.\nCome.'
    assert rewrite(data, "a.tsv", "Come", "Come in") == data.replace("Come", "Come in")
    assert rewrite(data, "a.tsv", "he said", "she\tsaid\n") == data.replace("he said", "she said ")


def test_a_quoted_tsv_may_hold_tabs_and_breaks() -> None:
    data = 'zh\ten\n走。\t"He\twent\n""home""."\n来。\tIt came.\n'
    assert read(data, "a.tsv").text == 'He\twent "home".\nIt came.'
    assert rewrite(data, "a.tsv", "home", "away") == data.replace("home", "away")


def test_rows_without_one_side_stay_in_place() -> None:
    document = read("zh,en\n内卷。,\n,Only English.\n,\n羊毛党。,Wool party.\n", "a.csv")
    assert document.text == "\nOnly English.\nWool party."
    assert pairs(document) == [("内卷。", ""), ("", "Only English."), ("羊毛党。", "Wool party.")]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030", "big5"])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_encoding_and_mark_are_kept(codec: str, name: str) -> None:
    zh, en = "捲入競爭的年輕人選擇離開城市。", "Young people in the internal volume choose to leave the city."
    line = f"{zh},{en}\r\n" if name == "a.csv" else f'{{"zh": "{zh}", "en": "{en}"}}\r\n'
    data = line * 5
    raw = data.encode(codec)
    document = read(raw, name)
    assert pairs(document) == [(zh, en)] * 5
    fixed = FORMATS[name[2:]].write(raw, name, [Edit(Span(20, 35), "rat race here ")])
    assert document.text[20:35] == "internal volume"
    assert fixed == data.replace("internal volume", "rat race here ", 1).encode(codec)


def test_characters_with_two_codes_in_big5_keep_theirs() -> None:
    line = "捲入競爭的年輕人選擇離開城市，".encode("big5") + b"\xa2\xcc" + "年後回來。".encode("big5")
    data = b"".join([line, b",The internal volume of the city rises.\r\n"] * 4)
    assert data.decode("big5").encode("big5") != data
    assert read(data, "a.csv").source.startswith("捲入競爭的年輕人選擇離開城市，十年")
    fixed = csv.write(data, "a.csv", [Edit(Span(4, 19), "rat race")])
    assert fixed == data.replace(b"internal volume", b"rat race", 1)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (
            "zh,en\n你好\n",
            "a.csv",
            "a.csv:2: has 1 cell, line 1 has 2 cells (comma-separated); give every row as many, and quote a cell with a comma",
        ),
        (
            "zh\ten\n\n你\tb\tc\n",
            "a.tsv",
            "a.tsv:3: has 3 cells, line 1 has 2 cells (tab-separated); give every row as many",
        ),
        (
            'zh,en\n你,"Go\n好,b\n',
            "a.csv",
            "a.csv:2: a quoted cell begins here and is never closed; close it, or double the quotes that are text",
        ),
        (
            'zh,en\n你,"Go" on\n',
            "a.csv",
            "a.csv:2: a quoted cell goes on after its closing quote; double the quotes that are text",
        ),
        (
            "zh,en\n你," + "a" * 140_000,
            "a.csv",
            "a.csv:2: a cell of more than 131,072 characters begins here; close its quote or split it",
        ),
        (
            "x" * 70_000 + "\n\0",
            "a.tsv",
            "a.tsv:2: a NUL character; the file is broken or binary, export the table again",
        ),
        (
            "a,b\nx,y\n",
            "a.csv",
            "a.csv:1: 2 columns ('a', 'b'), and which is Chinese and which English cannot be told; name them zh and en (or source and target) in a first row",
        ),
        ('{"en": "a"}\n{"en": \n', "a.jsonl", "a.jsonl:2:8: is no JSON (Expecting value); write one object a line"),
        (
            '[{"en": "a"}]',
            "a.jsonl",
            'a.jsonl:1: is a JSON array, not an object; write one {"zh": "...", "en": "..."} a line',
        ),
        (
            '{"en": "a"}\n{"mt": "b"}',
            "a.jsonl",
            "a.jsonl:2: no text under 'en', as the first object has (keys with text: mt); give every object the same keys",
        ),
        (
            '{"a": "x", "b": "y", "c": 1}',
            "a.jsonl",
            "a.jsonl:1: no key says which text is the English (keys with text: a, b); name it en or mt",
        ),
        (
            '{"en": ' + "[" * 200_000,
            "a.jsonl",
            "a.jsonl:1: is nested too deep to be read; write one flat object a line",
        ),
    ],
)
def test_refused(data: str, name: str, message: str) -> None:
    with pytest.raises(MtqaError) as caught:
        read(data, name)
    assert str(caught.value) == message


def test_a_number_too_long_to_be_read_is_refused() -> None:
    with pytest.raises(MtqaError, match=r"a\.jsonl:1: is no JSON that can be read"):
        read('{"en": "a", "n": ' + "9" * 5000 + "}", "a.jsonl")


def test_json_keeps_spacing_order_and_escapes() -> None:
    data = (
        '{ "n":1.50, "en" :"The \\u201cinternal\\u0020volume\\u201d of \\"it\\"\\/", "zh": "\\u5185\\u5377" }\n\n'
        '{"zh":"羊毛党","note":{"en":"x"},"en":"The wool party 🐑"}\n'
    )
    document = read(data, "a.jsonl")
    assert document.text == 'The “internal volume” of "it"/\nThe wool party 🐑'
    assert document.source == "内卷\n羊毛党"
    assert document.position(document.text.index("internal")) == (1, 30)
    assert document.position(document.text.index("wool")) == (3, 41)
    fixed = rewrite(data, "a.jsonl", "internal volume", "rat—race")
    assert fixed == data.replace("internal\\u0020volume", "rat\\u2014race")
    assert rewrite(data, "a.jsonl", "wool", "“wool”") == data.replace("wool", "“wool”")


def test_json_last_of_two_keys_and_nested_pairs() -> None:
    data = '{"translation": {"en": "Old.", "zh": "内卷。", "en": "The internal volume."}}'
    assert pairs(read(data, "a.jsonl")) == [("内卷。", "The internal volume.")]
    assert rewrite(data, "a.jsonl", "internal volume", "rat race") == data.replace("internal volume", "rat race")


def test_a_json_null_takes_no_words() -> None:
    data = '{"zh": "内卷。", "en": "Rat race."}\n{"zh": "羊毛党。", "en": null}'
    document = read(data, "a.jsonl")
    assert pairs(document) == [("内卷。", "Rat race."), ("羊毛党。", "")]
    assert document.position(len(document.text)) == (2, 22)
    with pytest.raises(MtqaError, match=r"a\.jsonl:2: an edit crosses markup"):
        jsonl.write(data.encode(), "a.jsonl", [Edit(Span(10, 10), "x")])


def test_json_surrogates() -> None:
    data = '{"zh": "内\\ud800", "en": "A \\ud83d\\ude00 \\udc00 wool"}'
    document = read(data, "a.jsonl")
    assert (document.text, document.source) == ("A 😀 \ufffd wool", "内\ufffd")
    assert rewrite(data, "a.jsonl", "wool", "😀") == data.replace("wool", "\\ud83d\\ude00")


def test_no_edit_changes_nothing_and_crossing_ones_are_refused() -> None:
    data = b"zh,en\r\n\xe5\x86\x85,one\r\n\xe5\x8d\xb7,two"
    assert csv.write(data, "a.csv", []) == data
    assert csv.read(data, "a.csv").barriers == (0, 3, 4, 7)
    with pytest.raises(MtqaError, match=r"a\.csv:2: an edit crosses markup; edit this place by hand"):
        csv.write(data, "a.csv", [Edit(Span(2, 5), "x")])


WORDS = st.text(st.sampled_from("ab \"',;\té—\n\r🐑"), min_size=1, max_size=12).map(lambda text: f"x{text}y")
CHINESE = st.text(st.sampled_from("内卷羊毛党，“”\n"), min_size=1, max_size=6).map(lambda text: f"内{text}")
ROWS = st.lists(st.tuples(CHINESE, WORDS), min_size=1, max_size=5)


def flat(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


def edited_rows(rows: list[tuple[str, str]], draw: st.DataObject) -> tuple[list[tuple[str, str]], list[Edit]]:
    """Choose a stretch of some rows to replace."""
    edits, changed, here = [], [], 0
    for zh, en in rows:
        if draw.draw(st.booleans()):
            start = draw.draw(st.integers(0, len(en)))
            end = draw.draw(st.integers(start, len(en)))
            new = draw.draw(WORDS)
            edits.append(Edit(Span(here + start, here + end), new))
            changed.append((zh, en[:start] + new + en[end:]))
        else:
            changed.append((zh, en))
        here += len(en) + 1
    return changed, edits


@settings(max_examples=60, deadline=None)
@given(ROWS, st.data(), st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_tables_come_back_with_their_edits(
    rows: list[tuple[str, str]], data: st.DataObject, delimiter: str, terminator: str, always: bool
) -> None:
    def table(rows: list[tuple[str, str]]) -> bytes:
        out = io.StringIO()
        # The csv module of Python 3.12 and older quotes only those line breaks that are in its own terminator.
        quoting = stdlib_csv.QUOTE_ALL if always or terminator != "\r\n" else stdlib_csv.QUOTE_MINIMAL
        writer = stdlib_csv.writer(out, delimiter=delimiter, lineterminator=terminator, quoting=quoting)
        writer.writerow(("zh", "en"))
        for row in rows:
            writer.writerow(row)
        return codecs.BOM_UTF8 + out.getvalue().encode()

    before = table(rows)
    document = csv.read(before, "a.csv")
    assert document.text == "\n".join(flat(en) for _, en in rows)
    assert document.source == "\n".join(flat(zh) for zh, _ in rows)
    changed, edits = edited_rows(rows, data)
    after = csv.write(before, "a.csv", edits)
    assert csv.read(after, "a.csv").text == "\n".join(flat(en) for _, en in changed)
    old, new = (
        list(stdlib_csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=delimiter))
        for raw in (before, after)
    )
    assert new[1:] == [list(row) for row in changed]
    assert old[0] == new[0]
    if not edits:
        assert after == before


@settings(max_examples=60, deadline=None)
@given(ROWS, st.data(), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_json_lines_come_back_with_their_edits(
    rows: list[tuple[str, str]], data: st.DataObject, escapes: bool, end: str
) -> None:
    def lines(rows: list[tuple[str, str]]) -> bytes:
        return end.join(json.dumps({"zh": zh, "en": en}, ensure_ascii=escapes) for zh, en in rows).encode()

    document = jsonl.read(lines(rows), "a.jsonl")
    assert document.text == "\n".join(flat(en) for _, en in rows)
    changed, edits = edited_rows(rows, data)
    assert jsonl.write(lines(rows), "a.jsonl", edits) == lines(changed)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_every_position_is_that_of_the_code_point_in_the_file(rows: list[tuple[str, str]]) -> None:
    text = "\n".join(json.dumps({"zh": zh, "en": en}, ensure_ascii=False) for zh, en in rows)
    document = jsonl.read(text.encode(), "a.jsonl")
    lines = text.split("\n")
    for offset, char in enumerate(document.text):
        line, column = document.position(offset)
        if char not in ' "\t\n':
            assert lines[line - 1][column - 1] == char
