"""Reads off the sentence which grammatical slot a literal fills: noun or verb, number, tense, case, article."""

import re
from typing import Literal, NamedTuple

from mtqa.document import Document, Segment, Span
from mtqa.match.index import phrase
from mtqa.match.words import ARTICLES, Words, split_words
from mtqa.morphology import Form, participle, plural, readings
from mtqa.term import LiteralForm

Case = Literal["lower", "sentence", "title", "upper"]

PREPOSITIONS = frozenset(
    "of for to in on with from at by against between under over behind into without through about after before"
    " during towards toward amid among as than via beyond within across around near below above beneath outside inside"
    " like per off onto upon along despite until since versus".split()
)
DETERMINERS = frozenset(
    "a an the this that these those my your his her its our their such any no every each some another one".split()
)
_MODALS = frozenset(
    "to can could will would shall should may might must cannot can't don't doesn't didn't won't let's not do does did"
    " help helps helped let lets".split()
)
_HAVE_BE = frozenset(
    "have has had having be is are was were been being am get gets got getting it's they've we've isn't aren't wasn't"
    " weren't hasn't haven't hadn't".split()
)
_FINITE = frozenset(
    "is are was were has have had will would can could may might must should does did do comes came means meant"
    " leads led becomes became began begins ended ends brought brings makes made results resulted seems remains".split()
)
_SINGULAR_VERBS = frozenset(
    "is was has does comes means makes brings becomes seems remains isn't wasn't hasn't doesn't".split()
)


_REACH = 200


class Slot(NamedTuple):
    """Describe the place of a literal in its sentence.

    `use` is the word class it is used as; `form` the inflection of its head (`s` is plural for a noun, third person
    for a verb); `possessive` is the span of the 's behind it, if any; `determiner` the lower-case word of
    `DETERMINERS` right before it and `determiner_span` its span; `bare` is true for a singular noun with nothing
    before it in its phrase; `before` and `after` are the neighbouring words, "" at a punctuation mark; `first` is
    the literal's own first word as it stands.
    """

    use: str
    form: Form
    possessive: Span | None
    case: Case
    determiner: str
    determiner_span: Span | None
    bare: bool
    before: str
    after: str
    first: str
    singular_verb: bool


def head_of(words: tuple[str, ...] | list[str], word_class: str) -> int:
    """Return the number of the word that is inflected: a verb's first, a noun's last before a preposition.

    >>> head_of(["return", "of", "value"], "n"), head_of(["wool", "party"], "n"), head_of(["cut", "leek"], "v")
    (0, 1, 0)
    """
    if word_class == "v":
        return 0
    for number, word in enumerate(words):
        if number and word.lower() in PREPOSITIONS:
            return number - 1
    return len(words) - 1


def read_slot(document: Document, span: Span, literal: LiteralForm) -> Slot:
    """Read the slot that `span` of the document, an inflection of `literal`, fills in its sentence."""
    segment = document.segment_at(span.start) or Segment(Span(0, len(document.text)))
    around = _words_around(document.prose, span, segment.span)
    first = next(i for i, (start, _) in enumerate(around.spans) if start >= span.start)
    last = max(i for i, (start, _) in enumerate(around.spans) if start < span.end)
    matched = [word for word in around.lower[first : last + 1] if word not in ARTICLES]
    possessive = Span(span.end, around.spans[last][1]) if around.spans[last][1] > span.end else None
    before = around.lower[first - 1] if first and _adjoins(around, first - 1) else ""
    after = around.lower[last + 1] if last + 1 < len(around.lower) and _adjoins(around, last) else ""
    use, form = _use_and_form(literal, matched, before, after)
    determiner = before if before in DETERMINERS or before.endswith("'s") else ""
    return Slot(
        use=use,
        form=form,
        possessive=possessive,
        case=_case(document, span, segment),
        determiner=determiner if determiner in DETERMINERS else "",
        determiner_span=Span(*around.spans[first - 1]) if determiner in DETERMINERS else None,
        bare=use == "n" and form == "base" and (not before or before in PREPOSITIONS or before in ("and", "or", "but")),
        before=before,
        after=after,
        first=matched[0],
        singular_verb=after in _SINGULAR_VERBS,
    )


def _words_around(text: str, span: Span, sentence: Span) -> Words:
    """Return the words of a sentence, or of the part near the span where the sentence has no end in sight."""
    start, end = sentence
    if span.start - start > _REACH:
        start = text.rfind(" ", start, span.start - _REACH) + 1 or span.start
    if end - span.end > _REACH:
        end = text.find(" ", span.end + _REACH, end)
        end = sentence.end if end < 0 else end
    return split_words(text, start, end)


def _adjoins(words: Words, number: int) -> bool:
    """Tell whether no punctuation parts the word from the next one, quotation marks aside."""
    return (
        re.fullmatch(r"[\s\"“”‘’'*_\-]*", words.text[words.spans[number][1] : words.spans[number + 1][0]]) is not None
    )


def _use_and_form(literal: LiteralForm, matched: list[str], before: str, after: str) -> tuple[str, Form]:
    lemma_words = [word.lower() for word in phrase(literal.text)[0]]
    verbal = _verb_form(lemma_words, matched, before, literal.word_class)
    determined = (before in DETERMINERS and before != "that") or before.endswith("'s")
    if literal.word_class == "v":
        form = verbal or "base"
        if determined and form in ("base", "ing", "s"):
            return "n", "s" if form == "s" else "base"
        if form == "ing" and not before and after in _FINITE:
            return "n", "base"
        if form == "base" and after in _FINITE and not before:
            return "n", "base"
        return "v", form
    if literal.word_class in ("n", "mass", "pl", "name"):
        if verbal in ("past", "participle") or (verbal == "ing" and not determined and after not in _FINITE and before):
            return "v", verbal
        if before in _MODALS and before != "to" and verbal is None and matched[-1] == lemma_words[-1]:
            return "v", "base"
        head = head_of(lemma_words, "n")
        bare = matched[head].removesuffix("'s").removesuffix("'") if head < len(matched) else ""
        is_plural = bare != lemma_words[head] and bare == plural(lemma_words[head])
        return "n", "s" if is_plural else "base"
    return literal.word_class, "base"


def _verb_form(lemma_words: list[str], matched: list[str], before: str, word_class: str) -> Form | None:
    """Return the verb form in which the head stands, or None when every word stands as listed.

    The head of a verb phrase is its first word, or a later one where an adverb leads ("wild hunted").
    """
    for number, (lemma, word) in enumerate(zip(lemma_words, matched, strict=False)):
        word = word.removesuffix("'s")
        if word == lemma:
            if number == 0 and word_class == "v" and before in _HAVE_BE and participle(lemma) == lemma:
                return "participle"
            continue
        found = [form for candidate, form in readings(word) if candidate == lemma]
        # Behind the verb an -s is an object's plural; behind an adverb ("fully proves") it is the verb's.
        if number and word_class == "v" and not lemma_words[number - 1].endswith("ly"):
            found = [form for form in found if form != "s"]
        if "participle" in found or "past" in found:
            return "participle" if before in _HAVE_BE or "past" not in found else "past"
        if found:
            return found[0]
    return None


def _case(document: Document, span: Span, segment: Segment) -> Case:
    text = document.text[span.start : span.end]
    letters = [word for word in re.findall(r"[^\W\d_]+", text) if word.lower() not in ARTICLES]
    if not letters or not letters[0][0].isupper():
        return "lower"
    if all(word.isupper() for word in letters) and sum(map(len, letters)) > 3:
        return "upper"
    if segment.heading and _in_title_case(document.text[segment.span.start : segment.span.end]):
        return "title"
    lead = document.prose[max(segment.span.start, span.start - _REACH) : span.start]
    starts = re.fullmatch(r"[\W\d_]*(?:[IVXLC]+[.)]\s*)?[\W\d_]*", lead) is not None
    return "sentence" if starts or lead.rstrip().endswith((":", "“", '"', "—")) else "lower"


def _in_title_case(heading: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", heading) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 2 and capitals >= 0.75 * len(words)
