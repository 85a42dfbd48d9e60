"""Puts the Chinese beside an article."""

from mtqa.document import Document
from mtqa.errors import MtqaError
from mtqa.script import is_chinese
from mtqa.segment import segment


def with_source(document: Document, source: Document) -> Document:
    """Return an article with its Chinese.

    Raises MtqaError when the article has its Chinese already, or when the source is not Chinese, or bilingual itself.
    """
    if document.source is not None:
        raise MtqaError(document.path, "holds its Chinese already; leave out --source")
    if source.source is not None:
        raise MtqaError(source.path, "holds English and Chinese; give it as the article, without --source")
    if not is_chinese(source.text):
        hint = "the article is; swap the two" if is_chinese(document.prose) else "give --source the Chinese text"
        raise MtqaError(source.path, f"is not Chinese; {hint}")
    # What is blank in `prose` (markup, links) is no Chinese to be translated.
    return document._replace(source=source.prose)


def prepared(document: Document) -> Document:
    """Return an article with its sentences and, where there is Chinese, with the Chinese of each."""
    document = segment(document)
    if document.source is None:
        return document
    from mtqa.align import align

    return align(document)
