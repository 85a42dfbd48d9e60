"""Parses the cells of a glossary: values, renderings, contexts, marked sentences.

Each function raises ValueError saying what was found and what is allowed; the loader adds file, line and column.
"""

import re
from collections.abc import Mapping

from mtqa.document import Span
from mtqa.term import WORD_CLASSES, Context, Doubt, LiteralForm, Rendering

_TAGGED = re.compile(r"([a-z]+):\s*(.*)")
_ALLOWED = ", ".join(f"{tag}:" for tag in WORD_CLASSES)
_NOT_IN_LITERAL = re.compile(r"[\"“”«»()\[\]/…\u3000-\u9fff\uff00-\uffef]|\.\.\.")
_NOT_IN_RENDERING = re.compile(r"[\"“”«»()\[\]/…\u3000-\u9fff\uff00-\uffef]|\.\.\.|\bs(?:b|th)\b")
_MARK = re.compile("«([^«»]*)»")


def values(cell: str) -> tuple[str, ...]:
    """Split a cell into its values.

    >>> values("wool party | wool puller |")
    ('wool party', 'wool puller')
    """
    if "|" not in cell:
        cell = cell.strip()
        return (cell,) if cell else ()
    return tuple(value for part in cell.split("|") if (value := part.strip()))


def _untag(value: str, default: str) -> tuple[str, str]:
    match = _TAGGED.fullmatch(value)
    if not match:
        return default, value
    if match[1] not in WORD_CLASSES:
        raise ValueError(f"{value!r} has the tag {match[1]!r}; allowed are {_ALLOWED}")
    if not match[2]:
        raise ValueError(f"{value!r} has a tag and no words; write the words behind it")
    return match[1], match[2]


def rendering(value: str) -> Rendering:
    """Read an idiomatic rendering.

    >>> rendering("mass: cut-throat competition")
    Rendering(text='cut-throat competition', word_class='mass')
    """
    word_class, text = _untag(value, "")
    if not word_class:
        raise ValueError(f"{value!r} has no word class; put one before it: {_ALLOWED}")
    if found := _NOT_IN_RENDERING.search(text):
        raise ValueError(f"{value!r} holds {found[0]!r}; a rendering is bare words that drop into a sentence")
    return Rendering(text, word_class)


_SUSPICIOUS = ("?", '"', "(", ")", "[", "]", "/", "..", " sb", " sth")


def is_sound(row: Mapping[str, str]) -> bool:
    """Tell at a glance that a row's cells can be parsed; when unsure, say no: a full parse will tell.

    >>> is_sound({"literal": "sea outlet", "idiomatic": "n: gateway", "unless": "~ mall"})
    True
    >>> is_sound({"literal": "sea outlet", "idiomatic": "gateway"})
    False
    """
    literal, idiomatic = row["literal"], row["idiomatic"]
    if not (literal.isascii() and idiomatic.isascii()):
        return False
    for sign in _SUSPICIOUS:
        if sign in idiomatic or (sign in literal and sign != "?"):
            return False
    if "?" in literal and ("???" in literal or "? ?" in literal):
        return False
    return (
        all(map(_tagged, idiomatic.split("|")))
        and (":" not in literal or all(":" not in value or _tagged(value) for value in literal.split("|")))
        and _sound_contexts(row.get("unless", ""))
        and _sound_contexts(row.get("when", ""))
    )


def _tagged(value: str) -> bool:
    tag, _, words = value.partition(":")
    return tag.strip() in WORD_CLASSES and not words.isspace() and words != ""


def _sound_contexts(cell: str) -> bool:
    return "~" not in cell or all(
        value.count("~") < 2 and value.strip(" ~") for value in cell.split("|") if "~" in value
    )


def literal(value: str, default_class: str) -> LiteralForm:
    """Read a literal rendering: an optional tag, the words, `?` or `??` where it is also ordinary English.

    >>> literal("v: cut leek ??", "n")
    LiteralForm(text='cut leek', word_class='v', doubt=2)
    """
    word_class, text = _untag(value, default_class) if ":" in value else (default_class, value)
    doubt: Doubt = 0
    if text.endswith("?"):
        bare = text.rstrip("?")
        marks = len(text) - len(bare)
        text = bare.rstrip()
        if marks > 2 or not text:
            raise ValueError(f"{value!r}: write ? (needs evidence) or ?? (silent without it) behind the words")
        doubt = 1 if marks == 1 else 2
    if found := _NOT_IN_LITERAL.search(text):
        raise ValueError(f"{value!r} holds {found[0]!r}; a literal is bare English words in lemma form")
    return LiteralForm(text, word_class, doubt)


def literals(cell: str, default_class: str) -> tuple[LiteralForm, ...]:
    """Read all literal renderings of a cell; those without a tag are of the default class."""
    return tuple([literal(value, default_class) for value in values(cell)])


def renderings(cell: str) -> tuple[Rendering, ...]:
    """Read all idiomatic renderings of a cell."""
    return tuple(rendering(value) for value in values(cell))


def context(value: str) -> Context:
    """Read a context: words anywhere in the sentence, or around `~`, which stands for the literal.

    >>> context("factory ~ store")
    Context(anywhere=(), before=('factory',), after=('store',))
    >>> context("railway line").anywhere
    ('railway', 'line')
    """
    if "~" not in value:
        return Context(anywhere=_words(value))
    before, _, after = value.partition("~")
    if "~" in after or not (before.strip() or after.strip()):
        raise ValueError(f"{value!r}: write ~ once, with words before or after it")
    return Context(before=_words(before), after=_words(after))


def contexts(cell: str) -> tuple[Context, ...]:
    """Read all contexts of a cell."""
    return tuple(context(value) for value in values(cell))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.lower().replace("-", " ").replace("’", "'").split())


def marked(sentence: str) -> tuple[str, tuple[Span, ...]]:
    """Take the «marks» off a sentence and return it with the spans they enclosed.

    >>> marked("The «wool party» won.")
    ('The wool party won.', (Span(start=4, end=14),))
    """
    spans: list[Span] = []
    parts: list[str] = []
    end = length = 0
    for found in _MARK.finditer(sentence):
        before = sentence[end : found.start()]
        start = length + len(before)
        length = start + len(found[1])
        spans.append(Span(start, length))
        parts += [before, found[1]]
        end = found.end()
    text = "".join([*parts, sentence[end:]])
    if "«" in text or "»" in text or not spans:
        raise ValueError(f"{sentence[:60]!r}: mark the words with « and », in pairs")
    return text, tuple(spans)
