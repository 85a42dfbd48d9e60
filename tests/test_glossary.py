"""Broken glossaries are refused with file, line, column and what to do; stacks and examples behave."""

from pathlib import Path

import pytest

from mtqa.errors import MtqaError
from mtqa.glossary import load_examples, load_glossary

HEAD = "id\tzh\tliteral\tidiomatic\n"
ROW = "wool-party\t羊毛党\twool party\tpl: bargain hunters\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "g.tsv: is empty; the first line names the columns: id, zh, literal, idiomatic ..."),
        ("id\tzh\n", "g.tsv:1: column 'literal' is missing; the header needs id, zh, literal, idiomatic"),
        (HEAD.replace("zh", "cn"), "g.tsv:1: column 'cn' is unknown; allowed are id, zh, literal, idiomatic, category, severity, domain, unless, when, note, source"),
        (HEAD + "a\tb\n", "g.tsv:2: 2 cells where the header has 4; separate the cells by tabs, one row a line"),
        (HEAD + ROW + ROW, "g.tsv:3: id: 'wool-party' stands twice in this file; rename one of them"),
        (HEAD + ROW.replace("wool-party", "Wool party"), "g.tsv:2: id: 'Wool party'; write lower-case words joined by hyphens"),
        (HEAD + ROW.replace("羊毛党", " "), "g.tsv:2: zh: empty; write at least one value"),
        (HEAD + ROW.replace("wool party", " | "), "g.tsv:2: literal: empty; write at least one value"),
        (HEAD + ROW.replace("pl: ", ""), "g.tsv:2: idiomatic: 'bargain hunters' has no word class; put one before it: n:, mass:, pl:, name:, v:, adj:, adv:, x:"),
        (HEAD + ROW.replace("pl: ", "noun: "), "g.tsv:2: idiomatic: 'noun: bargain hunters' has the tag 'noun'; allowed are n:, mass:, pl:, name:, v:, adj:, adv:, x:"),
        (HEAD + ROW.replace("pl: bargain hunters", "pl: "), "g.tsv:2: idiomatic: 'pl:' has a tag and no words; write the words behind it"),
        (HEAD + ROW.replace("hunters", "(hunters)"), "g.tsv:2: idiomatic: 'pl: bargain (hunters)' holds '('; a rendering is bare words that drop into a sentence"),
        (HEAD + ROW.replace("wool party", "wool 党"), "g.tsv:2: literal: 'wool 党' holds '党'; a literal is bare English words in lemma form"),
        (HEAD + ROW.replace("wool party", "wool party ???"), "g.tsv:2: literal: 'wool party ???': write ? (needs evidence) or ?? (silent without it) behind the words"),
        (HEAD.replace("\n", "\tseverity\n") + ROW.replace("\n", "\tbad\n"), "g.tsv:2: severity: 'bad' is unknown; write one of note, minor, major"),
        (HEAD.replace("\n", "\tunless\n") + ROW.replace("\n", "\t~ a ~\n"), "g.tsv:2: unless: '~ a ~': write ~ once, with words before or after it"),
        (HEAD.replace("\n", "\twhen\n") + ROW.replace("\n", "\t~\n"), "g.tsv:2: when: '~': write ~ once, with words before or after it"),
    ],
)  # fmt: skip
def test_broken(text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "g.tsv", text)
    with pytest.raises(MtqaError) as caught:
        load_glossary([Path("g.tsv")])
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id\tzh\n\xff\xfe", "g.tsv:2: not UTF-8; save the glossary as UTF-8 text"),
        (b"id\0zh", "g.tsv: holds NUL bytes, so it is no text file; name a .tsv glossary"),
    ],
)
def test_not_text(data: bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("g.tsv").write_bytes(data)
    with pytest.raises(MtqaError) as caught:
        load_glossary([Path("g.tsv")])
    assert str(caught.value) == message


def test_missing_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.tsv", tmp_path):
        with pytest.raises(MtqaError, match=r"cannot be read: .*; name a \.tsv glossary"):
            load_glossary([path])


def test_later_glossaries_win(tmp_path: Path) -> None:
    first = write(tmp_path / "a.tsv", HEAD + ROW)
    second = write(
        tmp_path / "b.tsv", "\ufeff" + HEAD.replace("\n", "\r\n") + ROW.replace("bargain", "deal").replace("\n", "\r\n")
    )
    glossary = load_glossary([first, second])
    assert glossary["wool-party"].idiomatic[0].text == "deal hunters"
    assert glossary["wool-party"].glossary == "b"
    assert glossary.signature.startswith("a+b@")
    assert glossary.signature != load_glossary([second, first]).signature


def test_examples(tmp_path: Path) -> None:
    path = write(tmp_path / "g.tsv", HEAD + ROW)
    assert load_examples(path) == []
    write(tmp_path / "g.examples.tsv", "id\tlabel\tsentence\tzh\nwool-party\tbad\tA «wool party» won.\t羊毛党赢了。\n")
    (example,) = load_examples(path)
    assert example.text[slice(*example.spans[0])] == "wool party"
    write(tmp_path / "g.examples.tsv", "id\tlabel\tsentence\nwool-party\tworse\tA «wool party» won.\n")
    with pytest.raises(MtqaError, match=r"examples\.tsv:2: label: 'worse' is unknown; write one of bad, good"):
        load_examples(path)
    write(tmp_path / "g.examples.tsv", "id\tlabel\tsentence\nwool-party\tbad\tA «wool party won.\n")
    with pytest.raises(MtqaError, match=r"examples\.tsv:2: sentence: .*mark the words with « and », in pairs"):
        load_examples(path)
