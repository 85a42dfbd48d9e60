"""Answers the classifier's two questions: is this marked use a literal mistranslation, and which words read as one."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from mtqa.classify.folder import ModelFolder, open_folder
from mtqa.classify.network import Network, sigmoid
from mtqa.document import Span
from mtqa.features import Features, entry_text, pair_features, sentence_features
from mtqa.term import Term


class Use(NamedTuple):
    """Hold a marked use of a term's words: `span` counts code points of the `sentence`."""

    sentence: str
    span: Span
    term: Term


class TokenLogits(NamedTuple):
    """Hold what the network says of one token; `span` counts code points of the sentence."""

    span: Span
    calque: float
    error: float


class Classifier:
    """Hold a model ready to judge; build it once, use it for many documents."""

    def __init__(self, folder: Path) -> None:
        """Open a model folder. Raises MtqaError when it is broken or from another version."""
        self.folder: ModelFolder = open_folder(folder)
        self._network = Network(folder)

    @property
    def signature(self) -> str:
        """Name the model and a checksum of its files."""
        return self.folder.signature

    def use_logits(self, uses: Sequence[Use]) -> list[float]:
        """Return for each use the logit that it is a literal mistranslation of its term."""
        entries: dict[str, Sequence[int]] = {}
        sentences = {use.sentence: self._network.tokens(use.sentence) for use in uses}
        inputs = []
        for use in uses:
            if use.term.id not in entries:
                entries[use.term.id] = self._network.tokens(entry_text(use.term)).ids
            tokens, entry = sentences[use.sentence], entries[use.term.id]
            is_taught = use.term.id in self.folder.thresholds.taught
            inputs.append(pair_features(tokens, use.span, entry, self._network.special, is_taught=is_taught))
        logits = [0.0] * len(uses)
        for number, logit, _ in self._network.run(inputs):
            logits[number] = logit
        return logits

    def token_logits(self, sentences: Sequence[str]) -> list[list[TokenLogits]]:
        """Return for each sentence its tokens in order; where windows of a long one overlap, the higher logits."""
        tokens = [self._network.tokens(sentence) for sentence in sentences]
        inputs: list[tuple[int, Features]] = [
            (number, features)
            for number, of_sentence in enumerate(tokens)
            for features in sentence_features(of_sentence, self._network.special)
        ]
        found: list[dict[int, tuple[float, float]]] = [{} for _ in sentences]
        for i, _, logits in self._network.run([features for _, features in inputs]):
            number, features = inputs[i]
            for place, (calque, error) in enumerate(logits[1 : features.length + 1].tolist(), features.first):
                old = found[number].get(place, (calque, error))
                found[number][place] = (max(old[0], calque), max(old[1], error))
        return [
            [TokenLogits(Span(*tokens[i].offsets[place]), *logits) for place, logits in sorted(of_sentence.items())]
            for i, of_sentence in enumerate(found)
        ]

    def calque_score(self, logits: Iterable[TokenLogits]) -> float:
        """Return how much a word reads as a calque, in [0, 1]; from 0.5 on rule calque reports it."""
        scale = self.folder.thresholds.calque
        return sigmoid(scale.factor * max(token.calque for token in logits) + scale.shift)

    def error_score(self, logits: Iterable[TokenLogits]) -> float:
        """Return how much a word looks like an error that a rater would mark, in [0, 1]; 0.5 is where most agree."""
        scale = self.folder.thresholds.error
        return sigmoid(scale.factor * max(token.error for token in logits) + scale.shift)
