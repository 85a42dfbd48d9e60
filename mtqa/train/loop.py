"""Trains the classifier on both heads at once."""

import math
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from mtqa.train.batches import IGNORED, Batch, RowEncoder, batches, shaken_entry
from mtqa.train.encoder import Classifier
from mtqa.train.rows import Rows


class Recipe(NamedTuple):
    """Hold how to train.

    `tokens` is the size of a batch, padding included; `decay` the factor by which the learning rate falls from layer
    to layer towards the embeddings; `pos_weight` what a calque's token counts for against a right one.
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


Progress = Callable[[int, int, float, float], None]
"""Takes steps done, steps in all, mean loss of pairs and of tokens."""


def train(model: Classifier, encoder: RowEncoder, rows: Rows, recipe: Recipe, progress: Progress) -> Classifier:
    """Train a model in place and return it; the same seed, rows and machine give the same weights."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)  # noqa: S311
    steps = _steps(encoder, rows, recipe)
    optimizer = torch.optim.AdamW(list(_groups(model, recipe)), weight_decay=0.01)
    rates = [group["lr"] for group in optimizer.param_groups]
    model.train()
    done, losses = 0, ([0.0], [0.0])
    for _ in range(recipe.epochs):
        for batch in _epoch(encoder, rows, recipe, chance):
            scale = _schedule(done, steps)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * scale
            with torch.autocast("cpu", torch.bfloat16, enabled=recipe.bf16):
                pair, token = model(batch.input_ids, batch.token_type_ids)
            loss = pair_loss(pair.float(), batch) if batch.is_pair else token_loss(token.float(), batch, recipe)
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            done += 1
            losses[batch.is_pair].append(loss.item())
            if done % 50 == 0:
                progress(done, steps, *(sum(x[-100:]) / len(x[-100:]) for x in reversed(losses)))
    return model.eval()


def _steps(encoder: RowEncoder, rows: Rows, recipe: Recipe) -> int:
    chance = random.Random(recipe.seed)  # noqa: S311
    return recipe.epochs * sum(1 for _ in _epoch(encoder, rows, recipe, chance))


def _schedule(done: int, steps: int, warmup: float = 0.06) -> float:
    """Return the factor of the learning rate: a linear rise, then a cosine down to nothing."""
    place = done / max(1, steps)
    if place < warmup:
        return place / warmup
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (place - warmup) / (1 - warmup))))


def _epoch(encoder: RowEncoder, rows: Rows, recipe: Recipe, chance: random.Random) -> Iterator[Batch]:
    pairs = [encoder.pair(row, shaken_entry(row.term, chance)) for row in rows.pairs]
    sentences = [example for row in rows.tokens for example in encoder.sentence(row)]
    mixed = [*batches(pairs, True, recipe.tokens, chance), *batches(sentences, False, recipe.tokens, chance)]
    chance.shuffle(mixed)
    yield from mixed


def _groups(model: Classifier, recipe: Recipe) -> Iterator[dict[str, object]]:
    layers = model.encoder.encoder.layer
    embeddings = model.encoder.embeddings
    if recipe.frozen_embeddings:
        embeddings.word_embeddings.weight.requires_grad_(False)
        embeddings.position_embeddings.weight.requires_grad_(False)
    lowest = recipe.rate * recipe.decay ** len(layers)
    yield {"params": [p for p in embeddings.parameters() if p.requires_grad], "lr": lowest}
    for depth, layer in enumerate(reversed(layers)):
        yield {"params": list(layer.parameters()), "lr": recipe.rate * recipe.decay**depth}
    yield {"params": [*model.pair.parameters(), *model.token.parameters()], "lr": recipe.head_rate}


def pair_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Return the weighted cross-entropy of marked uses."""
    loss = functional.binary_cross_entropy_with_logits(logits, batch.labels, reduction="none")
    return (loss * batch.weights).sum() / batch.weights.sum()


def token_loss(logits: Tensor, batch: Batch, recipe: Recipe) -> Tensor:
    """Return the weighted cross-entropy of the words that somebody judged."""
    known = (batch.labels != IGNORED).float() * batch.weights[:, None, None]
    factor = torch.where(batch.labels > 0, 1.0 + (recipe.pos_weight - 1.0) * batch.labels, 1.0)
    scales = torch.tensor([recipe.calque_weight, recipe.error_weight])
    loss = functional.binary_cross_entropy_with_logits(logits, batch.labels.clamp(min=0), reduction="none")
    total = known.sum((0, 1))
    return ((loss * known * factor).sum((0, 1)) / total.clamp(min=1) * scales * (total > 0)).sum()
