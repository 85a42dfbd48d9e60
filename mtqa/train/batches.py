"""Turns rows into batches of similar length, each with the labels of its head."""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor
from transformers import AutoTokenizer

from mtqa.document import Span
from mtqa.features import Features, Special, Tokens, entry_text, pair_features, sentence_features
from mtqa.term import Term
from mtqa.train.encoder import PAD
from mtqa.train.rows import Mark, PairRow, TokenRow

IGNORED = -1.0
"""Label of a token that teaches nothing: padding, special tokens, words nobody judged."""


class Batch(NamedTuple):
    """Hold inputs `(batch, tokens)` and the labels of one head, with a weight for each row `(batch,)`.

    `labels` are `(batch,)` for pairs, `(batch, tokens, 2)` in [0, 1] or `IGNORED` for tokens.
    """

    input_ids: Tensor
    token_type_ids: Tensor
    labels: Tensor
    weights: Tensor
    is_pair: bool


class Example(NamedTuple):
    """Hold one encoded row: its features, its label or its tokens' labels, its weight."""

    features: Features
    label: float
    tokens: list[tuple[float, float]]
    weight: float


class RowEncoder:
    """Encode rows with the tokenizer of a base model. Raises OSError when the folder holds none."""

    def __init__(self, base: str | Path) -> None:
        self._tokenizer: Any = AutoTokenizer.from_pretrained(base, trust_remote_code=False)
        self._special = Special(self._tokenizer.cls_token_id, self._tokenizer.sep_token_id)

    def tokens(self, text: str) -> Tokens:
        """Split a text into tokens, without special ones."""
        coded = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return Tokens(coded["input_ids"], coded["offset_mapping"])

    def pair(self, row: PairRow, entry: str | None = None) -> Example:
        """Encode a marked use; `entry` stands in for the text of the row's own."""
        ids = self.tokens(entry_text(row.term) if entry is None else entry).ids
        features = pair_features(self.tokens(row.text), row.span, ids, self._special, is_taught=row.is_taught)
        return Example(features, float(row.label), [], row.weight)

    def sentence(self, row: TokenRow) -> list[Example]:
        """Encode the words of a sentence, in one or several windows."""
        tokens = self.tokens(row.text)
        spans = [Span(*offset) for offset in tokens.offsets]
        labels = list(
            zip(_labels(spans, row.calques, row.open_calques), _labels(spans, row.errors, False), strict=True)
        )
        ignored = (IGNORED, IGNORED)
        return [
            Example(f, 0.0, [ignored, *labels[f.first : f.first + f.length], ignored], row.weight)
            for f in sentence_features(tokens, self._special)
        ]


def _labels(spans: Sequence[Span], marks: Sequence[Mark] | None, open_: bool) -> list[float]:
    if marks is None:
        return [IGNORED] * len(spans)
    found = [min(1.0, sum(mark.share for mark in marks if mark.span.overlaps(span))) for span in spans]
    return [share or IGNORED for share in found] if open_ else found


def shaken_entry(term: Term, chance: random.Random) -> str:
    """Return an entry's text as some glossary might have it: fewer renderings, in another order, without a note."""
    renderings = list(term.idiomatic[:4])
    if chance.random() < 0.3:
        chance.shuffle(renderings)
    kept = tuple(renderings[: chance.choice((1, 2, 3, 3))])
    return entry_text(term._replace(idiomatic=kept, note=term.note if chance.random() < 0.5 else ""))


def batches(examples: Sequence[Example], tokens: int, chance: random.Random) -> Iterator[list[Example]]:
    """Yield examples of like length together, at most `tokens` tokens each, padding included, in random order."""
    order = sorted(range(len(examples)), key=lambda i: (len(examples[i].features.ids), chance.random()))
    groups: list[list[Example]] = []
    for i in order:
        if not groups or (len(groups[-1]) + 1) * len(examples[i].features.ids) > tokens:
            groups.append([])
        groups[-1].append(examples[i])
    chance.shuffle(groups)
    yield from groups


def collate(examples: Sequence[Example], is_pair: bool) -> Batch:
    """Pad examples to one length."""
    longest = max(len(example.features.ids) for example in examples)

    def padded(values: Callable[[Example], Sequence[Any]], filler: Any) -> list[list[Any]]:
        return [[*values(e), *[filler] * (longest - len(values(e)))] for e in examples]

    if is_pair:
        labels = torch.tensor([example.label for example in examples])
    else:
        labels = torch.tensor(padded(lambda e: e.tokens, (IGNORED, IGNORED)))
    return Batch(
        torch.tensor(padded(lambda e: e.features.ids, PAD)),
        torch.tensor(padded(lambda e: e.features.types, 0)),
        labels,
        torch.tensor([example.weight for example in examples]),
        is_pair,
    )
