"""The pages of docs/ that show commands: each command runs with the files as the page has them, and ends well."""

import re
import shlex
from pathlib import Path

import pytest

from mtqa.commands import main

PAGE = Path(__file__).parents[1] / "docs" / "teach.md"
_FILE = re.compile(r"^`([\w.-]+)`\n\n```\w+\n(.*?)^```$|^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_on_teaching_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch")
    monkeypatch.chdir(tmp_path)
    said = {}
    for name, content, console in _FILE.findall(PAGE.read_text(encoding="utf-8")):
        if name:
            Path(name).write_text(content, encoding="utf-8")
        for line in console.splitlines():
            prompt, program, *arguments = shlex.split(line)
            assert (prompt, program) == ("$", "mtqa")
            assert main(arguments) == 0, f"{line}\n{capsys.readouterr().err}"
            said[line] = capsys.readouterr().out
    assert {path.name for path in Path("models/desk").iterdir()} == {
        "card.md", "config.json", "metrics.json", "model.onnx", "model.safetensors", "thresholds.json", "tokenizer.json",
    }  # fmt: skip
    assert not Path("models/desk.work").exists()
    taught = said["$ mtqa lint article.txt --fail-on never"]
    assert taught.count("article.txt:1:") == 2
    # The footballer's card may be worth a second look, no more.
    assert not [line for line in taught.splitlines() if line.startswith("article.txt:2:") and ": note: " not in line]
    assert taught.count("article.txt:3:") == 1
    assert "<svg" in Path("desk.html").read_text(encoding="utf-8")
