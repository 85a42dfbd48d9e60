"""Plans a training: all its batches in their order, so that a run that was stopped can go on where it was."""

import random
from collections.abc import Sequence
from typing import Any

from datasets import Dataset

from mtqa.features import Features
from mtqa.train.batches import Example, RowEncoder, batches, collate, shaken_entry
from mtqa.train.recipe import Recipe
from mtqa.train.rows import Rows

_Group = tuple[bool, list[Example]]


def plan(encoder: RowEncoder, rows: Rows, recipe: Recipe, once: Rows | None = None) -> Dataset:
    """Return all batches of a training in their order, one a row; the same seed and rows give the same.

    `rows` are read once an epoch, each time with another wording of the entry; those to be read `once` in all are
    spread over the epochs, and stand as they are.
    """
    chance = random.Random(recipe.seed)  # noqa: S311
    pairs, sentences = _encoded(encoder, once or Rows([], []))
    chance.shuffle(pairs)
    chance.shuffle(sentences)
    groups = []
    for number in range(recipe.epochs):
        shaken = [encoder.pair(row, shaken_entry(row.term, chance)) for row in rows.pairs]
        _, words = _encoded(encoder, Rows([], rows.tokens))
        mixed = _batches([*shaken, *pairs[number :: recipe.epochs]], True, recipe, chance)
        mixed += _batches([*words, *sentences[number :: recipe.epochs]], False, recipe, chance)
        chance.shuffle(mixed)
        groups += mixed
    return _dataset(groups)


def plan_dev(encoder: RowEncoder, rows: Rows, recipe: Recipe) -> Dataset:
    """Return the batches of development rows, each row once and as it stands."""
    chance = random.Random(0)  # noqa: S311
    pairs, sentences = _encoded(encoder, rows)
    return _dataset([*_batches(pairs, True, recipe, chance), *_batches(sentences, False, recipe, chance)])


def collated(groups: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Pad the one batch that the Trainer asks for: its batches are made by `plan`."""
    (group,) = groups
    columns = (group[name] for name in ("ids", "types", "label", "tokens", "weight"))
    examples = [
        Example(Features(ids, types, 0, 0), label, tokens, weight)
        for ids, types, label, tokens, weight in zip(*columns, strict=True)
    ]
    return collate(examples, group["is_pair"])._asdict()


def _encoded(encoder: RowEncoder, rows: Rows) -> tuple[list[Example], list[Example]]:
    sentences = [example for row in rows.tokens for example in encoder.sentence(row)]
    return [encoder.pair(row) for row in rows.pairs], sentences


def _batches(examples: Sequence[Example], is_pair: bool, recipe: Recipe, chance: random.Random) -> list[_Group]:
    return [(is_pair, group) for group in batches(examples, recipe.tokens, chance)]


def _dataset(groups: Sequence[_Group]) -> Dataset:
    columns: dict[str, list[Any]] = {
        "is_pair": [is_pair for is_pair, _ in groups],
        "ids": [[e.features.ids for e in group] for _, group in groups],
        "types": [[e.features.types for e in group] for _, group in groups],
        "label": [[e.label for e in group] for _, group in groups],
        "tokens": [[e.tokens for e in group] for _, group in groups],
        "weight": [[e.weight for e in group] for _, group in groups],
    }
    return Dataset.from_dict(columns)
