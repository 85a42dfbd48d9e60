"""mtqa evaluate translation: figures counted by hand, sacreBLEU's own, errors on one line."""

import builtins
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sacrebleu

ZH = ["分析师说内卷害了大家。", "优等生也怕内卷。", "今天天气很好。", "风口来了。"]
REF = [
    "Analysts say cut-throat competition hurts all.",
    "Star performers fear cut-throat competition too.",
    "The weather is fine today.",
    "A hot trend has come.",
]
A = [
    "Analysts say internal volume hurts everyone.",
    "Star performers fear internal volume too.",
    "The weather is good today.",
    "The wind is here.",
]
B = [
    "Analysts say cut-throat competition hurts everyone.",
    "Top students fear cut-throat competition too.",
    "The weather is good today.",
    "A hot trend is here.",
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, lines in (("zh", ZH), ("ref", REF), ("a", A), ("b", B)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def evaluate(mtqa: Callable[..., Any], files: Path) -> Callable[..., Any]:
    def run(*arguments: object) -> Any:
        return mtqa("evaluate", "translation", "--source", "zh.txt", "--samples", 50, *arguments)

    return run


@pytest.fixture
def measured(evaluate: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    def run(*arguments: object) -> dict[str, Any]:
        result = evaluate(*arguments, "--format", "json")
        assert (result.code, result.err) == (0, "")
        found: dict[str, Any] = json.loads(result.out)
        return found

    return run


def values(rates: dict[str, Any]) -> dict[str, float | None]:
    return {name: rate and round(rate["value"], 4) for name, rate in rates.items()}


def test_metrics_are_sacrebleus(measured: Callable[..., dict[str, Any]]) -> None:
    table = measured("--hypothesis", "a.txt", "--hypothesis", "b.txt", "--reference", "ref.txt")
    for system, lines in zip(table["systems"], (A, B), strict=True):
        scores = {name: metric["score"] for name, metric in system["metrics"].items()}
        assert scores == {
            "BLEU": sacrebleu.corpus_bleu(lines, [REF]).score,
            "chrF++": sacrebleu.corpus_chrf(lines, [REF], word_order=2).score,
            "TER": sacrebleu.corpus_ter(lines, [REF]).score,
        }
    version = sacrebleu.__version__
    assert table["metrics"] == {
        "BLEU": f"BLEU|nrefs:1|bs:50|seed:1|case:mixed|eff:no|tok:13a|smooth:exp|version:{version}",
        "chrF++": f"chrF2++|nrefs:1|bs:50|seed:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:{version}",
        "TER": f"TER|nrefs:1|bs:50|seed:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:{version}",
    }
    baseline, other = (system["metrics"]["BLEU"] for system in table["systems"])
    assert baseline["p"] is None
    assert 0 < other["p"] <= 1
    assert baseline["half_interval"] > 0


def test_two_references(measured: Callable[..., dict[str, Any]]) -> None:
    table = measured("--hypothesis", "a.txt", "--reference", "ref.txt", "--reference", "b.txt")
    assert table["systems"][0]["metrics"]["BLEU"]["score"] == sacrebleu.corpus_bleu(A, [REF, B]).score
    assert [row["name"] for row in table["references"]] == ["ref.txt", "b.txt"]


def test_terminology_by_hand(measured: Callable[..., dict[str, Any]]) -> None:
    # Four occurrences: 内卷, 优等生, 内卷, 风口.
    table = measured("--hypothesis", "a.txt", "--hypothesis", "b.txt", "--reference", "ref.txt")
    assert table["terms"] == 4
    a, b = (values(system["terminology"]) for system in table["systems"])
    # A renders "star performers" alone, inflected; beside it stand "fear internal", the reference has "fear cut":
    # 1 of 2, and of three words 1 of 3; over the four occurrences that the reference renders.
    assert a == {"exact": 0.0, "lemma": 0.25, "window_2": 0.125, "window_3": round(1 / 12, 4)}
    # B: "competition" twice and "hot trend". Words around by two: analysts say _ hurts everyone 3/4;
    # students fear _ too 2/3; A _ is here 1/3. By three: 3/4; top students fear _ too 2/4; 1/3.
    assert b["exact"] == b["lemma"] == 0.75
    assert b["window_2"] == round((3 / 4 + 2 / 3 + 1 / 3) / 4, 4)
    assert b["window_3"] == round((3 / 4 + 2 / 4 + 1 / 3) / 4, 4)
    (ceiling,) = table["references"]
    assert values(ceiling["terminology"]) == {"exact": 0.75, "lemma": 1.0, "window_2": None, "window_3": None}


def test_literalness_by_hand(measured: Callable[..., dict[str, Any]]) -> None:
    # A: "internal volume" twice, major; its 6 + 6 + 5 + 4 words. B: "top students", of the school kind, has its
    # Chinese beside it and is major too; "cut-throat" is two words: 7 + 7 + 5 + 5.
    table = measured("--hypothesis", "a.txt", "--hypothesis", "b.txt")
    a, b = (values(system["literalness"]) for system in table["systems"])
    assert a == {
        "literal_share": 0.5,
        "major_per_1000_words": round(2000 / 21, 4),
        "minor_per_1000_words": 0.0,
        "mqm_per_100_words": round(1000 / 21, 4),
    }
    assert b["literal_share"] == 0.25
    assert b["major_per_1000_words"] == round(1000 / 24, 4)


def test_fix_before_and_after(measured: Callable[..., dict[str, Any]]) -> None:
    table = measured("--hypothesis", "a.txt", "--reference", "ref.txt", "--fix")
    before, after = table["systems"]
    assert (before["rewrites"], after["rewrites"]) == (None, 2)
    assert (before["baseline"], after["baseline"]) == (True, False)
    assert values(after["literalness"])["literal_share"] == 0.0
    assert values(after["terminology"])["exact"] == 0.5
    fixed = [line.replace("internal volume", "cut-throat competition") for line in A]
    assert after["metrics"]["BLEU"]["score"] == sacrebleu.corpus_bleu(fixed, [REF]).score


def test_same_seed_same_table(evaluate: Callable[..., Any]) -> None:
    arguments = ("--hypothesis", "a.txt", "--hypothesis", "b.txt", "--reference", "ref.txt")
    assert evaluate(*arguments, "--seed", 7).out == evaluate(*arguments, "--seed", 7).out
    assert "seed:7" in evaluate(*arguments, "--seed", 7).out


def test_text(evaluate: Callable[..., Any]) -> None:
    result = evaluate("--hypothesis", "a.txt", "--fix")
    lines = result.out.splitlines()
    assert lines[0] == "No reference was given: BLEU, chrF++, TER and the window overlap of terms are left out."
    assert lines[2].split("  ")[0] == "Terms rendered, of 4"
    assert lines[3].startswith("a.txt  ")
    assert lines[4].startswith("a.txt + fix (2)  ")
    assert "4 segments in 1 file; 95% intervals by bootstrap over segments, 50 samples, seed 1" in lines
    assert "p: chance of such a difference from a.txt if there were none" in lines
    assert lines[-1].startswith("mtqa:")


def test_output_file(evaluate: Callable[..., Any], files: Path) -> None:
    result = evaluate("--hypothesis", "a.txt", "--format", "json", "-o", "table.json")
    assert (result.code, result.out) == (0, "")
    table = json.loads((files / "table.json").read_text(encoding="utf-8"))
    assert table["version"] == 1
    assert table["signature"].startswith("mtqa:")


def test_folders(mtqa: Callable[..., Any], tmp_path: Path) -> None:
    for folder, lines in (("zh", ZH), ("a", A)):
        (tmp_path / folder).mkdir()
        for number, line in enumerate(lines * 3):
            (tmp_path / folder / f"{number:02}.txt").write_text(line + "\n", encoding="utf-8")
    result = mtqa(
        *("evaluate", "translation", "--source", "zh", "--hypothesis", "a", "--samples", 20, "--format", "json")
    )
    table = json.loads(result.out)
    assert table["bootstrap"] == {"over": "documents", "units": 12, "samples": 20, "seed": 1}
    assert (table["files"], table["segments"], table["terms"]) == (12, 12, 12)
    assert table["systems"][0]["literalness"]["literal_share"]["value"] == 0.5
    (tmp_path / "a" / "03.txt").unlink()
    result = mtqa("evaluate", "translation", "--source", "zh", "--hypothesis", "a")
    assert result.err == "mtqa: a: holds no file for 03.txt; it must hold one file named 03.*\n"


def test_a_literal_across_lines_is_not_fixed(measured: Callable[..., dict[str, Any]], files: Path) -> None:
    (files / "a.txt").write_text("They fear internal\nvolume a lot.\nGood.\n\n", encoding="utf-8")
    before, after = measured("--hypothesis", "a.txt", "--fix")["systems"]
    assert values(before["literalness"])["literal_share"] == 0.25
    assert after["rewrites"] == 0
    assert (
        after["literalness"]["major_per_1000_words"]["value"] == before["literalness"]["major_per_1000_words"]["value"]
    )


def test_blank_lines_and_line_ends(measured: Callable[..., dict[str, Any]], files: Path) -> None:
    text = "\r\n".join([A[0], "", A[2] + " \u2028 \x0c", A[3], ""])
    (files / "a.txt").write_bytes(text.encode())
    table = measured("--hypothesis", "a.txt", "--reference", "ref.txt")
    assert table["segments"] == 4
    assert values(table["systems"][0]["literalness"])["literal_share"] == 0.25


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        (
            "a.txt",
            "One.\nTwo.\n",
            "a.txt: has 2 lines, but zh.txt has 4 lines; each line must be the translation of the same line",
        ),
        ("a.txt", "", "a.txt: is empty; check that this is the right file"),
        ("a.txt", "\n".join(ZH), "a.txt: is Chinese; a translation into English is wanted here"),
        ("zh.txt", "\n".join(A), "zh.txt: is not Chinese; give --source the Chinese text, one segment a line"),
        (
            "a.txt",
            "x" * 10_001,
            "a.txt:1: a segment of 10,001 characters; one has 10,000 at most, break it up on every side",
        ),
    ],
)
def test_bad_files(evaluate: Callable[..., Any], files: Path, name: str, content: str, error: str) -> None:
    (files / name).write_text(content, encoding="utf-8")
    result = evaluate("--hypothesis", "a.txt")
    assert (result.code, result.out, result.err) == (2, "", f"mtqa: {error}\n")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("none.txt", "none.txt: cannot be read: no such file or directory; name a readable file"),
        ("a.txt --hypothesis ./a.txt", "a.txt: is given twice; name each translation once"),
        ("sub", "sub: is a folder, and --source is a file; give files, or folders with files named alike"),
        ("t.tsv", "t.tsv: is no plain text; give plain text, one segment a line"),
    ],
)
def test_bad_usage(evaluate: Callable[..., Any], files: Path, arguments: str, error: str) -> None:
    (files / "sub").mkdir()
    (files / "t.tsv").write_text("zh\ten\n天气好。\tFine.\n", encoding="utf-8")
    result = evaluate("--hypothesis", *arguments.split())
    assert (result.code, result.err) == (2, f"mtqa: {error}\n")


def test_too_many_samples(evaluate: Callable[..., Any], files: Path) -> None:
    for name, lines in (("zh", ZH), ("ref", REF), ("a", A)):
        (files / f"{name}.txt").write_text("\n".join(lines * 3) + "\n", encoding="utf-8")
    result = evaluate("--hypothesis", "a.txt", "--reference", "ref.txt", "--samples", 1_000_000)
    what = "1,000,000 samples of 12 segments are too many; 833,333 at most"
    assert (result.code, result.err) == (2, f"mtqa: --samples: {what}\n")


def test_bad_numbers(evaluate: Callable[..., Any]) -> None:
    for flag, value in (("--samples", "0"), ("--seed", "0"), ("--seed", "1e3"), ("--samples", "99999999999")):
        result = evaluate("--hypothesis", "a.txt", flag, value)
        assert result.code == 2
        assert f"'{value}' is no whole number from 1 to 1,000,000" in result.err


def test_without_sacrebleu(evaluate: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "sacrebleu"]:
        monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "sacrebleu":
            raise ModuleNotFoundError("No module named 'sacrebleu'", name="sacrebleu")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    assert evaluate("--hypothesis", "a.txt").code == 0
    result = evaluate("--hypothesis", "a.txt", "--reference", "ref.txt")
    needs = "--reference: needs sacrebleu, which is not installed; pip install mtqa[train], or leave out --reference"
    assert (result.code, result.err) == (2, f"mtqa: {needs}\n")


def test_names_obey_no_terminal(evaluate: Callable[..., Any], files: Path) -> None:
    name = "a\x1b[31m\u202e名.txt"
    (files / name).write_text("\n".join(A) + "\n", encoding="utf-8")
    out = evaluate("--hypothesis", name).out
    assert "a�[31m�名.txt" in out
    assert "\x1b" not in out


def test_two_files_of_one_name(measured: Callable[..., dict[str, Any]], files: Path) -> None:
    (files / "other").mkdir()
    (files / "other" / "a.txt").write_text("\n".join(B) + "\n", encoding="utf-8")
    table = measured("--hypothesis", "a.txt", "--hypothesis", "other/a.txt")
    assert [system["name"] for system in table["systems"]] == ["a.txt", "other/a.txt"]


def test_one_segment_proves_nothing(measured: Callable[..., dict[str, Any]], files: Path) -> None:
    for name, lines in (("zh", ZH), ("ref", REF), ("a", A), ("b", B)):
        (files / f"{name}.txt").write_text(lines[0] + "\n", encoding="utf-8")
    table = measured("--hypothesis", "a.txt", "--hypothesis", "b.txt", "--reference", "ref.txt")
    second = table["systems"][1]
    assert second["literalness"]["literal_share"] == {"value": 0.0, "low": None, "high": None, "p": 1.0}
    assert [metric["p"] for metric in second["metrics"].values()] == [1.0, 1.0, 1.0]


def test_the_source_is_not_overwritten(evaluate: Callable[..., Any], files: Path) -> None:
    result = evaluate("--hypothesis", "a.txt", "-o", "zh.txt")
    what = "is named for something else too, and would be lost; name another file"
    assert (result.code, result.err) == (2, f"mtqa: zh.txt: {what}\n")
    assert (files / "zh.txt").read_text(encoding="utf-8").splitlines() == ZH
