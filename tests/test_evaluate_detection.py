"""Matching marked with flagged spans, and the figures, computed by hand."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtqa.document import Span, make_document
from mtqa.evaluate.curves import Bin, expected_error, labelled, precision_recall, reliability
from mtqa.evaluate.detection import Confusion, Counts, Rate, Row, by_rule, by_term, confusions, figures
from mtqa.evaluate.marked import Gold, Marked
from mtqa.evaluate.shared import shared_literal
from mtqa.evaluate.spans import Outcome, Scored, match
from mtqa.finding import Finding
from mtqa.glossary import Glossary

TEXT = "abcdefghij klmnopqrst"  # two words


def finding(
    mini: Glossary, start: int, end: int, term: str = "", severity: str = "major", rule: str = "literal"
) -> Finding:
    return Finding(rule, Span(start, end), "", "", severity, mini[term] if term else None)


def marked(*gold: Gold, **fields: Any) -> Marked:
    return Marked("text", make_document("text", TEXT), gold, **fields)


def matched(text: Marked, *findings: Finding, scored: tuple[Scored, ...] = (), notes: bool = False) -> Outcome:
    return match(text, findings, scored, lambda gold: gold.term, notes=notes)


@pytest.fixture
def outcomes(mini: Glossary) -> list[Outcome]:
    """Two marked texts and a clean one.

    In the first, one finding lies on two marks, one on none, one mark is missed; in the second the term is confused.
    """
    first = matched(
        marked(Gold(Span(0, 2), "wool-party"), Gold(Span(3, 5), "cut-leek"), Gold(Span(15, 18), "cut-leek")),
        finding(mini, 1, 4, "wool-party"),
        finding(mini, 6, 8, rule="calque"),
        finding(mini, 15, 18, "cut-leek", "note"),
        scored=(Scored(Span(1, 4), "wool-party", 0.9), Scored(Span(6, 8), "layman", 0.4)),
    )
    second = matched(
        marked(Gold(Span(0, 4), "outlet-wind")),
        finding(mini, 0, 4, "outlet-sea"),
        finding(mini, 2, 6, "outlet-sea"),
        scored=(Scored(Span(0, 4), "outlet-sea", 0.8),),
    )
    clean = matched(marked(clean=True), finding(mini, 0, 3, "layman"), scored=(Scored(Span(0, 3), "layman", 0.7),))
    return [first, second, clean]


def test_partial_overlap(outcomes: list[Outcome]) -> None:
    first, second, clean = outcomes
    assert [gold.found for gold in first.gold] == [True, True, False]
    assert [found.right for found in first.found] == [True, False]
    # Of 0-2, 3-5, 15-18 and 1-4, 6-8: the code points 1 and 3 are both.
    assert first.characters == (7, 5, 2)
    assert second.characters == (4, 6, 4)
    assert [one.hits for one in first.scored] == [(0, 1), ()]
    assert (clean.words, len(clean.found), clean.found[0].right) == (2, 1, False)


def test_touching_is_not_overlapping(mini: Glossary) -> None:
    found = matched(marked(Gold(Span(0, 3))), finding(mini, 3, 5))
    assert (found.gold[0].found, found.found[0].right) == (False, False)


def test_notes_count_on_demand(mini: Glossary) -> None:
    text, note = marked(Gold(Span(0, 3))), finding(mini, 0, 3, severity="note")
    assert [len(matched(text, note, notes=notes).found) for notes in (False, True)] == [0, 1]


def test_elsewhere_in_a_bad_example_nobody_judged(mini: Glossary) -> None:
    text = marked(Gold(Span(0, 3), "wool-party"), guards=(Gold(Span(4, 6), "x"),), judged=frozenset({"wool-party"}))
    found = matched(
        text,
        finding(mini, 0, 3, "cut-leek"),  # on the mark
        finding(mini, 5, 7, "cut-leek"),  # on words that are to be left alone
        finding(mini, 8, 9, "wool-party"),  # of the term that was looked for
        finding(mini, 9, 10, "cut-leek"),
        finding(mini, 9, 10, rule="calque"),
        scored=(Scored(Span(9, 10), "cut-leek", 0.5),),
    )
    assert [one.right for one in found.found] == [True, False, False]
    assert (found.unjudged, found.scored) == (2, ())


def test_figures(outcomes: list[Outcome]) -> None:
    found = figures(outcomes, samples=50)
    assert found.counts == Counts(gold=4, found=3, flagged=4, right=3)
    assert [rate.value for rate in (found.precision, found.recall, found.f1)] == [0.75, 0.75, 0.75]
    # The texts alone have 1/2 and 2/2, 2/3 and 1/1.
    assert (found.precision.low, found.precision.high) == (0.5, 1.0)
    assert (found.recall.low, found.recall.high) == (2 / 3, 1.0)
    assert found.characters == Counts(gold=11, found=6, flagged=11, right=6)
    assert found.alarms == Rate(500.0, None, None)  # one in two words, of one text
    # Bins of one: |0.9 - 1|, |0.4 - 0|, |0.8 - 1|, |0.7 - 0|, of four.
    assert found.calibration.value == pytest.approx(1.4 / 4)
    assert (found.texts, found.clean_texts, found.clean_words, found.clean_flags, found.candidates) == (2, 1, 2, 1, 4)


def test_nothing_to_measure() -> None:
    found = figures([], samples=5)
    assert {found.precision, found.recall, found.f1, found.alarms, found.calibration} == {Rate(None, None, None)}


def test_rules(outcomes: list[Outcome]) -> None:
    assert by_rule(outcomes) == [Row("literal", Counts(4, 3, 3, 3)), Row("calque", Counts(4, 0, 1, 0))]


def test_terms_add_up_to_the_whole(outcomes: list[Outcome]) -> None:
    rows = by_term(outcomes)
    assert rows == [
        Row("", Counts(0, 0, 1, 0)),
        Row("cut-leek", Counts(2, 1, 0, 0)),
        Row("outlet-sea", Counts(0, 0, 2, 2)),
        Row("wool-party", Counts(1, 1, 1, 1)),
        Row("outlet-wind", Counts(1, 1, 0, 0)),
    ]
    assert Counts(*map(sum, zip(*(row.counts for row in rows), strict=True))) == figures(outcomes, 1).counts


def test_confusions(outcomes: list[Outcome], mini: Glossary) -> None:
    assert confusions(outcomes) == [Confusion("cut-leek", "wool-party", 1), Confusion("outlet-wind", "outlet-sea", 1)]
    assert shared_literal(mini, "outlet-wind", "outlet-sea") == "outlet"
    assert shared_literal(mini, "cut-leek", "wool-party") == shared_literal(mini, "cut-leek", "unknown") == ""


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(), (None, 1.0)),
        (Counts(flagged=3), (0.0, 0.0)),
        (Counts(gold=2, flagged=3), (0.0, 0.0)),
        (Counts(flagged=4, right=3), (None, 0.75)),
        (Counts(gold=2, found=1), (None, 0.5)),
        (Counts(3, 3, 1, 1), (1.0, 1.0)),
    ],
)
def test_f1_of_half_a_row(counts: Counts, expected: tuple[float | None, float]) -> None:
    assert (counts.f1, counts.grade) == expected


def test_curves(outcomes: list[Outcome]) -> None:
    # 0.9 finds two of four marks, 0.8 a third one; 0.4 is wrong. What is clean does not count.
    assert precision_recall(outcomes) == [(0.9, 1.0, 0.5), (0.8, 1.0, 0.75), (0.4, 2 / 3, 0.75)]
    assert reliability(labelled(outcomes), 2) == [
        Bin(0.0, 0.5, 1, 0.4, 0.0),
        Bin(0.5, 1.0, 3, pytest.approx(0.8), pytest.approx(2 / 3)),
    ]
    assert (expected_error([]), precision_recall([])) == (None, [])


def gold_file(folder: Path) -> Path:
    """Three texts of which the small glossary finds one mark, misses one, and flags what is not marked."""
    texts = [
        {"en": "They fight the internal volume.", "spans": [{"start": 15, "end": 30, "zh": "内卷"}]},
        {"en": "The frozen peach is back.", "spans": [{"start": 4, "end": 16, "term": "wool-party"}]},
        {"en": "The wool party came.", "spans": []},
    ]
    file = folder / "gold.jsonl"
    file.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    (folder / "clean.txt").write_text("Speaking popularly, all was well.", encoding="utf-8")
    return file


EXPECTED = """\
                                      95% interval
precision                     0.500  0.000 - 1.000  1 of 2 flagged are right
recall                        0.500  0.000 - 1.000  1 of 2 marked are found
F1                            0.500  0.000 - 1.000  3 marked texts
alarms / 1,000 clean words  200.000                 1 in 5 words, 1 text
calibration error (ECE)           -                 no scores without a model
by characters: P 0.600, R 0.556, F1 0.577

rule     flagged  right      P  found      R
literal        2      1  0.500      1  0.500

term        gold  found  flagged  right      P      R     F1
wool-party     1      0        1      0  0.000  0.000  0.000
1 term without a miss or a false alarm

signature ...|model:none|rules:1|source:yes|notes:no
data ...
"""


def test_the_command(mtqa: Callable[..., Any], tmp_path: Path) -> None:
    gold_file(tmp_path)
    data = ["--data", "gold.jsonl", "--clean", "clean.txt", "--samples", "50"]
    result = mtqa("evaluate", "detection", *data, "--select", "literal")
    assert (result.code, result.err) == (0, "")
    assert re.sub(r"^(signature ).*@.{8}|^(data ).*", r"\1\2...", result.out, flags=re.M) == EXPECTED


def test_spans_without_a_term_are_no_term(mtqa: Callable[..., Any], tmp_path: Path) -> None:
    text = {"en": "The internal volume grew.", "spans": [{"start": 4, "end": 19}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(text))
    run = mtqa("evaluate", "detection", "--data", "gold.jsonl", "--samples", "5")
    assert "\n1 term without a miss or a false alarm\n" in run.out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "mtqa: --data: nothing to measure on; name marked texts, or clean English with --clean\n"),
        (["--data", "gold.jsonl", "--data", "gold.jsonl"], "mtqa: gold.jsonl: is given twice; name each once\n"),
        (
            ["--data", "gold.jsonl", "--data", "./x/../gold.jsonl"],
            "mtqa: x/../gold.jsonl: is given twice; name each once\n",
        ),
        (
            ["--data", "gold.jsonl", "--save", "./x/../gold.jsonl"],
            "mtqa: x/../gold.jsonl: is named for something else too, and would be lost; name another file\n",
        ),
        (
            ["--data", "gold.jsonl", "--save", "a.json", "-o", "a.json"],
            "mtqa: a.json: is named for something else too, and would be lost; name another file\n",
        ),
        (
            ["--data", "gold.jsonl", "-o", "no/page.html"],
            "mtqa: no/page.html: cannot be written: no such folder; make it first\n",
        ),
        (["--data", "gold.jsonl", "-o", "x"], "mtqa: x: cannot be written: is a directory\n"),
        (
            ["--data", "gold.jsonl", "--save", "loop"],
            "mtqa: loop: cannot be written: it is a link that leads to itself\n",
        ),
        (["--data", "broken.jsonl"], 'mtqa: broken.jsonl:1: holds no object; write {"en": "...", "spans": [...]}\n'),
    ],
)
def test_trouble(mtqa: Callable[..., Any], tmp_path: Path, arguments: list[str], what: str) -> None:
    gold_file(tmp_path)
    (tmp_path / "broken.jsonl").write_text("7\n")
    (tmp_path / "x").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    result = mtqa("evaluate", "detection", *arguments)
    assert (result.code, result.out, result.err) == (2, "", what)


def test_samples_are_a_number(mtqa: Callable[..., Any], tmp_path: Path) -> None:
    result = mtqa("evaluate", "detection", "--samples", "0")
    assert result.code == 2
    assert result.err.endswith("argument --samples: '0' found; samples are 1 to 100,000\n")


def test_with_a_model_there_are_scores(mtqa: Callable[..., Any], tmp_path: Path) -> None:
    gold_file(tmp_path)
    tests = Path(__file__).parent
    flags = [
        "--no-bundled",
        "--glossary",
        tests / "data" / "mini.tsv",
        "--model",
        tests.parent / "models" / "press-small",
    ]
    result = mtqa("evaluate", "detection", "--data", "gold.jsonl", "--save", "a.json", *flags, glossary=False)
    assert result.code == 0
    assert "2 scored candidates\n" in result.out
    assert "|model:press-small@" in result.out
    texts = json.loads((tmp_path / "a.json").read_text())["texts"]
    assert [[one["hits"] for one in text["scored"]] for text in texts] == [[[0]], [], [[]]]


def test_help_has_examples(mtqa: Callable[..., Any]) -> None:
    for arguments in ((), ("detection",), ("compare",)):
        result = mtqa("evaluate", *arguments, "--help", glossary=False)
        assert result.code == 0
        assert "examples:\n  mtqa evaluate " in result.out
        assert "exit codes: 0 " in result.out
