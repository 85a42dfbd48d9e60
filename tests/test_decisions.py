"""What editors decided: keys that survive, files that are checked field by field, merging, the SQLite file."""

import json
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqa.document import Document, Segment, Span, make_document
from mtqa.errors import MtqaError
from mtqa.finding import Finding
from mtqa.pipeline import Linter
from mtqa.review.decisions import dump, load, merge, merge_all
from mtqa.review.key import key_of, keys, mark_of, marks
from mtqa.review.records import Decision, Decisions, Reviewed, short
from mtqa.review.schema import MAX_DECISIONS, checked
from mtqa.review.store import Store, exported, store_path
from mtqa.segment import segment

SENTENCES = (
    "The wool party has won.",
    "Ma Huateng spoke.",
    "Internal volume hurts the wool party, said Ma Huateng.",
    "It rained.",
    "The “wool party” 羊毛党 is back 😀 today.",
    "They cut the leeks.",
)
WORDS = st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=8)


def decision(
    sentence: str = "The wool party won.",
    words: str = "wool party",
    text: str | None = "bargain hunters",
    **fields: Any,
) -> Decision:
    start = sentence.index(words)
    end = start + len(words)
    occurrence = fields.get("occurrence", 0)
    term = fields.get("term", "wool-party")
    made = Decision(
        key=key_of("literal", term, sentence, start, end, occurrence),
        state="rejected" if text is None else "accepted",
        text=text,
        reason="",
        time="2026-11-23T03:00:00Z",
        editor="",
        rule="literal",
        term=term,
        severity="major",
        sentence=sentence,
        occurrence=occurrence,
        start=start,
        end=end,
        words=words,
        zh=None,
    )
    return made._replace(**fields)


def whole(*decisions: Decision, path: str = "a.txt") -> Decisions:
    return Decisions("mtqa:x", (Reviewed(path, decisions),))


def plain(*decisions: Decision) -> dict[str, Any]:
    return json.loads(dump(whole(*decisions)))


def found(linter: Linter, sentences: list[str]) -> tuple[Document, list[Finding]]:
    document = segment(make_document("a.txt", "\n\n".join(sentences)))
    return document, linter.lint(document)


@settings(max_examples=100, deadline=None)
@given(
    sentences=WORDS, place=st.integers(0, 7), new=st.sampled_from(("It is dry.", "Yes.", "", "Nobody, he said, knew."))
)
def test_an_edit_in_another_sentence_leaves_keys_as_they_are(
    mini_linter: Linter, sentences: list[str], place: int, new: str
) -> None:
    document, findings = found(mini_linter, sentences)
    place %= len(sentences)
    if sentences.count(sentences[place]) > 1:
        return  # what is edited is one of the identical sentences, whose number changes
    edited = [new if i == place else sentence for i, sentence in enumerate(sentences)]
    rest = [key for key, mark in zip(keys(document, findings), marks(document, findings), strict=True)
            if mark.sentence != sentences[place]]  # fmt: skip
    assert keys(*found(mini_linter, ["A first line.", *[s for s in edited if s]])) == rest


@given(sentences=WORDS)
def test_keys_tell_all_marks_apart(mini_linter: Linter, sentences: list[str]) -> None:
    document, findings = found(mini_linter, sentences)
    there = marks(document, findings)
    assert len({mark.key for mark in there}) == len(findings)
    for mark, finding in zip(there, findings, strict=True):
        assert mark == mark_of(document, finding)
        assert mark.words == document.text[slice(*finding.span)] == mark.sentence[mark.start : mark.end]
        assert mark.key == key_of(
            finding.rule, finding.term and finding.term.id, mark.sentence, mark.start, mark.end, mark.occurrence
        )


def test_identical_sentences_are_numbered() -> None:
    document = segment(make_document("a.txt", "A wool party.\n\nB.\n\nA wool party.\n\nSo A wool party. it was."))
    marked = [Finding("literal", Span(start, start + 4), "", "", "major") for start in (2, 21)]
    assert [(m.sentence, m.occurrence) for m in marks(document, marked)] == [("A wool party.", 0), ("A wool party.", 1)]


def test_a_mark_across_or_between_sentences() -> None:
    document = segment(make_document("a.txt", "One ends. Two begins here.\n\n  \n\nThree."))
    across = mark_of(document, Finding("doubled", Span(4, 13), "", "", "major"))
    assert (across.sentence, across.words) == ("One ends. Two begins here.", "ends. Two")
    between = mark_of(document, Finding("doubled", Span(28, 30), "", "", "major"))
    assert (between.sentence, between.start, between.end) == ("  ", 0, 2)


def test_a_mark_has_the_chinese_of_its_sentences_once() -> None:
    spans = Span(0, 4), Span(5, 9)
    segments = (Segment(spans[0], "甲。", Span(0, 2)), Segment(spans[1], "甲。", Span(0, 2)))
    document = make_document("a.txt", "One. Two.", segments=segments)
    assert mark_of(document, Finding("doubled", Span(0, 9), "", "", "major")).zh == "甲。"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    given = whole(
        decision(), decision("Tabs\tand “quotes” 羊毛😀\r\nhere.", "quotes", None, reason="fine", editor="Ann")
    )
    path.write_bytes(dump(given).encode())
    assert load(path) == given


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("state", "maybe", "'maybe' found; write accepted, edited or rejected"),
        ("state", ["accepted"], "a list found; this must be a text"),
        ("state", "rejected", "text: 'bargain hunters' found; write the new words, or null"),
        ("text", None, "text: nothing found; write the new words, or null"),
        ("text", "x" * 10_001, "10,001 characters; 10,000 at most"),
        ("text", "a\0b", "holds the control character"),
        ("text", "a\x1b[2Jb", "holds the control character"),
        ("text", "\ud800", "half a character"),
        ("reason", None, "nothing found; this must be a text"),
        ("reason", "x" * 2001, "2,001 characters"),
        ("time", "yesterday", "write a UTC time such as"),
        ("editor", 3, "3 found; this must be a text"),
        ("rule", "../literal", "write the name of a rule"),
        ("term", "Wool Party", "write the id of a term, or null"),
        ("severity", "fatal", "write note, minor, major"),
        ("sentence", "x" * 100_001, "100,001 characters"),
        ("occurrence", True, "true found; this must be a whole number from 0"),
        ("occurrence", 1, "key: '"),
        ("start", -1, "-1 found; this must be a whole number from 0"),
        ("start", 4.5, "4.5 found"),
        ("end", 99, "start: 4 to 99 found; the words lie in the sentence of 19 characters"),
        ("end", 4, "start: 4 to 4 found"),
        ("words", "wool", "'wool' found; the sentence has 'wool party' there"),
        ("key", "0" * 16, "is not that of this mark"),
        ("key", "0" * 17, "17 characters; 16 at most"),
        ("zh", 1, "1 found; this must be a text"),
        ("colour", "red", "colour: unknown; version 1 has key, state"),
    ],
)
def test_every_field_is_checked(field: str, value: object, said: str) -> None:
    given = plain(decision(), decision("It rained.", "rained", "poured"))
    given["articles"][0]["decisions"][0][field] = value
    with pytest.raises(MtqaError) as caught:
        checked(given, "d.json")
    assert said in str(caught.value)
    assert str(caught.value).startswith("d.json: articles[0].decisions[0].")


def test_a_missing_field_is_named() -> None:
    given = plain(decision())
    del given["articles"][0]["decisions"][0]["time"]
    with pytest.raises(MtqaError, match=r"decisions\[0\]\.time: missing"):
        checked(given, "d.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no JSON"),
        ("[]", "a list found; this must be an object"),
        ("{}", "version: nothing found; this mtqa reads version 1"),
        ('{"version": 2}', "version: 2 found; this mtqa reads version 1, update it"),
        ('{"version": true, "signature": "", "articles": []}', "version: true found"),
        ('{"version": 1, "signature": ""}', "articles: missing"),
        ('{"version": 1, "signature": "", "articles": {}}', "articles: an object found; this must be a list"),
        ('{"version": 1, "signature": "", "articles": [3]}', "articles[0]: 3 found; this must be an object"),
        ('{"version": 1, "signature": "", "articles": [{"path": "", "decisions": []}]}', "write the article's path"),
        ('{"version": 1, "signature": "", "articles": [{"path": "a\\u0000", "decisions": []}]}', "write the article's"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"version": 1e999}', "version: Infinity found"),
        ("9" * 5000, "is no JSON"),
    ],
)
def test_what_is_no_decisions_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "d.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MtqaError) as caught:
        load(path)
    assert said in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'{"version": "\xe9"}')
    for name in ("latin.json", "missing.json", "."):
        with pytest.raises(MtqaError):
            load(tmp_path / name)


def test_sizes_are_limited(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    with path.open("wb") as file:
        file.truncate(32 * 2**20 + 1)
    with pytest.raises(MtqaError, match="more than 33,554,432 bytes"):
        load(path)
    given: dict[str, Any] = {
        "version": 1,
        "signature": "",
        "articles": [{"path": "a", "decisions": [0] * (MAX_DECISIONS + 1)}],
    }
    with pytest.raises(MtqaError, match="100,001 entries; 100,000 at most"):
        checked(given, "d.json")


def test_a_mark_decided_twice(tmp_path: Path) -> None:
    assert len(checked(plain(decision(), decision()), "d").articles[0].decisions) == 1
    with pytest.raises(MtqaError, match=r'decisions\[1\]: "wool party" \[literal wool-party\] is decided twice'):
        checked(plain(decision(), decision(text="freebie hunters")), "d")
    given = plain(decision())
    given["articles"] *= 2
    with pytest.raises(MtqaError, match=r"'a\.txt' stands twice"):
        checked(given, "d")


def test_merge_names_conflicts() -> None:
    ann = whole(decision(editor="Ann"), decision("It rained.", "rained", "poured"))
    ben = whole(decision(text=None, reason="a real party", editor="Ben"), decision("They left.", "left", "fled"))
    merged, conflicts = merge(ann, ben)
    assert [d.words for d in merged.articles[0].decisions] == ["wool party", "rained", "left"]
    (conflict,) = conflicts
    assert str(conflict) == (
        'a.txt: "wool party" [literal wool-party]: accepted "bargain hunters" by Ann, '
        "but also rejected (a real party) by Ben"
    )


def test_merge_takes_the_later_of_two_that_agree() -> None:
    early = decision(text=None, reason="name", time="2026-01-01T00:00:00Z")
    late = decision(text=None, time="2026-02-01T00:00:00Z")
    for one, other in ((early, late), (late, early)):
        merged, conflicts = merge(whole(one), whole(other))
        assert (merged.articles[0].decisions, conflicts) == ((early,), ())  # the one that gives a reason
    accepted, typed = decision(), decision(state="edited", time="2026-12-01T00:00:00Z")
    assert merge(whole(accepted), whole(typed)) == (whole(typed), ())


def test_articles_are_merged_by_path() -> None:
    merged, conflicts = merge(whole(decision()), whole(decision(text=None), path="b.txt"))
    assert ([article.path for article in merged.articles], conflicts) == (["a.txt", "b.txt"], ())


def test_the_preferred_editor_wins() -> None:
    ann, ben, cleo = whole(decision()), whole(decision(text=None)), whole(decision(text="fans"))
    assert merge_all([ann, ben, cleo], ben) == (ben, ())
    assert len(merge_all([ann, ben, cleo]).conflicts) == 2
    other = whole(decision("It rained.", "rained", "poured")), whole(decision("It rained.", "rained", None))
    assert len(merge_all([ann, *other], ann).conflicts) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["x", "y", None]), st.booleans()), max_size=12))
def test_merging_is_the_same_both_ways(choices: list[tuple[int, str | None, bool]]) -> None:
    sides: dict[bool, dict[int, Decision]] = {True: {}, False: {}}
    for number, text, side in choices:
        sides[side][number] = decision(f"Number {number} of wool party.", text=text)
    ann, ben = (whole(*side.values()) for side in sides.values())
    one, other = merge(ann, ben), merge(ben, ann)
    assert {c.first.key for c in one.conflicts} == {c.first.key for c in other.conflicts}
    assert {d.key for d in one.decisions.articles[0].decisions} == {
        d.key for d in other.decisions.articles[0].decisions
    }
    assert merge(one.decisions, ann).decisions == one.decisions


def test_names_that_are_printed_do_nothing_to_a_terminal() -> None:
    hostile = decision("A \x1b[2J\u202egnp party\n won.", "\x1b[2J\u202egnp party", "x\u202ey\x9b")
    assert (hostile.name + hostile.choice).isprintable()
    assert short("x" * 200, 10) == "xxxxxxxxx…"


def test_a_store_gives_back_what_was_saved(tmp_path: Path) -> None:
    path = store_path(tmp_path / "a.txt")
    assert path.name == "a.txt.review.sqlite"
    store = Store(path, "a.txt", "mtqa:x")
    one, two = decision(), decision("It rained.", "rained", "poured")
    for saved in (one, two, one._replace(text="fans"), one._replace(text="fans")):
        store.save(saved.key, saved._asdict())
    store.save(two.key, None)
    store.close()
    assert load(path) == whole(one._replace(text="fans"))
    again = Store(path, "a.txt", "mtqa:y")
    again.save(two.key, two._asdict())
    again.close()
    assert load(path)[0] == "mtqa:y"
    assert len(load(path).articles[0].decisions) == 2


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.review.sqlite"
    store = Store(path, "a.txt", "x")
    for number in range(300):
        one = decision(f"Number {number} of wool party.")
        store.save(one.key, one._asdict())
    store.close()
    data = path.read_bytes()
    rng = random.Random(5)
    for size in (len(data) // 2, 4096, 100, 20):
        path.write_bytes(data[:size])
        with pytest.raises(MtqaError, match=r"a\.txt\.review\.sqlite: .*(damaged|something else)"):
            exported(path)
    noise = bytearray(data)
    for _ in range(2000):
        noise[rng.randrange(100, len(noise))] = rng.randrange(256)
    path.write_bytes(noise)
    with pytest.raises(MtqaError, match=r"a\.txt\.review\.sqlite: "):
        load(path)


def test_a_store_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.review.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE log (number INTEGER PRIMARY KEY, key TEXT NOT NULL, body TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(MtqaError, match="something else"):
        Store(path, "a.txt", "x")
    link = tmp_path / "b.txt.review.sqlite"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(MtqaError, match="is a link"):
        Store(link, "b.txt", "x")


def test_what_a_store_holds_is_checked_like_any_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.review.sqlite"
    store = Store(path, "a.txt", "x")
    store.save("0" * 16, {"state": "maybe"})
    store.close()
    with pytest.raises(MtqaError, match=r"decisions\[0\]\.key: missing"):
        load(path)
