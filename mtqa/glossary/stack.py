"""Several glossaries on top of each other, their entries read in full only where they are asked for."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from mtqa.glossary import cells
from mtqa.term import LiteralForm, Term


class Entry(NamedTuple):
    """Hold one term that has not been read in full: three cells as they stand in the file, and how to read the rest.

    `word_class` is that of the literals without a tag.
    """

    id: str
    zh: str
    literal: str
    word_class: str
    idiomatic: str
    read: Callable[[], Term]

    def literal_at(self, number: int) -> LiteralForm:
        """Read one of the literals, counted from 0."""
        return cells.literal(cells.values(self.literal)[number], self.word_class)


class Glossary:
    """Hold the terms that apply, by id; `signature` names the glossaries and a checksum of what they say.

    A lint needs the literals of all terms and the rest of the few it finds; reading thousands of terms in full
    would cost more than the lint itself.
    """

    def __init__(self, entries: Mapping[str, Entry], signature: str = "none@00000000") -> None:
        self.signature = signature
        self._entries = entries
        self._read: dict[str, Term] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, term: object) -> bool:
        return term in self._entries

    def __getitem__(self, term: str) -> Term:
        """Return a term by its id. Raises KeyError when there is none."""
        if term not in self._read:
            self._read[term] = self._entries[term].read()
        return self._read[term]

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of all terms, in the order of the files."""
        return tuple(self._entries)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Return all terms, read in full."""
        return {term: self[term] for term in self._entries}

    def entries(self) -> Iterable[Entry]:
        """Return all entries, unread."""
        return self._entries.values()

    def entry(self, term: str) -> Entry:
        """Return an entry by its id. Raises KeyError when there is none."""
        return self._entries[term]

    def renderings(self) -> Iterator[str]:
        """Yield every right rendering without its tag, and with the spaces round it."""
        for entry in self._entries.values():
            for value in entry.idiomatic.split("|"):
                yield value.partition(":")[2]

    def chinese(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the ids of all terms with their Chinese."""
        for entry in self._entries.values():
            yield entry.id, cells.values(entry.zh)


def stack(layers: Iterable[tuple[str, str, Iterable[Entry]]]) -> Glossary:
    """Stack (name, text, entries) layers; where two share an id, the later one wins."""
    entries: dict[str, Entry] = {}
    checksum = 0
    names = []
    for name, text, rows in layers:
        names.append(name)
        checksum = zlib.crc32(text.encode(), checksum)
        entries.update((entry.id, entry) for entry in rows)
    return Glossary(entries, f"{'+'.join(dict.fromkeys(names)) or 'none'}@{checksum:08x}")


def of_terms(terms: Iterable[Term]) -> Glossary:
    """Return a glossary of terms made in memory."""
    return Glossary({term.id: _in_memory(term) for term in terms})


def _in_memory(term: Term) -> Entry:
    literal = " | ".join(f"{form.word_class}: {form.text} {'?' * form.doubt}" for form in term.literal)
    idiomatic = " | ".join(f"{rendering.word_class}: {rendering.text}" for rendering in term.idiomatic)
    return Entry(term.id, " | ".join(term.zh), literal, "n", idiomatic, lambda: term)
