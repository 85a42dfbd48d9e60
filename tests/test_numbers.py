"""Rule numbers: what it reads, what it takes for equal, and what it says of what is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqa.checks import numbers
from mtqa.chinese.numerals import values
from mtqa.chinese.quantities import chinese_quantities
from mtqa.chinese.script import simplified
from mtqa.document import Document, Link, Span, make_document
from mtqa.finding import Finding
from mtqa.glossary import Glossary
from mtqa.match import Matcher
from mtqa.quantity.english import english_quantities
from mtqa.quantity.wording import number


def paired(*pairs: tuple[str, str]) -> Document:
    """Return a document of pairs of a Chinese and an English passage, each pair a link."""
    links, here, there = [], 0, 0
    for chinese, english in pairs:
        links.append(Link(Span(here, here + len(english)), Span(there, there + len(chinese))))
        here, there = here + len(english) + 1, there + len(chinese) + 1
    source = "\n".join(chinese for chinese, _ in pairs)
    document = make_document("article", "\n".join(english for _, english in pairs), source=source)
    return document._replace(chinese=simplified(source), links=tuple(links))


def findings(*pairs: tuple[str, str]) -> list[Finding]:
    return list(numbers.check(paired(*pairs), Matcher(Glossary(())), numbers.Options()))


def words(*pairs: tuple[str, str]) -> list[str]:
    document = paired(*pairs)
    return [document.text[slice(*f.span)] for f in numbers.check(document, Matcher(Glossary(())), numbers.Options())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2亿元", [("1.2亿", 120e6, 120e6, "money", "CNY")]),
        ("１２万人", [("１２万", 120e3, 120e3, "number", "person")]),
        ("3,000万吨", [("3,000万", 30e6, 30e6, "number", "ton")]),
        ("1.36万亿美元", [("1.36万亿", 1.36e12, 1.36e12, "money", "USD")]),
        ("1亿2000万", [("1亿2000万", 120e6, 120e6, "number", "")]),
        ("六万四", [("六万四", 64e3, 64e3, "number", "")]),
        ("廿三年", [("廿三", 23, 23, "number", "year")]),
        ("7个亿", [("7个亿", 700e6, 700e6, "number", "")]),
        ("120万千瓦", [("120万", 1.2e6, 1.2e6, "number", "kw")]),
        ("十几万", [("十几万", 100e3, 199900, "number", "")]),
        ("数十亿", [("数十亿", 2e9, 9.99e9, "number", "")]),
        ("七八成", [("七八成", 70, 80, "percent", "")]),
        ("三成半", [("三成半", 35, 35, "percent", "")]),
        ("八五折", [("八五折", 85, 85, "price", "")]),
        ("0.5‰", [("0.5‰", 0.05, 0.05, "percent", "")]),
        ("百分之三十五", [("百分之三十五", 35, 35, "percent", "")]),
        ("25个基点", [("25个基点", 0.25, 0.25, "point", "")]),
        ("翻两番", [("翻两番", 4, 4, "multiple", "")]),
        ("四块九", [("四块九", 4.9, 4.9, "money", "CNY")]),
        ("一个半小时", [("一", 1.5, 1.5, "number", "hour")]),
        ("二〇一九年", [("二〇一九年", 2019, 2019, "year", "")]),
        ("90后", [("90后", 90, 90, "decade", "")]),
        ("晚上9点半", [("9点半", 9.3, 9.3, "time", "")]),
        ("第21届", [("第21", 21, 21, "ordinal", "")]),
        ("3-5亿元", [("3", 300e6, 300e6, "money", "CNY"), ("5亿", 500e6, 500e6, "money", "CNY")]),
    ],
)
def test_chinese(text: str, expected: list[tuple[str, float, float, str, str]]) -> None:
    found = [(text[slice(*q.span)], q.low, q.high, q.kind, q.unit) for q in chinese_quantities(text)]
    assert [(w, k, u) for w, _, _, k, u in found] == [(w, k, u) for w, _, _, k, u in expected]
    assert [v for _, *v, _, _ in found] == [pytest.approx(v) for _, *v, _, _ in expected]


@pytest.mark.parametrize(
    "text", ["一方面", "三五成群", "九牛一毛", "千家万户", "万科", "四川", "五粮液", "双十一", "5G", "五一"]
)
def test_numbers_in_words_are_not_sure(text: str) -> None:
    assert not any(q.sure for q in chinese_quantities(text) if q.kind != "percent")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US$3.5 billion", [("3.5 billion", 3.5e9, "money", "USD")]),
        ("RMB 300m", [("300m", 300e6, "money", "CNY")]),
        ("1.2bn yuan", [("1.2bn", 1.2e9, "money", "CNY")]),
        ("half a million tons", [("half a million", 5e5, "number", "ton")]),
        ("10 000 trees", [("10 000", 1e4, "number", "")]),
        ("three hundred and twenty-one thousand", [("three hundred and twenty-one thousand", 321e3, "number", "")]),
        ("three and a half million", [("three and a half million", 3.5e6, "number", "")]),
        ("a dozen", [("a dozen", 12, "number", "")]),
        ("two thirds", [("two thirds", 200 / 3, "percent", "")]),
        ("one in five", [("one in five", 20, "percent", "")]),
        ("30 per cent", [("30 per cent", 30, "percent", "")]),
        ("0.5 of a percentage point", [("0.5 of a percentage point", 0.5, "point", "")]),
        ("tripled", [("tripled", 3, "multiple", "")]),
        ("three-fold", [("three-fold", 3, "multiple", "")]),
        ("the 1990s", [("1990s", 1990, "decade", "")]),
        ("9:30 p.m.", [("9:30 p.m.", 9.3, "time", "")]),
        ("June 18, 2019", [("June", 6, "month", ""), ("18", 18, "day", ""), ("2019", 2019, "year", "")]),
        ("300 to 500 million yuan", [("300", 300e6, "money", "CNY"), ("500 million", 500e6, "money", "CNY")]),
        ("hundreds of millions of dollars", [("hundreds of millions", 1e8, "money", "$")]),
        ("70 or 80 cents", [("70", 0.7, "money", "cent"), ("80", 0.8, "money", "cent")]),
    ],
)
def test_english(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    found = [(text[slice(*q.span)], q.low, q.kind, q.unit) for q in english_quantities(text)]
    assert [(w, k, u) for w, _, k, u in found] == [(w, k, u) for w, _, k, u in expected]
    assert [v for _, v, _, _ in found] == [pytest.approx(v) for _, v, _, _ in expected]


@pytest.mark.parametrize(
    "text", ["COVID-19", "F-16 jets", "5G", "7-Eleven", "one of them", "May I ask", "half-disabled"]
)
def test_english_names_are_not_sure(text: str) -> None:
    assert not any(q.sure for q in english_quantities(text) if text[slice(*q.span)] != "Eleven")


EQUAL = """
1.2亿元|120 million yuan
1.2亿元|0.12 billion yuan
1.2亿元|RMB 120m
近3亿用户|some 290 million users
3万多人|more than 30,000 people
投资几十亿元|It invested billions of yuan.
他有数十万粉丝|He has hundreds of thousands of fans.
上亿元|hundreds of millions of yuan
八折|20 percent off
八折|80 percent of the price
三成|three tenths
近三分之一|32 percent
四分之三|three quarters
增长3倍|quadrupled
增长3倍|up 300 percent
增至3倍|tripled
增长1.5倍|rose 2.5-fold
翻了两番|quadrupled
前三季度利润增长7%|Profit rose 7% in the first nine months.
上世纪90年代|in the 1990s
晚上10点|at 22:00
十二年零六个月|twelve and a half years
1.5万亩|1,000 hectares
300斤|150 kilograms
每斤3块5|7 yuan a kilo
3.5亿元|350 million yuan ($50 million)
1318公里|1,318 km (819 miles)
同比增长8%，环比下降3%|up 8% year on year and down 3% from the previous month
花了二三十万元|spent 200,000 to 300,000 yuan
98年洪水|the floods of 1998
毛利率提高八个点|margins rose 8 percent
1100千伏|1,100 kV
总数21343家|21,300-odd shops
拿下13.9亿元和8.6亿元|took 1.39 and 0.86 billion yuan
每斤1元2角7分|1.27 yuan per half kilo
值四十来万|worth some 400,000 yuan
""".strip().splitlines()


@pytest.mark.parametrize("line", EQUAL)
def test_equal_values_pass(line: str) -> None:
    chinese, english = line.split("|")
    assert findings((chinese, english)) == []


WRONG = """
公司亏损1.2亿元。|It lost 1.2 billion yuan.|"1.2 billion" for 1.2亿, which is 120 million|120 million
公司亏损1.2亿元。|It lost RMB 1.2bn.|"1.2bn" for 1.2亿, which is 120 million|120m
投资3000万元。|It invested 30 billion yuan.|"30 billion" for 3000万, which is 30 million|30 million
市场突破千亿。|The market tops 10 billion.|"10 billion" for 千亿, which is 100 billion|100 billion
总产值1.36万亿元。|Output was 1.36 million yuan.|"1.36 million" for 1.36万亿, which is 1.36 trillion|1.36 trillion
投资几十亿元。|It invested tens of billions of yuan.|"tens of billions" for 几十亿, which is several billion|several billion
他有数百万粉丝。|He has hundreds of thousands of fans.|"hundreds of thousands" for 数百万, which is several million|several million
三成受访者同意。|3 percent agreed.|"3 percent" for 三成, which is 30 percent|30 percent
占比31%。|The share is 13%.|"13%" for 31%, which is 31 percent|31%
利率上升0.5个百分点。|The rate rose 0.5 percent.|"0.5 percent" for 0.5个百分点, which is 0.5 percentage points|0.5 percentage points
全场八折。|All 80% off.|"80%" for 八折, which is 80 percent of the price, or 20 percent off|20%
销量增至3倍。|Sales grew by three times.|"three times" for 3倍, which is 3 times as much, not 3 times more|
销量增长两倍。|Sales doubled.|"doubled" for 两倍, which is an increase by 2 times, to 3 times as much|
售价5000元。|It sells for $5,000.|"$5,000" for 5000元, which is 5,000 yuan|5,000 yuan
重近80斤。|It weighs nearly 80 kilograms.|"80 kilograms" for 80斤, which is 80 jin of half a kilogram|40 kilograms
利润同比下降12%。|Profit fell 12% month-on-month.|"month-on-month" for 同比, which is against the same period of the year before|year-on-year
6月开幕。|It opened in July.|"July" for 6月, which is June|June
第21届大会。|The 12th congress.|"12th" for 第21, which is number 21|21st
上世纪80年代。|In the 1990s.|"1990s" for 80年代, which is the 80s|1980s
十几亿元的项目被叫停。|Projects of a dozen million yuan were called off.|"a dozen million" for 十几亿, which is more than 1 billion|more than 1 billion
他今年58岁。|The 85-year-old.|"85" for 58|58
""".strip().splitlines()


@pytest.mark.parametrize("line", WRONG)
def test_wrong_values_are_told(line: str) -> None:
    chinese, english, message, instead = line.split("|")
    (finding,) = findings((chinese, english))
    assert finding.message == message
    assert [s.text for s in finding.suggestions] == ([instead] if instead else [])
    assert finding.source is not None
    assert english[slice(*finding.span)] in message
    assert chinese[slice(*finding.source)] in message


def test_without_source_silent() -> None:
    document = make_document("article", "It lost 1.2 billion yuan.")
    assert list(numbers.check(document, Matcher(Glossary(())), numbers.Options())) == []


def test_sums_move_between_neighbouring_passages() -> None:
    assert (
        words(("亏损1.2亿元。", "It lost money."), ("收入30亿元。", "It took 3 billion and lost 120 million yuan."))
        == []
    )


def test_a_dropped_number_is_not_a_wrong_one() -> None:
    assert words(("投资1.2亿元，占地3000亩。", "It cost 120 million yuan.")) == []


def test_a_repeated_sum_is_not_a_wrong_one() -> None:
    assert (
        words(("投资1.2亿元，其中两成是贷款。", "It cost 120 million yuan; of the 120 million a part is lent.")) == []
    )


def test_the_wrong_one_of_two() -> None:
    assert words(("营收12亿元，亏损1.2亿元。", "Revenue was 1.2 billion yuan, and the loss 1.2 billion.")) == [
        "1.2 billion"
    ]


def test_traditional_source() -> None:
    assert words(("虧損1.2億元，裁員三萬人。", "It lost 120 million yuan and laid off 300,000 people.")) == ["300,000"]


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9999), st.sampled_from(["万", "亿", "万亿"]))
def test_any_amount_in_plain_english_is_right(count: int, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    assert words((f"共{count}{scale}元。", f"It is {number(count * factor)} yuan.")) == []
    assert words((f"共{count}{scale}元。", f"It is {number(count * factor * 1000)} yuan.")) == [
        number(count * factor * 1000)
    ]


def test_nought_and_more_ends() -> None:
    assert [q.low for q in chinese_quantities("0多，零余")] == [0, 0]


@settings(deadline=None, max_examples=50)
@given(st.text("0123456789一二三万亿千百成折倍点.年月日几多元%-", max_size=12))
def test_any_chinese_is_read(text: str) -> None:
    for quantity in chinese_quantities(text, 5):
        assert 5 <= quantity.span.start < quantity.span.end <= 5 + len(text)
        assert quantity.low <= quantity.high


@settings(deadline=None, max_examples=50)
@given(st.text("0123456789 ,.-$%andmilobhurety'st", max_size=24))
def test_any_english_is_read(text: str) -> None:
    for quantity in english_quantities(text, 5):
        assert 5 <= quantity.span.start < quantity.span.end <= 5 + len(text)


@pytest.mark.parametrize("text", ["万万", "点五", "一二三四", "十十", "百亿亿", "1.2.3"])
def test_odd_numerals_do_not_raise(text: str) -> None:
    assert values(text) is None or values(text)
