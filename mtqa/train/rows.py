"""The rows that the classifier is trained on, and how they are split: by term and by document, never by sentence."""

import zlib
from collections.abc import Iterable
from typing import Literal, NamedTuple

from mtqa.document import Span
from mtqa.term import Term

DEV_SHARE = 0.1
"""Share of the glossaries' families of terms kept for development."""

ARTICLE_SHARE = 0.2
"""Share of the sample articles kept for development, for choosing thresholds for instance."""


class PairRow(NamedTuple):
    """Hold one marked use of an entry's words.

    `label` is 1 for a literal mistranslation, 0 for right English, or the probability that a model gave it. `is_taught`
    sends the row through the adapters (see `mtqa.train.encoder`).
    """

    text: str
    span: Span
    term: Term
    label: float
    origin: str
    weight: float = 1.0
    is_taught: bool = False


class Mark(NamedTuple):
    """Say how likely the words of a span are marked, in [0, 1]."""

    span: Span
    share: float = 1.0


class TokenRow(NamedTuple):
    """Hold one sentence and the words marked in it as calques and as errors; None where nobody looked for them.

    With `open_calques` the calques are not all marked: unmarked words teach nothing about them. `document` names the
    text that the sentence came from, where that matters.
    """

    text: str
    calques: tuple[Mark, ...] | None
    errors: tuple[Mark, ...] | None
    origin: str
    open_calques: bool = False
    weight: float = 1.0
    document: str = ""


class Rows(NamedTuple):
    """Hold the rows of one split."""

    pairs: list[PairRow]
    tokens: list[TokenRow]


Split = Literal["train", "dev"]


def split_of(key: str, share: float = DEV_SHARE) -> Split:
    """Return the split of a document or family of terms, the same on every machine; `share` goes to development.

    >>> split_of("wool-party")
    'train'
    """
    return "dev" if zlib.crc32(key.encode()) % 1000 < share * 1000 else "train"


def families(terms: Iterable[Term]) -> dict[str, str]:
    """Return for each term id that of its family: terms that share Chinese or a literal must fall into one split."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    ids = []
    for term in terms:
        ids.append(term.id)
        for shared in (*term.zh, *(form.text.lower() for form in term.literal)):
            first, second = sorted((root(f"id:{term.id}"), root(f"={shared}")))
            parent[second] = first
    return {id_: root(f"id:{id_}") for id_ in ids}
