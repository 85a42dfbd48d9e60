"""The gate: what counts as lost, which cases are scored and how, and what card and terminal say of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mtqa.classify import Band, Scale, Thresholds
from mtqa.document import Span
from mtqa.errors import MtqaError
from mtqa.finding import Finding
from mtqa.glossary import Glossary, load_glossary
from mtqa.glossary.cells import marked
from mtqa.teach import gate, regression
from mtqa.teach.card import gate_table, summary, text
from mtqa.teach.desk import Desk
from mtqa.teach.gate import Verdict, figures, judge
from mtqa.teach.regression import Loss, Scores, alarms, by_term, cases, is_frozen, losses, total, wild
from mtqa.term import Example, Term

KINDS = ("certain", "listed", "evidence", "ordinary", "very ordinary")
THRESHOLDS = Thresholds(
    {kind: Scale(1, 0) for kind in KINDS}, {kind: Band(0.3, 0.5) for kind in KINDS}, Scale(1, 0), Scale(1, 0), 0.8,
    frozenset(),
)  # fmt: skip


def example(term: str, label: str, sentence: str) -> Example:
    words, spans = marked(sentence)
    return Example(term, "bad" if label == "bad" else "good", words, spans)


def taught(glossary: Glossary, *rows: tuple[str, str, str]) -> list[tuple[Term, Example]]:
    return [(glossary[term], example(term, label, sentence)) for term, label, sentence in rows]


# Losses


@pytest.mark.parametrize(
    ("before", "after", "allowed", "higher", "lost"),
    [
        (90, 89, 1, True, False),  # at the bound
        (90, 88.99, 1, True, True),
        (90, 95, 0, True, False),
        (90, 90, 0, True, False),
        (15, 14, 0, True, True),
        (90, 90, -100, True, True),
        (1.0, 1.25, 0.25, False, False),  # at the bound
        (1.0, 1.26, 0.25, False, True),
        (1.0, 0.1, 0, False, False),
        (0.1 + 0.2, 0.3, 0, True, False),  # what floats make of sums is no loss
        (0.3, 0.1 + 0.2, 0, False, False),
    ],
)
def test_what_is_worse_than_allowed_is_lost(
    before: float, after: float, allowed: float, higher: bool, lost: bool
) -> None:
    assert Loss("x", before, after, allowed, higher).is_lost is lost


@pytest.mark.parametrize(
    ("scores", "f1"), [(Scores(3, 1, 2), 2 / 3), (Scores(), 1.0), (Scores(0, 1, 0), 0.0), (Scores(4, 0, 0), 1.0)]
)
def test_f1(scores: Scores, f1: float) -> None:
    assert scores.f1 == pytest.approx(f1)


def test_losses_are_in_points_by_term_and_over_all() -> None:
    before = {"a": Scores(3, 0, 0), "b": Scores(1, 1, 0)}
    after = {"b": Scores(1, 0, 0), "a": Scores(1, 0, 2)}
    assert total(before.values()) == Scores(4, 1, 0)
    assert total([]) == Scores()
    found = losses(before, after, 2.0)
    assert [(loss.name, round(loss.before, 2), round(loss.after, 2), loss.is_lost) for loss in found] == [
        ("all bundled terms", 88.89, 66.67, True),
        ("a", 100, 50, True),
        ("b", 66.67, 100, False),
    ]
    assert {loss.allowed for loss in found} == {2.0}
    assert losses({}, {}, 1.0) == [Loss("all bundled terms", 100, 100, 1.0)]


def test_a_tenth_of_the_bundled_terms_is_frozen(bundled: Glossary) -> None:
    share = sum(map(is_frozen, bundled.ids)) / len(bundled)
    assert 0.08 < share < 0.12
    assert [term for term in bundled.ids if is_frozen(term)] == [term for term in bundled.ids if is_frozen(term)]


# Cases


def test_cases_are_the_marked_uses_that_a_literal_matches(mini: Glossary) -> None:
    rows = [
        ("wool-party", "bad", "It rained. The «wool party» met «wool pullers»."),
        ("wool-party", "good", "A «wool party» of knitters met."),
        ("wool-party", "good", "The «bargain hunters» met."),  # the model is never asked
        ("wool-party", "bad", "The «sheep party» met."),
        ("outlet-wind", "bad", "They look for the «outlet» for startups."),  # a rival of outlet-sea
        ("outlet-sea", "bad", "They look for the «outlet» for startups."),
    ]
    found = cases(mini, taught(mini, *rows))
    assert [(case.use.term.id, case.use.sentence[slice(*case.use.span)], case.is_bad) for case in found] == [
        ("wool-party", "wool party", True),
        ("wool-party", "wool pullers", True),
        ("wool-party", "wool party", False),
        ("outlet-wind", "outlet", True),
        ("outlet-sea", "outlet", True),
    ]
    assert found[0].use.sentence == "The wool party met wool pullers."
    assert cases(mini, []) == []


def test_scores_by_term_follow_the_thresholds(mini: Glossary) -> None:
    rows = [
        ("wool-party", label, f"The «wool party» came in {i}.")
        for i, label in enumerate(("bad", "bad", "good", "good"))
    ]
    tried = cases(mini, taught(mini, *rows, ("pony-ma", "bad", "«Ma Huateng» spoke.")))
    # 0.5 flags, a note does not.
    assert by_term(tried, [0.0, -0.001, 0.0, -0.001, 3.0], THRESHOLDS) == {
        "wool-party": Scores(right=1, wrong=1, missed=1),
        "pony-ma": Scores(right=1),
    }
    with pytest.raises(ValueError, match="zip"):
        by_term(tried, [0.0], THRESHOLDS)


class FakeLinter:
    """Find some words wherever they stand, with the severity given for each."""

    def __init__(self, **severities: str) -> None:
        self._severities = severities

    def lint(self, document: Any) -> list[Finding]:
        found = []
        for words, severity in self._severities.items():
            start = document.text.find(words)
            if start >= 0:
                found.append(Finding("literal", Span(start, start + len(words)), "", "x", severity, None))
        return found


def test_alarms_are_flags_above_a_note_in_edited_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, words in (("one", "The big party met."), ("two", "A party, a hunter.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "en.txt").write_text(words, encoding="utf-8")
    asked: list[str] = []
    monkeypatch.setattr(regression, "sample_articles", lambda split: asked.append(split) or sorted(tmp_path.iterdir()))
    assert alarms(FakeLinter(party="major", hunter="minor", big="note")) == (3, 8)  # type: ignore[arg-type]
    assert asked == ["dev"]


def test_cases_met_in_the_wild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        "label\tsentence\tsource",
        "bad\tThe «party» met the «hunter».\tx",  # right: both are flagged
        "bad\tThe «party» met the «fox».\tx",  # wrong: one is missed
        "good\tThe big fox met.\tx",  # right: a note is no alarm
        "good\tThe party met.\tx",  # wrong
    ]
    monkeypatch.setattr(regression, "bundled_folder", lambda name: tmp_path / Path(name).name)
    (tmp_path / "in_the_wild.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert wild(FakeLinter(party="major", hunter="minor", big="note")) == 2  # type: ignore[arg-type]


def test_the_cases_in_the_wild_are_there() -> None:
    assert wild(FakeLinter()) >= 1  # type: ignore[arg-type]


# The judgement


class Folder(NamedTuple):
    thresholds: Thresholds


class FakeClassifier:
    """Flag the uses of some terms and no others."""

    signature = "toy@00000000"

    def __init__(self, *terms: str) -> None:
        self._terms = terms
        self.folder = Folder(THRESHOLDS)
        self.asked: set[str] = set()

    def use_logits(self, uses: Sequence[Any]) -> list[float]:
        self.asked |= {use.term.id for use in uses}
        return [9.0 if use.term.id in self._terms else -9.0 for use in uses]


@pytest.fixture
def desk(mini: Glossary, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a term that nobody else has, in a world of three other terms with examples."""
    own = load_glossary([Path(__file__).parent / "data" / "mini.tsv"])["own-oar"]
    known = taught(
        mini,
        ("wool-party", "bad", "The «wool party» came."),
        ("pony-ma", "bad", "«Ma Huateng» spoke."),
        ("top-student", "bad", "The «top student» of the market rose."),
    )
    monkeypatch.setattr(regression, "bundled_examples", lambda _: known)
    monkeypatch.setattr(regression, "is_frozen", lambda term: term == "wool-party")
    monkeypatch.setattr(gate, "_rest", lambda _, points: [Loss("clean", 1, 1, points, False), Loss("wild", 15, 15, 0)])
    mine = taught(
        mini, ("own-oar", "bad", "They «row their own boats»."), ("pony-ma", "good", "«Ma Huateng» is a name.")
    )
    kept = taught(mini, ("own-oar", "bad", "We «row our own boat»."))
    return Desk(mini, (own,), tuple(mine), tuple(kept))


def judged(desk: Desk, *terms: str, points: float = 1.0, thorough: bool = False) -> Verdict:
    base, model = FakeClassifier("wool-party", "pony-ma"), FakeClassifier(*terms)
    return judge(desk, base, model, points, thorough=thorough)  # type: ignore[arg-type]


def test_frozen_terms_and_those_reviews_touched_are_judged(desk: Desk) -> None:
    verdict = judged(desk, "own-oar", "wool-party", "pony-ma")
    assert [loss.name for loss in verdict.losses] == ["all bundled terms", "wool-party", "pony-ma", "clean", "wild"]
    assert verdict.lost == []
    assert (verdict.kept_before, verdict.kept_after) == ({"own-oar": Scores(missed=1)}, {"own-oar": Scores(right=1)})
    assert verdict.taught_after == {"own-oar": Scores(right=1), "pony-ma": Scores(wrong=1)}
    every = judged(desk, "own-oar", thorough=True)
    assert [loss.name for loss in every.losses[1:-2]] == ["wool-party", "pony-ma", "top-student"]


def test_a_term_forgotten_is_lost(desk: Desk) -> None:
    verdict = judged(desk, "own-oar", "wool-party")
    assert [loss.name for loss in verdict.lost] == ["all bundled terms", "pony-ma"]
    assert judged(desk, "own-oar", "wool-party", points=100).lost == []


def test_figures(desk: Desk) -> None:
    said = figures(judged(desk, "own-oar", "wool-party"))
    assert said["kept back"] == {"before": 0.0, "after": 1.0, "terms": {"own-oar": [0.0, 1.0]}}
    assert said["trained on"] == {
        "before": 0.0, "after": 1.0, "terms": {"own-oar": [0.0, 1.0], "pony-ma": [0.0, 1.0]},
    }  # fmt: skip
    assert [loss["name"] for loss in said["gate"]] == ["all bundled terms", "clean", "wild"]
    assert [(loss["name"], loss["before"], loss["after"]) for loss in said["lost"]][1:] == [("pony-ma", 100.0, 0.0)]
    assert said["bundled terms scored"] == 2
    assert figures(judged(desk._replace(kept=()), "own-oar"))["kept back"] == {}


# Card and terminal


def card(desk: Desk, verdict: Verdict, **origins: int) -> str:
    pytest.importorskip("torch")
    from mtqa.teach.lessons import Lessons
    from mtqa.train.recipe import Recipe
    from mtqa.train.rows import Rows

    none = Rows([], [])
    rows = Lessons(none, none, none, origins)
    return text("mine", desk, FakeClassifier(), rows, Recipe(epochs=3), verdict)  # type: ignore[arg-type]


def test_the_card_says_what_was_made(desk: Desk) -> None:
    verdict = judged(desk, "own-oar", "wool-party", "pony-ma")
    said = card(desk, verdict, bad=7, slotted=5, varied=3, known=11)
    assert said.startswith("# mine\n\ntoy@00000000, taught 1 terms of a desk by `mtqa train`.")
    table = said[said.index("| rows |") : said.index("Recipe: epochs 3, ")]
    assert table == (
        "| rows | from |\n|---|---|\n"
        "| 7 | own examples of literal renderings |\n"
        "| 3 | made sentences: own examples with the other words of their term |\n"
        "| 5 | made sentences: words put into the slots of bundled sentences (grammatical, often nonsense) |\n"
        "| 11 | bundled examples labelled by the base, so that they are not forgotten |\n\n"
    )
    assert "decisions could not be used" not in said
    assert said.endswith("\n")
    assert not said.endswith("\n\n")


def test_the_card_has_a_table_by_term(desk: Desk) -> None:
    said = card(desk, judged(desk, "own-oar", "wool-party", "pony-ma"), bad=1)
    table = said[said.index("| term |") : said.index("## The gate")]
    assert table == (
        "| term | kept back: before | after | trained on: before | after |\n|---|---|---|---|---|\n"
        "| all | 0.000 | 1.000 | 0.000 | 0.667 |\n"
        "| own-oar | 0.00 | 1.00 | 0.00 | 1.00 |\n"
        "| pony-ma |  |  | 0.00 | 0.00 |\n\n"
    )
    bare = card(desk._replace(kept=()), judged(desk._replace(kept=()), "own-oar"), bad=1)
    assert "No examples were kept back (that needs four of one label)" in bare
    assert "| own-oar |  |  | 0.00 | 1.00 |" in bare


def test_the_card_lists_what_was_lost(desk: Desk) -> None:
    said = card(desk, judged(desk, "own-oar", "wool-party"), bad=1)
    assert "Of 2 bundled terms 1 lost\nmore than is allowed.\n" in said
    assert said.endswith(
        "| | before | after | may worsen by |\n|---|---|---|---|\n"
        "| all bundled terms | 100.00 | 66.67 | 1 |\n"
        "| pony-ma | 100.00 | 0.00 | 1 |\n"
    )
    assert list(gate_table([]))[2:] == []


def test_the_card_counts_what_was_left_out(desk: Desk) -> None:
    left = desk._replace(left_out=("a | b\nc", "d"))
    said = card(left, judged(left, "own-oar"), bad=1)
    assert "\n2 decisions could not be used.\n" in said
    assert "a | b" not in said


@pytest.mark.parametrize("name", ["a|b", "a b", "A", "a`b", "<b>", "a-", "*"])
def test_names_of_terms_cannot_break_a_table(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(f"id\tzh\tliteral\tidiomatic\n{name}\t词\tword\tn: term\n", encoding="utf-8")
    with pytest.raises(MtqaError) as error:
        load_glossary([path])
    assert str(error.value) == f"{path}:2: id: {name!r}; write lower-case words joined by hyphens"


def test_a_term_with_kept_examples_alone_is_in_the_table(desk: Desk) -> None:
    alone = desk._replace(examples=desk.examples[1:])
    assert "| own-oar | 0.00 | 1.00 |  |  |" in card(alone, judged(alone, "own-oar"), bad=1)


def test_the_terminal_is_told_the_same(desk: Desk) -> None:
    assert summary(judged(desk, "own-oar", "wool-party")) == (
        "F1 of the desk                                before   after\n"
        "examples kept back, 1 terms                    0.000   1.000\n"
        "examples trained on, 2 terms                   0.000   1.000\n"
        "what the base knew                            before   after\n"
        "all bundled terms                             100.00   66.67  lost\n"
        "clean                                           1.00    1.00\n"
        "wild                                           15.00   15.00\n"
        "pony-ma                                       100.00    0.00  lost\n"
    )


def test_the_terminal_is_not_flooded() -> None:
    many = {f"term-{i:02}": Scores(missed=1) for i in range(30)}
    lost = tuple(Loss(term, 100, 0, 1) for term in many)
    rest = (Loss("clean", 1, 1, 0, False), Loss("wild", 15, 15, 0))
    said = summary(Verdict({}, {}, many, many, (Loss("all", 100, 0, 1), *lost, *rest))).splitlines()
    assert sum(line.startswith("  term-") for line in said) == 20
    assert sum(line.startswith("term-") for line in said) == 20
    assert said[-1] == "and 10 more, see card.md"
