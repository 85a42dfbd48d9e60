"""Comparing two results of detection: what changed, whether it is significant, and what is refused."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtqa.document import Span, make_document
from mtqa.errors import MtqaError
from mtqa.evaluate.compare import compare, mcnemar
from mtqa.evaluate.detection import Counts, figures
from mtqa.evaluate.marked import Gold, Marked
from mtqa.evaluate.results import Result, as_json, fingerprint, load
from mtqa.evaluate.spans import Characters, FoundResult, GoldResult, Outcome, ScoredResult


def outcome(found: bool, wrong: int = 0, term: str = "wool-party", score: float = 0.9) -> Outcome:
    """A text of ten words with one mark, found or not, and flags on nothing."""
    gold = GoldResult(0, 4, term, ("wool-party",) if found else (), ("literal",) if found else ())
    right = (FoundResult(0, 4, "literal", "wool-party", True),) if found else ()
    flags = right + (FoundResult(5, 9, "literal", "cut-leek", False),) * wrong
    return Outcome("text", False, 10, (gold,), flags, 0, Characters(4, 4, 4), (ScoredResult(score, (0,)),))


def clean(flags: int) -> Outcome:
    alarms = (FoundResult(5, 9, "literal", "cut-leek", False),) * flags
    return Outcome("clean", True, 1000, (), alarms, 0, Characters(0, 4, 0), ())


def result(*outcomes: Outcome, data: str = "d", signature: str = "s") -> Result:
    return Result(signature, data, outcomes)


def test_a_result_survives_its_file(tmp_path: Path) -> None:
    there = result(outcome(True, 2), outcome(False), clean(1), signature="mtqa|\u202e")
    file = tmp_path / "a.json"
    file.write_text(as_json(there, figures(there.outcomes, 5)), encoding="utf-8")
    assert load(file) == there
    assert json.loads(file.read_text())["figures"]["counts"] == {"gold": 2, "found": 1, "flagged": 3, "right": 1}


def test_what_changed() -> None:
    before = result(*[outcome(False, 1) for _ in range(8)], outcome(True), clean(3), clean(0))
    after = result(*[outcome(True, score=1.0) for _ in range(8)], outcome(False), clean(1), clean(0))
    found = compare(before, after, "A, B", samples=200)
    precision, recall, f1, alarms, ece = found.changes
    assert (precision.before, precision.after) == (1 / 9, 1.0)
    assert (recall.before, recall.after, recall.verdict) == (1 / 9, 8 / 9, "significantly better")
    assert f1.verdict == "significantly better"
    assert (alarms.before, alarms.after, alarms.verdict) == (1.5, 0.5, "better, but not significantly")
    assert (ece.before, ece.after, ece.verdict) == (pytest.approx(0.1), pytest.approx(0.1 / 9), "significantly better")
    # Two-sided: 2 * (1 + 9) / 2**9.
    assert (found.gained, found.lost, found.p) == (8, 1, 20 / 512)
    assert [(term.term, term.before, term.after) for term in found.terms] == [
        ("wool-party", Counts(9, 1, 1, 1), Counts(9, 8, 8, 8)),
        ("cut-leek", Counts(0, 0, 8, 0), Counts()),
    ]


def test_the_same_is_the_same() -> None:
    one = result(outcome(True), outcome(False, 1))
    found = compare(one, one, "A, B", samples=50)
    assert [change.verdict for change in found.changes] == ["the same"] * 3 + ["not measured", "the same"]
    assert (found.terms, found.gained, found.lost, found.p) == ((), 0, 0, 1.0)


def test_a_term_that_one_glossary_knows_counts_for_both() -> None:
    found = compare(result(outcome(False, term="")), result(outcome(True)), "A, B", samples=5)
    assert [(term.term, term.before) for term in found.terms] == [("wool-party", Counts(1, 0, 0, 0))]


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (
            result(outcome(True), data="e"),
            "were measured on different data (d and e); run both on the same --data, --clean",
        ),
        (result(), "say that their data are the same, but hold different texts; write both again"),
        (result(clean(0)), "say that their data are the same, but hold different texts; write both again"),
    ],
)
def test_different_data(other: Result, what: str) -> None:
    with pytest.raises(MtqaError) as caught:
        compare(result(outcome(True)), other, "A, B")
    assert str(caught.value) == f"A, B: {what}"


def test_mcnemar_of_many() -> None:
    assert mcnemar(5000, 5000) == 1.0
    assert mcnemar(4000, 0) == 0.0


def test_the_fingerprint_is_of_texts_and_marks() -> None:
    def text(name: str, english: str, *gold: Gold, source: str | None = None) -> Marked:
        return Marked(name, make_document(name, english, source=source), gold)

    one = text("a", "x", Gold(Span(0, 1)))
    assert fingerprint([one]) == fingerprint([text("b", "x", Gold(Span(0, 1)), source="中")])
    others = [[], [text("a", "y", Gold(Span(0, 1)))], [text("a", "x")], [one._replace(clean=True)], [one, one]]
    assert len({fingerprint(texts) for texts in [[one], *others]}) == 6


def broken(**fields: object) -> dict[str, object]:
    there = json.loads(as_json(result(outcome(True)), figures([], 1)))
    there["texts"][0] |= fields
    return there


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("{", "is no JSON"),
        ("[" * 99999, "is no JSON"),
        ("1" * 9999, "is no JSON"),
        ([], "is no result of detection"),
        ({"mtqa_detection": 2}, "mtqa_detection is 2, not 1"),
        ({"mtqa_detection": True}, "mtqa_detection is true, not 1"),
        ({"mtqa_detection": 1}, "texts is missing"),
        ({"mtqa_detection": 1, "texts": 3}, "texts is 3, not a list"),
        ({"mtqa_detection": 1, "texts": [3]}, "gold is missing"),
        (broken(words=-1), "words is -1, no count"),
        (broken(words=True), "words is true, no count"),
        (broken(clean=1), "clean is 1, neither true nor false"),
        (broken(name=None), "name is null, not a text"),
        (broken(scored=[{"score": 2, "hits": []}]), "score is 2, not between 0 and 1"),
        (broken(scored=[{"score": float("nan"), "hits": []}]), "score is NaN, not between 0 and 1"),
        (broken(scored=[{"score": 1, "hits": [1]}]), "hits holds 1, and the text has 1 marked spans"),
        (broken(characters=[]), "gold is missing"),
    ],
)
def test_broken_results(mtqa: Callable[..., Any], tmp_path: Path, content: object, what: str) -> None:
    (tmp_path / "a.json").write_text(content if isinstance(content, str) else json.dumps(content))
    found = mtqa("evaluate", "compare", "a.json", "a.json", glossary=False)
    hint = "write it again with mtqa evaluate detection --save"
    assert (found.code, found.out, found.err) == (2, "", f"mtqa: a.json: {what}; {hint}\n")


def saved(path: Path, there: Result) -> None:
    path.write_text(as_json(there, figures(there.outcomes, 1)))


HEAD = [
    ["A", "B", "B - A", "95% interval", "p"],
    ["precision", "0.111", "1.000", "+0.889", "significantly better"],
    ["recall", "0.100", "0.900", "+0.800", "significantly better"],
    ["F1", "0.105", "0.947", "+0.842", "significantly better"],
    ["clean alarms", "-", "-", "-", "not measured"],
    ["ECE", "0.100", "0.100", "+0.000", "the same"],
]


def test_the_command(mtqa: Callable[..., Any], tmp_path: Path) -> None:
    saved(
        tmp_path / "a.json",
        result(*[outcome(False, 1) for _ in range(8)], outcome(True), outcome(False), signature="a"),
    )
    saved(
        tmp_path / "b.json",
        result(*[outcome(True) for _ in range(8)], outcome(False), outcome(True), signature="b\x1b[2J"),
    )
    found = mtqa("evaluate", "compare", "a.json", "b.json", "--samples", "100", glossary=False)
    assert (found.code, found.err) == (0, "")
    head, spans, *terms, signatures = found.out.split("\n\n")
    columns = [re.split("  +", line.strip()) for line in head.split("\n")]
    assert [columns[0], *(row[:4] + row[-1:] for row in columns[1:])] == HEAD
    assert spans == (
        "B finds 9 marked spans that A misses, and misses 1 that A finds: significant at 0.05 "
        "(McNemar's exact test, p = 0.021)."
    )
    assert "\n\n".join(terms) == (
        "terms better  found A  found B  of  wrong A  wrong B   F1 A   F1 B\n"
        "cut-leek            0        0   0        8        0  0.000      -\n"
        "wool-party          1        9  10        0        0  0.182  0.947"
    )
    assert signatures == "A a\nB b�[2J\ndata d\n"


def test_models_are_run_on_the_data(mtqa: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps({"en": "The wool party came.", "spans": [{"start": 4, "end": 14}]}))
    shared = ["--data", "gold.jsonl", "--no-bundled", "--samples", "5"]
    bundled = Path(__file__).parent / "data" / "mini.tsv"
    found = mtqa("evaluate", "compare", "none", "none", *shared, "--glossary", bundled, glossary=False)
    assert (found.code, found.err) == (0, "")
    assert "recall        1.000  1.000  +0.000  +0.000 to +0.000  1.000  the same\n" in found.out
    assert "\n\nBoth find the same marked spans.\n\n" in found.out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["none", "a.json"], "none: is a model; name the texts to run it on with --data or --clean"),
        (["a.json", "a.json", "--data", "x"], "--data: goes with models, and both results are files; leave it out"),
        (["gone.json", "a.json"], "gone.json: cannot be read: no such file or directory; name a readable file"),
        (["n" * 300, "a.json"], f"{'n' * 300}: cannot be read: file name too long; name a readable file"),
    ],
)
def test_trouble(mtqa: Callable[..., Any], tmp_path: Path, arguments: list[str], what: str) -> None:
    saved(tmp_path / "a.json", result(outcome(True)))
    found = mtqa("evaluate", "compare", *arguments, glossary=False)
    assert (found.code, found.out, found.err) == (2, "", f"mtqa: {what}\n")
