"""The command line: what it prints, how it exits, and what it says of bad input."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "object"]
ARTICLE = "The wool party has won, said Ma Huateng.\r\n\r\nInternal volume hurts.\r\n"


def write(name: str, text: str, encoding: str = "utf-8") -> Path:
    path = Path(name)
    path.write_bytes(text.encode(encoding))
    return path


def test_lint_prints_where_what_and_what_to_write(mtqa: Run) -> None:
    write("a.txt", ARTICLE)
    run = mtqa("lint", "a.txt")
    assert run.code == 1
    assert run.out == (
        'a.txt:1:5: major: "wool party" is a literal rendering of 羊毛党 [literal wool-party]\n'
        "    The wool party has won, said Ma Huateng.\n"
        "        ^^^^^^^^^^\n"
        "    try: bargain hunters (plural: has must agree) | bargain hunter\n"
        'a.txt:1:30: minor: "Ma Huateng" is not the English name of 马化腾 [literal pony-ma]\n'
        "    The wool party has won, said Ma Huateng.\n"
        "                                 ^^^^^^^^^^\n"
        "    try: Pony Ma\n"
        'a.txt:3:1: major: "Internal volume" is a literal rendering of 内卷 [literal internal-volume]\n'
        "    Internal volume hurts.\n"
        "    ^^^^^^^^^^^^^^^\n"
        "    try: Cut-throat competition\n"
    )
    assert run.err == "1 article, 11 words: 2 major, 1 minor, 0 notes\n"


def test_lint_json(mtqa: Run) -> None:
    write("a.txt", ARTICLE)
    run = mtqa("lint", "a.txt", "--format", "json")
    report = json.loads(run.out)
    assert list(report) == ["version", "signature", "files", "summary"]
    assert report["version"] == 1
    assert report["signature"].startswith("mtqa:0.1.0|glossary:mini@")
    assert report["files"][0]["findings"][2] == {
        "rule": "literal",
        "start": 44,
        "end": 59,
        "line": 3,
        "column": 1,
        "text": "Internal volume",
        "category": "accuracy/mistranslation",
        "severity": "major",
        "score": None,
        "message": '"Internal volume" is a literal rendering of 内卷',
        "term": {"id": "internal-volume", "zh": ["内卷", "内卷化"], "glossary": "mini"},
        "source": None,
        "suggestions": [{"text": "Cut-throat competition", "note": ""}],
    }
    assert report["summary"] == {
        "files": 1, "findings": 3, "major": 2, "minor": 1, "note": 0, "words": 11, "mqm_per_100_words": 100.0
    }  # fmt: skip
    assert run.out == mtqa("lint", "a.txt", "--format", "json").out


@pytest.mark.parametrize(
    ("text", "flags", "code"),
    [
        ("All is well here.", (), 0),
        ("The wool party won.", (), 1),
        ("Ma Huateng spoke.", (), 0),
        ("Ma Huateng spoke.", ("--fail-on", "minor"), 1),
        ("An outlet opened.", ("--fail-on", "minor"), 0),
        ("The wool party won.", ("--fail-on", "never"), 0),
        ("The wool party won.", ("--ignore", "wool-party"), 0),
        ("The wool party won.", ("--ignore", "literal"), 0),
        ("The wool party won.", ("--select", "doubled,leftover"), 0),
        ("The the party won.", ("--select", "doubled"), 1),
    ],
)
def test_exit_codes(text: str, flags: tuple[str, ...], code: int, mtqa: Run) -> None:
    write("a.txt", text)
    assert mtqa("lint", "a.txt", *flags).code == code


def test_a_bad_article_stops_no_other_and_never_looks_clean(mtqa: Run) -> None:
    write("good.txt", "All is well here.")
    Path("bad.txt").write_bytes(b"\x89PNG\0\0")
    run = mtqa("lint", "bad.txt", "none.txt", "good.txt")
    assert run.code == 2
    assert run.err.splitlines() == [
        "mtqa: bad.txt: is a binary file; mtqa reads text, Markdown and other text formats",
        "mtqa: none.txt: cannot be read: no such file or directory; name a readable file",
        "1 article, 4 words: nothing found; 2 could not be read",
    ]


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--ignore", "wool-partie"), "mtqa: --ignore: nothing is called 'wool-partie'; did you mean 'wool-party'?"),
        (("--select", "xyzzy"), "mtqa: --select: nothing is called 'xyzzy'; rules are adherence, calque, composed, consistency, doubled, fullwidth, leftover, literal, names, numbers, omission, ordinals, untranslated"),
        (("--glossary", "none.tsv"), "mtqa: none.tsv: cannot be read: No such file or directory; name a .tsv glossary"),
        (("--baseline", "a.txt"), "mtqa: a.txt: is no mtqa report; write one with mtqa lint --format json"),
        (("--config", "none.toml"), "mtqa: none.toml: cannot be read: No such file or directory; name a mtqa.toml or pyproject.toml"),
    ],
)  # fmt: skip
def test_bad_flags(flags: tuple[str, ...], message: str, mtqa: Run) -> None:
    write("a.txt", ARTICLE)
    run = mtqa("lint", "a.txt", *flags)
    assert (run.code, run.out, run.err) == (2, "", message + "\n")


@pytest.mark.parametrize(
    ("name", "toml", "message"),
    [
        ("mtqa.toml", "fail-on = 'nevr'", "fail-on: 'nevr' found; write one of major, minor, never"),
        ("mtqa.toml", "failon = 'never'", "key 'failon' is unknown; allowed are glossaries, bundled, select, ignore, fail-on, model, rules"),
        ("pyproject.toml", "[tool.mtqa]\nselect = 'doubled'", "select: 'doubled' found; write a list of rules"),
        ("mtqa.toml", "[rules.doubled]\nalow = []", "rules.doubled.alow is unknown; allowed are allow"),
        ("mtqa.toml", "[rules.dubled]\nallow = []", "nothing is called 'dubled'; did you mean 'doubled'?"),
        ("mtqa.toml", "a = ", "is no valid TOML: Invalid value (at end of document)"),
    ],
)  # fmt: skip
def test_bad_config(name: str, toml: str, message: str, mtqa: Run) -> None:
    write("a.txt", ARTICLE)
    write(name, toml)
    run = mtqa("lint", "a.txt")
    assert run.code == 2
    assert name in run.err
    assert message in run.err
    assert run.err.count("\n") == 1


def test_config_is_found_above_and_flags_beat_it(mtqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("pyproject.toml", "[tool.mtqa]\nfail-on = 'never'\nignore = ['wool-party']\nrules.literal.notes = false\n")
    Path("deep/er").mkdir(parents=True)
    monkeypatch.chdir("deep/er")
    write("a.txt", "The wool party of the internal volume opened an outlet.")
    run = mtqa("lint", "a.txt", "--format", "json")
    assert run.code == 0
    assert [f["text"] for f in json.loads(run.out)["files"][0]["findings"]] == ["internal volume"]
    assert mtqa("lint", "a.txt", "--fail-on", "major").code == 1


def test_the_search_for_config_ends_at_the_repository(mtqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("mtqa.toml", "fail-on = 'never'")
    Path("repo/.git").mkdir(parents=True)
    monkeypatch.chdir("repo")
    write("a.txt", ARTICLE)
    assert mtqa("lint", "a.txt").code == 1


def test_baseline_hides_what_was_known(mtqa: Run) -> None:
    write("a.txt", "The wool party won.")
    assert mtqa("lint", "a.txt", "--format", "json", "--output", "base.json").code == 1
    write("a.txt", "First, the wool party won. Then the wool party lost.")
    run = mtqa("lint", "a.txt", "--baseline", "base.json", "--format", "json")
    (finding,) = json.loads(run.out)["files"][0]["findings"]
    assert finding["start"] == 36


def test_stdin(mtqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"Some `wool party` and a wool party.")
    os.close(write_end)
    with os.fdopen(read_end) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        run = mtqa("lint", "-", "--stdin-filename", "x.md")
    assert run.out.startswith("x.md:1:23: major")
    assert run.out.count("major") == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The wool party won. <!-- mtqa: ignore literal wool-party -->", 0),
        ("The wool party won. <!-- mtqa: ignore literal -->", 0),
        ("The wool party won. <!-- mtqa: ignore wool-party -->", 0),
        ("The wool party won. <!-- mtqa: ignore -->", 0),
        ("The wool party won. <!-- mtqa: ignore literal internal-volume -->", 1),
        ("The wool party won. <!-- mtqa: ignore doubled -->", 1),
        ("<!-- mtqa: ignore-next -->\nThe wool party won.\nThe wool party won.", 1),
        ("The wool party won. <!-- mtqa: ignore-next -->", 1),
        ("<!-- mtqa: ignore-start wool-party -->\nThe wool party.\nInternal volume.\n<!-- mtqa: ignore-end -->\nThe wool party.", 2),
    ],
)  # fmt: skip
def test_suppression(text: str, left: int, mtqa: Run) -> None:
    write("a.txt", text)
    assert mtqa("lint", "a.txt").out.count(": major: ") == left


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x\n<!-- mtqa: ignore wool-partie -->", "a.txt:2: mtqa: no rule or term is called 'wool-partie'; did you mean 'wool-party'?"),
        ("<!-- mtqa: ignroe -->x", "a.txt:1: mtqa: 'ignroe' is unknown; write ignore, ignore-next, ignore-start, ignore-end"),
        ("x <!-- mtqa: ignore-end -->", "a.txt:1: mtqa: ignore-end without ignore-start; take it out or open the block"),
        ("x <!-- mtqa: ignore-start -->", "a.txt:1: mtqa: ignore-start is never closed; add <!-- mtqa: ignore-end -->"),
    ],
)  # fmt: skip
def test_bad_suppression(text: str, message: str, mtqa: Run) -> None:
    write("a.txt", text)
    run = mtqa("lint", "a.txt")
    assert run.code == 2
    assert run.err.splitlines()[0] == f"mtqa: {message}"


def test_terminal_codes_of_an_article_are_made_harmless(mtqa: Run) -> None:
    write("a.txt", "The wool party \x1b[31mwon\u202e it\x07.")
    run = mtqa("lint", "a.txt")
    assert "\x1b" not in run.out
    assert "\u202e" not in run.out
    assert "\x07" not in run.out


def test_colours(mtqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt", "The wool party won.")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in mtqa("lint", "a.txt").out
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[31;1mwool party\x1b[0m" in mtqa("lint", "a.txt").out
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in mtqa("lint", "a.txt").out


def test_long_sentences_are_clipped_round_the_mark(mtqa: Run) -> None:
    write("a.txt", "one two " * 30 + "wool party " + "three four " * 30)
    _, sentence, carets, _ = mtqa("lint", "a.txt").out.splitlines()
    assert len(sentence) <= 100
    assert sentence[carets.index("^") : carets.rindex("^") + 1] == "wool party"
    assert sentence.strip().startswith("…")
    assert sentence.endswith("…")


def test_wide_characters_keep_the_carets_in_place(mtqa: Run) -> None:
    write("a.txt", "他说“好”: the wool party.")
    _, sentence, carets, _ = mtqa("lint", "a.txt", "--select", "literal").out.splitlines()
    wide = sum(2 if char in "他说好" else 1 for char in sentence[: sentence.index("wool")])
    assert carets.index("^") == wide


def test_fix_writes_only_what_is_sure(mtqa: Run) -> None:
    text = "\ufeffInternal volume hurts.\r\nA top student of brokers cut leeks.\r\nMa Huateng's sea outlet.\r\n"
    write("a.txt", text)
    run = mtqa("fix", "a.txt")
    assert Path("a.txt").read_bytes().decode() == text.replace("Internal volume", "Cut-throat competition").replace(
        "cut leeks", "fleece small investors"
    ).replace("Ma Huateng", "Pony Ma")
    assert run.err == (
        "a.txt: 3 rewritten; left: 1 are notes, to be looked at; 1 have several rewrites (--unsafe takes the first)\n"
    )
    assert run.code == 1


def test_fix_unsafe_takes_the_first(mtqa: Run) -> None:
    write("a.txt", "It has a sea outlet.")
    mtqa("fix", "a.txt", "--unsafe")
    assert Path("a.txt").read_text(encoding="utf-8") == "It has a gateway to the sea."


def test_fix_keeps_the_encoding(mtqa: Run) -> None:
    text = "内卷 is internal volume，他说羊毛党和出海口都是词语。" * 5
    write("a.txt", text, "gb18030")
    mtqa("fix", "a.txt", "--select", "literal")
    assert Path("a.txt").read_bytes() == text.replace("internal volume", "cut-throat competition").encode("gb18030")


def test_fix_refuses_what_the_encoding_cannot_hold(mtqa: Run) -> None:
    write("g.tsv", "id\tzh\tliteral\tidiomatic\nx\t词\tplain word\tn: Erdős number\n")
    text = "The plain word – it isn’t cheap, said the café’s owner. " * 5
    write("a.txt", text, "cp1252")
    run = mtqa("fix", "a.txt", "--glossary", "g.tsv")
    assert run.code == 2
    assert run.err == "mtqa: a.txt: a rewrite needs 'ő', which cp1252 does not have; save the article as UTF-8\n"
    assert Path("a.txt").read_bytes() == text.encode("cp1252")


def test_fix_diff_writes_nothing(mtqa: Run) -> None:
    write("a.txt", "One line.\nInternal volume hurts.")
    run = mtqa("fix", "a.txt", "--diff")
    assert Path("a.txt").read_text(encoding="utf-8") == "One line.\nInternal volume hurts."
    assert run.out == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n One line.\n-Internal volume hurts.\n\\ No newline at end of file\n"
        "+Cut-throat competition hurts.\n\\ No newline at end of file\n"
    )


def test_fix_keeps_permissions_and_follows_links(mtqa: Run) -> None:
    write("a.txt", "Internal volume hurts.").chmod(0o640)
    Path("link.txt").symlink_to("a.txt")
    mtqa("fix", "link.txt")
    assert Path("link.txt").is_symlink()
    assert Path("a.txt").stat().st_mode & 0o777 == 0o640
    assert Path("a.txt").read_text(encoding="utf-8") == "Cut-throat competition hurts."


KILLED = """
import os, signal, sys
from pathlib import Path
from mtqa.commands import main
{where} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
main(sys.argv[1:])
"""


@pytest.mark.parametrize("where", ["os.fsync", "Path.replace", "Path.chmod"])
def test_fix_killed_half_way_leaves_the_article_whole(where: str, tmp_path: Path, mini: object) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Internal volume hurts.", encoding="utf-8")
    mini_path = Path(__file__).parent / "data" / "mini.tsv"
    arguments = ["fix", "a.txt", "--no-bundled", "--glossary", str(mini_path)]
    run = subprocess.run([sys.executable, "-c", KILLED.format(where=where), *arguments], cwd=tmp_path, check=False)
    assert run.returncode == -signal.SIGKILL
    assert article.read_text(encoding="utf-8") == "Internal volume hurts."


def test_a_failed_write_leaves_no_litter(mtqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt", "Internal volume hurts.")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    run = mtqa("fix", "a.txt")
    assert run.code == 2
    assert run.err == "mtqa: a.txt: cannot be written: no space left on device\n"
    assert [path.name for path in Path().iterdir()] == ["a.txt"]
    assert Path("a.txt").read_text(encoding="utf-8") == "Internal volume hurts."


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("doubled", 'doubled (major)\n\nDoubled word: the same word twice, side by side or joined by "and".'),
        ("wool-party", "wool-party (major, accuracy/mistranslation, mini)\nChinese:  羊毛党\n"),
        ("羊毛党", "wool-party (major"),
        ("Wool Party", "wool-party (major"),
    ],
)
def test_explain(name: str, wanted: str, mtqa: Run) -> None:
    mini_path = Path(__file__).parent / "data" / "mini.tsv"
    run = mtqa("explain", name, "--glossary", mini_path, glossary=False)
    assert run.code == 0
    assert wanted in run.out


def test_explain_unknown(mtqa: Run) -> None:
    run = mtqa("explain", "zzzz", glossary=False)
    assert run.code == 2
    assert run.err.startswith("mtqa: mtqa explain: no rule, term, Chinese or literal is called 'zzzz'; ")


def test_glossary_check_and_stats(mtqa: Run) -> None:
    write(
        "g.tsv",
        "id\tzh\tliteral\tidiomatic\nb-b\t词\tqueer wording\tn: queer wording\na-a\t词\todd wording\tn: phrase\n",
    )
    write(
        "g.examples.tsv",
        "id\tlabel\tsentence\tzh\na-a\tbad\tAn «odd» thing.\t\na-a\tgood\tThe «odd wording» stays.\t\nc\tgood\t«X».\t\n",
    )
    run = mtqa("glossary", "check", "g.tsv", glossary=False)
    assert run.code == 1
    assert run.out.splitlines() == [
        "g.tsv:3: error: 'a-a' stands after 'b-b'; sort the rows by id",
        "g.tsv:2: error: b-b: 'queer wording' is both literal and idiomatic",
        "g.examples.tsv:4: error: no term is called 'c'",
        "g.tsv:2: warning: b-b: has 0 bad and 0 good examples; wants 2 and 1",
        "g.tsv:3: warning: a-a: has 1 bad and 1 good examples; wants 2 and 1",
        "g.examples.tsv:2: error: a-a: no literal matches the marked words 'odd'",
        "g.examples.tsv:3: error: a-a: a good example is flagged: 'odd wording' (a-a)",
    ]
    assert "g " in mtqa("glossary", "stats", "g.tsv", glossary=False).out


@pytest.mark.parametrize("command", [(), ("lint",), ("fix",), ("explain",), ("glossary",)])
def test_help_has_examples(command: tuple[str, ...], mtqa: Run) -> None:
    run = mtqa(*command, "--help", glossary=False)
    assert run.code == 0
    assert "examples:" in run.out


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The wool party won.\n" * 5000, encoding="utf-8")
    mini_path = Path(__file__).parent / "data" / "mini.tsv"
    command = f"{sys.executable} -m mtqa lint a.txt --no-bundled -g {mini_path} | head -1"
    run = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Traceback" not in run.stderr


def test_the_name_of_a_file_cannot_command_the_terminal(mtqa: Run) -> None:
    write("a\x1b]0;x\x07\u202e\n.txt", "\0")
    for command in ("lint", "fix"):
        run = mtqa(command, "a\x1b]0;x\x07\u202e\n.txt")
        assert run.code == 2
        assert run.err.splitlines()[0].startswith("mtqa: a�]0;x�� .txt: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_in_a_line() -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "mtqa", "explain", "wool-party"], stdout=full, stderr=subprocess.PIPE
        )
    assert (run.returncode, run.stderr) == (2, b"mtqa: stdout: cannot be written: no space left on device\n")
