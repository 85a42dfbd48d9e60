"""Finds names in Latin letters in a Chinese text: iPhone, DeepSeek, GPT-4."""

import re
from collections.abc import Iterator

from mtqa.document import Span

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.&'’][A-Za-z0-9]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[A-Za-z0-9-]+\.(?:com|cn|net|org|html?)\b\S*", re.IGNORECASE)
_ORDINARY = frozenset(
    # words that Chinese writers use as words, and units
    "app apps show live vlog vlogs vlogger plog offer logo logos bug demo demos deadline party diss freestyle"
    " cosplay coser battle skr flag kpi ppt pdf word excel title plus max mini wifi low out high cool fans boss bgm"
    " blog blogger e-mail email mail office case brief leader title level team project case by and the of for in on"
    " at vs versus feat ft pro ing tips tip link line lines club bar model models dance rap rapper pose style hold"
    " get cue crush open close yes no ok hi hello bye today up ups down gap year old money city walk citywalk emo"
    " solo brunch buff debuff npc boss combo homie baby man girl boy slogan flow vip kol koc mcn ip vr ar ai emoji"
    " pk kg km mm cm ml mg gw mw kw kwh gwh mwh twh mpa hz ghz mhz tops usd rmb cny hkd eur gb tb mb kb nm ppm ph"
    " ev phev hev bev suv mpv ipo gdp cpi ppi pmi ceo cfo cto coo wto who spa dna rna covid podcast pick center ktv"
    " disco bra chill talk stand-up standup set camp play cool studio lab".split()
)


def latin_names(chinese: str) -> Iterator[tuple[Span, str]]:
    """Yield the names in Latin letters in a Chinese text, in code points of it; words, units and addresses are none.

    A name has a capital and four letters at least, or a letter and a number.

    >>> [name for _, name in latin_names("DeepSeek和iPhone 16，GPT-4，T恤，PPT，一份offer")]
    ['DeepSeek', 'iPhone', 'GPT-4']
    """
    taken = [found.span() for found in _ADDRESS.finditer(chinese)]
    for found in _WORD.finditer(chinese):
        word = found[0]
        if word.lower() in _ORDINARY or any(start <= found.start() < end for start, end in taken):
            continue
        letters = sum(char.isalpha() for char in word)
        has_capital = any(char.isupper() for char in word)
        # capitals alone are mostly abbreviations, which English may spell out
        if has_capital and ((letters >= 4 and not word.isupper()) or (letters >= 2 and any(map(str.isdigit, word)))):
            yield Span(*found.span()), word
