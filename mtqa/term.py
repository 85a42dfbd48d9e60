"""Glossary records: a term, its renderings, the contexts that speak for or against it, its examples."""

from typing import Literal, NamedTuple

from mtqa.document import Span

WORD_CLASSES = {
    "n": "count noun",
    "mass": "mass noun: no plural, no a/an",
    "pl": "plural noun",
    "name": "proper name",
    "v": "verb phrase, verb first",
    "adj": "adjective",
    "adv": "adverb",
    "x": "fixed words",
}
"""Tags of renderings and what each stands for."""

Doubt = Literal[0, 1, 2]
"""How ordinary a literal is: 0 never good English, 1 needs evidence (`?`), 2 silent without it (`??`)."""


class Rendering(NamedTuple):
    """Hold an idiomatic rendering in lemma form and its word class, a key of `WORD_CLASSES`."""

    text: str
    word_class: str


class LiteralForm(NamedTuple):
    """Hold a literal rendering in lemma form, its word class and its doubt."""

    text: str
    word_class: str
    doubt: Doubt = 0


class Context(NamedTuple):
    """Hold words that speak for or against a literal where they stand near it.

    With neither `before` nor `after` set, `anywhere` are words to be found somewhere in the same sentence;
    otherwise `before` and `after` stand directly before and after the literal.
    """

    anywhere: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Term(NamedTuple):
    """Hold one glossary entry (design, section 4).

    `tested` says that its literals without doubt were looked for in much good English and not found there.
    """

    id: str
    zh: tuple[str, ...]
    literal: tuple[LiteralForm, ...]
    idiomatic: tuple[Rendering, ...]
    category: str
    severity: str
    domain: str
    unless: tuple[Context, ...] = ()
    when: tuple[Context, ...] = ()
    note: str = ""
    source: str = ""
    glossary: str = ""
    tested: bool = False


class Example(NamedTuple):
    """Hold one sentence that shows a term: `bad` marks are flagged, `good` marks are left alone.

    `text` is the sentence without its marks, `spans` the marked words in it.
    """

    term: str
    label: Literal["bad", "good"]
    text: str
    spans: tuple[Span, ...]
    zh: str | None = None
    line: int = 0
