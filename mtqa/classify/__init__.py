"""Judges with the model what the glossaries find, and finds what they do not list; loaded only where it is asked for.

onnxruntime, tokenizers and numpy are imported here alone; nothing else in a lint is heavy.
"""

from mtqa.classify.classifier import Classifier, TokenLogits, Use
from mtqa.classify.folder import Band, ModelFolder, Scale, Thresholds, open_folder, read_json
from mtqa.classify.network import sigmoid
from mtqa.classify.reader import ModelReader, judged, use_of

__all__ = [
    "Band", "Classifier", "ModelFolder", "ModelReader", "Scale", "Thresholds", "TokenLogits", "Use",
    "judged", "open_folder", "read_json", "sigmoid", "use_of",
]  # fmt: skip
