"""What the encoder reads: a sentence alone, or a sentence with a marked use and the glossary entry it is held against.

Training and linting build their inputs here, so that they cannot differ. Token types tell the encoder which words are
marked and where the entry stands; no marker tokens lengthen the sentence. The entry as second text is the idea of
gloss-informed word-sense models (GlossBERT, Huang et al., 2019).
"""

from collections.abc import Sequence
from typing import NamedTuple

from mtqa.document import Span
from mtqa.term import Term

SENTENCE, MARKED, ENTRY, TAUGHT = 0, 1, 2, 3
"""Token types; `TAUGHT` is that of an entry which a model was taught after it was made."""

MAX_TOKENS = 128
"""Longest input, special tokens included; longer sentences are read in windows."""

MAX_PAIR_TOKENS = 72
"""Longest input for a marked use: what decides stands near it, and articles dense with calques have long sentences."""

_MAX_ENTRY = 24
_RENDERINGS = 3


class Tokens(NamedTuple):
    """Hold a text as its token ids and their places, (start, end) in code points of the text; no special tokens."""

    ids: Sequence[int]
    offsets: Sequence[tuple[int, int]]


class Special(NamedTuple):
    """Hold the ids of the special tokens."""

    start: int
    end: int


class Features(NamedTuple):
    """Hold one input: `ids` and `types`, both `(tokens,)`.

    `first` is the number of the sentence's token that stands at `ids[1]`, `length` how many of its tokens follow.
    """

    ids: list[int]
    types: list[int]
    first: int
    length: int


def entry_text(term: Term) -> str:
    """Return a glossary entry as the encoder reads it: what it means in English, the best renderings first.

    The literal words stand marked in the sentence, and the base encoder reads no Chinese.
    """
    renderings = "; ".join(rendering.text for rendering in term.idiomatic[:_RENDERINGS])
    return f"{renderings}. {term.note}" if term.note else renderings


def pair_features(
    sentence: Tokens, span: Span, entry: Sequence[int], special: Special, *, is_taught: bool = False
) -> Features:
    """Return the input for one marked use: `[CLS] sentence [SEP] entry [SEP]`.

    `span` counts code points of the sentence. A long entry is cut; a long sentence is windowed round the span.
    """
    entry = entry[:_MAX_ENTRY]
    marked = [i for i, (start, end) in enumerate(sentence.offsets) if start < span.end and span.start < end]
    first, last = _window(len(sentence.ids), marked, MAX_PAIR_TOKENS - 3 - len(entry))
    inside = set(marked)
    types = [MARKED if i in inside else SENTENCE for i in range(first, last)]
    ids = [special.start, *sentence.ids[first:last], special.end, *entry, special.end]
    entry_type = TAUGHT if is_taught else ENTRY
    return Features(ids, [SENTENCE, *types, SENTENCE, *[entry_type] * (len(entry) + 1)], first, last - first)


def _window(count: int, marked: Sequence[int], room: int) -> tuple[int, int]:
    """Return which tokens, `[first, last)`, of a sentence of `count` are read, the marked ones in the middle."""
    if count <= room:
        return 0, count
    middle = (marked[0] + marked[-1]) // 2 if marked else 0
    first = min(max(0, middle - room // 2), count - room)
    return first, first + room


def sentence_features(sentence: Tokens, special: Special) -> list[Features]:
    """Return the inputs for the words of a sentence: one, or overlapping windows of a long one."""
    room = MAX_TOKENS - 2
    found = []
    for first in range(0, max(1, len(sentence.ids) - room // 2), room // 2) if len(sentence.ids) > room else (0,):
        ids = sentence.ids[first : first + room]
        found.append(Features([special.start, *ids, special.end], [SENTENCE] * (len(ids) + 2), first, len(ids)))
        if first + room >= len(sentence.ids):
            break
    return found
