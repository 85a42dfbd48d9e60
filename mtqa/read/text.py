"""Plain text: all of it is prose, but for mtqa's own comments."""

from mtqa.document import Document, make_document
from mtqa.read._blank import blank_comments
from mtqa.read._decode import decode

SUFFIXES = (".txt", ".text")


def read(data: bytes, name: str) -> Document:
    """Read plain text. Raises MtqaError when it is empty, binary or in an unknown encoding."""
    text, encoding, mark = decode(data, name)
    return make_document(name, text, prose=blank_comments(text), encoding=encoding, mark=mark)
