"""Cuts Chinese into words with jieba, its dictionary extended by the terms of a glossary."""

import contextlib
import os
import warnings
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mtqa.document import Span

if TYPE_CHECKING:
    from jieba import Tokenizer

_LONGEST_TERM = 8


class Cutter:
    """Cut sentences into words; build it once, use it for many. Building it takes half a second."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        """Take words that the dictionary may lack; each is kept whole where it stands."""
        self._tokenizer = _copy()
        known = self._tokenizer.FREQ
        for term in terms:
            if 1 < len(term) <= _LONGEST_TERM and not known.get(term):
                self._tokenizer.add_word(term)

    def cut(self, text: str) -> list[tuple[str, Span]]:
        """Return the words of a text and where each stands, in code points of it; together they are the text."""
        return [(word, Span(start, end)) for word, start, end in self._tokenizer.tokenize(text, HMM=False)]

    def knows(self, word: str) -> bool:
        """Tell whether the dictionary holds a word."""
        return bool(self._tokenizer.FREQ.get(word))

    def count(self, word: str) -> int:
        """Return how often a word stood in the news texts that jieba's dictionary was counted from."""
        return int(self._tokenizer.FREQ.get(word) or 0)


def _copy() -> "Tokenizer":
    """Return a tokenizer of one's own, so that no glossary's terms are cut out for another's."""
    shared = _tokenizer()
    own = type(shared)()
    own.FREQ, own.total, own.initialized = dict(shared.FREQ), shared.total, True
    return own


@lru_cache(maxsize=1)
def _tokenizer() -> "Tokenizer":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its regular expressions have escapes that newer Pythons warn of
        import jieba
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_cache_folder())
    tokenizer.initialize()
    return tokenizer


def _cache_folder() -> Path:
    """Return a folder of the user's own for jieba's cache: it unmarshals what it finds, so not in a shared /tmp."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "mtqa"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
