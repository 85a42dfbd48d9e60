"""Finds persons whose surname the English dropped: Weijie for 张伟杰."""

import re
from collections.abc import Iterator

from mtqa.checks._persons import Names, Token, tokens
from mtqa.chinese.names import Person, persons
from mtqa.chinese.pinyin import spellings
from mtqa.document import Link, Span

_BEFORE = re.compile(r"[A-Z][\w.'’-]*[ -]$")
_AFTER = re.compile(r"[ -][\"“(‘']?[A-Z]")


def dropped(names: Names, link: Link) -> Iterator[tuple[Span, Person]]:
    """Yield given names that stand alone where the Chinese has a full name, which the English has nowhere."""
    if link.target is None or link.source is None:
        return
    alone = [token for token in tokens(names.document, link.target) if _stands_alone(names, token)]
    if not alone:
        return
    offset = link.source.start
    for person in persons(names.chinese[slice(*link.source)]):
        if not person.sure or len(person.given) != 2 or not _is_always_whole(names, person):
            continue
        given = spellings(person.given)
        found = next((token for token in alone if token.letters in given), None)
        if found and not any(_is_written(names, surname, found.letters) for surname in spellings(person.surname)):
            place = Span(person.span.start + offset, person.span.end + offset)
            yield found.span, person._replace(span=place)


def _stands_alone(names: Names, token: Token) -> bool:
    """Tell whether no other capitalised word, and no initial, stands beside a word."""
    prose = names.document.prose
    if _BEFORE.search(prose, max(0, token.span.start - 40), token.span.start):
        return False
    return not _AFTER.match(prose, token.span.end) and token.letters not in names.lower


def _is_always_whole(names: Names, person: Person) -> bool:
    """Tell whether the Chinese never has the given name without the surname."""
    return names.chinese.count(person.given) == names.chinese.count(person.surname + person.given)


def _is_written(names: Names, surname: str, given: str) -> bool:
    letters = names.english
    return surname + given in letters or given + surname in letters
