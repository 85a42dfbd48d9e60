"""Says which literal two glossary entries share."""

from mtqa.glossary import Glossary


def shared_literal(glossary: Glossary, one: str, other: str) -> str:
    """Return the first literal of a term that another term has as well, or "".

    Terms that the glossary does not know share nothing.
    """
    if one not in glossary or other not in glossary:
        return ""
    theirs = {form.text.lower() for form in glossary[other].literal}
    return next((form.text for form in glossary[one].literal if form.text.lower() in theirs), "")
