"""Names: a person, a company or a product that is called otherwise in the English than in the Chinese.

Systems misread rare characters ("Shi Jingzhao" for 司景钊), drop syllables, spell a foreigner anew in each sentence and
now and then change or lose a name that stands in Latin letters in the Chinese. No press desk forgives a wrong name.

Right after all: people from Hong Kong, Taiwan and abroad have spellings of their own (李嘉诚 is Li Ka-shing), so only
names that read like pinyin, or nearly so, are held against it; the order of surname and given name, hyphens and
apostrophes are the desk's affair. A name may be left out where it says nothing to the reader: a note at most.

Source: MQM, locale-convention/name-format (themqm.org); Hanyu Pinyin for persons' names, GB/T 28039-2011.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.checks._latin import changes
from mtqa.checks._persons import Names, slips
from mtqa.checks._surnames import dropped
from mtqa.checks._variants import variants
from mtqa.chinese.names import right_spelling
from mtqa.document import Document, Span
from mtqa.finding import Finding, Suggestion
from mtqa.match import Reader

SEVERITY = "major"
PASS = (
    ("Zhang Xiao-ming and Wei Li met Li Ka-shing.", "张晓明和李伟会见了李嘉诚。"),
    ("Ma Ying-jeou, Shinzo Abe and Elon Musk were not there.", "马英九、安倍晋三和马斯克没有到场。"),
    ("He bought an iPhone and a T-shirt.", "他买了一部iPhone和一件T恤。"),
    ("Shan Xiongxin, a manager, resigned.", "经理单雄信辞职。"),
)
FAIL = (
    ("The chairman, «Zhang Wai», resigned.", "董事长张伟辞职。"),
    ("«Zeng Lie» told reporters that Qiu He was away.", "曾黎告诉记者，仇和不在。"),
    ("It runs on «DeepSeel».", "它用的是DeepSeek。"),
    (
        "Andrei Slipniov came on Monday.\n\nThe talks were short.\n\n«Slepniov» left on Friday.",
        "安德烈·斯列普尼奥夫周一到访。\n\n会谈很短。\n\n斯列普尼奥夫周五离开。",
    ),
)


class Options(NamedTuple):
    """Hold names, as they stand in the English, that are right as they are."""

    allow: tuple[str, ...] = ()


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each name that is not the one in the Chinese, in the order of the English."""
    if document.source is None or document.chinese is None:
        return
    names = Names(document)
    found = sorted((*_persons(names), *_surnames(names), *_latin(names), *_two_spellings(names)), key=lambda f: f.span)
    here = 0
    for finding in found:
        if finding.span.start >= here and document.text[slice(*finding.span)] not in options.allow:
            here = finding.span.end
            yield finding


def _persons(names: Names) -> Iterator[Finding]:
    for link in names.document.links:
        for span, person, swapped, near in slips(names, link):
            right = right_spelling(person)
            written = " ".join(reversed(right.split(" "))) if swapped else right
            text = f'for {person.surname}{person.given}, in pinyin "{right}"'
            yield _finding(names.document, span, person.span, text, Suggestion(written, "", near))


def _surnames(names: Names) -> Iterator[Finding]:
    for link in names.document.links:
        for span, person in dropped(names, link):
            right = right_spelling(person)
            text = f'without the surname, for {person.surname}{person.given}, in pinyin "{right}"'
            found = _finding(names.document, span, person.span, text, Suggestion(right))
            yield found._replace(severity="minor")


def _latin(names: Names) -> Iterator[Finding]:
    for name, source, target in changes(names.document):
        if target:
            yield _finding(names.document, target, source, f'where the Chinese has "{name}"', Suggestion(name))
        elif last := _last_word(names.document, source):
            text = f'"{name}" stands in the Chinese of this sentence, and nowhere in the English'
            finding = _finding(names.document, last, source, "", Suggestion(name))
            yield finding._replace(message=text, category="accuracy/omission", severity="note", suggestions=())


def _last_word(document: Document, source: Span) -> Span | None:
    """Return the last word of the English that belongs to a stretch of the Chinese."""
    for link in document.links:
        if link.source and link.target and link.source.covers(source):
            words = list(re.finditer(r"\w[\w'’-]*", document.prose[slice(*link.target)]))
            if words:
                return Span(link.target.start + words[-1].start(), link.target.start + words[-1].end())
    return None


def _two_spellings(names: Names) -> Iterator[Finding]:
    document = names.document
    for span, other, other_at, source, given in variants(names):
        line, _ = document.position(other_at.start)
        chinese = names.chinese[slice(*source)]
        text = f'here, "{other}" in line {line}; {chinese} both times'
        right = Suggestion(other, "" if given else "look up which spelling is right", given)
        yield _finding(document, span, source, text, right)._replace(severity="minor")


def _finding(document: Document, span: Span, source: Span, text: str, right: Suggestion) -> Finding:
    return Finding(
        rule="names",
        span=span,
        message=f'"{document.text[slice(*span)]}" {text}',
        category="name",
        severity=SEVERITY,
        suggestions=(right,),
        source=source,
    )
