"""Decisions as examples: mended is bad, left standing is good, and what contradicts itself is named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqa.document import Span
from mtqa.glossary import Glossary, load_examples
from mtqa.glossary.load import load_examples_file
from mtqa.review.decisions import dump
from mtqa.review.key import key_of
from mtqa.review.learn import learn, lines, plain
from mtqa.review.records import Decision, Decisions, Reviewed
from mtqa.term import Example

Run = Callable[..., Any]
MINI = Path(__file__).parent / "data" / "mini.tsv"


def decision(sentence: str, words: str, text: str | None, term: str | None = "wool-party", **fields: Any) -> Decision:
    start = sentence.index(words)
    place = (sentence, start, start + len(words))
    made = Decision(
        key=key_of("literal", term, *place, 0),
        state="rejected" if text is None else "edited",
        text=text,
        reason="",
        time="2026-11-23T03:00:00Z",
        editor="",
        rule="literal",
        term=term,
        severity="major",
        sentence=sentence,
        occurrence=0,
        start=start,
        end=start + len(words),
        words=words,
        zh=None,
    )
    return made._replace(**fields)


def rows(lessons: Any) -> list[str]:
    return list(lines(lessons.examples))


def test_mended_is_bad_and_left_standing_is_good(mini: Glossary) -> None:
    lessons = learn(
        [
            decision("The wool party won.", "wool party", "bargain hunters", zh="羊毛党赢了。"),
            decision("A wool party of knitters met.", "wool party", None),
            decision("Ma Huateng spoke.", "Ma Huateng", "Pony Ma", "pony-ma"),
            decision("It rained.", "rained", "poured", None),
        ],
        mini,
    )
    assert rows(lessons) == [
        "pony-ma\tbad\t«Ma Huateng» spoke.\t",
        "wool-party\tbad\tThe «wool party» won.\t羊毛党赢了。",
        "wool-party\tgood\tA «wool party» of knitters met.\t",
    ]
    assert (lessons.left_out, lessons.candidates) == ((), ())


def test_marks_of_a_sentence_share_a_line_and_none_stands_twice(mini: Glossary) -> None:
    sentence = "The wool party met the wool puller."
    one = decision(sentence, "wool party", "bargain hunters")
    lessons = learn([one, decision(sentence, "wool puller", "bargain hunter"), one], mini)
    assert rows(lessons) == ["wool-party\tbad\tThe «wool party» met the «wool puller».\t"]
    assert rows(learn([one], mini, lessons.examples)) == []


def test_what_contradicts_is_named_and_left_out(mini: Glossary) -> None:
    sentence = "The wool party met the wool puller."
    both = [decision(sentence, "wool party", "bargain hunters"), decision(sentence, "wool party", None)]
    lessons = learn(both, mini)
    assert rows(lessons) == []
    (said,) = lessons.left_out
    assert said == f"wool-party: {sentence!r}: 'wool party' was both mended and left standing; decide which is right"
    before = Example("wool-party", "good", sentence, (Span(4, 14),))
    assert "both mended and left standing" in learn(both[:1], mini, [before]).left_out[0]
    mixed = learn([both[0], decision(sentence, "wool puller", None)], mini)
    assert rows(mixed) == ["wool-party\tbad\tThe «wool party» met the wool puller.\t"]
    assert "'wool puller' was left standing where other words were mended" in mixed.left_out[0]


def test_unknown_terms_and_words_that_no_literal_matches_are_named(mini: Glossary) -> None:
    lessons = learn(
        [
            decision("The wool party won.", "wool party", "x", "no-term"),
            decision("The sheep party won.", "sheep party", "bargain hunters"),
            decision("The wool party " + "x " * 600, "wool party", "bargain hunters"),
        ],
        mini,
    )
    assert rows(lessons) == []
    assert lessons.left_out == (
        '"wool party" [literal wool-party]: a sentence of 1,214 characters is no example',
        "no term is called 'no-term'; 1 decision names it",
        "wool-party: 'The sheep party won.': no literal of the term matches 'sheep party'; add one to learn from it",
    )


def test_new_renderings_are_candidates(mini: Glossary) -> None:
    texts = ("freebie seekers", "freebie seekers", "a bargain hunter", "Bargain Hunters", "the bargain-hunters", "")
    given = [decision(f"The wool party won {i}.", "wool party", text) for i, text in enumerate(texts)]
    given.append(decision("A wool party.", "wool party", "new words", state="accepted"))
    assert learn(given, mini).candidates == (("wool-party", "freebie seekers", 2),)


def test_a_sentence_becomes_one_line_of_a_table(mini: Glossary) -> None:
    hostile = "\tThe «wool\r\n  party»\x00 and\u2028more\twon.\n"
    (row,) = rows(learn([decision(hostile, "wool\r\n  party", "fans", zh="羊毛\t党\n。")], mini))
    assert row == "wool-party\tbad\tThe “«wool party»” and more won.\t羊毛 党 。"


@given(st.text(st.sampled_from("ab «»\t\n\r\0\u2028羊😀\u202e"), min_size=1, max_size=30), st.data())
def test_spans_move_along(sentence: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, len(sentence)))
    text, span = plain(sentence, Span(start, end))
    assert text == text.strip()
    assert not set(text) & set("«»\t\n\r\0\u2028")
    wanted = [char for char in sentence[start:end] if char in "ab羊😀"]
    assert [char for char in text[slice(*span)] if char in "ab羊😀"] == wanted


@pytest.fixture
def reviewed(mtqa: Run) -> Path:
    given = (
        decision("The wool party won.", "wool party", "freebie seekers", zh="羊毛党赢了。"),
        decision("A wool party wall stood there.", "wool party", None),
        decision("The wool party lost.", "wool party", "x", "no-term"),
    )
    Path("d.json").write_text(dump(Decisions("", (Reviewed("a.txt", given),))), encoding="utf-8")
    Path("mine.tsv").write_bytes(MINI.read_bytes())
    return Path("d.json")


def test_learn_writes_a_file_that_check_reads(mtqa: Run, reviewed: Path) -> None:
    run = mtqa("glossary", "learn", reviewed, "-o", "mine.examples.tsv", "--glossary", "mine.tsv", glossary=False)
    assert (run.code, run.out) == (0, "")
    assert run.err == (
        "left out: no term is called 'no-term'; 1 decision names it\n"
        "candidate for idiomatic: wool-party: 'freebie seekers', written 1 time\n"
        "wool-party: 1 bad (1 new), 1 good (1 new)\n"
        "2 new examples, 1 left out\n"
    )
    text = Path("mine.examples.tsv").read_text(encoding="utf-8")
    assert text == (
        "id\tlabel\tsentence\tzh\n"
        "wool-party\tbad\tThe «wool party» won.\t羊毛党赢了。\n"
        "wool-party\tgood\tA «wool party» wall stood there.\t\n"
    )
    assert [example.label for example in load_examples(Path("mine.tsv"))] == ["bad", "good"]
    assert ": error:" not in mtqa("glossary", "check", "mine.tsv", glossary=False).out
    again = mtqa("glossary", "learn", reviewed, "-o", "mine.examples.tsv", "-g", "mine.tsv", glossary=False)
    assert again.err.endswith("0 new examples, 1 left out\n")
    assert Path("mine.examples.tsv").read_text(encoding="utf-8") == text


def test_learn_keeps_what_a_file_holds(mtqa: Run, reviewed: Path) -> None:
    Path("e.tsv").write_text(
        "id\tlabel\tsentence\tzh\nown-oar\tbad\tThey «row their own boats».\t\nwool-party\tgood\tThe «wool party» won.\t\n",
        encoding="utf-8",
    )
    run = mtqa("glossary", "learn", reviewed, "-o", "e.tsv", "--glossary", "mine.tsv", glossary=False)
    assert "'wool party' was both mended and left standing" in run.err
    assert "wool-party: 0 bad, 2 good (1 new)" in run.err
    assert [(e.term, e.label) for e in load_examples_file(Path("e.tsv"))] == [
        ("own-oar", "bad"), ("wool-party", "good"), ("wool-party", "good"),
    ]  # fmt: skip
    Path("e.tsv").write_text("my notes\n", encoding="utf-8")
    run = mtqa("glossary", "learn", reviewed, "-o", "e.tsv", "--glossary", "mine.tsv", glossary=False)
    assert run.code == 2
    assert Path("e.tsv").read_text(encoding="utf-8") == "my notes\n"


def test_learn_prints_without_a_file(mtqa: Run, reviewed: Path) -> None:
    run = mtqa("glossary", "learn", reviewed, "-g", "mine.tsv", glossary=False)
    assert run.out.startswith("id\tlabel\tsentence\tzh\nwool-party\tbad\t")
    assert (
        mtqa("glossary", "learn", glossary=False).err
        == "mtqa: learn: no decisions; name the decisions.json of a review\n"
    )
    assert mtqa("glossary", "check", "-o", "x.tsv", glossary=False).code == 2
    broken = json.loads(reviewed.read_bytes())
    broken["articles"][0]["decisions"][0]["words"] = "x"
    reviewed.write_text(json.dumps(broken), encoding="utf-8")
    assert "decisions[0].words: 'x' found" in mtqa("glossary", "learn", reviewed, glossary=False).err
