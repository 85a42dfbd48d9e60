"""Mined proposals: grouped, counted, ranked, safe in a spreadsheet; a curator's work is never lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqa.document import Span, make_document
from mtqa.errors import MtqaError
from mtqa.finding import Finding
from mtqa.glossary import Glossary, load_examples, load_glossary, of_terms
from mtqa.glossary.load import COLUMNS, EXAMPLE_COLUMNS, REQUIRED, load_examples_file
from mtqa.match import Matcher
from mtqa.mine import Lexicon, Mark, found, propose
from mtqa.mine.marks import united
from mtqa.mine.sheet import Sheet, added, example_rows, identifier_of, read_sheet, row_of, safe, undone
from mtqa.mine.wording import wording
from mtqa.review.decisions import dump
from mtqa.review.key import key_of
from mtqa.review.records import Decision, Decisions, Reviewed
from mtqa.segment import segment

Run = Callable[..., Any]
WORDS = "roam go they hunt wild kick moon boil turn spear party clear the bell tie a good lie flat"


@pytest.fixture
def known(mini: Glossary) -> Lexicon:
    lexicon = Lexicon(mini)
    lexicon.add(WORDS)
    return lexicon


def mark(sentence: str, words: str, article: str = "a.txt", **fields: Any) -> Mark:
    start = sentence.index(words)
    return Mark(article, sentence, Span(start, start + len(words)))._replace(**fields)


def decision(sentence: str, words: str, text: str | None) -> Decision:
    start = sentence.index(words)
    place = (sentence, start, start + len(words))
    state = "rejected" if text is None else "edited"
    key = key_of("calque", None, *place, 0)
    time = "2026-11-23T03:00:00Z"
    return Decision(key, state, text, "", time, "", "calque", None, "minor", sentence, 0, *place[1:], words, None)


@pytest.mark.parametrize(
    ("sentence", "words", "key", "text", "word_class"),
    [
        ("He was moon boiling.", "moon boiling", ("moon", "boil"), "moon boiling", "n"),
        ("They turned their spears.", "turned their spears", ("turn", "one's", "spear"), "turn one's spear", "v"),
        ("They will kick the moon.", "kick the moon", ("kick", "moon"), "kick moon", "v"),
        ("The wild parties of", "The wild parties of", ("wild", "party"), "wild party", "n"),
        ("A bell clear, the good lies.", "bell clear, the good", ("bell", "clear", "good"), "bell clear, good", "n"),
    ],
)
def test_words_as_a_glossary_lists_them(
    sentence: str, words: str, key: tuple[str, ...], text: str, word_class: str, known: Lexicon
) -> None:
    start = sentence.index(words)
    listed = wording(sentence, Span(start, start + len(words)), known)
    assert listed is not None
    assert (listed.key, listed.text, listed.word_class) == (key, text, word_class)


@pytest.mark.parametrize(
    "words", ["180 million", "is on", "its body", "twenty years of", "wild. Hunting", "...", "羊毛"]
)
def test_what_makes_no_entry(words: str, known: Lexicon) -> None:
    assert wording(words, Span(0, len(words)), known) is None


def test_inflections_are_one_and_the_commonest_comes_first(mini: Glossary, known: Lexicon) -> None:
    marks = [
        mark("The team was moon boiling.", "moon boiling", zh="球队在踢月。"),
        mark("The team moon boiled.", "moon boiled", "b.txt", zh="他们踢月了。"),
        mark("They kick the moon.", "kick the moon", word="踢月"),
        mark("They kick the moon again.", "kick the moon", word="踢月"),
        mark("They turned their spears.", "turned their spears"),
    ]
    first, second = propose(marks, mini, known).entries
    assert (first.zh, first.literals, first.times, first.articles) == (
        ("踢月",), (("moon boil", "v", 2),), 2, 2,
    )  # fmt: skip
    assert first.guessed
    assert (second.zh, second.literals, second.times, second.articles) == (("踢月",), (("kick moon", "v", 2),), 2, 1)
    assert len(propose(marks, mini, known, 1).entries) == 3
    assert propose(marks, mini, known, 3).entries == ()


def test_the_same_chinese_brings_different_words_together(mini: Glossary, known: Lexicon) -> None:
    marks = [
        mark("They lay flat.", "lay flat", word="躺平", zh="他们躺平。"),
        mark("It is lying flat.", "lying flat", "b.txt", word="躺平"),
        mark("They lie flat.", "lie flat", "c.txt"),
        mark("They flat lie down.", "flat lie", "c.txt", word="躺平了"),
        mark("The flat party lies.", "flat party", "d.txt", word="躺平"),
    ]
    (entry,) = propose(marks, mini, known).entries
    assert (entry.zh, entry.times, entry.articles) == (("躺平",), 4, 4)
    assert entry.literals == (("lie flat", "v", 3), ("flat party", "v", 1))
    assert [(draft.text, draft.source) for draft in entry.drafts] == [("opt out of the rat race", "CC-CEDICT"), ("lie stretched out", "CC-CEDICT")]  # fmt: skip


def test_what_is_listed_is_left_out(mini: Glossary, known: Lexicon) -> None:
    term = mini["wool-party"]
    marks = [
        mark("The wool parties won.", "wool parties"),
        mark("The wool party won.", "wool party", "b.txt"),
        mark("The sheep gang won.", "sheep gang", word=term.zh[0]),
        mark("The sheep gang lost.", "sheep gang", word=term.zh[0]),
    ]
    proposals = propose(marks, mini, known, 1)
    assert proposals.entries == ()
    assert proposals.listed == {("wool-party", "sheep gang"): 2}


def test_editors_words_are_the_draft_and_what_they_let_stand_is_left_out(mini: Glossary, known: Lexicon) -> None:
    marks = [mark(f"They boiled the moon {i}.", "boiled the moon") for i in range(4)]
    decisions = [
        *(mark(f"They boiled the moon {i}.", "boiled the moon", text="roamed free") for i in (0, 1)),
        mark("They boiled the moon 2.", "boiled the moon", rejected=True),
        mark("They boiled the moon once.", "boiled the moon", "b.txt", text="went it alone"),
    ]
    (entry,) = propose(united(marks, decisions), mini, known).entries
    assert (entry.times, entry.articles) == (4, 2)
    assert entry.drafts == (("roam free", "v", "editors"), ("go it alone", "v", "editors"))


def test_a_composition_and_a_calque_over_each_other_are_one_mark() -> None:
    document = segment(make_document("a.txt", "He fell off his horse. They kick the moon."))
    composed = Finding("composed", Span(3, 11), "", "accuracy/mistranslation", "minor", source=Span(0, 4))
    document = document._replace(chinese="一筹莫展。")
    calques = [
        Finding("calque", Span(8, 21), "", "accuracy/mistranslation", "minor", score=0.75),
        Finding("calque", Span(28, 40), "", "accuracy/mistranslation", "minor", score=0.5),
    ]
    assert list(found(document, [composed], calques)) == [
        Mark("a.txt", "He fell off his horse.", Span(3, 21), "一筹莫展", "", 0.75),
        Mark("a.txt", "They kick the moon.", Span(5, 17), "", "", 0.5),
    ]


def test_a_row_says_how_often(mini: Glossary, known: Lexicon) -> None:
    marks = [mark(f"They kick the moon {i}.", "kick the moon", f"{i % 2}.txt", word="踢月") for i in range(6)]
    (entry,) = propose(marks, mini, known).entries
    assert row_of(entry, "kick-moon", COLUMNS).split("\t") == [
        "kick-moon", "踢月", "v: kick moon", "", "accuracy/mistranslation", "minor", "", "", "",
        "6 times in 2 articles: kick moon 6; word class guessed; Chinese guessed", "mined",
    ]  # fmt: skip
    assert list(example_rows(entry.examples, "kick-moon", EXAMPLE_COLUMNS)) == [
        f"kick-moon\tbad\tThey «kick the moon» {i}.\t" for i in range(4)
    ]
    assert identifier_of(entry, {"kick-moon", "kick-moon-2"}) == "kick-moon-3"


def test_literals_match_their_examples(mini: Glossary, known: Lexicon, tmp_path: Path) -> None:
    sentences = {
        "They turned their spears.": "turned their spears",
        "A bell clear, the good lies.": "bell clear, the good",
    }
    marks = [mark(sentence, words) for sentence, words in sentences.items()]
    for entry in propose(marks, mini, known, 1).entries:
        row = dict(zip(COLUMNS, row_of(entry, "x", COLUMNS).split("\t"), strict=True))
        row |= {"zh": "词", "idiomatic": "n: phrase"}
        path = tmp_path / "g.tsv"
        path.write_text("\n".join(["\t".join(COLUMNS), "\t".join(row.values())]), encoding="utf-8")
        matcher = Matcher(of_terms(load_glossary([path]).terms.values()))
        (example,) = entry.examples
        document = segment(make_document("example", example.text))
        assert tuple(candidate.span for candidate in matcher.candidates(document)) == example.spans


@given(st.text(st.sampled_from("ab=+-@\"'\t\n\r\0\u2028＝羊 «»|"), max_size=12))
def test_cells_are_safe(text: str) -> None:
    cell = safe(text)
    assert cell[:1] not in tuple('=+-@＝＋－＠"\t') or cell == ""
    assert not set(cell) & set("\t\n\r\0\u2028")


def test_hostile_marks_give_rows_that_load(mini: Glossary, known: Lexicon, tmp_path: Path) -> None:
    sentence = '=HYPERLINK("x")\tThey «hit» the | wild\x00 party\u202e now.'
    hostile = united([], [])
    document = segment(make_document("=cmd.txt", sentence))
    start = sentence.index("wild")
    calque = Finding("calque", Span(start, start + 11), "", "accuracy/mistranslation", "minor", score=0.9)
    hostile = [*found(document, [], [calque]), mark("They wild party.", "wild party", zh="=1\t+2")]
    (entry,) = propose(hostile, mini, known, 1).entries
    rows = list(example_rows(entry.examples, "x", EXAMPLE_COLUMNS))
    path = tmp_path / "x.examples.tsv"
    path.write_text("\n".join(["\t".join(EXAMPLE_COLUMNS), *rows]), encoding="utf-8")
    assert len(load_examples_file(path)) == len(rows)
    assert not any(cell[:1] in tuple("=+-@") for row in rows for cell in row.split("\t") if cell)


def test_rows_of_the_sheet_are_not_proposed_again(mini: Glossary, known: Lexicon) -> None:
    marks = [mark("They kick the moon.", "kick the moon"), mark("They turned their spears.", "turned their spears")]
    entries = propose(marks, mini, known, 1).entries
    sheet = Sheet(("id", "zh", "literal", "idiomatic"), ("turn-ones-spear\t\tv: kicks moon\t",))
    assert list(added(entries, mini, sheet, known)) == ["turn-ones-spear-2"]
    assert list(added(entries, mini, Sheet(COLUMNS, ()), known)) == ["kick-moon", "turn-ones-spear"]


@pytest.fixture
def reviewed(mtqa: Run) -> Path:
    given = tuple(decision(f"They boiled the moon {i}.", "boiled the moon", "aimed high") for i in range(3))
    Path("d.json").write_text(dump(Decisions("", (Reviewed("a.txt", given),))), encoding="utf-8")
    return Path("d.json")


def test_mine_writes_a_sheet_that_check_reads_by_line(mtqa: Run, reviewed: Path) -> None:
    run = mtqa("glossary", "mine", "--decisions", reviewed, "-o", "new.tsv", glossary=False)
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith("1 new row, 0 rows kept in new.tsv\n")
    text = Path("new.tsv").read_text(encoding="utf-8")
    head, row = text.splitlines()
    assert head == "\t".join(COLUMNS)
    assert row.split("\t")[2:4] == ["v: boil moon", "v: aim high"]
    check = mtqa("glossary", "check", "new.tsv", glossary=False)
    name = row.split("\t")[0]
    assert (check.code, check.out) == (
        1,
        f"new.tsv:2: error: {name}: zh: empty; write at least one value, or take the row out\n",
    )
    Path("new.tsv").write_text(text.replace(f"{name}\t\t", f"{name}\t踢月\t"), encoding="utf-8")
    assert len(load_examples(Path("new.tsv"))) == 3
    assert ": error:" not in mtqa("glossary", "check", "new.tsv", glossary=False).out


def test_mine_keeps_a_curators_work(mtqa: Run, reviewed: Path) -> None:
    mtqa("glossary", "mine", "--decisions", reviewed, "-o", "new.tsv", glossary=False)
    mine = Path("new.tsv").read_text(encoding="utf-8").replace("minor", "major") + "half-done\t词\t\n"
    Path("new.tsv").write_text(mine, encoding="utf-8")
    examples = Path("new.examples.tsv").read_bytes()
    run = mtqa("glossary", "mine", "--decisions", reviewed, "-o", "new.tsv", glossary=False)
    assert run.err == "0 new rows, 2 rows kept in new.tsv, 1 proposed before\n"
    assert Path("new.tsv").read_text(encoding="utf-8") == mine
    assert Path("new.examples.tsv").read_bytes() == examples
    Path("new.tsv").write_text("my notes\n", encoding="utf-8")
    run = mtqa("glossary", "mine", "--decisions", reviewed, "-o", "new.tsv", glossary=False)
    assert (run.code, Path("new.tsv").read_text(encoding="utf-8")) == (2, "my notes\n")
    assert run.err.startswith("mtqa: new.tsv:1: column 'my notes' is unknown; allowed are id, zh,")


def test_mine_reads_articles_with_their_chinese(mtqa: Run) -> None:
    for folder in ("en", "zh"):
        Path(folder).mkdir()
    for name in ("a", "b"):
        Path("en", f"{name}.txt").write_text(
            "The bureau plucked a feather from every passing goose.\n", encoding="utf-8"
        )
        Path("zh", f"{name}.txt").write_text("这个局雁过拔毛。\n", encoding="utf-8")
    flags = ("--source", "zh", "--no-bundled", "--model", "none")
    run = mtqa("glossary", "mine", "en", *flags, glossary=False)
    assert run.code == 0
    row = run.out.splitlines()[1].split("\t")
    assert row[:4] == [
        "pluck-feather-from-every-passing-goose", "雁过拔毛", "v: pluck feather from every passing goose",
        "v: seize any opportunity | n: pragmatic",
    ]  # fmt: skip
    assert row[9] == (
        "2 times in 2 articles: pluck feather from every passing goose 2; word class guessed; "
        "draft rewrite from CC-CEDICT"
    )
    assert run.err == "pluck-feather-from-every-passing-goose (雁过拔毛): 2 times in 2 articles\n1 new row\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "mtqa: mine: no articles and no decisions; name some\n"),
        (("a.txt", "--least", "0"), "mtqa: --least: 0 found; write 1 or more\n"),
        (("a.txt", "--examples", "e.tsv"), "mtqa: --examples: goes with --output alone; name the sheet too\n"),
        (
            ("a.txt", "-o", "e.tsv", "--examples", "e.tsv"),
            "mtqa: --examples: e.tsv is the sheet itself; name another file\n",
        ),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, mtqa: Run) -> None:
    run = mtqa("glossary", "mine", *arguments, glossary=False)
    assert (run.code, run.err) == (2, message)


def test_an_article_that_cannot_be_read_stops_no_other(mtqa: Run) -> None:
    Path("a.txt").write_text("Nothing here.\n", encoding="utf-8")
    run = mtqa("glossary", "mine", "no.txt", "a.txt", "--model", "none", glossary=False)
    assert run.code == 2
    assert run.err.endswith("0 new rows\n1 article could not be read\n")


def test_undone_rows_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text(
        "id\tzh\tliteral\tidiomatic\na\t\tx y\t | \nb\t词\tx z\tn: w\n\t\t\t\n\t词\tq\tn: w\n", encoding="utf-8"
    )
    said = "empty; write at least one value, or take the row out"
    assert list(undone(path)) == [(2, f"a: zh, idiomatic: {said}"), (5, f"row: id: {said}")]
    path.write_text("my notes", encoding="utf-8")
    assert list(undone(path)) == []


@pytest.mark.parametrize("action", ["check", "stats", "learn", "mine"])
def test_each_action_has_its_own_help(action: str, mtqa: Run) -> None:
    run = mtqa("glossary", action, "--help", glossary=False)
    assert run.code == 0
    assert "examples:" in run.out
    assert ("--least" in run.out) == (action == "mine")


def test_a_device_is_no_sheet() -> None:
    with pytest.raises(MtqaError, match="is no file; name a"):
        read_sheet(Path("/dev/null"), COLUMNS, REQUIRED)
