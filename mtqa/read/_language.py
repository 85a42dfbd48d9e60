"""Makes sure that a bilingual file goes from Chinese into English, by the language tags it carries (BCP 47)."""

from mtqa.errors import MtqaError

_CHINESE = frozenset("zh zho chi cmn yue nan hak wuu gan lzh".split())
_ENGLISH = frozenset(("en", "eng"))


def is_chinese(tag: str) -> bool:
    """Tell whether a language tag means Chinese.

    >>> is_chinese("zh-Hant_TW"), is_chinese("cmn"), is_chinese("ja")
    (True, True, False)
    """
    return _primary(tag) in _CHINESE


def is_english(tag: str) -> bool:
    """Tell whether a language tag means English.

    >>> is_english("EN_us"), is_english("enm")
    (True, False)
    """
    return _primary(tag) in _ENGLISH


def _primary(tag: str) -> str:
    return tag.strip().lower().replace("_", "-").partition("-")[0]


def check_languages(where: str, source: str, target: str) -> None:
    """Raise MtqaError unless a file's source is Chinese and its target English; '' is a language nobody named."""
    if (not source or is_chinese(source)) and (not target or is_english(target)):
        return
    found = f"is a translation from {source or 'a language not named'} into {target or 'a language not named'}"
    if is_chinese(target) and (not source or is_english(source)):
        raise MtqaError(where, f"{found}, the other way round; mtqa reads Chinese into English")
    raise MtqaError(where, f"{found}; mtqa reads Chinese into English")
