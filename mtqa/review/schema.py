"""Checks plain objects, as JSON or a request brings them, against version 1 of the decisions, field by field."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mtqa.errors import MtqaError
from mtqa.finding import SEVERITIES
from mtqa.review.key import key_of
from mtqa.review.records import Decision, Decisions, Reviewed, short

VERSION = 1
STATES = ("accepted", "edited", "rejected")
MAX_DECISIONS = 100_000
MAX_ARTICLES = 10_000
MAX_TEXT = 10_000
MAX_REASON = 2_000
MAX_SENTENCE = 100_000
_MAX_NAME = 200
_MAX_PATH = 4_096
_KEY = re.compile(r"[0-9a-f]{16}")
_RULE = re.compile(r"[a-z][a-z0-9_-]{0,99}")
_TERM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
# No editor types these, and hardly a format can hold them; a tab and line ends are typed and can be.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}


def parsed(data: bytes, where: str, hint: str = "export the decisions again") -> object:
    """Return JSON as plain objects. Raises MtqaError when it is none; `hint` says what to do."""
    try:
        whole: object = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MtqaError(where, f"is not UTF-8; {hint}") from None
    except RecursionError:
        raise MtqaError(where, f"is nested too deeply; {hint}") from None
    except ValueError as error:
        raise MtqaError(where, f"is no JSON ({error}); {hint}") from None
    return whole


def checked(whole: object, where: str) -> Decisions:
    """Return plain objects as decisions, every field looked at. Raises MtqaError naming the field."""
    top = _object(whole, where, "")
    version = top.get("version")
    if type(version) is not int or version != VERSION:
        what = f"version: {_shown(version)} found; this mtqa reads version {VERSION}, update it or export again"
        raise MtqaError(where, what)
    _fields(top, ("version", "signature", "articles"), where, "")
    signature = _string(top["signature"], where, "signature", _MAX_PATH)
    articles = []
    count = 0
    for number, entry in enumerate(_list(top["articles"], where, "articles", MAX_ARTICLES)):
        place = f"articles[{number}]"
        article = _object(entry, where, place)
        _fields(article, Reviewed._fields, where, place)
        path = _string(article["path"], where, f"{place}.path", _MAX_PATH)
        if not path or "\0" in path:
            raise MtqaError(where, f"{place}.path: {_shown(path)} found; write the article's path")
        entries = _list(article["decisions"], where, f"{place}.decisions", MAX_DECISIONS)
        count += len(entries)
        if count > MAX_DECISIONS:
            raise MtqaError(where, f"{place}: more than {MAX_DECISIONS:,} decisions; split the file")
        found = [decision_of(one, where, f"{place}.decisions[{i}]") for i, one in enumerate(entries)]
        articles.append(Reviewed(path, _once(found, where, place)))
    paths = [article.path for article in articles]
    if twice := next((path for i, path in enumerate(paths) if path in set(paths[:i])), None):
        raise MtqaError(where, f"articles: {_shown(twice)} stands twice; put its decisions together")
    return Decisions(signature, tuple(articles))


def decision_of(entry: object, where: str, place: str = "decision") -> Decision:
    """Return one plain object as a decision. Raises MtqaError naming the field."""
    fields = _object(entry, where, place)
    _fields(fields, Decision._fields, where, place)

    def text(name: str, most: int, pattern: re.Pattern[str] | None = None, allowed: str = "") -> str:
        value = _string(fields[name], where, f"{place}.{name}", most)
        if pattern and not pattern.fullmatch(value):
            raise MtqaError(where, f"{place}.{name}: {_shown(value)} found; write {allowed}")
        return value

    decision = Decision(
        key=text("key", 16, _KEY, "16 hexadecimal digits"),
        state=text("state", _MAX_NAME, re.compile("|".join(STATES)), "accepted, edited or rejected"),
        text=None if fields["text"] is None else text("text", MAX_TEXT),
        reason=text("reason", MAX_REASON),
        time=text("time", 40, _TIME, "a UTC time such as 2026-11-23T03:00:00Z"),
        editor=text("editor", _MAX_NAME),
        rule=text("rule", 100, _RULE, "the name of a rule"),
        term=None if fields["term"] is None else text("term", _MAX_NAME, _TERM, "the id of a term, or null"),
        severity=text("severity", _MAX_NAME, re.compile("|".join(SEVERITIES)), ", ".join(SEVERITIES)),
        sentence=text("sentence", MAX_SENTENCE),
        occurrence=_number(fields["occurrence"], where, f"{place}.occurrence"),
        start=_number(fields["start"], where, f"{place}.start"),
        end=_number(fields["end"], where, f"{place}.end"),
        words=text("words", MAX_SENTENCE),
        zh=None if fields["zh"] is None else text("zh", MAX_SENTENCE),
    )
    if trouble := _trouble(decision):
        raise MtqaError(where, f"{place}.{trouble}")
    return decision


def _trouble(decision: Decision) -> str:
    """Say which fields of a decision contradict one another, if any do."""
    _, state, text, *_ = decision
    if (text is None) != (state == "rejected"):
        return f"text: {_shown(text)} found; write the new words, or null where the state is rejected"
    if text is not None and (bad := _CONTROL.search(text)):
        return f"text: holds the control character {bad[0]!r}; take it out"
    sentence, start, end = decision.sentence, decision.start, decision.end
    if not start < end <= len(sentence):
        return f"start: {start} to {end} found; the words lie in the sentence of {len(sentence)} characters"
    if sentence[start:end] != decision.words:
        return f"words: {_shown(decision.words)} found; the sentence has {_shown(sentence[start:end])} there"
    if decision.key != key_of(decision.rule, decision.term, sentence, start, end, decision.occurrence):
        return f"key: {decision.key!r} is not that of this mark; export the decisions again, and leave them as they are"
    return ""


def _once(found: list[Decision], where: str, place: str) -> tuple[Decision, ...]:
    """Leave out decisions that stand twice. Raises MtqaError where two contradict."""
    kept: dict[str, tuple[int, Decision]] = {}
    for number, decision in enumerate(found):
        if decision.key not in kept:
            kept[decision.key] = number, decision
            continue
        first, other = kept[decision.key]
        if other.outcome != decision.outcome:
            what = f"{decision.name} is decided twice: {other.choice} in decisions[{first}], {decision.choice} here"
            raise MtqaError(where, f"{place}.decisions[{number}]: {what}; keep one")
    return tuple(decision for _, decision in kept.values())


def _shown(value: object) -> str:
    if isinstance(value, str):
        return repr(value[:60]) + ("…" if len(value) > 60 else "")
    return "nothing" if value is None else short(json.dumps(value, ensure_ascii=True), 60)


def _at(place: str) -> str:
    return f"{place}: " if place else ""


def _object(value: object, where: str, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise MtqaError(where, f"{_at(place)}{_kind(value)} found; this must be an object {{...}}")
    return value


def _list(value: object, where: str, place: str, most: int) -> list[object]:
    if not isinstance(value, list):
        raise MtqaError(where, f"{_at(place)}{_kind(value)} found; this must be a list [...]")
    if len(value) > most:
        raise MtqaError(where, f"{_at(place)}{len(value):,} entries; {most:,} at most, split the file")
    return value


def _fields(found: Mapping[str, Any], wanted: Iterable[str], where: str, place: str) -> None:
    names = tuple(wanted)
    dot = f"{place}." if place else ""
    if missing := [name for name in names if name not in found]:
        raise MtqaError(where, f"{dot}{missing[0]}: missing; export the decisions again")
    if unknown := [name for name in found if name not in names]:
        what = f"{dot}{short(unknown[0], 40)}: unknown; version {VERSION} has {', '.join(names)}"
        raise MtqaError(where, what)


def _string(value: object, where: str, place: str, most: int) -> str:
    if not isinstance(value, str):
        raise MtqaError(where, f"{place}: {_kind(value)} found; this must be a text")
    if len(value) > most:
        raise MtqaError(where, f"{place}: {len(value):,} characters; {most:,} at most")
    if bad := _SURROGATE.search(value):
        raise MtqaError(where, f"{place}: holds half a character ({bad[0]!r}); export the decisions again")
    return value


def _number(value: object, where: str, place: str) -> int:
    if type(value) is not int or not 0 <= value <= 2**53:
        raise MtqaError(where, f"{place}: {_shown(value)} found; this must be a whole number from 0")
    return value


def _kind(value: object) -> str:
    return _KINDS.get(type(value)) or _shown(value)
