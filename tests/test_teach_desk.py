"""What a desk teaches: its files, what is kept back, the advice by file and line, the rows that come of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from mtqa.classify import Use, sigmoid
from mtqa.document import Span
from mtqa.errors import MtqaError
from mtqa.review.decisions import dump
from mtqa.review.key import key_of
from mtqa.review.records import Decision, Decisions, Reviewed
from mtqa.teach.advice import advice
from mtqa.teach.desk import Desk, read_desk
from mtqa.teach.regression import bundled_examples

MINI = Path(__file__).parent / "data" / "mini.tsv"
TERMS = "id\tzh\tliteral\tidiomatic\nold-fritter\t老油条\told fritter\tn: old hand\nsweet-spot\t甜点\tdessert ??\tn: sweet spot\n"
HEADER = "id\tlabel\tsentence\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a glossary and, where rows are given, the examples beside it."""

    def files(terms: str = TERMS, examples: Sequence[str] = (), name: str = "desk") -> Path:
        path = tmp_path / f"{name}.tsv"
        path.write_text(terms, encoding="utf-8")
        if examples:
            rows = HEADER + "".join(f"{row}\n" for row in examples)
            path.with_name(f"{name}.examples.tsv").write_text(rows, encoding="utf-8")
        return path

    return files


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("desk", "regression"):
        monkeypatch.setattr(f"mtqa.teach.{module}.bundled_paths", lambda: [MINI])


def bad(number: int, term: str = "old-fritter", words: str = "old fritter") -> str:
    return f"{term}\tbad\tThe «{words}» left in {1900 + number}."


def good(number: int, term: str = "old-fritter", words: str = "old hand") -> str:
    return f"{term}\tgood\tThe «{words}» left in {1900 + number}."


def decision(sentence: str, words: str, text: str | None, term: str) -> Decision:
    start = sentence.index(words)
    return Decision(
        key=key_of("literal", term, sentence, start, start + len(words), 0),
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


def reviewed(folder: Path, *decisions: Decision) -> Path:
    path = folder / "review.json"
    path.write_text(dump(Decisions("", (Reviewed("a.txt", decisions),))), encoding="utf-8")
    return path


def test_a_desk_is_its_terms_on_top_of_the_bundled(write: Write) -> None:
    desk = read_desk([write(TERMS + "wool-party\t羊毛党\tfleece club\tpl: fans\n", [bad(1), good(2)])], [])
    assert [term.id for term in desk.terms] == ["old-fritter", "sweet-spot", "wool-party"]
    assert [form.text for form in desk.glossary["wool-party"].literal] == ["fleece club"]
    assert "pony-ma" in desk.glossary
    assert [(term.id, example.label, example.line) for term, example in desk.examples] == [
        ("old-fritter", "bad", 2),
        ("old-fritter", "good", 3),
    ]
    assert (desk.kept, desk.left_out) == ((), ())


def test_two_glossaries_the_later_wins(write: Write) -> None:
    first = write(examples=[bad(1)])
    second = write("id\tzh\tliteral\tidiomatic\nold-fritter\t老油条\tgreasy stick\tn: veteran\n", [], "other")
    desk = read_desk([first, second], [])
    assert [form.text for form in desk.glossary["old-fritter"].literal] == ["greasy stick"]
    assert [term.id for term in desk.terms] == ["old-fritter", "sweet-spot"]
    assert desk.examples[0][0].idiomatic[0].text == "veteran"


def test_an_example_of_no_term_is_named(write: Write) -> None:
    path = write(examples=[bad(1), "new-term\tbad\tA «new term»."])
    with pytest.raises(MtqaError) as error:
        read_desk([path], [])
    said = f"{path.with_name('desk.examples.tsv')}:3: no term of desk.tsv is called 'new-term'; add the term or mend the id"
    assert str(error.value) == said


def test_bundled_terms_are_no_terms_of_the_desk(write: Write) -> None:
    """Examples of bundled terms belong into the bundled files, or the term into the desk's."""
    with pytest.raises(MtqaError, match=r"no term of desk\.tsv is called 'wool-party'; add the term or mend the id"):
        read_desk([write(examples=["wool-party\tbad\tA «wool party»."])], [])


def test_nothing_to_teach(write: Write, tmp_path: Path) -> None:
    empty = write("id\tzh\tliteral\tidiomatic\n")
    said = "nothing to teach: no term in the glossaries, no decision on a term in the reviews"
    for glossaries, decisions in (([empty], []), ([], []), ([], [reviewed(tmp_path)])):
        with pytest.raises(MtqaError) as error:
            read_desk(glossaries, decisions)
        assert str(error.value) == said


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(MtqaError, match=r"none\.tsv: cannot be read: No such file or directory; name a \.tsv glossary"):
        read_desk([tmp_path / "none.tsv"], [])
    (tmp_path / "review.json").write_text("[]", encoding="utf-8")
    with pytest.raises(MtqaError, match=r"review\.json"):
        read_desk([], [tmp_path / "review.json"])


@pytest.mark.parametrize(("count", "kept"), [(3, 0), (4, 1), (9, 1)])
def test_one_in_a_label_is_kept_back_where_there_are_four(write: Write, count: int, kept: int) -> None:
    rows = [*map(bad, range(count)), good(1), *(good(i, "sweet-spot", "dessert") for i in range(count))]
    desk = read_desk([write(examples=rows)], [])
    assert [(term.id, example.label) for term, example in desk.kept] == [
        ("old-fritter", "bad"),
        ("sweet-spot", "good"),
    ][: 2 * kept]
    assert len(desk.examples) + len(desk.kept) == 2 * count + 1
    if kept:
        texts = [f"The old fritter left in {1900 + i}." for i in range(count)]
        assert desk.kept[0][1].text == min(texts, key=lambda text: crc32(text.encode()))


def test_what_is_kept_back_does_not_depend_on_the_order(write: Write) -> None:
    rows = [bad(i) for i in range(6)]
    assert {
        read_desk([write(examples=order)], []).kept[0][1].text for order in (rows, rows[::-1], rows[3:] + rows[:3])
    } == {min((f"The old fritter left in {1900 + i}." for i in range(6)), key=lambda text: crc32(text.encode()))}


def test_decisions_teach(write: Write, tmp_path: Path) -> None:
    decisions = reviewed(
        tmp_path,
        decision("An old fritter spoke.", "old fritter", "old hand", "old-fritter"),
        decision("A dessert was served.", "dessert", None, "sweet-spot"),
        decision("The wool party won.", "wool party", "fans", "wool-party"),
        decision("The wool party lost.", "wool party", "x", "no-term"),
    )
    desk = read_desk([write(examples=[bad(1)])], [decisions])
    assert [(term.id, e.label, e.text, e.spans) for term, e in desk.examples] == [
        ("old-fritter", "bad", "The old fritter left in 1901.", (Span(4, 15),)),
        ("old-fritter", "bad", "An old fritter spoke.", (Span(3, 14),)),
        ("sweet-spot", "good", "A dessert was served.", (Span(2, 9),)),
        ("wool-party", "bad", "The wool party won.", (Span(4, 14),)),
    ]
    assert desk.left_out == ("no term is called 'no-term'; 1 decision names it",)
    alone = read_desk([], [decisions])
    assert alone.terms == ()
    assert [term.id for term, _ in alone.examples] == ["wool-party"]
    assert len(alone.left_out) == 3


def test_decisions_that_say_what_examples_say_add_nothing(write: Write, tmp_path: Path) -> None:
    again = decision("The old fritter left in 1901.", "old fritter", "old hand", "old-fritter")
    desk = read_desk([write(examples=[bad(1)])], [reviewed(tmp_path, again)])
    assert len(desk.examples) == 1
    against = again._replace(state="rejected", text=None)
    desk = read_desk([write(examples=[bad(1)])], [reviewed(tmp_path, against)])
    assert len(desk.examples) == 1
    assert desk.left_out == (
        "old-fritter: 'The old fritter left in 1901.': 'old fritter' was both mended and left standing; decide which is right",
    )


# Advice


def advised(path: Path) -> list[str]:
    return [line.replace(f"{path.parent}/", "") for line in advice([path])]


def test_enough_examples_need_no_advice(write: Write) -> None:
    rows = [bad(1), bad(2), bad(1, "sweet-spot", "dessert"), bad(2, "sweet-spot", "desserts")]
    assert advised(write(examples=[*rows, good(3, "sweet-spot", "dessert"), good(4, "sweet-spot", "dessert")])) == []


def test_terms_with_too_few_examples_are_named(write: Write) -> None:
    none = "has no examples; made sentences stand in for them, write two bad and two good ones"
    assert advised(write()) == [f"desk.tsv:2: old-fritter: {none}", f"desk.tsv:3: sweet-spot: {none}"]
    assert advised(write(examples=[bad(1), bad(1, "sweet-spot", "dessert"), bad(2, "sweet-spot", "dessert")])) == [
        "desk.tsv:2: old-fritter: has 1 bad example; write 2 or more",
        "desk.tsv:3: sweet-spot: has 0 good examples of words that are also ordinary English; write 2 or more",
    ]
    assert advised(write(examples=[good(1), good(1, "sweet-spot", "dessert")])) == [
        "desk.tsv:2: old-fritter: has 0 bad examples; write 2 or more",
        "desk.tsv:3: sweet-spot: has 0 bad examples; write 2 or more",
        "desk.tsv:3: sweet-spot: has 1 good example of words that are also ordinary English; write 2 or more",
    ]


FRITTER = TERMS.rsplit("sweet-spot", 1)[0]


def test_contradictions_are_named_by_line(write: Write) -> None:
    rows = ["old-fritter\tbad\tThe «old fritter» left.", bad(2), "old-fritter\tgood\tThe «Old Fritter», left!"]
    assert advised(write(FRITTER, rows)) == [
        "desk.examples.tsv:4: old-fritter: calls good what line 2 calls bad; take one of them out"
    ]


def test_what_is_said_twice_is_named_by_line(write: Write) -> None:
    assert advised(write(FRITTER, [bad(1), bad(2), bad(1)])) == [
        "desk.examples.tsv:4: old-fritter: says the same as line 2; write another sentence"
    ]
    twice = "old-fritter\tbad\tThe «old fritter» met the «old fritter»."
    assert advised(write(FRITTER, [twice, bad(2)])) == []


def test_marks_that_are_no_literal_are_named(write: Write) -> None:
    rows = [bad(1), bad(2), "old-fritter\tbad\tAn «ancient fritter» left.", "old-fritter\tgood\tAn «elder» left."]
    assert advised(write(FRITTER, rows)) == [
        "desk.examples.tsv:4: old-fritter: marks 'ancient fritter', which is none of the term's literals; add it to them"
    ]


def test_contexts_do_not_hide_a_literal_from_advice(write: Write) -> None:
    terms = "id\tzh\tliteral\tidiomatic\tunless\nold-fritter\t老油条\told fritter\tn: old hand\tleft\n"
    assert advised(write(terms, [bad(1), bad(2)])) == []


def test_empty_lines_count_in_examples(write: Write) -> None:
    found = advised(write(FRITTER, [bad(1), "", bad(1)]))
    assert found == ["desk.examples.tsv:4: old-fritter: says the same as line 2; write another sentence"]


def test_the_id_stands_in_any_column(write: Write) -> None:
    terms = "zh\tid\tliteral\tidiomatic\n老油条\told-fritter\told fritter\tn: old hand\n"
    assert advised(write(terms, [bad(1)])) == ["desk.tsv:2: old-fritter: has 1 bad example; write 2 or more"]


def test_empty_lines_count_in_glossaries(write: Write) -> None:
    path = write(FRITTER.replace("old-fritter", "\nold-fritter"), [bad(1)])
    assert advised(path) == ["desk.tsv:3: old-fritter: has 1 bad example; write 2 or more"]


# Rows


class Fake:
    """Say of every use how many characters stand before it, less ten."""

    def __init__(self) -> None:
        self.asked: list[Use] = []

    def use_logits(self, uses: Sequence[Use]) -> list[float]:
        self.asked += uses
        return [use.span.start - 10.0 for use in uses]


@pytest.fixture
def taught(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[Any, Fake, Desk]]:
    """Gather the rows of a desk, with a bundled glossary of two dozen examples."""
    pytest.importorskip("torch")
    from mtqa.teach.lessons import lessons

    bundled = tmp_path / "bundled.tsv"
    bundled.write_bytes(MINI.read_bytes())
    rows = [f"top-student\tbad\t{'So ' * i}the «top student» came." for i in range(20)]
    rows += [f"own-oar\tgood\t{'So ' * i}they «go it alone»." for i in range(4)]
    bundled.with_name("bundled.examples.tsv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    for module in ("desk", "regression"):
        monkeypatch.setattr(f"mtqa.teach.{module}.bundled_paths", lambda: [bundled])
    monkeypatch.setattr("mtqa.teach.lessons.sample_articles", lambda _: iter(()))
    monkeypatch.setattr("mtqa.teach.lessons.split_of", lambda family: "dev" if "own" in family else "train")

    def rows_of(known: int, seed: int = 1, decisions: Sequence[Path] = (), **files: Any) -> tuple[Any, Fake, Desk]:
        desk = read_desk([write(**files)], decisions)
        fake = Fake()
        return lessons(desk, fake, known, seed), fake, desk  # type: ignore[arg-type]

    return rows_of


def test_known_rows_are_labelled_by_the_base(taught: Callable[..., Any]) -> None:
    rows, fake, _ = taught(7)
    known = [row for row in rows.once.pairs if row.origin == "known"]
    assert len(known) == len({row.text for row in known}) == rows.origins["known"] == len(fake.asked) == 7
    assert {row.term.id for row in known} == {"top-student"}
    assert [row.label for row in known] == [sigmoid(row.span.start - 10.0) for row in known]
    assert all(row.text[slice(*row.span)] == "top student" and row.weight == 1 for row in known)
    assert taught(99)[0].origins["known"] == 20
    assert "known" not in taught(0)[0].origins


def test_rows_of_other_terms_measure_and_do_not_teach(taught: Callable[..., Any]) -> None:
    rows, _, _ = taught(99)
    assert {row.term.id for row in rows.dev.pairs} == {"own-oar"}
    assert "own-oar" not in {row.term.id for row in (*rows.new.pairs, *rows.once.pairs)}


def test_all_rows_are_taught_and_counted(taught: Callable[..., Any]) -> None:
    rows, _, desk = taught(5, examples=[bad(1), bad(2), bad(3), bad(4), good(5)])
    every = (*rows.new.pairs, *rows.once.pairs)
    assert all(row.is_taught for row in (*every, *rows.dev.pairs))
    assert {origin: sum(row.origin == origin for row in every) for origin in rows.origins} == rows.origins
    assert (rows.origins["bad"], rows.origins["good"], rows.origins["varied"]) == (3, 1, 3)
    (kept,) = desk.kept
    assert kept[1].text in {row.text for row in rows.dev.pairs}
    assert kept[1].text not in {row.text for row in every}


def test_a_term_without_examples_has_made_rows(taught: Callable[..., Any]) -> None:
    rows, _, _ = taught(0, terms=FRITTER)
    assert rows.new.pairs == []
    made = [row for row in rows.once.pairs if row.origin == "slotted"]
    assert len(made) == 8
    assert {(row.term.id, row.label, row.weight) for row in made} == {("old-fritter", 1, 0.5)}
    assert all(row.text.endswith("the old fritter came.") for row in made)
    rows, _, _ = taught(0, terms=FRITTER, examples=[bad(1), good(2)])
    assert rows.origins["slotted"] == 6
    rows, _, _ = taught(0, terms=FRITTER, examples=[*map(bad, range(9))])
    assert rows.origins["slotted"] == 4


def test_the_same_seed_gathers_the_same_rows(taught: Callable[..., Any]) -> None:
    examples = [bad(1), bad(2), good(3)]
    first, again, other = (taught(9, seed, examples=examples)[0] for seed in (4, 4, 5))
    assert first == again
    assert first != other


def test_a_bundled_term_that_reviews_name_is_taught_with_what_was_known(
    taught: Callable[..., Any], tmp_path: Path
) -> None:
    found = reviewed(tmp_path, decision("A top student wall.", "top student", None, "top-student"))
    rows, _, _ = taught(0, decisions=[found])
    new = [(row.term.id, row.label) for row in rows.new.pairs]
    assert new == [("top-student", 0), *[("top-student", 1)] * 20]


def test_the_desk_replaces_examples_of_bundled_terms_it_has(taught: Callable[..., Any]) -> None:
    _, _, desk = taught(0, terms=FRITTER + "top-student\t优等生\tmodel pupil\tn: star\n")
    assert {term.id for term, _ in bundled_examples(desk)} == {"own-oar"}
