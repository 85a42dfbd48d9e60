"""The shipped model: what it answers, and that the same question has the same answer."""

from collections.abc import Callable

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


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(bundled_model())


@pytest.fixture(scope="module")
def reader(bundled: Glossary, classifier: Classifier) -> ModelReader:
    return ModelReader(Matcher(bundled), classifier)


def use(sentence: str, words: str, glossary: Glossary, term: str) -> Use:
    start = sentence.index(words)
    return Use(sentence, Span(start, start + len(words)), glossary[term])


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
