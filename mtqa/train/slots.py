"""Puts the words of new terms where those of bundled ones stand in their example sentences, in the same form.

So a term without examples has rows all the same. Filling slots of known sentences with a lexicon's entries is the
data recombination of Jia and Liang (2016). The sentences are grammatical and need not make sense; where it is not
certain which form stands in a slot, or what the slot takes, it is left alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import NamedTuple
from zlib import crc32

from mtqa.document import Span
from mtqa.term import Example, LiteralForm, Rendering, Term
from mtqa.train.frames import Frame, Slot, frames_for, put, slot_of
from mtqa.train.phrases import Lexicon, Words, articled, is_plural, lexicon_of, settled
from mtqa.train.rows import PairRow, families

ORIGIN = "slotted"
WEIGHT = 0.5
"""What a made sentence counts for against one that somebody wrote."""

_NOUNS = ("n", "mass", "pl", "name")

_OTHERS = 4
"""One made sentence in so many is also shown with the entry of another new term, which it says nothing of."""


class _Host(NamedTuple):
    term: str
    slot: Slot


_Stock = dict[tuple[str, Frame, str], list[_Host]]
"""Hosts by label, frame and domain; those of any domain under ""."""


def slotted(terms: Sequence[Term], hosts: Sequence[tuple[Term, Example]], each: int, seed: int) -> Iterator[PairRow]:
    """Yield for each new term up to `each` sentences with a literal, and half as many with a rendering.

    A literal takes the place of one in a bad example of `hosts` (label 1), a rendering that of one in a good example
    (label 0), those of the term's own domain first. Literals that are also ordinary English are left out: there the
    sentence decides, and a made one has nothing to say. One in four of the literals' sentences comes again with the
    entry of another new term (label 0). The same arguments give the same rows on every machine.
    """
    stock = _stocked(hosts, seed)
    lexicon = lexicon_of(term for term, _ in hosts)
    family = families(terms)
    for number, term in enumerate(terms):
        others = [other for other in (*terms[number + 1 :], *terms[:number]) if _strange(term, other, family)]
        literals = list(_sayable(term, lexicon))
        for count, row in enumerate(_rows(term, literals, "bad", stock, each, seed)):
            yield row
            if others and count % _OTHERS == 0:
                other = others[_key(seed, term.id, row.text) % len(others)]
                yield row._replace(term=other, label=0)
        renderings = [_right(right, lexicon) for right in term.idiomatic]
        yield from _rows(term, renderings, "good", stock, (each + 1) // 2, seed)


def _stocked(hosts: Iterable[tuple[Term, Example]], seed: int) -> _Stock:
    """File the hosts whose slot is certain, in an order that the seed gives."""
    stock: _Stock = defaultdict(list)
    ready: dict[tuple[str, str], list[Words]] = {}
    for term, example in sorted(hosts, key=lambda host: _key(seed, host[0].id, host[1].text)):
        if len(example.spans) != 1:
            continue
        words = ready.setdefault((term.id, example.label), list(_words(term, example.label)))
        slots = (slot_of(example.text, example.spans[0], each) for each in words)
        if slot := next((slot for slot in slots if slot), None):
            for domain in ("", term.domain):
                stock[example.label, slot.frame, domain].append(_Host(term.id, slot))
    return stock


def _words(term: Term, label: str) -> Iterator[Words]:
    if label == "bad":
        yield from (_literal(term, form) for form in term.literal)
    else:
        yield from (Words(rendering.text, rendering.word_class) for rendering in term.idiomatic)


def _literal(term: Term, form: LiteralForm) -> Words:
    """Return a literal as words; glossaries call every noun `n`, so form and rendering say whether it is counted."""
    kind = form.word_class
    if kind == "n":
        kinds = [rendering.word_class for rendering in term.idiomatic if rendering.word_class in _NOUNS]
        kind = kinds[0] if kinds else "n"
        if kind != "name" and is_plural(form.text):
            kind = "pl"
        elif kind == "pl":
            kind = "group"
    return Words(form.text, kind)


def _right(rendering: Rendering, lexicon: Lexicon) -> Words:
    """Return a rendering as words; its tag says for sure whether it is counted, but not what a name is made of."""
    words = Words(rendering.text, rendering.word_class)
    return settled(words, lexicon) if words.word_class == "name" else words


def _sayable(term: Term, lexicon: Lexicon) -> Iterator[Words]:
    """Yield the literals that are certainly wrong, with the articles that English wants in them."""
    for form in term.literal:
        words = _literal(term, form)
        text = articled(words, lexicon)
        if text and not form.doubt:
            yield settled(Words(text, words.word_class), lexicon)


def _rows(term: Term, words: Sequence[Words], label: str, stock: _Stock, count: int, seed: int) -> Iterator[PairRow]:
    """Yield up to `count` rows of a term, its words in turn and no sentence twice."""
    used: set[str] = set()
    queues = [_filled(term, each, label, stock, seed, used) for each in words]
    turns = chain.from_iterable(zip_longest(*queues))
    for text, span in islice((made for made in turns if made), count):
        yield PairRow(text, span, term, int(label == "bad"), ORIGIN, WEIGHT)


def _filled(
    term: Term, words: Words, label: str, stock: _Stock, seed: int, used: set[str]
) -> Iterator[tuple[str, Span]]:
    """Yield hosts filled with the words, those of the term's domain first, from a place that differs by words."""
    start = _key(seed, term.id, words.text)
    for domain in (term.domain, ""):
        queues = [stock.get((label, frame, domain), []) for frame in frames_for(words)]
        turned = [chain(islice(queue, start % len(queue), None), queue) for queue in queues if queue]
        for host in chain.from_iterable(zip_longest(*turned)):
            if host and host.term != term.id and host.slot.text not in used and (made := put(host.slot, words)):
                used.add(host.slot.text)
                yield made


def _strange(term: Term, other: Term, family: dict[str, str]) -> bool:
    """Tell whether two terms share no Chinese, no literal and no rendering."""
    mine, theirs = ({rendering.text for rendering in each.idiomatic} for each in (term, other))
    return family[term.id] != family[other.id] and not mine & theirs


def _key(seed: int, *names: str) -> int:
    return crc32("\0".join((str(seed), *names)).encode())
