"""Decisions written into articles: what fits is written, what moved is named, what was rejected stays away."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqa.document import Document, make_document
from mtqa.pairs import prepared
from mtqa.pipeline import Linter
from mtqa.read import read, read_bytes
from mtqa.review.apply import plan, rekeyed
from mtqa.review.decisions import dump
from mtqa.review.key import marks
from mtqa.review.records import Decision, Decisions, Reviewed
from mtqa.review.waved import load_waved, sift
from mtqa.segment import segment

Run = Callable[..., Any]
Choice = tuple[str, str | None]
ARTICLE = "The wool party has won, said Ma Huateng.\r\n\r\nInternal volume hurts.\r\n"


def decide(document: Document, linter: Linter, *choices: Choice) -> list[Decision]:
    """Decide on the marks in their order: ("-", None) leaves one open, ("rejected", None), ("edited", text)."""
    findings = linter.lint(document)
    found = []
    for finding, mark, (state, text) in zip(findings, marks(document, findings), choices, strict=False):
        if state != "-":
            new = finding.suggestions[0].text if state == "accepted" else text
            reason = "a name here" if state == "rejected" else ""
            term = finding.term.id if finding.term else None
            where = (mark.sentence, mark.occurrence, mark.start, mark.end, mark.words, mark.zh)
            head = (mark.key, state, new, reason, "2026-11-23T03:00:00Z", "Ann")
            found.append(Decision(*head, finding.rule, term, finding.severity, *where))
    return found


def export(name: str, article: str, decisions: list[Decision]) -> Path:
    path = Path(name)
    path.write_bytes(dump(Decisions("mtqa:x", (Reviewed(article, tuple(decisions)),))).encode())
    return path


@pytest.fixture
def review(mini_linter: Linter, mtqa: Run) -> Callable[..., Path]:
    def make(text: str, *choices: Choice, article: str = "a.txt", name: str = "decisions.json") -> Path:
        Path(article).write_bytes(text.encode())
        return export(name, article, decide(prepared(read(Path(article))), mini_linter, *choices))

    return make


@pytest.fixture
def apply(mtqa: Run) -> Run:
    return lambda *arguments: mtqa("apply", *arguments, glossary=False)


YES, NO, OPEN = ("accepted", None), ("rejected", None), ("-", None)


def test_accepted_and_edited_words_are_written(review: Run, apply: Run) -> None:
    path = review(ARTICLE, ("edited", "bargain-hunting crowd"), OPEN, YES)
    shown = apply(path, "--diff")
    assert shown.code == 0
    assert "-Internal volume hurts.\n+Cut-throat competition hurts." in shown.out.replace("\r", "")
    assert Path("a.txt").read_bytes().decode() == ARTICLE
    run = apply(path, "a.txt")
    assert (run.code, run.out, run.err) == (0, "", "a.txt: 2 written\n")
    wanted = "The bargain-hunting crowd has won, said Ma Huateng.\r\n\r\nCut-throat competition hurts.\r\n"
    assert Path("a.txt").read_bytes().decode() == wanted
    again = apply(path)
    assert (again.code, Path("a.txt").read_bytes().decode()) == (0, wanted)
    assert again.err == "a.txt: 2 already applied (the words are gone, the new ones stand there)\n"
    assert not list(Path().glob("*.mtqa.json"))


def test_edits_elsewhere_do_no_harm(review: Run, apply: Run) -> None:
    path = review(ARTICLE, YES, OPEN, YES)
    Path("a.txt").write_bytes(("# New\r\n\r\n" + ARTICLE.replace("Internal", "It rained.\r\n\r\nInternal")).encode())
    assert apply(path).code == 0
    text = Path("a.txt").read_bytes().decode()
    assert text.startswith("# New\r\n\r\nThe bargain hunters has won")
    assert "It rained.\r\n\r\nCut-throat competition hurts." in text


def test_what_moved_is_named_and_nothing_is_written(review: Run, apply: Run) -> None:
    path = review(ARTICLE + "\r\nThey cut the leeks there.", YES, OPEN, YES, YES)
    changed = ARTICLE.replace("has won", "has lost").encode() + b"\r\nIt is late."
    Path("a.txt").write_bytes(changed)
    run = apply(path)
    assert (run.code, run.out, Path("a.txt").read_bytes()) == (1, "", changed)
    assert run.err == (
        'a.txt: "wool party" [literal wool-party], accepted "bargain hunters" by Ann: the sentence was changed: '
        '"The wool party has won, said Ma Huateng." now reads "The wool party has lost, said Ma Huateng."\n'
        'a.txt: "cut the leeks" [literal cut-leek], accepted "fleece small investors" by Ann: the sentence is gone: '
        '"They cut the leeks there."\n'
        "mtqa: 2 decisions do not fit; nothing is written (--partial writes the others)\n"
    )
    partial = apply(path, "--partial")
    assert partial.code == 1
    assert partial.err.endswith("a.txt: 1 written, 2 left\n")
    assert Path("a.txt").read_bytes() == changed.replace(b"Internal volume", b"Cut-throat competition")


def test_identical_sentences_are_told_apart(review: Run, apply: Run) -> None:
    text = "The wool party won.\n\nA day went.\n\nThe wool party won.\n\nThe wool party won.\n"
    path = review(text, OPEN, ("edited", "crowd"), OPEN)
    assert apply(path).code == 0
    wanted = text.replace("wool party", "crowd", 2).replace("crowd", "wool party", 1)
    assert Path("a.txt").read_text(encoding="utf-8") == wanted
    assert apply(path).code == 0
    assert Path("a.txt").read_text(encoding="utf-8") == wanted


def test_the_first_of_identical_sentences_is_not_written_twice(review: Run, apply: Run) -> None:
    text = "The wool party won.\n\nInternal volume hurts.\n\nThe wool party won.\n"
    path = review(text, ("edited", "crowd"), YES, OPEN)
    for _ in range(2):
        assert apply(path).code == 0
        assert Path("a.txt").read_text(encoding="utf-8").startswith("The crowd won.\n\nCut-throat")
        assert Path("a.txt").read_text(encoding="utf-8").endswith("The wool party won.\n")


def test_the_authors_own_sentence_is_not_taken_for_a_change(review: Run, apply: Run) -> None:
    text = "The crowd won.\n\nInternal volume hurts.\n\nThe wool party won.\n"
    path = review(text, YES, ("edited", "crowd"))
    assert apply(path).err == "a.txt: 2 written\n"
    assert Path("a.txt").read_text(encoding="utf-8").endswith("The crowd won.\n")


def test_a_missing_repetition_is_named(review: Run, apply: Run) -> None:
    path = review("The wool party won.\n\nThe wool party won.\n", OPEN, ("edited", "crowd"))
    Path("a.txt").write_text("The wool party won.\n", encoding="utf-8")
    run = apply(path)
    assert run.code == 1
    assert "this is about number 2 of a sentence that stands once now" in run.err


def test_a_later_decision_in_a_sentence_that_was_changed(review: Run, apply: Run) -> None:
    both = "The wool party met the wool puller, said Ma Huateng.\n"
    first = review(both, ("edited", "crowd"), OPEN, NO)
    assert apply(first).code == 0
    assert [d.words for d in load_waved(Path("a.txt"))] == ["Ma Huateng"]
    changed = Path("a.txt").read_bytes()
    second = review(both, ("edited", "crowd"), ("edited", "bargain hunter"), NO, name="second.json")
    Path("a.txt").write_bytes(changed)
    run = apply(second)
    assert run.code == 0
    assert run.err.startswith("a.txt: 1 written, 1 already applied")
    assert Path("a.txt").read_text(encoding="utf-8") == "The crowd met the bargain hunter, said Ma Huateng.\n"
    (waved,) = load_waved(Path("a.txt"))
    assert waved.sentence == "The crowd met the bargain hunter, said Ma Huateng."
    for path in (first, second):
        assert apply(path).code == (0 if path == second else 1)


def test_two_rounds_of_review_in_one_file(review: Run, apply: Run, mini_linter: Linter) -> None:
    text = "The wool party met Ma Huateng.\n"
    first = decide(segment(make_document("a.txt", text)), mini_linter, ("edited", "crowd"))
    then = text.replace("wool party", "crowd")
    second = decide(segment(make_document("a.txt", then)), mini_linter, YES)
    Path("a.txt").write_text(then, encoding="utf-8")
    path = export("d.json", "a.txt", [*first, *second])
    assert apply(path).err == "a.txt: 1 written, 1 already applied (the words are gone, the new ones stand there)\n"
    assert Path("a.txt").read_text(encoding="utf-8") == "The crowd met Pony Ma.\n"
    assert apply(path).code == 0


def test_overlapping_decisions_are_refused_by_name(review: Run, apply: Run, mini_linter: Linter) -> None:
    review(ARTICLE)
    one = decide(segment(read(Path("a.txt"))), mini_linter, ("edited", "crowd"))[0]
    wide = one._replace(rule="calque", term=None, start=0, end=18, words="The wool party has", text="A crowd have")
    wide = wide._replace(key=key(wide))
    before = Path("a.txt").read_bytes()
    run = apply(export("d.json", "a.txt", [one, wide]))
    assert (run.code, Path("a.txt").read_bytes()) == (1, before)
    assert '"wool party" [literal wool-party], edited "crowd" by Ann: overlaps "The wool party has" [calque]' in run.err
    assert '"The wool party has" [calque], edited "A crowd have" by Ann: overlaps "wool party"' in run.err
    same = one._replace(rule="calque", term=None)
    assert apply(export("d.json", "a.txt", [one, same._replace(key=key(same))])).code == 0
    assert Path("a.txt").read_bytes() == before.replace(b"wool party", b"crowd")


def key(d: Decision) -> str:
    from mtqa.review.key import key_of

    return key_of(d.rule, d.term, d.sentence, d.start, d.end, d.occurrence)


def test_two_editors(review: Run, apply: Run) -> None:
    review(ARTICLE, ("edited", "crowd"), OPEN, OPEN, name="ann.json")
    review(ARTICLE, NO, OPEN, YES, name="ben.json")
    run = apply("ann.json", "ben.json", "a.txt")
    assert (run.code, Path("a.txt").read_bytes().decode()) == (2, ARTICLE)
    assert 'a.txt: "wool party" [literal wool-party]: edited "crowd" by Ann, but also rejected' in run.err
    assert "the editors disagree in 1 place; nothing is written, say --prefer FILE" in run.err
    assert apply("ann.json", "ben.json", "--prefer", "cleo.json").code == 2
    assert apply("ann.json", "ben.json", "--prefer", "ann.json").code == 0
    assert Path("a.txt").read_bytes().decode() == ARTICLE.replace("wool party", "crowd").replace(
        "Internal volume", "Cut-throat competition"
    )


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/hostname", "sub/../../a.txt", "link/a.txt", "C:\\a.txt", "..\\a.txt"]
)
def test_paths_in_decisions_are_not_trusted(review: Run, apply: Run, name: str, tmp_path: Path) -> None:
    review(ARTICLE, YES)
    outside = tmp_path.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "a.txt").write_bytes(ARTICLE.encode())
    Path("link").symlink_to(outside)
    whole = json.loads(Path("decisions.json").read_bytes())
    whole["articles"][0]["path"] = name
    Path("decisions.json").write_text(json.dumps(whole), encoding="utf-8")
    run = apply("decisions.json")
    assert run.code == 2
    assert "not in this folder" in run.err
    assert (outside / "a.txt").read_bytes().decode() == ARTICLE
    assert apply("decisions.json", "a.txt").code == 0  # what the user names always wins
    assert b"bargain hunters" in Path("a.txt").read_bytes()


def test_several_articles(review: Run, apply: Run, mini_linter: Linter) -> None:
    Path("sub").mkdir()
    both = []
    for name in ("a.txt", "sub/b.txt"):
        Path(name).write_bytes(ARTICLE.encode())
        both.append(Reviewed(name, tuple(decide(segment(read(Path(name))), mini_linter, YES, NO, YES))))
    Path("d.json").write_bytes(dump(Decisions("", tuple(both))).encode())
    assert apply("d.json", "sub/b.txt").code == 0
    assert Path("a.txt").read_bytes().decode() == ARTICLE
    assert apply("d.json").code == 0
    assert Path("a.txt").read_bytes() == Path("sub/b.txt").read_bytes() != ARTICLE.encode()
    assert Path("sub/b.txt.mtqa.json").exists()
    run = apply("d.json", "c.txt", "e.txt")
    assert run.code == 2
    assert "decides on none of these articles, but on 'a.txt, sub/b.txt'" in run.err


def test_one_bad_article_leaves_all_as_they_are(review: Run, apply: Run, mini_linter: Linter) -> None:
    both = []
    for name in ("a.txt", "b.txt"):
        Path(name).write_bytes(ARTICLE.encode())
        both.append(Reviewed(name, tuple(decide(segment(read(Path(name))), mini_linter, ("edited", "crowd—羊毛")))))
    Path("d.json").write_bytes(dump(Decisions("", tuple(both))).encode())
    Path("b.txt").write_bytes(ARTICLE.replace("won", "gained").encode())
    assert apply("d.json").code == 1
    assert Path("a.txt").read_bytes().decode() == ARTICLE
    Path("b.txt").write_bytes(ARTICLE.replace("hurts", "hurts caf\xe9s").encode("cp1252"))
    run = apply("d.json")
    assert run.code == 2
    assert "a rewrite needs" in run.err
    assert Path("a.txt").read_bytes().decode() == ARTICLE


@pytest.mark.parametrize(
    ("article", "page", "text", "wanted"),
    [
        ("a.html", "<p>The wool party won.</p>\n", "R&D <b>", "<p>The R&amp;D &lt;b&gt; won.</p>\n"),
        ("a.md", "# *Wild*\n\nThe wool party won.\n", "crowd", "# *Wild*\n\nThe crowd won.\n"),
        ("a.po", 'msgid "羊毛党赢了。"\nmsgstr "The wool party won."\n', '"fans"', 'msgid "羊毛党赢了。"\nmsgstr "The \\"fans\\" won."\n'),
        ("a.tsv", "羊毛党赢了。\tThe wool party won.\n羊毛党输了。\tThe wool party lost.\n", "fans",
         "羊毛党赢了。\tThe fans won.\n羊毛党输了。\tThe wool party lost.\n"),
    ],
)  # fmt: skip
def test_every_format_is_written_as_its_own(
    review: Run, apply: Run, article: str, page: str, text: str, wanted: str
) -> None:
    path = review(page, ("edited", text), article=article)
    assert apply(path).code == 0
    assert Path(article).read_text(encoding="utf-8") == wanted
    assert apply(path).code == 0
    assert Path(article).read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize(
    ("article", "page", "text", "said"),
    [
        ("a.html", "<p>The wool <b>party</b> won.</p>", "crowd", "cross markup; edit them by hand"),
        ("a.html", "<p>The wool party won.</p>", "a\nb", "hold a line end"),
        ("a.md", "The wool party won.", "<script>alert(1)</script>", "hold markup (<script>alert(1)), which no review"),
        ("a.txt", "The wool party won.", "<!-- mtqa: ignore-start -->", "hold markup (<!--)"),
    ],
)
def test_what_a_format_cannot_take_is_refused_by_name(
    review: Run, apply: Run, article: str, page: str, text: str, said: str
) -> None:
    path = review(page, ("edited", text), article=article)
    run = apply(path)
    assert (run.code, Path(article).read_text(encoding="utf-8")) == (1, page)
    assert f'{article}: "wool party" [literal wool-party], edited ' in run.err
    assert said in run.err


def test_line_ends_become_those_of_the_article(review: Run, apply: Run) -> None:
    assert apply(review(ARTICLE, ("edited", "big\ncrowd"))).code == 0
    assert Path("a.txt").read_bytes().startswith(b"The big\r\ncrowd has won")
    assert apply("decisions.json").code == 0


def test_words_may_be_deleted_or_left_as_they_are(review: Run, apply: Run) -> None:
    assert apply(review(ARTICLE, ("edited", ""), ("edited", "Ma Huateng"))).code == 0
    assert Path("a.txt").read_bytes().decode() == ARTICLE.replace("wool party", "")
    assert apply("decisions.json").code == 0


def test_a_store_is_applied_like_a_file(review: Run, apply: Run) -> None:
    from mtqa.review.decisions import load
    from mtqa.review.store import Store

    path = review(ARTICLE, YES)
    store = Store(Path("a.txt.review.sqlite"), "a.txt", "x")
    for decision in load(path).articles[0].decisions:
        store.save(decision.key, decision._asdict())
    store.close()
    assert apply("a.txt.review.sqlite").err == "a.txt: 1 written\n"


def test_wrong_files_are_named(review: Run, apply: Run) -> None:
    path = review(ARTICLE, YES)
    assert "a.txt: is no JSON" in apply("a.txt").err
    assert "missing.txt: cannot be read" in apply(path, "missing.txt").err
    assert apply("missing.json").code == 2
    Path("decisions.json").write_text('{"version": 3}', encoding="utf-8")
    assert "version: 3 found" in apply("decisions.json").err


def test_a_rejected_flag_does_not_come_back(review: Run, apply: Run, mtqa: Run) -> None:
    path = review(ARTICLE, YES, NO, OPEN)
    assert apply(path).err == "a.txt: 1 written, 1 waved through in a.txt.mtqa.json\n"
    whole = json.loads(Path("a.txt.mtqa.json").read_bytes())
    assert whole["version"] == 1
    (entry,) = whole["waved"]
    assert (entry["words"], entry["term"], entry["reason"], entry["editor"]) == (
        "Ma Huateng",
        "pony-ma",
        "a name here",
        "Ann",
    )
    assert entry["sentence"] == "The bargain hunters has won, said Ma Huateng."
    Path("a.txt").write_bytes(b"The wool party came.\r\n\r\n" + Path("a.txt").read_bytes())
    run = mtqa("lint", "a.txt")
    assert "Ma Huateng" not in run.out.replace("said Ma Huateng", "")
    assert run.err == "1 article, 15 words: 2 major, 0 minor, 0 notes; 1 waved through by a.txt.mtqa.json\n"
    assert "1 minor" in mtqa("lint", "a.txt", "--no-waved").err
    mtqa("fix", "a.txt")
    assert b"Ma Huateng" in Path("a.txt").read_bytes()
    mtqa("fix", "a.txt", "--no-waved")
    assert b"Pony Ma" in Path("a.txt").read_bytes()


def test_what_was_waved_through_is_merged(review: Run, apply: Run) -> None:
    apply(review(ARTICLE, OPEN, NO, OPEN))
    apply(review(ARTICLE, OPEN, OPEN, NO))
    assert [d.words for d in load_waved(Path("a.txt"))] == ["Ma Huateng", "Internal volume"]
    before = Path("a.txt.mtqa.json").stat().st_mtime_ns
    apply(review(ARTICLE, OPEN, NO, OPEN))
    assert Path("a.txt.mtqa.json").stat().st_mtime_ns == before
    assert apply(review(ARTICLE, YES, YES, OPEN)).code == 0  # decided otherwise by now
    assert [d.words for d in load_waved(Path("a.txt"))] == ["Internal volume"]


def test_a_flag_on_the_same_words_is_waved_through_wherever_the_sentence_stands(mini_linter: Linter) -> None:
    text = "Ma Huateng met Ma Huateng.\n\nIt rained.\n"
    waved = decide(segment(make_document("a.txt", text)), mini_linter, NO)
    document = segment(make_document("a.txt", f"Ma Huateng spoke.\n\n{text}\n{text}"))
    kept, quiet = sift(document, mini_linter.lint(document), waved)
    assert [finding.span.start for finding in kept] == [0, 34, 74]
    assert [finding.span.start for finding in quiet] == [19, 59]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "a.txt.mtqa.json: is no JSON"),
        ("[]", "holds no version"),
        ('{"version": 2, "waved": []}', "version: 2 found"),
        ('{"version": 1, "waved": [3]}', "waved[0]: is not what"),
        ('{"version": 1, "waved": [{"key": "x"}]}', "waved[0].reason: missing"),
        ("\x00", "is no JSON"),
    ],
)
def test_a_broken_file_of_what_was_waved_through(mtqa: Run, review: Run, apply: Run, text: str, said: str) -> None:
    path = review(ARTICLE, NO)
    Path("a.txt.mtqa.json").write_text(text, encoding="utf-8")
    for run in (mtqa("lint", "a.txt"), mtqa("fix", "a.txt"), apply(path)):
        assert run.code == 2
        assert said in run.err
    assert Path("a.txt.mtqa.json").read_text(encoding="utf-8") == text
    assert mtqa("lint", "a.txt", "--no-waved").code == 1


def test_a_link_is_not_followed(review: Run, apply: Run) -> None:
    path = review(ARTICLE, NO)
    Path("a.txt.mtqa.json").symlink_to("victim")
    assert "is a link" in apply(path).err
    assert not Path("victim").exists()


SENTENCES = (
    "The wool party won.",
    "Ma Huateng saw a wool party.",
    "Internal volume hurts.",
    "It rained.",
    "They cut the leeks.",
)
CHOICES = st.lists(
    st.sampled_from([OPEN, NO, ("edited", "fans"), ("edited", "a crowd, many"), ("edited", "x. Y")]), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(lines=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7), choices=CHOICES, seed=st.integers(0, 999))
def test_applying_twice_changes_nothing_and_waves_the_rest(
    mini_linter: Linter, lines: list[str], choices: list[Choice], seed: int
) -> None:
    document = segment(make_document("a.txt", "\n\n".join(lines)))
    decisions = decide(document, mini_linter, *choices)
    random.Random(seed).shuffle(decisions)
    made = plan(document, decisions)
    assert (made.left, made.already) == ((), ())
    assert len(made.done) == sum(d.text is not None for d in decisions)
    after = segment(make_document("a.txt", made.text))
    waved = rekeyed(after, made.rejected)
    assert len(waved) == sum(d.text is None for d in decisions)
    _, quiet = sift(after, mini_linter.lint(after), waved)
    assert {(d.rule, d.term, d.key) for d in waved} <= {
        (f.rule, f.term and f.term.id, m.key) for f, m in zip(quiet, marks(after, quiet), strict=True)
    }
    again = plan(after, decisions)
    # Where a sentence was decided on once and stands again, only the other decisions can tell that it was applied.
    assert again.left == ()
    if len(set(lines)) == len(lines):
        assert (again.edits, len(again.already)) == ((), len(made.done))


def test_a_large_review_is_applied_in_time(mini_linter: Linter) -> None:
    import time

    text = "\n\n".join(f"The wool party number {i} won again." for i in range(5000))
    document = segment(read_bytes(text.encode(), "a.txt"))
    decisions = decide(document, mini_linter, *[("edited", "crowd")] * 5000)
    start = time.perf_counter()
    made = plan(document, decisions)
    again = plan(segment(make_document("a.txt", made.text)), decisions)
    moved = plan(segment(make_document("a.txt", made.text.replace("again", "well"))), decisions)
    assert (len(made.done), len(again.already), len(moved.left)) == (5000, 5000, 5000)
    assert time.perf_counter() - start < 10
