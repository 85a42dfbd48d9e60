"""Scores rows with torch, to hold against the exported network."""

from collections.abc import Sequence

import torch

from mtqa.train.batches import RowEncoder, collate
from mtqa.train.encoder import Classifier
from mtqa.train.rows import PairRow


def torch_logits(model: Classifier, encoder: RowEncoder, rows: Sequence[PairRow]) -> list[float]:
    """Return the logit of each marked use in 32 bits, each computed alone."""
    found = []
    with torch.no_grad():
        for row in rows:
            batch = collate([encoder.pair(row)], is_pair=True)
            found.append(float(model(batch.input_ids, batch.token_type_ids)[0]))
    return found
