"""Print how far a model's int8 network and its torch weights are apart on 500 development rows.

make figures
"""

import sys
from pathlib import Path

from model_rows import collect
from transformers import logging

from mtqa.bundled import bundled_model
from mtqa.classify import Classifier, Use, sigmoid
from mtqa.train.agree import torch_logits
from mtqa.train.batches import RowEncoder
from mtqa.train.encoder import of_shape
from mtqa.train.export import load_weights

ROWS = 500


def main(folder: Path) -> int:
    """Score the rows with both and print the differences of the scores."""
    logging.set_verbosity_error()
    pairs = [row for row in collect().rows["dev"].pairs if row.origin in ("bad", "good")][:ROWS]
    model = load_weights(of_shape(folder), folder / "model.safetensors")
    found = Classifier(folder).use_logits([Use(row.text, row.span, row.term) for row in pairs])
    expected = torch_logits(model, RowEncoder(folder), pairs)
    differences = sorted(abs(sigmoid(a) - sigmoid(b)) for a, b in zip(found, expected, strict=True))
    middle, high = differences[len(differences) // 2], differences[int(len(differences) * 0.99)]
    near = sum(difference <= 0.02 for difference in differences)
    print(
        f"torch against int8, {len(pairs)} rows: scores differ by at most {differences[-1]:.4f}, median {middle:.4f},"
        f" 99% under {high:.4f}; {near} within 0.02"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else bundled_model()))
