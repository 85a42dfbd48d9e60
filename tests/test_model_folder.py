"""A model folder that is broken, cut off or from another version is refused with one clear line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mtqa.bundled import bundled_model
from mtqa.classify import Classifier
from mtqa.errors import MtqaError

Break = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "mine"
    copy.mkdir()
    for name in ("config.json", "model.onnx", "thresholds.json", "tokenizer.json"):
        shutil.copyfile(bundled_model() / name, copy / name)
    return copy


def edit(name: str, **values: object) -> Break:
    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **values}), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: (f / "model.onnx").unlink(), "has no model.onnx, so it is no model folder; it needs config.json"),
        (edit("config.json", mtqa_format=99), "config.json: mtqa_format is 99, this version reads 1; train the model"),
        (edit("config.json", mtqa_format=None), "config.json: mtqa_format is None, this version reads 1"),
        (lambda f: (f / "config.json").write_text("{", encoding="utf-8"), "config.json: cannot be read"),
        (lambda f: (f / "config.json").write_text("[]", encoding="utf-8"), "config.json: holds no JSON object"),
        (lambda f: (f / "config.json").write_text("[" * 100_000, encoding="utf-8"), "config.json: cannot be read"),
        (edit("thresholds.json", bands={}), "thresholds.json: broken settings (ValueError('pair and bands need the"),
        (
            edit("thresholds.json", error=["much", 0]),
            "thresholds.json: broken settings (ValueError(\"'much' is no number\")",
        ),
        (edit("thresholds.json", calque=[1]), "thresholds.json: broken settings"),
        (lambda f: (f / "tokenizer.json").write_text("{}", encoding="utf-8"), "tokenizer.json: is no tokenizer"),
        (lambda f: (f / "model.onnx").write_bytes(b"\x08\x08"), "model.onnx: cannot be run"),
        (
            lambda f: (f / "model.onnx").write_bytes((f / "model.onnx").read_bytes()[:9_000]),
            "model.onnx: cannot be run",
        ),
    ],
)
def test_broken_folders(folder: Path, damage: Break, message: str) -> None:
    damage(folder)
    with pytest.raises(MtqaError) as caught:
        Classifier(folder)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(
        MtqaError, match="is no folder; --model takes a model folder such as models/press-small, or none"
    ):
        Classifier(tmp_path / "nothing")
