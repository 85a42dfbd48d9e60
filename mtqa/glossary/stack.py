"""Several glossaries on top of each other."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from mtqa.term import Term


class Glossary(NamedTuple):
    """Hold the terms that apply, by id; `signature` names them and a hash of what they say."""

    terms: dict[str, Term]
    signature: str

    def glosses(self) -> dict[str, list[Term]]:
        """Return the terms by each Chinese form."""
        found: dict[str, list[Term]] = {}
        for term in self.terms.values():
            for zh in term.zh:
                found.setdefault(zh, []).append(term)
        return found


def stack(layers: Iterable[tuple[str, str, Iterable[Term]]]) -> Glossary:
    """Stack (name, text, terms) layers; where two share an id, the later one wins."""
    terms: dict[str, Term] = {}
    digest = hashlib.sha256()
    names = []
    for name, text, rows in layers:
        names.append(name)
        digest.update(text.encode())
        terms.update((term.id, term) for term in rows)
    name = "+".join(dict.fromkeys(names)) or "none"
    return Glossary(terms, f"{name}@{digest.hexdigest()[:8]}")
