"""Names of persons in pinyin, names in Latin letters, one name in two spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqa import checks
from mtqa.chinese.latin import latin_names
from mtqa.chinese.names import Person, persons, right_spelling
from mtqa.chinese.pinyin import distance, is_pinyin, plain, readings, spelled_at, spellings, wade_giles
from mtqa.document import Document, Link, Span, make_document
from mtqa.finding import Finding
from mtqa.match import Reader
from mtqa.segment import segment


def lined(english: str, chinese: str) -> Document:
    """Return a document whose line n of English is that of line n of Chinese."""
    document = segment(make_document("names.txt", english, source=chinese))
    links, here, there = [], 0, 0
    for ours, theirs in zip(english.split("\n"), chinese.split("\n"), strict=True):
        links.append(Link(Span(here, here + len(ours)), Span(there, there + len(theirs))))
        here, there = here + len(ours) + 1, there + len(theirs) + 1
    return document._replace(chinese=chinese, links=tuple(links))


def lint(english: str, chinese: str, reader: Reader | None = None, **options: object) -> list[tuple[str, Finding]]:
    document = lined(english, chinese)
    check = checks.load("names")
    found = check.check(document, reader, checks.options_for("names", options))  # type: ignore[arg-type]
    return [(document.text[slice(*finding.span)], finding) for finding in found]


@pytest.mark.parametrize(
    ("english", "chinese", "words", "right", "source"),
    [
        ("Zhang Wai, the chairman, quit.", "董事长张伟辞职。", "Zhang Wai", "Zhang Wei", "张伟"),
        ("Wai Zhang, the chairman, quit.", "董事长张伟辞职。", "Wai Zhang", "Wei Zhang", "张伟"),
        ("Ouyang Yinling said so.", "欧阳倚玲说。", "Ouyang Yinling", "Ouyang Yiling", "欧阳倚玲"),
        ("Shi Jingzhao said so.", "司景钊说。", "Shi Jingzhao", "Si Jingzhao", "司景钊"),
        ("Deng Qiuxia's dean said so.", "院长邓初夏说。", "Deng Qiuxia", "Deng Chuxia", "邓初夏"),
        ("Qian Delong told reporters.", "杨德龙告诉记者。", "Qian Delong", "Yang Delong", "杨德龙"),
        ("Liang Zhengxin said so.", "梁稳根表示。", "Liang Zhengxin", "Liang Wengen", "梁稳根"),
    ],
)
def test_a_wrong_name_is_a_major_error(english: str, chinese: str, words: str, right: str, source: str) -> None:
    [(found, finding)] = lint(english, chinese)
    assert found == words
    assert (finding.severity, finding.category) == ("major", "name")
    assert [suggestion.text for suggestion in finding.suggestions] == [right]
    assert finding.source is not None
    assert chinese[slice(*finding.source)] == source


def test_the_message_names_both() -> None:
    [(_, finding)] = lint("Zhang Wai quit.", "董事长张伟辞职。")
    assert finding.message == '"Zhang Wai" for 张伟, in pinyin "Zhang Wei"'


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Zhang Xiaoming, Zhang Xiao-ming and Xiaoming Zhang.", "张晓明。"),
        ("Zhang Xiao Ming and ZHANG XIAOMING", "张晓明"),
        ("Zhāng Xiǎomíng and Lü Meng, Lyu Bu, Lv Zhi and Lu Buwei", "张晓明、吕蒙、吕布、吕雉、吕不韦"),
        ("Shan Xiongxin, Qiu He, Xie Zhen, Zha Liangyong, Zeng Li, Ou Yang", "单雄信、仇和、解珍、查良镛、曾黎、区杨"),
        ("Li Ka-shing and Ma Ying-jeou met Tsai Ing-wen; Sun Yat-sen", "李嘉诚和马英九会见蔡英文；孙中山"),
        ("Kim Jong Un met Moon Jae-in and Shinzo Abe, Fumio Kishida said.", "金正恩会见文在寅和安倍晋三，岸田文雄说。"),
        ("Carrie Lam, Lee Hsien Loong, Wong Kar-wai, Jackie Chan", "林郑月娥、李显龙、王家卫、成龙"),
        ("Chen-Ning Yang, Tsung-Dao Lee, Yang Chen-ning", "杨振宁、李政道、杨振宁说"),
        ("Trump told Musk that Jensen Huang was right.", "特朗普告诉马斯克，黄仁勋是对的。"),
        ("Tung Chee-hwa, Leung Chun-ying, Lai Ching-te, Han Kuo-yu", "董建华、梁振英、赖清德、韩国瑜"),
        ("Chu Li-luan, Hou Hsiao-hsien and Wei Te-sheng", "朱立伦、侯孝贤、魏德圣"),
        ("Ho Chi Minh, To Lam and Nguyen Phu Trong", "胡志明、苏林、阮富仲"),
        ("A man surnamed Zhang, Mr Li and Ms Wang", "张某、李先生和王女士"),
        ("The chairman quit. He said so.", "董事长张伟辞职，他说。"),
        ("Yet Cen was right.", "谁知岑野是对的。"),
        ("Hong Kong Lu Xinning said so.", "香港卢新宁说。"),
    ],
)
def test_right_names_pass(english: str, chinese: str) -> None:
    assert lint(english, chinese) == []


def test_a_name_that_is_right_elsewhere_in_the_chinese_passes() -> None:
    assert lint("Li Na won.\nLi Ming lost.", "李明赢了。\n李娜说她输了，李明没有。") == []


def test_allowed_names_pass() -> None:
    assert lint("Zhang Wai quit.", "董事长张伟辞职。", allow=["Zhang Wai"]) == []


@pytest.mark.parametrize(
    ("english", "chinese", "words", "severity", "message"),
    [
        ("It runs on DeepSeel.", "它用DeepSeek。", "DeepSeel", "major", '"DeepSeel" where the Chinese has "DeepSeek"'),
        ("It is GPT-5.", "这是GPT-4。", "GPT-5", "major", '"GPT-5" where the Chinese has "GPT-4"'),
        (
            "It runs on a model.",
            "它用DeepSeek。",
            "model",
            "note",
            '"DeepSeek" stands in the Chinese of this sentence, and nowhere in the English',
        ),
    ],
)
def test_latin_names(english: str, chinese: str, words: str, severity: str, message: str) -> None:
    [(found, finding)] = lint(english, chinese)
    assert (found, finding.severity, finding.message) == (words, severity, message)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("It runs on DEEPSEEK and Deep Seek.", "它用DeepSeek。"),
        ("The slides were ready by the deadline.", "PPT在deadline前做好了。"),
        ("A dealer sells T-shirts to business clients; A-shares fell.", "4S店向B端卖T恤，A股下跌。"),
        ("The chief executive spoke of artificial intelligence and gross domestic product.", "CEO谈AI和GDP。"),
        ("Five kilometers, 3 gigawatts.", "5km，3GW。"),
        ("Write to us.", "来信：News@Example.com，见https://Example.com/Page"),
    ],
)
def test_latin_words_that_are_no_names_pass(english: str, chinese: str) -> None:
    assert lint(english, chinese) == []


def test_one_person_in_two_spellings() -> None:
    english = "Andrei Slipniov came.\nIt rained.\nSlepniov left.\nSlipniov wrote."
    chinese = "安德烈·斯列普尼奥夫来了。\n下雨了。\n斯列普尼奥夫走了。\n斯列普尼奥夫写道。"
    [(found, finding)] = lint(english, chinese)
    assert (found, finding.severity) == ("Slepniov", "minor")
    assert not finding.suggestions[0].fits
    assert finding.message == '"Slepniov" here, "Slipniov" in line 1; 斯列普尼奥夫 both times'


def test_the_spelling_that_the_chinese_gives_in_latin_letters_is_the_right_one() -> None:
    english = "Lorenzo Fioramonti spoke.\nFiolamonti left.\nFiolamonti wrote."
    chinese = "洛伦索·菲奥拉蒙蒂(Lorenzo Fioramonti)讲话。\n菲奥拉蒙蒂走了。\n菲奥拉蒙蒂写道。"
    [(found, finding)] = lint(english, chinese)
    assert found == "Fiolamonti"
    assert finding.suggestions[0].fits
    assert [suggestion.text for suggestion in finding.suggestions] == ["Fioramonti"]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Serbia agreed.\nSerbian troops left.", "塞尔维亚同意。\n塞尔维亚军队撤离。"),
        ("Zhang Hong spoke.\nChina grew.", "张红说，工业企业智能化。\n中国工业企业智能化增长。"),
        ("Davis won.\nDavies lost.", "戴维斯赢了。\n戴维思输了。"),
        ("Xi'an grew.\nXian shrank.", "西安增长。\n西安下降。"),
    ],
)
def test_words_alike_that_are_not_one_name_pass(english: str, chinese: str) -> None:
    assert lint(english, chinese) == []


def test_silent_without_the_chinese() -> None:
    check = checks.load("names")
    document = segment(make_document("names.txt", "Zhang Wai quit."))
    assert list(check.check(document, None, check.Options())) == []  # type: ignore[arg-type]


def test_surnames_are_read_as_surnames() -> None:
    spelt = {
        name: right_spelling(Person(Span(0, 3), name[0], name[1:], True)) for name in ("单雄信", "查良镛", "曾子安")
    }
    assert spelt == {"单雄信": "Shan Xiongxin", "查良镛": "Zha Liangyong", "曾子安": "Zeng Zi'an"}
    assert right_spelling(Person(Span(0, 3), "尉迟", "恭", True)) == "Yuchi Gong"
    assert readings("仇")[0] == "qiu"


def test_persons_overlap_and_context_tells() -> None:
    sure = [person.surname + person.given for person in persons("记者王小明说") if person.sure]
    assert "王小明" in sure


def test_latin_names_stand_where_they_stand() -> None:
    text = "用iPhone和Model Y看4S店"
    assert [text[slice(*span)] for span, _ in latin_names(text)] == ["iPhone"]


@pytest.mark.parametrize(
    ("pinyin", "old"), [("zhang", "chang"), ("xie", "hsieh"), ("cai", "tsai"), ("deng", "teng"), ("song", "sung")]
)
def test_wade_giles(pinyin: str, old: str) -> None:
    assert wade_giles(pinyin) == old


@given(st.text("张李王伟明晓欧阳单", min_size=1, max_size=4))
def test_a_spelling_is_read_back(characters: str) -> None:
    for spelling in spellings(characters):
        assert is_pinyin(spelling)
        assert spelled_at(spelling, characters, 0) is not None


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


@given(st.text(max_size=20))
def test_plain_holds_letters_alone(text: str) -> None:
    assert set(plain(text)) <= set("abcdefghijklmnopqrstuvwxyz")


def test_a_surname_that_was_dropped() -> None:
    [(found, finding)] = lint("The chairman, Weijie, quit.", "董事长张伟杰辞职。")
    assert (found, finding.severity) == ("Weijie", "minor")
    assert finding.message == '"Weijie" without the surname, for 张伟杰, in pinyin "Zhang Weijie"'


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Zhang Weijie quit.\nWeijie wept.", "董事长张伟杰辞职。\n张伟杰说他哭了。"),
        ("Weijie “Jack” Zhang quit.", "董事长张伟杰辞职。"),
        ("Nguyen Weijie quit.", "董事长张伟杰辞职。"),
        ("Weijie quit.", "董事长张伟杰辞职。伟杰哭了。"),
    ],
)
def test_a_given_name_may_stand_alone(english: str, chinese: str) -> None:
    assert [words for words, finding in lint(english, chinese) if "without the surname" in finding.message] == []
