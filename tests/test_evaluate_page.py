"""The page of detection: well-formed, escaped, without scripts and requests."""

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from mtqa.commands import main
from mtqa.evaluate.detection import figures
from mtqa.evaluate.page import render_page
from mtqa.evaluate.results import Result
from mtqa.evaluate.spans import Characters, FoundResult, GoldResult, Outcome, ScoredResult
from mtqa.glossary import Glossary

EVIL = '"><script>alert(1)</script>\u202e'
VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Collect tags and attributes, and see that what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outcomes() -> list[Outcome]:
    gold = GoldResult(0, 4, EVIL, ("b",), ("literal",))
    found = FoundResult(0, 4, "literal", "b", True)
    scored = (ScoredResult(0.75, (0,)), ScoredResult(0.25, ()))
    return [Outcome(EVIL, False, 3, (gold,), (found,), 2, Characters(4, 4, 4), scored)]


def page(mini: Glossary, run: list[Outcome]) -> str:
    return render_page(Result(EVIL, "d", tuple(run)), figures(run, 5), mini)


def test_all_is_escaped(mini: Glossary) -> None:
    text = page(mini, outcomes())
    there = Page(text)
    assert there.open == []
    assert "script" not in there.tags
    assert "\u202e" not in text
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]" in text


def test_nothing_is_asked_of_the_network(mini: Glossary) -> None:
    text = page(mini, outcomes())
    there = Page(text)
    assert not {"script", "link", "img", "iframe", "a"} & set(there.tags)
    assert not {name for name, _ in there.attributes} & {"src", "href", "style", "onload", "action"}
    assert "url(" not in text
    assert "@import" not in text
    style = re.search("<style>(.*)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert ("content", policy) in there.attributes
    assert "prefers-color-scheme: dark" in style[1]
    assert "@media print" in style[1]


def test_plots(mini: Glossary) -> None:
    text = page(mini, outcomes())
    # The curve goes from (recall 1, precision 1) to (1, 0.5); the plot is 250 wide and high, from (50, 10).
    assert 'points="300.0,10.0 300.0,135.0"' in text
    assert '<circle class="ring" cx="300.0" cy="10.0" r="5"/>' in text
    assert '<rect class="bar" x="225.0" y="10.0" width="25.0" height="250.0">' in text
    assert "<title>0.7 – 0.8: 1 candidates, mean score 0.750, 1.000 marked</title>" in text


def test_without_scores_there_are_no_plots(mini: Glossary) -> None:
    text = page(mini, [outcomes()[0]._replace(scored=())])
    assert "<svg" not in text
    assert Page(page(mini, [])).open == []


def test_the_command_writes_it(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"en": "It grows.", "spans": []}')
    glossary = Path(__file__).parent / "data" / "mini.tsv"
    flags = ["--model", "none", "--no-bundled", "--glossary", str(glossary), "--samples", "2"]
    output = tmp_path / "page.html"
    assert main(["evaluate", "detection", "--data", str(tmp_path / "gold.jsonl"), "-o", str(output), *flags]) == 0
    assert output.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
