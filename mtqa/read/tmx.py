"""TMX, the exchange format of translation memories: the English variants are the article, the Chinese ones its source.

An edit is spliced into the file's own bytes; everything else stays as the tool wrote it.
"""

from collections.abc import Iterator, Sequence

from mtqa.document import Document, Edit
from mtqa.errors import MtqaError
from mtqa.read._inline import paired
from mtqa.read._language import check_languages, is_chinese, is_english
from mtqa.read._units import Layout, Unit, lay_out, rewrite
from mtqa.read._xml import Element, decode_xml, walk

SUFFIXES = (".tmx",)
_UNITS = frozenset(("header", "tu"))
# OmegaT and others name the format's DTD; naming it is harmless, and it is never loaded.
_DTD = r"(?:[^\s]*/)?tmx\d\d\w?\.dtd"
_ANY = "*all*"


def read(data: bytes, name: str) -> Document:
    """Read TMX, a line for each translation unit with an English variant.

    Raises MtqaError when it is malformed, declares entities, or does not go from Chinese into English.
    """
    return _layout(data, name).document


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the file with edits of its document. Raises MtqaError for an edit that crosses an inline tag."""
    return rewrite(_layout(data, name), data, edits)


def _layout(data: bytes, name: str) -> Layout:
    decoded = decode_xml(data, name)
    return lay_out(name, decoded, _units(decoded.text, name))


def _units(text: str, name: str) -> Iterator[Unit]:
    source = ""
    met: dict[str, None] = {}
    english = False
    for element in walk(text, name, "tmx", _UNITS, doctype=_DTD):
        if element.name == "header":
            source = element.attributes.get("srclang", "")
            continue
        variants = _variants(element)
        met |= dict.fromkeys(variants)
        source_here = element.attributes.get("srclang", source)
        if source_here not in ("", _ANY) and not is_chinese(source_here):
            others = ", ".join(tag for tag in variants if tag != source_here)
            check_languages(f"{name}:{element.line}", source_here, others)
        one = next((seg for tag, seg in variants.items() if is_chinese(tag)), None)
        other = next((seg for tag, seg in variants.items() if is_english(tag)), None)
        english = english or other is not None
        if one or other:
            yield from paired(one, other, text)
    if met and not english:
        raise MtqaError(name, f"is a translation memory of {', '.join(met)}; mtqa reads Chinese into English")


def _variants(unit: Element) -> dict[str, Element]:
    """Return the segments of a translation unit by language; the first where a language has two."""
    found: dict[str, Element] = {}
    for variant in unit.elements():
        segment = variant.find("seg") if variant.name == "tuv" else None
        if segment:
            tag = variant.attributes.get("xml:lang") or variant.attributes.get("lang", "")
            found.setdefault(tag, segment)
    return found
