"""Word documents: paragraphs, cells and notes come in, and an edit changes its own runs and no other byte."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqa.document import Document, Edit, Span
from mtqa.errors import MtqaError
from mtqa.read import _package
from mtqa.read import docx as word

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "word/document.xml"


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def made(*paragraphs: str) -> bytes:
    """Make a document of the inner XML of some paragraphs."""
    document = docx.Document()
    end = document.element.body[-1]
    for inner in paragraphs:
        end.addprevious(parse_xml(f"<w:p {NS}>{inner}</w:p>"))
    return saved(document)


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def replaced(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a package with members changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            body = change(member.filename, old.read(member))
            if body is not None:
                new.writestr(member.filename, body)
    return out.getvalue()


def in_main(data: bytes, old: bytes, new: bytes) -> bytes:
    return replaced(data, lambda name, body: body.replace(old, new) if name == MAIN else body)


def read(data: bytes) -> Document:
    return word.read(data, "a.docx")


def edit(data: bytes, old: str, new: str) -> Edit:
    start = read(data).text.index(old)
    return Edit(Span(start, start + len(old)), new)


def main(data: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(MAIN)


def pairs(document: Document) -> list[tuple[str | None, str]]:
    source = document.source or ""
    return [
        (source[slice(*s.source_span)] if s.source_span else None, document.text[slice(*s.span)])
        for s in document.segments
    ]


def test_paragraphs_headings_cells_and_breaks() -> None:
    document = docx.Document()
    document.add_heading("It is a wool party.", 0)
    document.add_heading("Part one.", 2)
    document.add_paragraph("")
    document.add_paragraph("One\ttwo\nthree.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left", "Right side is here."
    read_back = read(saved(document))
    assert read_back.text == "It is a wool party.\nPart one.\nOne two\nthree.\nLeft\nRight side is here."
    assert [segment.heading for segment in read_back.segments] == [True, True, True, False, True, False]
    places = [read_back.position(read_back.text.index(text)) for text in ("It is", "One", "three", "Right")]
    assert places == [(1, 1), (4, 1), (4, 9), (6, 1)]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            f"<w:ins w:id='1' w:author='a'>{run('new')}</w:ins><w:del w:id='2' w:author='a'><w:r><w:delText>old</w:delText></w:r></w:del>",
            "new",
        ),
        (
            f"<w:moveFrom w:id='1' w:author='a'>{run('no')}</w:moveFrom><w:moveTo w:id='2' w:author='a'>{run('yes')}</w:moveTo>",
            "yes",
        ),
        (f"{run('a ')}<w:hyperlink w:anchor='x'>{run('link')}</w:hyperlink>{run('.')}", "a link."),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            + run("7"),
            "7",
        ),
        (f"{run('a')}<w:r><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t><w:drawing/></w:r>", "a-b"),
        (run("seen") + run("hidden", "<w:vanish/>") + run("too", "<w:vanish w:val='0'/>"), "seentoo"),
        (f"<w:sdt><w:sdtContent>{run('control')}</w:sdtContent></w:sdt>", "control"),
        (f"<w:r><w:ruby><w:rt>{run('nei')}</w:rt><w:rubyBase>{run('内')}</w:rubyBase></w:ruby></w:r>", "内"),
        (run("R&amp;D &lt;x&gt; &#x201C;y”"), "R&D <x> “y”"),
    ],
)
def test_what_counts_as_text(inner: str, text: str) -> None:
    assert read(made(inner)).text == text


def test_edits_cross_runs_that_look_the_same() -> None:
    font = '<w:rFonts w:ascii="Arial"/>'
    hinted = '<w:rFonts w:hint="eastAsia" w:ascii="Arial"/><w:lang w:val="en-US"/>'
    inner = run("The wild ", font) + "<w:proofErr w:type='spellStart'/>" + run("hun", hinted) + run("ting is", font)
    data = made(inner, run("Untouched"))
    fixed = word.write(data, "a.docx", [edit(data, "wild hunting", "free range")])
    assert read(fixed).text == "The free range is\nUntouched"
    assert main(fixed) == main(data).replace(b"The wild ", b"The free range").replace(b">hun<", b"><").replace(
        b"ting is", b" is"
    )


@pytest.mark.parametrize(
    "inner",
    [
        run("wild ") + run("hunting", "<w:b/>"),
        run("wild ") + f"<w:hyperlink w:anchor='x'>{run('hunting')}</w:hyperlink>",
        run("wild ") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + run("hunting"),
        run("wild ") + "<w:commentRangeStart w:id='0'/>" + run("hunting"),
        run("wild ") + "<w:bookmarkStart w:id='0' w:name='mine'/>" + run("hunting"),
    ],
)
def test_what_stands_between_is_a_barrier(inner: str) -> None:
    data = made(inner)
    assert read(data).barriers == (0, 5, 12)
    with pytest.raises(MtqaError, match=r"a\.docx:1: an edit crosses markup; edit this place by hand"):
        word.write(data, "a.docx", [edit(data, "wild hunting", "free")])
    fixed = word.write(data, "a.docx", [edit(data, "wild", "free"), edit(data, "hunting", "range")])
    assert read(fixed).text == "free range"


def test_words_own_bookmarks_are_none() -> None:
    data = made(run("wild ") + "<w:bookmarkStart w:id='0' w:name='_GoBack'/><w:bookmarkEnd w:id='0'/>" + run("hunting"))
    assert read(data).barriers == (0, 12)


def test_a_tab_cannot_be_edited_away() -> None:
    data = made("<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r>")
    assert read(data).barriers == (0, 3, 4, 7)
    with pytest.raises(MtqaError, match=r"an edit crosses markup; edit this place by hand"):
        word.write(data, "a.docx", [Edit(Span(3, 4), "")])


def test_every_other_part_stays() -> None:
    data = made("<w:r><w:t>wild hunting</w:t></w:r>", run("<![CDATA[a & b]]> “c” &#233;"))
    data = in_main(data, b"wild", b"wi&#108;d")
    fixed = word.write(data, "a.docx", [edit(data, "hunting", "R&D, <“free”> ")])
    before, after = (zipfile.ZipFile(io.BytesIO(raw)) for raw in (data, fixed))
    kept = (
        "filename",
        "date_time",
        "compress_type",
        "comment",
        "extra",
        "create_system",
        "external_attr",
        "internal_attr",
    )
    for old, new in zip(before.infolist(), after.infolist(), strict=True):
        assert [getattr(old, field) for field in kept] == [getattr(new, field) for field in kept]
        if old.filename != MAIN:
            assert before.read(old) == after.read(new)
    opening = b'<w:t xml:space="preserve">wild R&amp;D, &lt;\xe2\x80\x9cfree\xe2\x80\x9d&gt; </w:t>'
    assert main(fixed) == main(data).replace(b"<w:t>wi&#108;d hunting</w:t>", opening)
    assert docx.Document(io.BytesIO(fixed)).paragraphs[0].text == "wild R&D, <“free”> "
    assert word.write(data, "a.docx", []) == data


def test_a_character_that_xml_cannot_hold() -> None:
    data = made(run("wild"))
    with pytest.raises(MtqaError, match=r"document\.xml: a rewrite needs '\\x01', which this format cannot hold"):
        word.write(data, "a.docx", [edit(data, "wild", "\x01")])


def test_bilingual_tables_are_pairs() -> None:
    document = docx.Document()
    document.add_paragraph("A title of it")
    table = document.add_table(4, 4)
    rows = [
        ("No.", "原文", "Target", "Note"),
        ("1", "内卷加剧。", "The internal volume is rising.", "ok then, fine"),
        ("2", "甲。\n乙。", "Only one line.", ""),
        ("3", "丙。\n丁。", "The first one.\nAnd the second.", ""),
    ]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("After the table.")
    data = saved(document)
    assert pairs(read(data)) == [
        (None, "A title of it"),
        ("内卷加剧。", "The internal volume is rising."),
        ("甲。 乙。", "Only one line."),
        ("丙。", "The first one."),
        ("丁。", "And the second."),
        (None, "After the table."),
    ]
    fixed = word.write(data, "a.docx", [edit(data, "internal volume", "rat race")])
    assert main(fixed) == main(data).replace(b"internal volume", b"rat race")


def test_rows_not_translated_yet_keep_their_chinese() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    texts = ("内卷加剧。", "It is rising, they say."), ("未译。", ""), ("甲。\n乙。\n丙。", "One of them.\nTwo.")
    for row, cells in zip(table.rows, texts, strict=True):
        row.cells[0].text, row.cells[1].text = cells
    found = pairs(read(saved(document)))
    assert found == [
        ("内卷加剧。", "It is rising, they say."),
        ("未译。", ""),
        ("甲。 乙。 丙。", "One of them."),
        ("甲。 乙。 丙。", "Two."),
    ]


def test_alternating_paragraphs_are_pairs() -> None:
    data = made(run("内卷。"), run("Internal volume."), run("羊毛党。"), run("Wool party."))
    assert pairs(read(data)) == [("内卷。", "Internal volume."), ("羊毛党。", "Wool party.")]
    odd = read(made(run("内卷。"), run("Internal volume."), run("By Li Hua"), run("羊毛党。")))
    assert odd.source is None
    assert odd.text.startswith("内卷。\n")


def test_a_chinese_document_alone() -> None:
    document = read(made(run("内卷加剧。"), run("羊毛党来了。")))
    assert (document.text, document.source) == ("内卷加剧。\n羊毛党来了。", None)


def test_footnotes_are_read_and_edited() -> None:
    notes = f"<w:footnotes {NS}><w:footnote w:id='2'><w:p>{run('A wild note.')}</w:p></w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    changes = {
        "[Content_Types].xml": (
            b"</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
        ),
        "word/_rels/document.xml.rels": (
            b"</Relationships>",
            f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>',
        ),
    }
    data = replaced(
        made(run("Body.")),
        lambda name, body: body.replace(changes[name][0], changes[name][1].encode()) if name in changes else body,
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/footnotes.xml", notes)
    data = out.getvalue()
    assert read(data).text == "Body.\nA wild note."
    fixed = word.write(data, "a.docx", [edit(data, "wild", "free"), edit(data, "Body", "Text")])
    assert read(fixed).text == "Text.\nA free note."
    assert zipfile.ZipFile(io.BytesIO(fixed)).read("word/footnotes.xml").decode() == notes.replace("wild", "free")


BODY = made(run("The wool party has come."), run("It went."))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"PK no",
            "a.docx: is no readable .docx (File is not a zip file); the file is cut off or broken, save it again in Word",
        ),
        (
            BODY[:-30],
            "a.docx: is no readable .docx (File is not a zip file); the file is cut off or broken, save it again in Word",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            "a.docx: is a Word file before 2007 or has a password; save it as .docx without one",
        ),
        (
            replaced(BODY, lambda name, body: body if name == MAIN else None),
            "a.docx: is no Word document that can be read",
        ),
        (
            replaced(
                BODY, lambda _, body: body.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
            ),
            "a.docx: is no Word document that can be read (file",
        ),
        (
            in_main(BODY, b"</w:body>", b""),
            "a.docx: is no Word document that can be read (Opening and ending tag mismatch",
        ),
        (
            in_main(BODY, b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document'),
            "a.docx: word/document.xml has a document type; mtqa expands no entities, save the file again in Word",
        ),
        (
            in_main(BODY, b"<w:body>", b"<w:body>" + b"<w:sdt>" * 300 + b"</w:sdt>" * 300),
            "a.docx: is no Word document that can be read",
        ),
    ],
)
def test_refused(data: bytes, message: str) -> None:
    for act in (lambda: word.read(data, "a.docx"), lambda: word.write(data, "a.docx", [Edit(Span(0, 3), "A")])):
        with pytest.raises(MtqaError) as caught:
            act()
        assert str(caught.value).startswith(message)
        assert len(str(caught.value)) < 250


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = in_main(BODY, b"<w:body>", b"<w:body>" + b" " * 20_000_000)
    with pytest.raises(
        MtqaError, match=r"a\.docx: 17 parts of 20,\d{3},\d{3} bytes packed into [\d,]+; a document has"
    ):
        read(bomb)
    monkeypatch.setattr(_package, "MAX_MEMBERS", 5)
    with pytest.raises(MtqaError, match=r"a\.docx: 17 parts; a document has 5 at most"):
        read(BODY)


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(BODY)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(MtqaError, match=r"a\.docx: is encrypted; save it without a password"):
        read(bytes(data))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 8), st.booleans())
def test_a_broken_file_is_read_or_refused(seed: int, times: int, cut: bool) -> None:
    chosen = random.Random(seed)
    data = bytearray(BODY)
    for _ in range(times):
        data[chosen.randrange(len(data))] = chosen.randrange(256)
    # Nothing but an MtqaError may come out.
    with suppress(MtqaError):
        read(bytes(data[: chosen.randrange(len(data))] if cut else data))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_broken_markup_is_read_or_refused(seed: int) -> None:
    chosen = random.Random(seed)
    tags = [
        b"<w:p>",
        b"</w:p>",
        b"<w:r>",
        b"</w:r>",
        b"<w:tbl>",
        b"<w:t/>",
        b"<w:tr/>",
        b"<w:br/>",
        b"<w:ins>",
        b"</w:ins>",
        b"<w:tc/>",
    ]
    at = main(BODY).index(b"<w:body>") + 8
    body = b"".join(chosen.choices(tags, k=4))
    data = replaced(BODY, lambda name, old: old[:at] + body + old[at:] if name == MAIN else old)
    with suppress(MtqaError):
        assert read(data).text.endswith("It went.")


TEXTS = st.lists(st.text(st.sampled_from("ab <&>“—🐑内"), min_size=1, max_size=6), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.data())
def test_any_edit_is_read_back(texts: list[str], data: st.DataObject) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts]
    before = made("".join(map(run, ["x", *escaped, "y"])))
    document = read(before)
    assert document.text == f"x{''.join(texts)}y"
    assert document.barriers == (0, len(document.text))
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    new = data.draw(st.sampled_from(["z", " & ", "<b>"]))
    after = word.write(before, "a.docx", [Edit(Span(start, end), new)])
    assert docx.Document(io.BytesIO(after)).paragraphs[0].text == document.text[:start] + new + document.text[end:]
