"""Reading marked texts, and saying in one line what is wrong with them."""

import json
from pathlib import Path

import pytest

from mtqa.document import Span
from mtqa.errors import MtqaError
from mtqa.evaluate.gold import read_clean, read_gold

HEAD = "line\ttext\tzh\tidiomatic\n"


def article(folder: Path, marks: str, mt: str = "The internal volume grew.\nSo did the wool party.\n") -> Path:
    folder.mkdir(parents=True)
    (folder / "mt.txt").write_text(mt, encoding="utf-8", newline="")
    (folder / "zh.txt").write_text("内卷加剧。\n羊毛党也是。\n", encoding="utf-8")
    (folder / "marks.tsv").write_text(HEAD + marks, encoding="utf-8")
    return folder


def refusal(path: Path) -> str:
    with pytest.raises(MtqaError) as caught:
        read_gold(path)
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(str(path.parent) + "/", "")


def test_an_article(tmp_path: Path) -> None:
    [text] = read_gold(article(tmp_path / "a", "1\tinternal volume\t内卷\tx\n2\twool party\t羊毛党\ty\n"))
    assert [text.document.text[slice(*gold.span)] for gold in text.gold] == ["internal volume", "wool party"]
    assert [(gold.term, gold.zh) for gold in text.gold] == [("", "内卷"), ("", "羊毛党")]
    assert text.document.source == "内卷加剧。\n羊毛党也是。\n"
    assert (text.judged, text.clean) == (None, False)


def test_an_article_without_its_chinese(tmp_path: Path) -> None:
    [text] = read_gold(article(tmp_path / "a", ""), source=False)
    assert (text.document.source, text.gold) == (None, ())


def test_words_marked_twice_stand_there_twice(tmp_path: Path) -> None:
    folder = article(tmp_path / "a", "1\tcar\t车\tx\n1\tcar\t车\tx\n", "A car, a car.\r\n")
    assert [gold.span for gold in read_gold(folder)[0].gold] == [Span(2, 5), Span(9, 12)]


def test_a_folder_of_articles(tmp_path: Path) -> None:
    article(tmp_path / "d" / "b", "")
    article(tmp_path / "d" / "a", "")
    assert [Path(text.name).name for text in read_gold(tmp_path / "d")] == ["a", "b"]


@pytest.mark.parametrize(
    ("marks", "what"),
    [
        ("3\tx\t\t\n1\n", "marks.tsv:2: 'x' is not on line 3 of mt.txt, or not once more; copy the words from there"),
        ("9\tx\t\t\n", "marks.tsv:2: line 9 is marked, but mt.txt has 3; count lines from 1"),
        ("²\tx\t\t\n", "marks.tsv:2: line: '²' found; write the number of a line, from 1"),
        ("1\t \t\t\n", "marks.tsv:2: text: empty; write the marked words as they stand in the line"),
        ("\n1\tx\n", "marks.tsv:3: 2 cells where the header has 4"),
        (
            "1\twool party\t\t\n",
            "marks.tsv:2: 'wool party' is not on line 1 of mt.txt, or not once more; copy the words from there",
        ),
    ],
)
def test_broken_marks(tmp_path: Path, marks: str, what: str) -> None:
    assert refusal(article(tmp_path / "a", marks)) == f"a/{what}"


def test_marks_without_a_column(tmp_path: Path) -> None:
    folder = article(tmp_path / "a", "")
    (folder / "marks.tsv").write_text("line\ttext\n")
    assert refusal(folder) == "a/marks.tsv:1: column 'zh' is missing; the header needs line, text, zh"


def test_marks_that_are_no_text(tmp_path: Path) -> None:
    folder = article(tmp_path / "a", "")
    (folder / "marks.tsv").write_bytes(b"line\ttext\tzh\n\xff\n")
    assert refusal(folder) == "a/marks.tsv:2: not UTF-8; save the file as UTF-8 text"
    (folder / "marks.tsv").unlink()
    assert refusal(folder) == "a/marks.tsv: cannot be read: no such file or directory; name a readable file"


def test_examples(tmp_path: Path) -> None:
    file = tmp_path / "x.examples.tsv"
    file.write_text(
        "id\tlabel\tsentence\tzh\na\tbad\tThe «wool party» came.\t羊毛党来了。\nb\tgood\tA «track» is long.\t\n"
        "c\tbad\tThe wool «party» came.\t羊毛党来了。\n",
        encoding="utf-8",
    )
    bad, good = read_gold(file)
    assert bad.name == f"{file}:2"
    assert [(gold.span, gold.term) for gold in bad.gold] == [(Span(4, 14), "a"), (Span(9, 14), "c")]
    assert bad.judged == frozenset({"a", "c"})
    assert bad.document.segments[0].source == "羊毛党来了。"
    assert (good.gold, good.judged, [guard.span for guard in good.guards]) == ((), None, [Span(2, 7)])


def lines(tmp_path: Path, *values: object) -> Path:
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(f"{value if isinstance(value, str) else json.dumps(value)}\n" for value in values))
    return file


def test_json_lines_count_code_points(tmp_path: Path) -> None:
    span = {"start": 2, "end": 12, "term": "wool-party", "zh": "羊毛党"}
    [one, two] = read_gold(
        lines(
            tmp_path,
            {"id": "one", "en": "😀 wool party", "zh": "羊毛党", "spans": [span]},
            "",
            {"en": "x", "spans": []},
        )
    )
    assert (one.name, one.document.text[slice(*one.gold[0].span)], one.document.source) == (
        "one",
        "wool party",
        "羊毛党",
    )
    assert one.gold[0][1:] == ("wool-party", "羊毛党")
    assert two.name.endswith("gold.jsonl:3")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "is no JSON (Expecting property name enclosed in double quotes); write one object a line"),
        ("[" * 9999, "is no JSON (nested too deeply or a number too long); write one object a line"),
        ("[]", 'holds no object; write {"en": "...", "spans": [...]}'),
        ({"spans": []}, '"en" is missing; write the English text'),
        ({"en": 3, "spans": []}, '"en" is 3; write the English text'),
        ({"en": "a"}, '"spans" is missing; write a list of 10,000 at most, [] where nothing is wrong'),
        ({"en": "a", "zh": 1, "spans": []}, '"zh" is 1; write a text, or leave it out'),
        ({"en": "a", "spans": [1]}, 'spans[0]: is 1; write {"start": 0, "end": 1}'),
        (
            {"en": "a", "spans": [{"start": 0, "end": 2}]},
            "spans[0]: start 0, end 2; write offsets with 0 <= start < end <= 1, code points of this text",
        ),
        (
            {"en": "ab", "spans": [{"start": False, "end": True}]},
            "spans[0]: start false, end true; write offsets with 0 <= start < end <= 2, code points of this text",
        ),
        (
            {"en": "ab", "spans": [{"start": 0, "end": 1, "term": []}]},
            'spans[0]: "term" is []; write a text, or leave it out',
        ),
        (
            {"en": "a\ud800", "spans": []},
            "holds half a character (an escape \\ud800 to \\udfff alone); write it whole",
        ),
    ],
)
def test_broken_json_lines(tmp_path: Path, line: object, what: str) -> None:
    assert refusal(lines(tmp_path, {"en": "fine", "spans": []}, line)) == f"gold.jsonl:2: {what}"


SHAPES = "--data takes a folder with mt.txt and marks.tsv, a glossary's .examples.tsv, or .jsonl"


def test_nested_at_any_depth(tmp_path: Path) -> None:
    # What reads JSON and what writes it give up at depths that differ by a few.
    path = tmp_path / "a.jsonl"
    for depth in range(900, 1000):
        path.write_text(f'{{"en": "x", "spans": {"[" * depth}1{"]" * depth}}}', encoding="utf-8")
        assert refusal(path).startswith("a.jsonl:1: ")


def test_a_device_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").symlink_to("/dev/zero")
    assert refusal(tmp_path / "a.jsonl") == "a.jsonl: more than 67,108,864 bytes; so many at most are read, split it"


def test_data_of_no_known_shape(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.txt").write_text("x")
    assert refusal(tmp_path / "empty") == f"empty: holds no mt.txt and no folder with one; {SHAPES}"
    assert refusal(tmp_path / "x.txt") == f"x.txt: is neither .tsv nor .jsonl; {SHAPES}"
    assert refusal(tmp_path / "none") == f"none: does not exist; {SHAPES}"
    assert refusal(tmp_path / ("n" * 300)).endswith(f"cannot be read: file name too long; {SHAPES}")
    assert refusal(lines(tmp_path)) == 'gold.jsonl: holds no texts; write {"en": "...", "spans": [...]} a line'


def test_clean_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Good English.")
    [text] = read_clean(tmp_path)
    assert (text.clean, text.gold, text.document.text) == (True, (), "Good English.")
