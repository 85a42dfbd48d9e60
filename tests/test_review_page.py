"""The review page as a file: what it holds, what it escapes, and what it asks of the network (nothing)."""

import base64
import hashlib
import html
import json
import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mtqa.document import Document, Link, Span, make_document
from mtqa.finding import Finding, Suggestion
from mtqa.pipeline import Linter
from mtqa.review.key import keys
from mtqa.review.page import as_json, page_data, render_page, script, store_key, utf16
from mtqa.review.rows import rows
from mtqa.review.site import IndexRow, page_name, render_index
from mtqa.review.summary import summarise
from mtqa.segment import segment

Run = Callable[..., Any]
ARTICLE = "The wool party has won, said Ma Huateng.\r\n\r\nInternal volume hurts 😀 the wool party.\r\n"
HOSTILE = '</script><script>window.hit=1</script>"><img src=x onerror=window.hit=1></style>\u202e\u0000'


def embedded(page: str) -> Any:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def policy(page: str) -> str:
    return html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])


def found(words: str, text: str, rule: str = "literal", **fields: Any) -> Finding:
    start = text.index(words)
    given = {"message": "why", "category": "accuracy/mistranslation", "severity": "major"} | fields
    return Finding(rule, Span(start, start + len(words)), **given)


@pytest.fixture
def linted(mini_linter: Linter) -> tuple[Document, list[Finding]]:
    document = segment(make_document("a.txt", ARTICLE))
    return document, mini_linter.lint(document)


def test_marks_stand_at_their_words_in_utf16(linted: tuple[Document, list[Finding]]) -> None:
    document, findings = linted
    data = page_data(document, findings, "sig", 14)
    units = document.text.encode("utf-16-le")
    words = [units[2 * m["en"][0] : 2 * m["en"][1]].decode("utf-16-le") for m in data["marks"]]
    assert words == ["wool party", "Ma Huateng", "Internal volume", "wool party"]
    assert words == [m["decision"]["words"] for m in data["marks"]]
    assert [m["decision"]["key"] for m in data["marks"]] == keys(document, findings)
    assert [m["group"] for m in data["marks"]].count("wool-party") == 2


def test_policy_names_the_page_s_own_style_and_script(linted: tuple[Document, list[Finding]]) -> None:
    page = render_page(*linted, "sig")
    rules = policy(page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    code = re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1]
    for kind, text in (("style", style), ("script", code)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in rules
    assert "default-src 'none'" in rules
    assert "connect-src 'none'" in rules
    assert "unsafe" not in rules
    assert "connect-src 'self'" in policy(render_page(*linted, "sig", serve_token="t0ken"))
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert embedded(page)["serve"] is None
    assert embedded(render_page(*linted, "sig", serve_token="t0ken"))["serve"] == "t0ken"


def test_scripts_make_no_markup() -> None:
    for name in ("review", "site"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", script(name)
        )
        assert "</script" not in script(name)


def test_hostile_text_stays_text() -> None:
    text = f"A wool party {HOSTILE} came."
    document = segment(make_document(f"{HOSTILE}.txt", text))
    finding = found("wool party", text, message=HOSTILE, suggestions=(Suggestion(HOSTILE, HOSTILE),))
    page = render_page(document, [finding], HOSTILE)
    assert page.count("<script") == 2
    assert "<img" not in page
    assert page.count("</style>") == 1
    assert "\u202e" not in page
    assert "\0" not in page
    assert embedded(page)["text"] == text
    assert "[U+202E]␀" in page


@pytest.mark.parametrize("text", ["</script><!--", "\u2028\u2029", "\ud800", "\u202e\u0000\u0085", "a & b"])
def test_json_in_a_script_element_reads_back(text: str) -> None:
    written = as_json({"a": text})
    assert json.loads(written) == {"a": text}
    assert not re.search("[<>&\u2028\u2029\ud800\u202e]", written)
    written.encode()


def test_utf16_offsets() -> None:
    text = "a😀b𝄞c"
    at = utf16(text)
    assert [at(i) for i in range(len(text) + 1)] == [
        len(text[:i].encode("utf-16-le")) // 2 for i in range(len(text) + 1)
    ]


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        "# Head\n\nOne. Two.\nThree.\n",
        "“Quoted,” he said. - Then he left.\n\n* * *\n\nAfter.\n",
        "   ",
        "no end",
    ],
)
def test_rows_hold_all_but_white_space(text: str) -> None:
    document = segment(make_document("a.txt", text))
    spans = [row.span for row in rows(document) if row.span]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(text[s.start : s.end] for s in spans).split()) == "".join(text.split())


def test_rows_follow_the_links() -> None:
    document = segment(make_document("a.txt", "One. Two.\n\nThree.\n", source="一。二。三。四。"))
    one, two, three = (s.span for s in document.segments)
    document = document._replace(
        links=(Link(Span(one.start, two.end), Span(0, 4)), Link(None, Span(4, 6)), Link(three, Span(6, 8)))
    )
    assert [(row.span, row.source, row.before) for row in rows(document)] == [
        (Span(0, 9), Span(0, 4), 0),
        (None, Span(4, 6), 1),
        (three, Span(6, 8), 2),
    ]


def test_summary_counts() -> None:
    text = "The wool party shears. " * 10
    document = segment(make_document("a.txt", text))
    findings = [
        found("wool party", text),
        found("party shears", text, "calque", severity="minor"),
        found("The", text, "doubled", severity="note", category="fluency/duplication"),
    ]
    summary = summarise(document, findings)
    assert (summary.words, summary.findings, summary.points) == (40, 3, 6)
    assert summary.literal_words == 3  # "party" stands in two marks
    assert summary.literalness == 75
    assert summary.mqm == 85
    assert summary.severities == {"major": 1, "minor": 1, "note": 1}
    assert [(c.name, c.total) for c in summary.categories] == [
        ("accuracy/mistranslation", 2),
        ("fluency/duplication", 1),
    ]
    assert [(bar.kind, bar.x, bar.height) for bar in summary.along] == [
        ("major", 0, 0.5),
        ("note", 0, 0.5),
        ("minor", 1, 0.5),
    ]


def test_empty_article_has_a_page() -> None:
    document = segment(make_document("a.txt", "\n"))
    page = render_page(document, [], "sig")
    assert "nothing found" in page
    assert summarise(document, []).mqm == 100


def test_store_key_tells_articles_apart() -> None:
    one = store_key(make_document("a.txt", "x"))
    assert re.fullmatch(r"mtqa:[0-9a-f]{16}", one)
    assert one != store_key(make_document("b.txt", "x"))


def test_index_links_each_page() -> None:
    document = segment(make_document("a.txt", ARTICLE))
    summary = summarise(document, [found("wool party", ARTICLE)])
    rows_ = [IndexRow(HOSTILE, "a b.html", "mtqa:0", summary), IndexRow("bad.txt", trouble="is binary <b>")]
    page = render_index(rows_, "sig")
    assert 'href="a%20b.html"' in page
    assert "is binary &lt;b&gt;" in page
    assert page.count("<script") == 2
    assert embedded(page) == {"articles": [{"store": "mtqa:0", "total": 1}, {"store": "", "total": 0}]}


def test_page_names_are_safe_and_differ() -> None:
    taken: set[str] = set()
    names = [page_name(path, taken) for path in ("a/x.txt", "b/x.txt", "b/x.txt", "../..", HOSTILE, "INDEX", "a/X.txt")]
    assert len({name.lower() for name in names}) == len(names)
    assert all(not re.search(r'[/\\<>"\x00]', name) and not name.startswith((".", "-")) for name in names)
    assert "index.html" not in {name.lower() for name in names}


def test_command_writes_one_page(mtqa: Run) -> None:
    Path("a.txt").write_bytes(ARTICLE.encode())
    run = mtqa("review", "a.txt", "-o", "report.html")
    assert (run.code, run.err) == (0, "report.html: 4 findings of a.txt to decide\n")
    data = embedded(Path("report.html").read_text(encoding="utf-8"))
    assert data["path"] == "a.txt"
    assert len(data["marks"]) == 4


def test_command_writes_a_site(mtqa: Run) -> None:
    Path("in/deep").mkdir(parents=True)
    for name in ("in/a.txt", "in/deep/a.txt"):
        Path(name).write_bytes(ARTICLE.encode())
    Path("in/empty.txt").write_bytes(b"\xff\xfe\x00")
    run = mtqa("review", "in", "-o", "site")
    assert run.code == 2
    assert "empty.txt" in run.err
    assert sorted(path.name for path in Path("site").iterdir()) == ["a.txt.html", "deep-a.txt.html", "index.html"]
    assert "empty.txt" in Path("site/index.html").read_text(encoding="utf-8")


def test_command_says_what_is_missing(mtqa: Run) -> None:
    Path("a.txt").write_bytes(ARTICLE.encode())
    assert mtqa("review", "a.txt").code == 2
    run = mtqa("review", "nothing.txt", "-o", "report.html")
    assert run.code == 2
    assert not Path("report.html").exists()
    assert "nothing.txt" in run.err


def test_twenty_long_articles_are_written_fast(mini_linter: Linter) -> None:
    text = (ARTICLE.strip() + " The price war went on through the summer, and nobody knew who would stop first. ") * 160
    document = segment(make_document("a.txt", text))
    findings = mini_linter.lint(document)
    assert len(text.split()) >= 4_500
    start = time.perf_counter()
    for _ in range(3):
        render_page(document, findings, "sig")
    # A twentieth of the five seconds for twenty articles would be 0.25 s; a slow machine gets as much again.
    assert (time.perf_counter() - start) / 3 < 0.5
