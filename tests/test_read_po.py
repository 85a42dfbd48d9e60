"""PO: each msgstr is a line beside its msgid, and an edit leaves every other line as it was wrapped."""

from pathlib import Path

import polib
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mtqa.document import Edit, Span, edited
from mtqa.errors import MtqaError
from mtqa.read import po, read, read_bytes, rewritten
from mtqa.read._units import one_line
from mtqa.read._writing import FIXED

SAMPLES = Path(__file__).parent / "data/formats/po"
WEBLATE = SAMPLES / "weblate.po"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {}\\n"\n\n'


def replace(path: Path, old: str, new: str) -> bytes:
    document = read(path)
    start = document.text.index(old)
    return rewritten(document, [Edit(Span(start, start + len(old)), new)])


def test_messages_come_in_pairs() -> None:
    document = read(WEBLATE)
    assert document.text.splitlines() == [
        "Year %d of the internal volume, a headline so long that no tool but this one would ever have left it on a single line",
        'The "wool party" came, and the shelves\twere C:\\empty.',
        "One apple",
        "%(n)s apples",
    ]
    source = document.source or ""
    spans = [segment.source_span or Span(0, 0) for segment in document.segments]
    assert [source[slice(*span)] for span in spans] == [
        "内卷第 %d 年",
        "羊毛党来了， 货架空了。",
        "%(n)s 个苹果",
        "%(n)s 个苹果们",
    ]
    assert source.splitlines()[-1] == "没有译文"


def test_placeholders_are_no_prose() -> None:
    assert read(WEBLATE).prose.startswith("Year    of the internal volume")
    assert "%(n)s apples" in read(WEBLATE).prose  # no flag says that this is a format


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_without_edits_the_file_is_the_same(path: Path) -> None:
    assert rewritten(read(path), []) == path.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("internal volume", "rat race", "internal volume", "rat race"),
        ('"wool party" came', '"deal\thunters" came', '\\"wool "\n"party\\" came', '\\"deal\\thunters\\" came"\n"'),
        ("shelves\twere", "racks were", "shelves\\twere", "racks were"),
        ("C:\\empty", "D:\\full", "C:\\\\empty", "D:\\\\full"),
        ("One apple", "", '"One apple"', '""'),
    ],
)
def test_an_edit_changes_its_words_alone(old: str, new: str, before: str, after: str) -> None:
    data = WEBLATE.read_bytes()
    assert data.count(before.encode()) == 1
    assert replace(WEBLATE, old, new) == data.replace(before.encode(), after.encode())


def test_other_encodings_and_line_ends() -> None:
    path = SAMPLES / "poedit.po"
    document = read(path)
    assert (document.text, document.source, document.position(0)) == ("Wind mouth – 风口", "风口", (7, 9))
    assert replace(path, "Wind mouth", "风") == path.read_bytes().replace(b"Wind mouth", "风".encode("gbk"))
    with pytest.raises(MtqaError, match="a rewrite needs '😀', which gbk does not have; save the article as UTF-8"):
        replace(path, "Wind", "😀")


def test_edits_do_not_cross_line_breaks() -> None:
    with pytest.raises(MtqaError, match=r"weblate\.po:28: an edit crosses markup; edit this place by hand"):
        replace(WEBLATE, "came, and", "came and")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_edits_come_back(data: st.DataObject) -> None:
    layout = po._layout(WEBLATE.read_bytes(), str(WEBLATE))
    document = read(WEBLATE)
    fixed = {run.offset for run in layout.runs if run.writing == FIXED}
    low = data.draw(st.sampled_from([edge for edge in document.barriers[:-1] if edge not in fixed]))
    high = next(edge for edge in document.barriers if edge > low)
    assume(document.text[low:high] != "\n")
    start = data.draw(st.integers(low, high))
    span = Span(start, data.draw(st.integers(start, high)))
    edit = Edit(span, data.draw(st.text(st.sampled_from("ab \\\"\t\n'%中é😀"), max_size=8)))
    expected = edited(document.text, [edit._replace(text=one_line(edit.text))])
    assume(all(line.strip() for line in expected.split("\n")))
    assert read_bytes(rewritten(document, [edit]), str(WEBLATE)).text == expected


def test_polib_reads_the_same_after_an_edit() -> None:
    before = polib.pofile(str(WEBLATE))
    after = polib.pofile(replace(WEBLATE, "internal volume", "rat race").decode())
    changed = [(one, two) for one, two in zip(before, after, strict=True) if str(one) != str(two)]
    assert [two.msgstr for _, two in changed] == [before[0].msgstr.replace("internal volume", "rat race")]
    assert (before.metadata, before.header) == (after.metadata, after.header)


def test_a_file_named_like_the_text_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'msgid "羊"\nmsgstr "Wool"\n'
    monkeypatch.chdir(tmp_path)
    for name in (text, text.strip(), text.splitlines()[0], text.splitlines()[1]):
        Path(name).write_text('msgid "羊"\nmsgstr "Secret"\n', encoding="utf-8")
    assert read_bytes(text.encode(), "a.po").text == "Wool"


def test_what_is_no_line_end_stays_in_its_string() -> None:
    text = 'msgid "羊\u2028毛"\nmsgstr "Wool\u2028and\x0bhair\x85, too"\n'
    document = read_bytes(text.encode(), "a.po")
    assert (document.text, document.source) == ("Wool\u2028and\x0bhair\x85, too", "羊\u2028毛")
    start = document.text.index("hair")
    assert rewritten(document, [Edit(Span(start, start + 4), "fur")]) == text.replace("hair", "fur").encode()


def test_what_polib_refuses_and_gettext_does_not() -> None:
    lines = ["#comment", "#,c-format", "#:", '#~msgid "旧"', '#~msgstr "Old"', "#,c-format"]
    lines += ['msgid"羊 %d"', "# here too", "#|", 'msgstr"Wool %d"']
    text = "\n".join(lines)
    document = read_bytes(text.encode(), "a.po")
    assert (document.text, document.prose, document.source) == ("Wool %d", "Wool   ", "羊 %d")
    assert rewritten(document, [Edit(Span(0, 4), "Hair")]) == text.replace("Wool", "Hair").encode()


def test_flags_of_an_obsolete_message_are_its_own() -> None:
    text = '#, c-format\n#~ msgid "旧"\n#~ msgstr "Old"\nmsgid "羊"\nmsgstr "100%d"\n#, no-c-format\nmsgid "毛"\nmsgstr "%d"\n'
    assert read_bytes(text.encode(), "a.po").prose == "100%d\n%d"


def test_escapes_of_no_word_are_not_edited() -> None:
    text = 'msgid "羊"\nmsgstr "Wool\\fand\\ahair"\n'
    document = read_bytes(text.encode(), "a.po")
    assert document.text == r"Wool and\ahair"
    with pytest.raises(MtqaError, match="an edit crosses markup"):
        rewritten(document, [Edit(Span(5, 11), "or")])
    assert rewritten(document, [Edit(Span(10, 14), "fur")]) == text.replace("hair", "fur").encode()


def test_several_headers() -> None:
    header = HEADER.format("en")
    text = f'{header}msgid "羊"\nmsgstr "Wool"\n\n{header}msgctxt "a"\nmsgid ""\nmsgstr "Stray"\n'
    assert read_bytes(text.encode(), "a.po").text == "Wool\nStray"


def test_polib_is_given_each_string_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    pofile = polib.pofile
    monkeypatch.setattr(
        polib, "pofile", lambda text, **options: given.extend(text.splitlines()) or pofile(text, **options)
    )
    read_bytes('# a\nmsgid "羊"\nmsgstr ""\n"Wool\\n"\n"hair"\n#~ msgid "旧"\n'.encode(), "a.po")
    assert given == ["", 'msgid "羊"', r'msgstr "Wool\nhair"']


@pytest.mark.parametrize("change", ["msgid", "msgstr", "msgctxt", "msgid_plural"])
def test_what_polib_reads_otherwise_is_refused(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = polib.POEntry(msgctxt="a", msgid="羊", msgstr="Wool")
    setattr(entry, change, "毛")
    parsed = polib.POFile()
    parsed.append(entry)
    monkeypatch.setattr(polib, "pofile", lambda *_, **__: parsed)
    with pytest.raises(
        MtqaError, match=r"a\.po:2: is not PO \(a message out of its place\); write it anew with msgcat"
    ):
        read_bytes('\nmsgctxt "a"\nmsgid "羊"\nmsgstr "Wool"\n'.encode(), "a.po")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (HEADER.format("zh_CN") + 'msgid "wool"\nmsgstr "羊毛"\n', "a.po: is a translation from a language not named into zh_CN, the other way round; mtqa reads Chinese into English"),
        (HEADER.format("de") + 'msgid "羊毛"\nmsgstr "Wolle"\n', "a.po: is a translation from a language not named into de; mtqa reads Chinese into English"),
        ('msgid "wool"\nmsgstr "羊毛"\n', "a.po: its msgid hold no Chinese and its msgstr do: it is the other way round; mtqa reads Chinese into English"),
        ('msgid "home.title"\nmsgstr "Wool"\n', "a.po: its msgid hold no Chinese; mtqa reads Chinese into English"),
        ('msgid "羊"\nmsgstr "Wool\n', "a.po:2: is not PO (end-of-line within string); the file is cut off or broken, export it again"),
        ('{"羊": 1}', "a.po:1: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr "Wool"\n\nmsgstr "Stray"\n', "a.po:4: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr "Wool"\nmsgid "毛"\n', "a.po: holds a msgid without its msgstr; the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr "Wool\\"\n', "a.po:2: is not PO (end-of-line within string); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr "a" "b"\n', "a.po:2: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr "C:\\\\" b"\n', "a.po:2: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr "\n', "a.po:2: is not PO (end-of-line within string); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr Wool\n', "a.po:2: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr\n', "a.po:2: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('"羊"\nmsgid "羊"\n', "a.po:1: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid "羊"\n"毛"\n\nmsgid "毛"\nmsgstr "Hair"\n', "a.po:4: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid_plural "羊"\nmsgid "毛"\nmsgstr "Hair"\n', "a.po:1: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr[0] "Wool"\nmsgstr[0] "Hair"\n', "a.po:3: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgid "羊"\nmsgstr[10] "Wool"\n', "a.po:2: is not PO (syntax error); the file is cut off or broken, export it again"),
        ('msgctxt "a"\nmsgid ""\nmsgstr "Stray"\n\nmsgid "羊"\nmsgstr "Wool"\n', "a.po: is not PO (a message out of its place); write it anew with msgcat"),
        (HEADER.format("en"), "a.po: holds no text; check that this is the right file"),
        ("", "a.po: is empty; check that this is the right file"),
    ],
)  # fmt: skip
def test_refused(data: str, message: str) -> None:
    with pytest.raises(MtqaError) as caught:
        read_bytes(data.encode(), "a.po")
    assert str(caught.value) == message


def test_utf16_is_refused() -> None:
    with pytest.raises(MtqaError, match="is UTF-16, which gettext does not read; save it as UTF-8"):
        read_bytes('msgid "羊"\nmsgstr "Wool"\n'.encode("utf-16"), "a.po")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mark_comments_and_odd_line_ends(end: str) -> None:
    text = '# msgstr "no"\n\nmsgid "羊"\n\nmsgstr "Wool"\n#~ msgid "旧"\n#~ msgstr "Old"\n\nmsgid "毛"\nmsgstr "Hair"'
    data = b"\xef\xbb\xbf" + text.replace("\n", end).encode()
    document = read_bytes(data, "a.po")
    assert document.text == "Wool\nHair"
    assert rewritten(document, [Edit(Span(5, 9), "Fur")]) == data.replace(b"Hair", b"Fur")
