"""Drafts rewrites for a proposed entry: what editors wrote, or else what the dictionary makes of the Chinese."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mtqa.glossary.cells import rendering
from mtqa.match.words import lower_words
from mtqa.mine.marks import Lexicon
from mtqa.mine.wording import is_empty, key, lemma_form

_MOST = 2
_LONGEST = 6
_FIGURATIVE = re.compile(r"\bfig\.|slang|neologism")
_EXPLAINS = frozenset("sb sth eg ie esp etc abbr lit fig or and/or".split())


class Draft(NamedTuple):
    """Hold a draft of a rewrite, its word class, and whose it is: `editors` or `CC-CEDICT`."""

    text: str
    word_class: str
    source: str


def drafts(
    edits: Iterable[str], zh: Sequence[str], literals: Sequence[tuple[str, str, int]], known: Lexicon
) -> tuple[Draft, ...]:
    """Return up to two drafts, editors' words before the dictionary's; none that is a literal itself."""
    word_class = literals[0][1]
    written = Counter(lemma_form(text, word_class, known) for text in edits if text)
    found = [Draft(text, word_class, "editors") for text, _ in written.most_common()]
    if not found:
        found = [draft for word in zh for draft in _of_dictionary(word)]
    bad = [set(_said(text, known)) for text, _, _ in literals]
    kept = [d for d in found if _is_sound(d) and not any(set(_said(d.text, known)) <= words for words in bad)]
    return tuple(dict.fromkeys(kept))[:_MOST]


def is_listed(word: str) -> bool:
    """Tell whether the dictionary has a Chinese word."""
    from mtqa.chinese.dictionary import is_word

    return is_word(word)


def is_verb(word: str) -> bool:
    """Tell whether the dictionary gives a Chinese word the sense of a verb first; not where it has none."""
    first = next(iter(_of_dictionary(word)), None) if word else None
    return first is not None and first.word_class == "v"


def _of_dictionary(word: str) -> Iterable[Draft]:
    """Yield what the dictionary says that a word means, but not what it literally says."""
    from mtqa.chinese.dictionary import glosses, plain

    # A figurative sense is what the words were rendered literally in place of.
    for gloss in sorted(glosses(word), key=lambda gloss: not _FIGURATIVE.search(gloss)):
        if not gloss.startswith(("lit. ", "(lit.)")):
            for meaning in plain(gloss):
                text = meaning.removeprefix("to ")
                if len(text.split()) <= _LONGEST and _EXPLAINS.isdisjoint(text.lower().split()):
                    yield Draft(text, "n" if text == meaning else "v", "CC-CEDICT")


def _said(text: str, known: Lexicon) -> tuple[str, ...]:
    return tuple(word for word in key(lower_words(text), known) if not is_empty(word))


def _is_sound(draft: Draft) -> bool:
    """Tell whether a draft can stand in a glossary's cell."""
    if not draft.text or "|" in draft.text or len(draft.text) > 100 or not draft.text.isprintable():
        return False
    try:
        rendering(f"{draft.word_class}: {draft.text}")
    except ValueError:
        return False
    return True
