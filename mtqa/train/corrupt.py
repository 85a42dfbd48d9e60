"""Makes sentences in which some words do not belong, so that the token head learns to see what does not fit.

A literal mistranslation puts words where no writer of English would; words exchanged between two good sentences do the
same. The idea is that of replaced-token detection (ELECTRA, Clark et al., 2020), with whole phrases and no generator.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from mtqa.document import Span
from mtqa.train.rows import Mark, TokenRow

WEIGHT = 0.5
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_ENDINGS = ("ing", "ed", "ly", "s")
_SHORTEST = 4
_FUNCTION_WORDS = frozenset(
    """a about after again against all an and any are as at be been before being between both but by can could did do
    does during each few for from further had has have he her here his how if in into is it its just less least may
    might more most must no nor not now of off on once only or other out over own per said same say says shall she
    should so some such than that the their them then there these they this those through to too under up very was
    were what when where which while who whom whose will with would""".split()
)


def phrases(text: str) -> list[Span]:
    """Return the runs of lower-case content words in a text, parted by single spaces.

    >>> [text[slice(*span)] for text in ["The city will cut old fees, Mr. Li said."] for span in phrases(text)]
    ['city', 'cut old fees']
    """
    found: list[Span] = []
    for word in _WORD.finditer(text):
        if word.group().lower() in _FUNCTION_WORDS or word.group()[0].isupper():
            continue
        if found and text[found[-1].end : word.start()] == " ":
            found[-1] = Span(found[-1].start, word.end())
        else:
            found.append(Span(*word.span()))
    return [span for span in found if span.end - span.start >= _SHORTEST]


def corrupted(texts: Sequence[str], count: int, seed: int) -> Iterator[TokenRow]:
    """Yield up to `count` of the texts with one or two phrases replaced by such of other texts, in the same form.

    All texts must be good English: what is not exchanged is taught as right.
    """
    chance = random.Random(seed)  # noqa: S311
    store: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for text in texts:
        for span in phrases(text):
            store[_form(text[slice(*span)])].append(text[slice(*span)])
    for text in chance.sample(texts, min(count, len(texts))):
        spans = phrases(text)
        if len(spans) > 2:
            chosen = sorted(chance.sample(spans, chance.choice((1, 1, 2))))
            yield _exchange(text, [(span, chance.choice(store[_form(text[slice(*span)])])) for span in chosen])


def _form(phrase: str) -> tuple[str, ...]:
    """Return what words must have in common to stand for each other: how many there are, and how each ends."""
    return tuple(next((end for end in _ENDINGS if word.endswith(end)), "") for word in phrase.split())


def _exchange(text: str, chosen: Sequence[tuple[Span, str]]) -> TokenRow:
    new, place, marks = "", 0, []
    for span, words in chosen:
        new += text[place : span.start]
        if words != text[slice(*span)]:
            marks.append(Mark(Span(len(new), len(new) + len(words))))
        new += words
        place = span.end
    return TokenRow(new + text[place:], tuple(marks), None, "corrupted", weight=WEIGHT)
