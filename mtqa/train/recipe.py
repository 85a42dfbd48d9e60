"""How to train."""

from typing import NamedTuple


class Recipe(NamedTuple):
    """Hold how to train.

    `tokens` is the size of a batch, padding included; `decay` the factor by which the learning rate falls from layer
    to layer towards the embeddings; `pos_weight` what a calque's token counts for against a right one. `looks` is how
    often a checkpoint is kept and development rows are looked at, `patience` how many looks in a row may be worse than
    the best. Of a model with adapters only those are trained, at `rate`, and the head of taught rows, at `head_rate`.
    """

    epochs: int = 2
    rate: float = 3e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    tokens: int = 2048
    seed: int = 1
    calque_weight: float = 2.0
    error_weight: float = 1.0
    pos_weight: float = 2.0
    frozen_embeddings: bool = True
    bf16: bool = True
    looks: int = 8
    patience: int = 3
