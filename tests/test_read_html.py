"""Web pages: their prose comes in as a reader sees it, and an edit changes the edited words and no other byte."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtqa.document import Document, Edit, Span
from mtqa.errors import MtqaError
from mtqa.read import html


def read(page: str) -> Document:
    return html.read(page.encode(), "a.html")


def lines(page: str) -> list[str]:
    document = read(page)
    return [document.text[slice(*segment.span)] for segment in document.segments]


def rewrite(page: str, old: str, new: str) -> str:
    start = read(page).text.index(old)
    return html.write(page.encode(), "a.html", [Edit(Span(start, start + len(old)), new)]).decode()


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (
            "<title>A &amp; B</title><h1>The <em>wool</em> party</h1><p>It came.",
            ["A & B", "The wool party", "It came."],
        ),
        ("<p>\n   Wild\n\t hunting,\r\n <b> it </b> said.\n</p>", ["Wild hunting, it said."]),
        ("One<br>two<br/>three<hr>four", ["One", "two", "three", "four"]),
        ("<ul><li>one<li>two</ul><table><tr><td>a<td>b</table>", ["one", "two", "a", "b"]),
        ("<style>p{}</style><script>x='<p>no</p>'</script><pre>code</pre><!-- no --><p>yes", ["yes"]),
        ("<p hidden>no<p>yes<div style='x:y; display : none'>no<p>no</p></div>too", ["yes", "too"]),
        ("<p>was <del>old</del><ins>new</ins></p>", ["was new"]),
        ("<ruby>内<rt>nei</rt>卷<rp>(</rp></ruby>", ["内卷"]),
        ("soft&shy;hyphen co\xadop a<wbr>b", ["softhyphen coop ab"]),
        ("AT&T R&D &notit; &#8220;x&#x201D; &lt;b> &bogus; & &#0;", ["AT&T R&D ¬it; “x” <b> &bogus; & \ufffd"]),
        ("<p>&nbsp;</p><p>a&nbsp;b</p>", ["a\xa0b"]),
        ("<![if !supportLists]>x<![endif]> <?php echo '<p>'; ?>y <o:p>z</o:p>", ["x '; ?>y z"]),
        ("<p>open <b>never closed <p>next</i> <a href='", ["open never closed", "next"]),
        ("a < b and c > d <- e", ["a < b and c > d"]),
        ("<p>one <!-- ends at the next tag <p>two", ["one two"]),
    ],
)
def test_what_is_read(page: str, text: list[str]) -> None:
    assert lines(page) == text


def test_headings() -> None:
    document = read("<title>Is it.</title><h2>A <i>b.</i></h2><p>Text here.</p><td>cell</td>")
    assert [segment.heading for segment in document.segments] == [True, True, False, True]


def test_code_and_comments_of_mtqa_are_no_prose() -> None:
    document = read("<!-- mtqa: ignore-next literal -->\n<p>Call <code>run</code> now.</p><!-- else -->")
    assert document.text == "<!-- mtqa: ignore-next literal -->\nCall run now."
    assert document.prose == " " * 34 + "\nCall     now."
    assert len(document.segments) == 1


def test_positions() -> None:
    page = "<html>\r\n<p>One &amp; two\n  &ldquo;three&rdquo; <b>four</b></p>"
    document = read(page)
    rows = page.split("\n")
    for word in ("One", "two", "three", "four"):
        line, column = document.position(document.text.index(word))
        assert rows[line - 1][column - 1 :].startswith(word)


def test_markup_is_a_barrier_and_soft_breaks_are_none() -> None:
    page = "<p>the <b>wild hunt</b>ing co&shy;op a<wbr>b</p>"
    document = read(page)
    assert document.text == "the wild hunting coop ab"
    assert document.barriers == (0, 4, 13, 24)
    assert rewrite(page, "wild hunt", "free") == page.replace("wild hunt", "free")
    assert rewrite(page, "coop ab", "union") == "<p>the <b>wild hunt</b>ing union</p>"
    with pytest.raises(MtqaError, match=r"a\.html:1: an edit crosses markup; edit this place by hand"):
        rewrite(page, "wild hunting", "free")


@pytest.mark.parametrize(
    ("old", "new", "raw"),
    [
        ("“lie flat”", "<opt out> & rest", ("&ldquo;lie&#32;flat&rdquo;", "&lt;opt out&gt; &amp; rest")),
        ("lie flat", "“lie\xa0down”", ("lie&#32;flat", "“lie&nbsp;down”")),
        ("people “lie", "folk lie", ("people\n   &ldquo;lie", "folk lie")),
        ("R&D", "R&D work", ("R&D", "R&amp;D work")),
    ],
)
def test_edits_are_escaped(old: str, new: str, raw: tuple[str, str]) -> None:
    page = "<p class=x  >Young people\n   &ldquo;lie&#32;flat&rdquo; in R&D&nbsp;too.\r\n"
    assert rewrite(page, old, new) == page.replace(*raw)


def test_an_entity_of_two_characters_keeps_the_one_not_edited() -> None:
    page = "<p>a &NotEqualTilde; b</p>"
    assert read(page).text == "a \u2242\u0338 b"
    assert rewrite(page, "\u0338 b", "c") == "<p>a \u2242c</p>"
    assert rewrite(page, "a", "c") == page.replace("a ", "c ", 1)


ZH = {"gb2312": "内卷加剧，年轻人离开。", "big5": "內捲加劇，年輕人離開。", "utf-8": "内卷加剧，年轻人离开。"}


@pytest.mark.parametrize("charset", list(ZH))
@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="{}">',
        "<META http-equiv=x content='text/html; charset={}'>",
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
def test_the_charset_a_page_names(charset: str, head: str) -> None:
    page = f"{head.format(charset)}<p>{ZH[charset]}</p><p>Wool — party</p>".replace(
        "—", "-" if charset == "big5" else "—"
    )
    data = page.encode(charset if charset != "gb2312" else "gb18030")
    document = html.read(data, "a.html")
    assert document.text.startswith(ZH[charset])
    start = document.text.index("Wool")
    fixed = html.write(data, "a.html", [Edit(Span(start, start + 4), "Café 🐑")])
    if charset == "big5":
        assert fixed == data.replace(b"Wool", b"Caf&#233; &#128017;")
    else:
        assert fixed == page.replace("Wool", "Café 🐑").encode("gb18030" if charset == "gb2312" else "utf-8")


def test_utf8_beats_an_old_name_and_a_mark_is_kept() -> None:
    page = '<meta charset="gbk"><p>内卷, a wool party</p>'
    assert "内卷" in html.read(page.encode(), "a.html").text
    data = page.encode("utf-16")
    start = html.read(data, "a.html").text.index("wool")
    assert html.write(data, "a.html", [Edit(Span(start, start + 4), "deal")]) == page.replace("wool", "deal").encode(
        "utf-16"
    )


def test_a_page_too_large_is_refused() -> None:
    with pytest.raises(
        MtqaError, match=r"a\.html: 33,554,433 bytes; a page has 33,554,432 at most, save the article alone"
    ):
        html.read(b"x" * (2**25 + 1), "a.html")


SOUP = st.lists(
    st.sampled_from(
        [
            *"<p> </p> <b> </b> <i </i> <li> <td> <br/> <div </div> <!-- --> <!doctype html> <![CDATA[ ]]> <? ?> & &amp; &lt &#x41; &#"
            ' &#99999999; &nbsp; <script> </script> <title> </title> <pre> <code> </code> <p hidden> < > <a href=" \' " = / word'
            " Wild 内卷 🐑 \xad . \x00 <svg/> <textarea> </> </ <!x <xmp> <plaintext> <!-- mtqa:".split(" "),
            " ",
            "\n",
            "\r\n",
            "\t",
        ]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
@example("<![if x]><![foo[<!>")
@example("&#<p>a</p>")
def test_any_page_is_read_and_comes_back(page: str) -> None:
    data = page.encode()
    if not data or b"\0" in data:
        return
    document = html.read(data, "a.html")
    assert html.write(data, "a.html", []) == data
    rows = page.split("\n")
    ends = [*(anchor.offset for anchor in document.anchors[1:]), len(document.text)]
    for anchor, end in zip(document.anchors, ends, strict=False):
        word = document.text[anchor.offset : end].split(" ")[0].strip("\n")
        raw = rows[anchor.line - 1][anchor.column - 1 :]
        if len(word) > 1 and "\n" not in word:
            assert raw.startswith((word, "&"))


@settings(max_examples=300, deadline=None)
@given(SOUP, st.data())
def test_any_edit_is_read_back(page: str, data: st.DataObject) -> None:
    # Text that ends in an open "&" or "<" may join with what follows; a rewrite of words never makes that.
    page = f"<p>Wild hunting.</p>{page}".replace("\0", "")
    document = html.read(page.encode(), "a.html")
    words = [i for i in range(len(document.text)) if document.text.startswith("word", i)]
    assert document.text.startswith("Wild hunting.\n") or document.text == "Wild hunting."
    edits = [Edit(Span(0, 4), "<Free> & 'fair'")]
    edits += [Edit(Span(i, i + 4), "R&D") for i in words if data.draw(st.booleans()) and not _crossed(document, i)]
    fixed = html.write(page.encode(), "a.html", edits)
    expected = document.text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    assert html.read(fixed, "a.html").text == expected


def _crossed(document: Document, start: int) -> bool:
    around = document.text[max(0, start - 12) : start]
    return any(start < barrier < start + 4 for barrier in document.barriers) or "&" in around or "<" in around
