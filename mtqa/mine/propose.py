"""Groups marks into proposals for a glossary, leaves out what it lists, and ranks them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mtqa.document import Span
from mtqa.glossary import Glossary
from mtqa.glossary.cells import literal, values
from mtqa.match.index import phrase
from mtqa.mine.drafts import Draft, drafts, is_listed, is_verb
from mtqa.mine.marks import Lexicon, Mark
from mtqa.mine.wording import Wording, key, wording
from mtqa.term import Example

_MOST_EXAMPLES = 4
_SHORTEST_CHINESE = 2


class Found(NamedTuple):
    """Hold a mark with its wording."""

    mark: Mark
    wording: Wording


class Proposal(NamedTuple):
    """Hold a proposed entry: its Chinese, its literals with how often each was found, drafts of a rewrite, examples.

    `times` counts marks, `articles` articles. `guessed` says that the Chinese is no word of the
    dictionary: neighbours that the words were composed from, or what the sentences share.
    """

    zh: tuple[str, ...]
    literals: tuple[tuple[str, str, int], ...]
    drafts: tuple[Draft, ...]
    times: int
    articles: int
    strength: float
    examples: tuple[Example, ...]
    guessed: bool = False


class Proposals(NamedTuple):
    """Hold proposals, the most frequent first, and new literals of listed terms: (term, literal) with their counts."""

    entries: tuple[Proposal, ...]
    listed: Mapping[tuple[str, str], int]


def propose(marks: Iterable[Mark], glossary: Glossary, known: Lexicon, least: int = 2) -> Proposals:
    """Return what was marked at least `least` times and the glossary does not list by its Chinese or its literals."""
    found = [
        Found(mark, words) for mark in marks if (words := wording(mark.sentence, mark.span, known, is_verb(mark.word)))
    ]
    chinese = {zh: term for term, every in glossary.chinese() for zh in every}
    old = _literal_keys(glossary, known)
    listed: Counter[tuple[str, str]] = Counter()
    entries = []
    for group in _groups(found):
        term = next((chinese[one.mark.word] for one in group if one.mark.word in chinese), None)
        new = [one for one in group if one.wording.key not in old]
        if term:
            listed.update((term, one.wording.text) for one in new)
        elif len(new) >= least:
            entries.append(_proposal(new, known))
    entries.sort(key=lambda e: (-e.articles, -e.times, -e.strength, e.literals))
    return Proposals(tuple(entries), listed)


def _literal_keys(glossary: Glossary, known: Lexicon) -> set[tuple[str, ...]]:
    return {
        key(phrase(literal(value, "n").text)[0], known)
        for entry in glossary.entries()
        for value in values(entry.literal)
    }


def _groups(found: Iterable[Found]) -> list[list[Found]]:
    """Bring together what has the same Chinese, or the same words where the Chinese is not known.

    Two Chinese words are one where one holds the other and their English has a wording in common, as 破防 and 破防了.
    """
    by_word: defaultdict[str, list[Found]] = defaultdict(list)
    by_key: defaultdict[tuple[str, ...], list[Found]] = defaultdict(list)
    for one in found:
        if one.mark.word:
            by_word[one.mark.word].append(one)
        else:
            by_key[one.wording.key].append(one)
    homes: dict[tuple[str, ...], list[str]] = {}
    for word in sorted(by_word, key=lambda w: (len(w), w)):
        keys = {one.wording.key for one in by_word[word]}
        home = next((other for k in sorted(keys) for other in homes.get(k, ()) if other in word), word)
        if home != word:
            by_word[home] += by_word.pop(word)
        for k in sorted(keys):
            homes.setdefault(k, []).append(home)
    for k, group in by_key.items():
        if k in homes:
            best = max(homes[k], key=lambda word: sum(one.wording.key == k for one in by_word[word]))
            by_word[best] += group
    return [*by_word.values(), *(group for k, group in by_key.items() if k not in homes)]


def _proposal(group: list[Found], known: Lexicon) -> Proposal:
    words = Counter(one.mark.word for one in group if one.mark.word)
    zh = tuple(word for word, _ in words.most_common())
    guess = "" if zh else _shared([one.mark.zh for one in group])
    counts = Counter(one.wording.key for one in group)
    literals = tuple((*_form([one for one in group if one.wording.key == k]), n) for k, n in counts.most_common())
    # Both rules together are surer than one, an editor is surest.
    strengths = [bool(one.mark.word) + one.mark.score + 2 * bool(one.mark.text) for one in group]
    return Proposal(
        zh or ((guess,) if guess else ()),
        literals,
        drafts([one.mark.text for one in group], zh, literals, known),
        len(group),
        len({one.mark.article for one in group}),
        sum(strengths) / len(group),
        _examples(group),
        bool(guess) or bool(zh and not any(map(is_listed, zh))),
    )


def _form(group: list[Found]) -> tuple[str, str]:
    """Return literal and word class of marks that differ in inflection alone.

    Where no one wording has the others for inflections, every word is a lemma, and the class a verb's, which matches
    all of them.
    """
    forms = Counter((one.wording.text, one.wording.word_class) for one in group)
    (text, word_class), _ = forms.most_common(1)[0]
    if len({text for text, _ in forms}) > 1 and "," not in text:
        return " ".join(group[0].wording.key), "v"
    return text, "v" if any(one.wording.word_class == "v" for one in group) else word_class


def _examples(group: list[Found]) -> tuple[Example, ...]:
    """Return up to four sentences, those with Chinese and from different articles first; the id is left open."""
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    chosen: dict[str, Mark] = {}
    for one in group:
        spans[one.mark.sentence].add(one.wording.span)
        chosen.setdefault(one.mark.sentence, one.mark)
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, bool, int, Mark]] = []
    for mark in chosen.values():
        ranked.append((seen[mark.article], not mark.zh, len(ranked), mark))
        seen[mark.article] += 1
    marks = [mark for *_, mark in sorted(ranked)[:_MOST_EXAMPLES]]
    return tuple(Example("", "bad", m.sentence, _apart(spans[m.sentence]), m.zh or None) for m in marks)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not (kept and kept[-1].overlaps(span)):
            kept.append(span)
    return tuple(kept)


def _shared(sentences: list[str]) -> str:
    """Return the longest run of Chinese characters that different sentences share; "" where they share too little.

    >>> _shared(["今年有人打野。", "他去打野了。"]), _shared(["他去打野了。"] * 2)
    ('打野', '')
    """
    different = sorted(set(sentences), key=len)
    if len(different) < 2 or not different[0]:
        return ""
    first, *others = different
    for size in range(min(len(first), 8), _SHORTEST_CHINESE - 1, -1):
        for start in range(len(first) - size + 1):
            run = first[start : start + size]
            if all("\u3400" <= char <= "\u9fff" for char in run) and all(run in other for other in others):
                return run
    return ""
