"""Finds what a Chinese article calls by name again and again: quoted names, titles, organisations."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mtqa.chinese.dictionary import is_word
from mtqa.document import Span

_QUOTED = re.compile(r"[“「『《〈](?P<name>[\u4e00-\u9fffA-Za-z0-9·＋+—-]{2,14})[”」』》〉]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SUFFIXES = (
    "有限公司 股份公司 公司 集团 委员会 联合会 理事会 基金会 研究院 研究所 研究中心 实验室 大学 学院 中学 小学"
    " 医院 银行 协会 学会 商会 总局 监管局"
    " 管理局 部门 部 局 厅 署 司 院 厂 法院 检察院 出版社 通讯社 电视台 总台 博物馆 图书馆 体育馆 体育场 机场"
    " 隧道 大桥 高铁 铁路 高速 工程 计划 行动 条例"
    " 规划 方案 办法 意见 基金 论坛 峰会 博览会 大会 大赛 联赛 锦标赛 运动会 电影节 艺术节 奖 勋章 产业园"
    " 开发区 新区 试验区 示范区 自贸区 大厦 广场"
).split()
_SUFFIX = re.compile("|".join(sorted(_SUFFIXES, key=len, reverse=True)))
_NOT_FIRST = frozenset(
    "的在和与是由对为向从被将及了其该本各等以至到于并且但而或据经因把使让有这那每某些一两"
    "三四五六七八九十个家名项来去说称届第次则同"
)
_LONGEST = 14
_SHORTEST = 4


class Title(NamedTuple):
    """Hold a name and its places, in code points of the Chinese; `quoted` if quotes or 《》 hold it somewhere."""

    name: str
    places: tuple[Span, ...]
    quoted: bool


def titles(chinese: str) -> Iterator[Title]:
    """Yield the quoted names and the organisations that a text names twice at least, the longest at each place.

    >>> [(t.name, len(t.places), t.quoted) for t in titles("《工作方案》提出，由监管局负责。《工作方案》说。")]
    [('工作方案', 2, True)]
    >>> [t.name for t in titles("市场监管局说不。市场监管局说好。")]
    ['市场监管局']
    """
    quoted = {found["name"] for found in _QUOTED.finditer(chinese) if _HAN.search(found["name"])}
    taken: list[Span] = []
    for name in sorted({*quoted, *_organisations(chinese)}, key=lambda name: (-len(name), name)):
        places = [place for place in _places(name, chinese) if not any(place.overlaps(other) for other in taken)]
        taken += places
        if name not in quoted:  # the tail of longer names, each another, is no name: 电子有限公司
            places = [place for place in places if _stands_alone(chinese, place)]
        if len(places) > 1:
            yield Title(name, tuple(places), name in quoted)


def _stands_alone(chinese: str, place: Span) -> bool:
    """Tell whether a mark or a function word stands before a name, and its last character is not of 部长 or 院士."""
    before = chinese[max(0, place.start - 1) : place.start]
    after = chinese[place.end - 1 : place.end + 1]
    return (not _HAN.match(before) or before in _NOT_FIRST) and not (len(after) == 2 and is_word(after))


def _places(name: str, chinese: str) -> Iterator[Span]:
    return (Span(*found.span()) for found in re.finditer(re.escape(name), chinese))


def _organisations(chinese: str) -> Iterable[str]:
    """Return the longest stretches before each suffix that stand in the text twice, with it."""
    found = set()
    for suffix in _SUFFIX.finditer(chinese):
        best = ""
        for start in range(suffix.start() - 1, max(-1, suffix.end() - _LONGEST - 1), -1):
            if not _HAN.match(chinese[start]) or chinese[start] in _NOT_FIRST:
                break
            name = chinese[start : suffix.end()]
            if chinese.count(name) < 2:
                break
            best = name
        if len(best) >= _SHORTEST:
            found.add(best)
    return found


def within(places: Sequence[Span], stretch: Span) -> list[Span]:
    """Return the places that lie in a stretch."""
    return [place for place in places if stretch.covers(place)]
