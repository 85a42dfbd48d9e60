"""Knows Chinese surnames and what stands beside the name of a person in Chinese."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.chinese.dictionary import glosses, is_word
from mtqa.chinese.pinyin import as_surname
from mtqa.document import Span

# Common surnames, roughly the commonest first, and rarer ones that the press meets.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜"
    "詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉"
    "饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖"
    "糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟匡宗应台巫鞠僧桑荆谌银扬明沙伏岑习宿云富仝隗麻权仉"
    "肖闫付代邝佘占尧印鹿亓么门凤撒区逄海郗闻展鄂相呼佴"
)
_COMPOUND = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 长孙 宇文 独孤 南宫 端木 申屠 轩辕 闻人 澹台 呼延"
    " 完颜 赫连 百里 西门 公冶 淳于 单于 太史 钟离 万俟 司空 濮阳 鲜于".split()
)
# Spellings by which families from Hong Kong, Taiwan and abroad are known; they spell given names as freely.
_ABROAD = frozenset(
    "aw au chan chang chao chau chen cheng cheong cheung chew chi chia chiang chien chin ching chiu cho choi"
    " chong choo chou chow choy chu chua chuang chui chun chung eng fong foo fung goh ho hou hsia hsiao hsieh"
    " hsu hsueh hu hui hung ip kam kan kao keung khoo kim ko koh kok kong koo ku kuan kuang kung kuo kwan kwok"
    " kwong lai lam lau law lee leong leung lew liew lim lo loh loke loo louie low lui luk lum lung mak man mok"
    " moy mui ng ngai ong ou oo pai pang park poon pu seah sham shek shen sheung shih shiu shum sin siu so soo"
    " soon soong su suen sung sze szeto tai tam tan tang tay teh teng teo ting to toh tong tsai tsang tsao tse"
    " tseng tso tsoi tsou tsui tu tung tze wan wee wong woo yam yao yap yau yee yeh yen yeo yeow yeung yew yim"
    " yin ying yip yiu young yu yuen yung".split()
)
_BEFORE = re.compile(
    r"(?:董事长|总裁|总经理|经理|首席[\u4e00-\u9fff]{1,4}官|创始人|创办人|合伙人"
    r"|教授|院士|主任|局长|处长|科长|部长|市长|县长|省长|书记|校长|院长|所长|会长|秘书长"
    r"|发言人|记者|编辑|导演|演员|歌手|球员|队长|教练|主席|总理|厂长|店长|老板|律师|医生"
    r"|博士|研究员|分析师|经济学家|专家|学者|工程师|设计师|作家|主播|主持人|负责人|代表|委员"
    r"|村民|居民|市民|司机|骑手|学生|老师|男子|女子|企业家|冠军|选手|嫌疑人|被告人|代理人"
    r"|队员|同学|馆长|总监|顾问|干事|站长|行长|厅长|大使|参赞|民警|警官|战士|护士|大夫"
    r"|业主|农户|司令|院|名叫|叫做|姓名|名为|化名|用户|消费者|投资者|的|、|和|与)$"
)
_AFTER = re.compile(
    r"(?:先生|女士|小姐|教授|主任|董事长|总裁|总经理|院士|博士|老师|同志|医生|律师|书记|局长"
    r"|部长|市长|校长|院长|会长|导演|说|表示|告诉|称|介绍|认为|指出|坦言|直言|透露|回忆"
    r"|解释|强调|补充|感叹|写道|觉得|看来|分析|向记者|对记者|在接受|[（(]化名"
    r"|[（(][男女]|是一|今年|出生|生于|获得|夺得|率队|等人|则|也)"
)


class Person(NamedTuple):
    """Hold what may be a person's name, where it stands in the Chinese, and whether the words beside it say so."""

    span: Span
    surname: str
    given: str
    sure: bool


def surname_at(chinese: str, start: int) -> str | None:
    """Return the surname that may begin at a place of a Chinese text; a compound one before a simple one."""
    if chinese[start : start + 2] in _COMPOUND:
        return chinese[start : start + 2]
    return chinese[start] if chinese[start] in _SURNAMES else None


def is_overseas(surname: str) -> bool:
    """Tell whether plain letters spell a surname as it is spelt outside the mainland."""
    return surname in _ABROAD


def persons_at(chinese: str, start: int) -> Iterator[Person]:
    """Yield the names that may begin at a place: the surname with one and with two characters behind it.

    >>> [(p.surname, p.given, p.sure) for p in persons_at("张伟说", 0)]
    [('张', '伟', True), ('张', '伟说', False)]
    """
    surname = surname_at(chinese, start)
    if surname is None:
        return
    middle = start + len(surname)
    for end in (middle + 1, middle + 2):
        given = chinese[middle:end]
        if len(given) < end - middle or not all("一" <= char <= "鿿" for char in given):
            return
        yield Person(Span(start, end), surname, given, _is_sure(chinese, start, end))


def persons(chinese: str) -> Iterator[Person]:
    """Yield every stretch of a Chinese text that may be a person's name, overlapping ones too."""
    for start in range(len(chinese)):
        yield from persons_at(chinese, start)


def right_spelling(person: Person) -> str:
    """Return a person's name in pinyin as the press writes it: surname first, the given name in one word.

    >>> right_spelling(Person(Span(0, 3), "单", "雄信", True))
    'Shan Xiongxin'
    """
    from pypinyin import Style, lazy_pinyin

    parts = lazy_pinyin(person.given, style=Style.NORMAL, v_to_u=True)
    given = "".join(f"'{part}" if number and part[0] in "aoe" else part for number, part in enumerate(parts))
    read = lazy_pinyin(person.surname, style=Style.NORMAL)
    surname = "".join(as_surname(char) or syllable for char, syllable in zip(person.surname, read, strict=True))
    return f"{surname.capitalize()} {given.capitalize()}"


def _is_sure(chinese: str, start: int, end: int) -> bool:
    """Tell whether words beside a stretch of Chinese are such as stand beside persons, and it is no word itself."""
    name = chinese[start:end]
    if is_word(name) and not any(" (1" in gloss or "born" in gloss for gloss in glosses(name)):
        return False
    return bool(_AFTER.match(chinese, end)) or bool(_BEFORE.search(chinese[max(0, start - 8) : start]))
