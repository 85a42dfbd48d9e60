"""The shipped model: what it answers, and that the same question has the same answer."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import mtqa
from mtqa.bundled import bundled_model
from mtqa.classify import Classifier, ModelReader, Use
from mtqa.classify.network import batches
from mtqa.document import Document, Span
from mtqa.finding import Finding
from mtqa.glossary import Glossary
from mtqa.match import Matcher
from mtqa.pipeline import Linter

Make = Callable[[str], Document]
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(bundled_model())


@pytest.fixture(scope="module")
def reader(bundled: Glossary, classifier: Classifier) -> ModelReader:
    return ModelReader(Matcher(bundled), classifier)


def use(sentence: str, words: str, glossary: Glossary, term: str) -> Use:
    start = sentence.index(words)
    return Use(sentence, Span(start, start + len(words)), glossary[term])


@pytest.fixture
def mtqa_run(request: pytest.FixtureRequest) -> Run:
    """The command line; by another name than the package that is tested here too."""
    run: Run = request.getfixturevalue("mtqa")
    return run


def test_a_score_does_not_depend_on_the_batch(classifier: Classifier, bundled: Glossary) -> None:
    sentence = "The wool party emptied the coupon pool of the new platform in twenty minutes."
    alone = classifier.use_logits([use(sentence, "wool party", bundled, "wool-party")])
    long = sentence[:-1] + ", and nobody at the company had noticed it before the evening of the next day."
    among = classifier.use_logits(
        [use(text, "wool party", bundled, "wool-party") for text in (long, sentence, long, long)]
    )
    assert among[1] == pytest.approx(alone[0], abs=0.02)
    assert among[0] == among[2] == among[3]


def test_batches_hold_inputs_of_like_length() -> None:
    lengths = [5, 120, 7, 118, 6] * 30
    found = list(batches(lengths))
    assert sorted(i for batch in found for i in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[i] for i in batch) <= 2048 for batch in found)
    assert list(batches([])) == []


def test_every_word_has_its_scores(reader: ModelReader, document: Make) -> None:
    text = "Price 5%😀 up;\r\nthe “wool-party’s” 羊毛党 café…"
    words = reader.words(document(text))
    assert [text[slice(*word.span)] for word in words] == ["Price", "5", "up", "the", "wool", "party’s", "café"]
    assert all(0 <= word.calque <= 1 and 0 <= word.error <= 1 for word in words)


def test_endless_sentences_are_read_to_the_end(reader: ModelReader, document: Make) -> None:
    text = "and the mayor of the town said " * 200
    assert len(reader.words(document(text))) == 1400
    late = document(text + "that the wool party had come")
    assert [late.text[slice(*c.span)] for c in reader.candidates(late)] == ["wool party"]


def test_nothing_to_read(reader: ModelReader, document: Make) -> None:
    assert reader.words(document("")) == []
    assert reader.candidates(document("\n\n…")) == []


def test_findings_carry_scores(bundled: Glossary, classifier: Classifier, document: Make) -> None:
    text = "Using fake accounts, the wool party emptied the coupon pool of the platform in 20 minutes."
    (finding,) = literal(bundled, classifier, document(text))
    assert finding.severity == "major"
    assert finding.score is not None
    assert finding.score > 0.5


def literal(glossary: Glossary, classifier: Classifier, document: Document) -> list[Finding]:
    return Linter(glossary, ["literal"], classifier=classifier).lint(document)


def test_word_scores_in_order() -> None:
    text = "The wool party came. Prices rose by 5 percent in May, the statistics bureau said."
    words = mtqa.word_scores(text)
    assert [text[w.start : w.end] for w in words] == text.replace(".", "").replace(",", "").split()
    scores = {text[w.start : w.end]: w.calque for w in words}
    assert min(scores["wool"], scores["party"]) > 0.5 > max(scores["Prices"], scores["percent"])


def test_the_source_speaks_for_a_term() -> None:
    text = "The group looks for new outlets."
    without = {w.start: w.calque for w in mtqa.word_scores(text)}
    with_source = {w.start: w.calque for w in mtqa.word_scores(text, source="集团寻找新的出海口。")}
    assert with_source[24] >= max(without[24], 0.5)
    assert with_source[4] == without[4]


def test_a_literal_that_only_a_users_glossary_calls_certain_is_listed(
    mini: Glossary, bundled: Glossary, document: Make
) -> None:
    text = "The wool party came."
    assert [c.kind for c in Matcher(mini).candidates(document(text))] == ["listed"]
    assert [c.kind for c in Matcher(bundled).candidates(document(text))] == ["certain"]


def test_entries_that_share_words_are_ranked(reader: ModelReader, document: Make) -> None:
    text = "For years the brand looked for a new outlet, and in the end it was found by its grandson."
    (found,) = [c for c in reader.candidates(document(text)) if text[slice(*c.span)] == "outlet"]
    assert found.rivals
    scores = [choice.score for choice in (found, *found.rivals)]
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert None not in scores


def test_the_model_is_asked_by_default(mtqa_run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fake accounts let the wool party empty the coupon pool.", encoding="utf-8")
    report = json.loads(mtqa_run("lint", "a.txt", "--format", "json", glossary=False).out)
    assert "|model:press-small@" in report["signature"]
    assert report["files"][0]["findings"][0]["score"] > 0.5
    without = json.loads(mtqa_run("lint", "a.txt", "--format", "json", "--model", "none", glossary=False).out)
    assert "|model:none|" in without["signature"]
    assert without["files"][0]["findings"][0]["score"] is None


def test_a_model_can_be_named(mtqa_run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing.", encoding="utf-8")
    found = mtqa_run("lint", "a.txt", "--model", "nowhere", glossary=False)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("mtqa: nowhere: is no folder; --model takes a model folder such as models/press-small")
    (tmp_path / "mtqa.toml").write_text('model = "elsewhere"', encoding="utf-8")
    assert "elsewhere: is no folder" in mtqa_run("lint", "a.txt", glossary=False).err


def test_explain_says_how_sure_and_from_what(mtqa_run: Run) -> None:
    sentence = "Fake accounts let the wool party empty the coupon pool of the platform."
    out = mtqa_run("explain", "wool-party", sentence, glossary=False).out
    assert "Fake accounts let the «wool party» empty" in out
    assert "matches:  wool party [n] of wool-party" in out
    assert "evidence: never right English, as far as the glossary's makers found" in out
    assert re.search(r"model:    [01]\.\d\d \(a note from 0\.00 on, major from 0\.\d\d on\): major", out)
    out = mtqa_run("explain", "wool-party", sentence, "--model", "none", glossary=False).out
    assert "model:    not asked" in out
    out = mtqa_run("explain", "wool-party", "The bargain hunters came.", "--model", "none", glossary=False).out
    assert out == "no literal of the term stands in the sentence, or its context excuses it\n"
