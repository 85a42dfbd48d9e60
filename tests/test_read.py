"""Files in any encoding of a Chinese desk come in whole, and what is no article is refused in one line."""

import codecs
from pathlib import Path

import pytest

from mtqa.errors import MtqaError
from mtqa.read import articles, read, read_bytes

ENGLISH = "The outlet — a “gateway” — cost £3, said the café.\r\nTabs\there.\n"
CHINESE = "The term 内卷 (involution) is from anthropology; 羊毛党 came later, the newspaper 人民日报 wrote. " * 4


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(codec: str) -> None:
    document = read_bytes(ENGLISH.encode(codec), "a.txt")
    assert document.text == ENGLISH
    assert document.encode(ENGLISH) == ENGLISH.encode(codec)


def test_big_endian_mark_is_kept() -> None:
    data = codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be")
    document = read_bytes(data, "a.txt")
    assert document.text == ENGLISH
    assert document.encode(document.text) == data


@pytest.mark.parametrize("codec", ["gb18030", "big5"])
def test_chinese_encodings(codec: str) -> None:
    text = (
        CHINESE
        if codec == "gb18030"
        else "This term 內卷 came from 人類學; 羊毛黨 came later, the 聯合報 wrote in an article. " * 4
    )
    document = read_bytes(text.encode(codec), "a.txt")
    assert document.text == text
    assert document.encode(document.text) == text.encode(codec)


def test_windows_english() -> None:
    text = "The “outlet” – a gateway – isn’t cheap. It cost £3 and the café’s owner paid. " * 3
    assert read_bytes(text.encode("cp1252"), "a.txt").text == text


NEITHER = "is neither UTF-8 nor any encoding known here; the file is cut off or broken, save it again as UTF-8"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.txt: is empty; check that this is the right file"),
        (b"  \n\t\n", "a.txt: holds no text; check that this is the right file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt: is a binary file; mtqa reads text, Markdown and other text formats"),
        (codecs.BOM_UTF8 + b"ab\xff", "a.txt: is cut off or broken at byte 2 as utf-8; save it again as UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\0b", "a.txt: is cut off or broken at byte 2 as utf-16-le; save it again as UTF-8"),
        ("Good line.\nCut off 内".encode()[:-1], f"a.txt:2: byte 0xe5 {NEITHER}"),
        ("“One” fault\n\xff in UTF-8".encode().replace(b"\xc3\xbf", b"\xff"), f"a.txt:2: byte 0xff {NEITHER}"),
        (b"The wool \xff\xfe party came.\n" * 9, f"a.txt:1: byte 0xff {NEITHER}"),
    ],
)
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(MtqaError) as caught:
        read_bytes(data, "a.txt")
    assert str(caught.value) == message


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(MtqaError, match="cannot be read: no such file or directory; name a readable file"):
        read(tmp_path / "none.txt")
    with pytest.raises(
        MtqaError, match=r"is a folder without articles; articles end in \.docx, \.htm, \.html, \.markdown, \.md, "
    ):
        list(articles([tmp_path]))


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", "a/skip.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert [p.name for p in articles([tmp_path])] == ["c.md", "b.txt"]


MARKDOWN = """---
title: wool party
---
# The wool party

A [wool party](http://example.com/wool-party "wool party") and `wool party`.

```
wool party
```

    wool party

> A quoted wool
> party.

| a | wool party |
|---|---|
| wool party | b |

<div class="wool party">
wool party
</div>

See <https://wool.party/wool-party> and ![wool party](wool-party.png) <b title="wool party">bold</b>.
A [reference][wool party]. <!-- wool party -->

[wool party]: http://wool.party "wool party"
"""


WORDS = (
    "The wool party A [wool party] and . A quoted wool party. a wool party --- --- wool party b"
    " See and ![wool party] bold . A [reference] ."
)


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_markdown_keeps_prose_alone(break_: str) -> None:
    text = MARKDOWN.replace("\n", break_)
    document = read_bytes(text.encode(), "a.md")
    assert len(document.prose) == len(document.text) == len(text)
    assert all(p == t or p == " " for p, t in zip(document.prose, document.text, strict=True))
    assert " ".join(document.prose.split()) == WORDS


def test_plain_text_is_all_prose() -> None:
    document = read_bytes(b"`code` <b> [x](y) <!-- mtqa: ignore -->", "a.txt")
    assert document.prose == "`code` <b> [x](y) ".ljust(len(document.text))
