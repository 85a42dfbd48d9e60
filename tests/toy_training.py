"""Trains a toy in a process of its own, so that a test can kill it: BASE FOLDER WEIGHTS; prints each step."""

import sys
from pathlib import Path

from safetensors.torch import save_file

from mtqa.document import Span
from mtqa.glossary import load_glossary
from mtqa.train.batches import RowEncoder
from mtqa.train.encoder import on_encoder
from mtqa.train.loop import Status, train
from mtqa.train.plan import plan, plan_dev
from mtqa.train.recipe import Recipe
from mtqa.train.rows import Mark, PairRow, Rows, TokenRow


def rows() -> Rows:
    """Return a few rows for both heads."""
    term = load_glossary([Path(__file__).parent / "data" / "mini.tsv"])["wool-party"]
    texts = ["The wool party came for coupons.", "The railway track in the city."]
    pairs = [PairRow(texts[0], Span(4, 14), term, 1, "bad"), PairRow(texts[1], Span(4, 17), term, 0, "good")]
    tokens = [TokenRow(texts[0], (Mark(Span(4, 14)),), None, "bad"), TokenRow(texts[1], (), (), "clean")]
    return Rows(pairs * 8, tokens * 8)


def show(status: Status) -> None:
    """Print a step."""
    if status.loss is not None:
        print(status.done, flush=True)


if __name__ == "__main__":
    import torch

    base, folder, weights = map(Path, sys.argv[1:])
    recipe = Recipe(epochs=3, tokens=64, rate=1e-3, bf16=False, looks=6, patience=9)
    torch.manual_seed(1)
    encoder = RowEncoder(base)
    model = on_encoder(base)
    train(model, plan(encoder, rows(), recipe), recipe, folder, show, plan_dev(encoder, rows(), recipe))
    save_file(model.state_dict(), weights)
