"""Spells Chinese in Hanyu Pinyin and reads pinyin in English: toneless, lower-case, ü as u."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from mtqa.chinese.dictionary import syllables

# initial -> the finals it goes with, after the table of Hanyu Pinyin (ISO 7098)
_FINALS = {
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan ue",
    "l": "a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ue",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "e i ao ou an en ang eng ong u uo ui uan un",
    "z": "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "a e i ai ao ou an en ang eng ong u uo ui uan un",
    "s": "a e i ai ao ou an en ang eng ong u uo ui uan un",
    "y": "a o e ao ou an ang ong i in ing u ue uan un",
    "w": "a o ai ei an en ang eng u",
    "": "a o e ai ei ao ou an en ang er",
}
_PINYIN = re.compile(
    "(?:" + "|".join(f"{initial}(?:{'|'.join(finals.split())})" for initial, finals in _FINALS.items()) + ")+"
)
_UMLAUT = re.compile(r"([ln])(?:v|yu)(?=e?$)")
_WADE_GILES_INITIAL = dict(
    pair.split(":") for pair in "b:p d:t g:k j:ch q:ch x:hs zh:ch z:ts c:ts r:j".split()
)  # aspirates lost their mark long ago, so that chang is 张 and 常 alike
_WADE_GILES_FINAL = dict(pair.split(":") for pair in "ong:ung ian:ien ie:ieh ue:ueh uo:o".split())
_WADE_GILES_WHOLE = dict(
    pair.split(":")
    for pair in "zhi:chih chi:chih shi:shih ri:jih zi:tzu ci:tzu si:szu yan:yen ye:yeh yue:yueh you:yu"
    " yong:yung er:erh he:ho ke:ko ge:ko gui:kuei kui:kuei guo:kuo kuo:kuo huo:huo".split()
)


_AS_SURNAME = dict(
    pair.split(":")
    for pair in "单:shan 吕:lyu 叶:ye 仇:qiu 解:xie 查:zha 曾:zeng 区:ou 盖:ge 乐:yue 朴:piao 翟:zhai 覃:qin"
    " 任:ren 种:chong 冼:xian 缪:miao 盛:sheng 隗:wei 逄:pang 祭:zhai 薄:bo 洗:xian 郗:xi 撒:sa 佴:nai 仉:zhang"
    " 亓:qi 都:du 车:che 谌:chen 折:she 曲:qu 卜:bu 尹:yin 过:guo 纪:ji 占:zhan 么:yao 那:na 秘:bi 句:gou 宿:su"
    " 相:xiang 员:yun 尉:yu 万:mo 俟:qi 澹:tan".split()
)
"""Characters read otherwise in a surname than in most words; dictionaries list some under one reading only."""


def as_surname(character: str) -> str | None:
    """Return how a character is read in a surname, where that is otherwise than in most words.

    >>> as_surname("单"), as_surname("张")
    ('shan', None)
    """
    return _AS_SURNAME.get(character)


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """Return how one character may be read, as a surname first.

    >>> readings("单"), readings("伟"), readings("郗")
    (('shan', 'dan'), ('wei',), ('xi', 'chi'))
    """
    every = syllables(character)
    surname = _AS_SURNAME.get(character, "").replace("lyu", "lu")
    return (surname, *(reading for reading in every if reading != surname)) if surname else every


def plain(word: str) -> str:
    """Return a romanised word in plain lower-case letters: no tones, hyphens or apostrophes, ü as u.

    >>> plain("Xiǎo-ming"), plain("Xi'an"), plain("Lyu"), plain("Lü")
    ('xiaoming', 'xian', 'lu', 'lu')
    """
    letters = unicodedata.normalize("NFD", word.lower())
    return _UMLAUT.sub(r"\1u", "".join(char for char in letters if "a" <= char <= "z"))


def is_pinyin(word: str) -> bool:
    """Tell whether plain lower-case letters are syllables of Hanyu Pinyin.

    >>> is_pinyin("xiaoming"), is_pinyin("kashing"), is_pinyin("")
    (True, False, False)
    """
    return _PINYIN.fullmatch(word) is not None


def spellings(characters: str) -> tuple[str, ...]:
    """Return the readings of a few characters, joined; none if one of them has no reading.

    >>> spellings("伟"), spellings("单雄")
    (('wei',), ('shanxiong', 'danxiong'))
    """
    return tuple("".join(parts) for parts in product(*map(readings, characters)))


def spelled_at(letters: str, text: str, start: int) -> int | None:
    """Return the end of the stretch of Chinese that begins at `start` and is read as the letters, or None.

    >>> spelled_at("zhangwei", "由张伟写", 1), spelled_at("zhangwai", "由张伟写", 1)
    (3, None)
    """
    if not letters:
        return start
    if start >= len(text):
        return None
    for reading in readings(text[start]):
        if letters.startswith(reading) and (end := spelled_at(letters[len(reading) :], text, start + 1)):
            return end
    return None


def wade_giles(syllable: str) -> str:
    """Return one pinyin syllable as Wade and Giles spelt it, without marks.

    >>> wade_giles("zhen"), wade_giles("xiao"), wade_giles("guo"), wade_giles("jian")
    ('chen', 'hsiao', 'kuo', 'chien')
    """
    if syllable in _WADE_GILES_WHOLE:
        return _WADE_GILES_WHOLE[syllable]
    cut = len(syllable) - len(syllable.lstrip("bpmfdtnlgkhjqxzcsryw"))
    if syllable[cut - 1 : cut] in ("y", "w"):
        cut = 0
    initial, final = syllable[:cut], syllable[cut:]
    return _WADE_GILES_INITIAL.get(initial, initial) + _WADE_GILES_FINAL.get(final, final)


@lru_cache(maxsize=4096)
def distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out or replaced to turn one word into the other (Levenshtein).

    >>> distance("wei", "wai"), distance("lumeng", "lumon"), distance("abc", "abc")
    (1, 2, 0)
    """
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, theirs in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (char != theirs))
    return row[-1]


def nearest(word: str, readings: Sequence[str]) -> int:
    """Return the distance of a word to the nearest of several readings; 99 where there are none."""
    return min((distance(word, reading) for reading in readings), default=99)
