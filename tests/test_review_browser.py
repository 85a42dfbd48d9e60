"""The review page in Chromium: keyboard, decisions, files, hostile text, accessibility."""

import copy
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.chromium import axe_source, launched
from browser.driven import Driven

from mtqa.document import Document, Span, make_document
from mtqa.finding import Finding, Suggestion
from mtqa.pairs import prepared
from mtqa.pipeline import Linter
from mtqa.review.decisions import load
from mtqa.review.page import render_page, store_key
from mtqa.review.site import IndexRow, render_index
from mtqa.review.summary import summarise
from mtqa.segment import segment
from mtqa.term import LiteralForm, Term

ARTICLE = (
    "Shoppers fight back\n\n"
    "The wool party has won, said Ma Huateng. Internal volume hurts everyone 😀 in the trade.\n"
    "Another wool party came to Shanghai. The internal volume went on.\n"
)
CHINESE = "消费者反击\n\n羊毛党赢了，马化腾说。内卷伤害了所有人。\n又一个羊毛党来到上海。内卷还在继续。\n"
HOSTILE = '</script><script>window.hit=1</script>"><img src=x onerror=window.hit=1></style>\u202etxet\u0000'
Open = Callable[..., Driven]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from launched()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open a page from a file; it must not have complained, nor asked for anything but itself."""
    all_open: list[tuple[Driven, str]] = []

    def open_page(html: str, name: str = "report.html", **options: Any) -> Driven:
        path = tmp_path / name
        path.write_text(html, encoding="utf-8")
        driven = Driven(browser, path.as_uri(), **options)
        all_open.append((driven, path.as_uri()))
        return driven

    yield open_page
    for driven, address in all_open:
        driven.close()
        assert driven.errors == []
        assert {url for url in driven.requests if not url.startswith("blob:")} == {address}


@pytest.fixture
def linted(mini_linter: Linter) -> tuple[Document, list[Finding]]:
    document = prepared(make_document("a.txt", ARTICLE, source=CHINESE))
    return document, mini_linter.lint(document)


@pytest.fixture
def page(linted: tuple[Document, list[Finding]]) -> str:
    return render_page(*linted, "sig")


def test_keyboard_walks_accepts_edits_rejects_and_undoes(opened: Open, page: str) -> None:
    d = opened(page)
    assert d.states() == ["open"] * 5
    assert d.active() == "wool party"
    d.keys("j")
    assert d.active() == "Ma Huateng"
    assert d.page.evaluate("document.activeElement.className") == "card-head"
    d.keys("k", "a")
    assert d.states()[0] == "accepted"
    assert d.active() == "Ma Huateng"
    assert "Accepted bargain hunter." in d.text("#announcer")
    assert "Next: Ma Huateng" in d.text("#announcer")
    d.keys("e")
    d.page.keyboard.type("Tencent's Mr Ma")
    d.keys("Enter")
    d.keys("r", "2")
    assert d.states() == ["accepted", "edited", "rejected", "open", "open"]
    assert d.active() == "wool party"
    assert d.text("#progress-text") == "3 of 5 decided"
    article = d.text("#article")
    assert "wool party bargain hunter " in " ".join(article.split())
    d.keys("u", "u")
    assert d.states() == ["accepted", "open", "open", "open", "open"]
    d.keys("Shift+U", "Shift+U", "u", "u", "u", "u")
    assert d.states() == ["open"] * 5


def test_escape_keeps_nothing_and_free_reason_is_kept(opened: Open, page: str) -> None:
    d = opened(page)
    d.keys("e")
    d.page.keyboard.type("nonsense")
    d.keys("Escape")
    d.keys("j", "r", "Escape")
    assert d.states() == ["open"] * 5
    d.keys("r")
    d.page.fill(".card.active .form input.field", "he asked for it")
    d.page.click("[data-do=confirm]")
    decision = d.exported()["articles"][0]["decisions"][0]
    assert (decision["state"], decision["text"], decision["reason"]) == ("rejected", None, "he asked for it")


def test_another_rewrite_and_all_of_a_term(opened: Open, page: str) -> None:
    d = opened(page)
    d.keys("1")  # a plural that does not fit the verb: it has to be written into the sentence by hand
    assert d.page.input_value(".card.active textarea") == "bargain hunters"
    d.keys("Escape", "2")
    assert d.exported()["articles"][0]["decisions"][0]["text"] == "bargain hunter"
    d.keys("u", "Shift+A")
    assert d.states() == ["accepted", "open", "open", "accepted", "open"]
    d.keys("u")
    assert d.states() == ["open"] * 5
    d.keys("Shift+R", "1")
    assert d.states() == ["rejected", "open", "open", "rejected", "open"]


def test_preview_and_changes(opened: Open, page: str) -> None:
    d = opened(page)
    d.keys("a", "p")
    assert "The bargain hunter has won" in d.text("#article")
    assert d.page.locator("#article .changed").count() == 1
    d.keys("d")
    assert d.page.locator("#article .change").count() == 1
    assert d.text("#article .old del") == "wool party"
    assert d.text("#article .fresh ins") == "bargain hunter"
    d.keys("d")
    assert d.page.locator("#article .mark").count() == 5


def test_filters_and_search(opened: Open, page: str) -> None:
    d = opened(page)
    d.page.click("[data-severity=minor]")
    assert d.shown() == 4
    d.page.click("[data-severity=minor]")
    d.page.select_option("#by-term", "wool-party")
    assert d.shown() == 2
    d.page.select_option("#by-term", "")
    d.keys("a")
    d.page.select_option("#by-state", "accepted")
    assert d.shown() == 1
    d.page.select_option("#by-state", "")
    d.page.locator("#article").focus()
    d.keys("/")
    d.page.keyboard.type("马化腾")
    assert d.shown() == 1
    assert "1 of 5 findings" in d.text("#found")
    d.keys("Enter")
    assert d.active() == "Ma Huateng"
    d.page.click("#found button")
    assert d.shown() == 5


def test_reload_keeps_what_was_decided(opened: Open, page: str) -> None:
    d = opened(page)
    d.keys("a", "r", "1")
    d.page.reload()
    assert d.states() == ["accepted", "rejected", "open", "open", "open"]
    assert d.active() == "Internal volume"


def test_export_is_what_mtqa_reads(opened: Open, page: str, tmp_path: Path) -> None:
    d = opened(page)
    d.keys("a", "e")
    d.page.keyboard.type("Mr Ma 😀")
    d.keys("Enter", "r", "3")
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(d.exported()), encoding="utf-8")
    (article,) = load(path).articles
    assert article.path == "a.txt"
    assert [(one.state, one.text) for one in article.decisions] == [
        ("accepted", "bargain hunter"),
        ("edited", "Mr Ma 😀"),
        ("rejected", None),
    ]


def test_import_merges_and_names_conflicts(opened: Open, page: str) -> None:
    first = opened(page)
    first.keys("a", "a", "j", "j", "a")
    theirs = first.exported()
    second = opened(page, "second.html")
    second.keys("r", "1", "a")  # the first otherwise, the second alike
    ours = copy.deepcopy(second.exported())
    second.take_in(theirs)
    assert "wool party [literal wool-party]" in second.text("#merge-dialog")
    assert second.page.locator("#conflicts li").count() == 1
    second.page.click("#merge")
    assert second.states()[:2] == ["rejected", "accepted"]
    assert second.states().count("accepted") == 2
    second.keys("u")
    assert second.exported() == ours
    second.take_in(theirs)
    second.page.check("input[value=theirs]")
    second.page.click("#merge")
    assert second.states()[0] == "accepted"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"no json", "no JSON"),
        ({"version": 9, "articles": []}, "version 1"),
        ({"version": 1, "articles": [{"path": "a.txt", "decisions": [{"key": "x"}]}]}, "decision 1"),
        ({"version": 1, "articles": [{"path": "a.txt", "decisions": []}]}, "holds no decisions"),
        ({"version": 1, "articles": 7}, "names no articles"),
    ],
)
def test_import_refuses_what_is_no_decisions(opened: Open, page: str, data: object, word: str) -> None:
    d = opened(page)
    d.take_in(data)
    d.page.wait_for_selector("#toast.bad")
    assert word in d.text("#toast")
    assert d.states() == ["open"] * 5


def test_overlapping_rewrites_exclude_each_other(opened: Open) -> None:
    text = "The first wool party came."
    document = segment(make_document("a.txt", text))
    marks = [
        Finding("literal", Span(*span), "why", "style/unidiomatic", "major", suggestions=(Suggestion(new),))
        for span, new in (((4, 14), "early wool"), ((10, 20), "deal hunters"))
    ]
    d = opened(render_page(document, marks, "sig"))
    assert d.page.locator("#article .line").count() == 4  # three pieces, the middle one underlined twice
    assert d.page.locator("#article .lane-1").count() == 2
    d.keys("a", "a")
    assert d.states() == ["accepted", "open"]
    assert "overlap" in d.text("#toast")


def test_sentences_light_their_chinese(opened: Open, page: str) -> None:
    d = opened(page)
    d.page.hover("#article .en[data-row='1']", position={"x": 20, "y": 10})
    assert "羊毛党" in d.text("#article .zh.lit")
    d.page.hover("#article .zh[data-row='2']", position={"x": 20, "y": 10})
    assert "Internal volume" in d.text("#article .en.lit")
    assert d.text("#article .zh .term.active") == "羊毛党"


def test_hostile_text_runs_nothing_and_asks_for_nothing(opened: Open) -> None:
    text = f"A wool party {HOSTILE} came.\nAnd {HOSTILE} again."
    source = f"羊毛党{HOSTILE}来了。\n又来了{HOSTILE}。"
    start = text.index("wool party")
    term = Term(
        HOSTILE, (HOSTILE,), (LiteralForm(HOSTILE, "n"),), (), "name", "major", HOSTILE, note=HOSTILE, source=HOSTILE
    )
    marks = [
        Finding("literal", Span(start, end), HOSTILE, f"style/{HOSTILE}", "major", term, 0.5, (Suggestion(HOSTILE, HOSTILE),), Span(0, 3))
        for end in (start + 10, len(text) - 3)
    ]  # fmt: skip
    document = prepared(make_document(f"{HOSTILE}.txt", text, source=source))
    d = opened(render_page(document, marks, HOSTILE))
    d.keys("j", "j", "p", "d", "d", "r", "1", "1")
    d.page.emulate_media(media="print")
    d.page.pdf()
    assert d.page.evaluate("window.hit") is None
    assert d.page.locator("img").count() == 0
    assert d.page.locator("script").count() == 2
    body = d.page.evaluate("document.body.innerText")
    assert "<img src=x onerror=window.hit=1>" in body
    assert "[U+202E]txet␀" in body
    assert "\u202e" not in body
    assert "[U+202E]" in d.page.title()


def axe(driven: Driven) -> list[str]:
    driven.page.evaluate(axe_source())
    result = driven.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0]['failureSummary']}"
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Open, page: str, scheme: str, width: int) -> None:
    size = {"width": width, "height": 850}
    # axe itself is no part of the page: its script needs the policy out of the way.
    d = opened(page, color_scheme=scheme, viewport=size, bypass_csp=True, reduced_motion="reduce")
    d.keys("a", "e")
    assert axe(d) == []
    d.keys("Escape", "r")
    assert axe(d) == []
    d.keys("1", "p")
    assert axe(d) == []
    d.keys("d")
    assert axe(d) == []
    d.keys("d", "?")
    assert axe(d) == []


def test_index_tells_how_far_each_review_is(opened: Open, page: str, linted: tuple[Document, list[Finding]]) -> None:
    document, findings = linted
    rows = [
        IndexRow("in/a.txt", "report.html", store_key(document), summarise(document, findings)),
        IndexRow(HOSTILE, trouble=HOSTILE),
    ]
    d = opened(page)
    d.keys("a")
    index = opened(render_index(rows, "sig"), "index.html")
    assert index.text(".decided-cell") == "0 of 5"  # each test page has a browser of its own
    assert index.page.evaluate("window.hit") is None
    index.page.evaluate("name => localStorage.setItem(name, JSON.stringify({a: 1, b: 2}))", store_key(document))
    index.page.reload()
    assert index.text(".decided-cell") == "2 of 5"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_index(
    opened: Open, linted: tuple[Document, list[Finding]], scheme: str
) -> None:
    rows = [IndexRow("in/a.txt", "a.html", "mtqa:0", summarise(*linted)), IndexRow("b.txt", trouble="is binary")]
    assert axe(opened(render_index(rows, "sig"), color_scheme=scheme, bypass_csp=True)) == []


def test_phone_shows_the_active_card_alone(opened: Open, page: str) -> None:
    d = opened(page, viewport={"width": 390, "height": 844})
    assert d.page.locator(".card:visible").count() == 1
    d.page.click("#next")
    assert d.active() == "Ma Huateng"
    d.page.click("#sheet-toggle")
    assert d.page.locator(".card:visible").count() == 5
    assert d.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_print_has_a_table_of_findings(opened: Open, page: str) -> None:
    d = opened(page)
    d.keys("a")
    d.page.pdf()
    assert d.page.locator("#print-table tbody tr").count() == 5
    assert "accepted: bargain hunter" in d.page.locator("#print-table").text_content()


def test_large_page_opens_within_a_second(opened: Open, mini_linter: Linter) -> None:
    text = (
        ARTICLE.replace("😀 ", "") + "The price war went on through the summer, and nobody knew who would stop.\n"
    ) * 45
    document = segment(make_document("a.txt", text))
    findings = mini_linter.lint(document)
    assert len(findings) >= 140
    d = opened(render_page(document, findings, "sig"))
    took = d.page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
    assert took < 1000
    pressed = d.page.evaluate(
        "(() => { const from = performance.now();"
        " for (let i = 0; i < 20; i += 1) document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', bubbles: true}));"
        " document.body.offsetHeight; return (performance.now() - from) / 20; })()"
    )
    assert pressed < 50  # milliseconds for a decision and all that it redraws


def test_serve_saves_each_decision_and_retries(
    browser: Any, linted: tuple[Document, list[Finding]], tmp_path: Path
) -> None:
    from mtqa.review.serve import make_server

    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    server = make_server(article, *linted, "sig")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/?token={server.token}"

    def saved() -> list[str]:
        return [one["state"] for reviewed in server.store.export()["articles"] for one in reviewed["decisions"]]

    d = Driven(browser, address)
    try:
        with d.page.expect_response("**/decide"):
            d.keys("a")
        assert saved() == ["accepted"]
        d.page.route("**/decide", lambda route: route.abort())
        d.keys("r", "1")
        d.page.wait_for_selector("#trouble:not([hidden])")
        assert "1 decision not saved" in d.text("#trouble")
        d.page.unroute("**/decide")
        d.page.click("#trouble button")
        d.page.wait_for_selector("#trouble", state="hidden")
        assert saved() == ["accepted", "rejected"]
        with d.page.expect_response("**/decide"):
            d.keys("u")
        assert saved() == ["accepted"]
        other = Driven(browser, address)  # a browser that has kept nothing
        other.page.wait_for_selector(".card.accepted")
        assert other.states() == ["accepted", "open", "open", "open", "open"]
        other.close()
        assert {url.split("?")[0].rpartition("/")[0] for url in d.requests} == {address.partition("/?")[0]}
    finally:
        d.close()
        server.shutdown()
        thread.join()
        server.server_close()
        server.store.close()
