"""The card's figures are those of metrics.json, and the folder holds what the design lists."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "models" / "press-small"


def test_the_card_says_what_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from model_card import filled

    card = (FOLDER / "card.md").read_text(encoding="utf-8")
    figures = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    assert filled(card, figures) == card
    sys.modules.pop("model_card")


def test_the_folder_is_complete() -> None:
    wanted = {"card.md", "config.json", "metrics.json", "model.onnx", "model.safetensors", "thresholds.json"}
    assert {path.name for path in FOLDER.iterdir()} == wanted | {"tokenizer.json"}
    assert (FOLDER / "model.onnx").stat().st_size < 32_000_000


def test_the_onnx_network_names_no_other_file() -> None:
    data = (FOLDER / "model.onnx").read_bytes()
    assert b"external_data" not in data
