"""Finds English that was composed from the characters of a Chinese word, as "cut leeks" was from 割韭菜.

For each dictionary word of the Chinese the English is searched for the words that its characters, or the shorter words
in it, mean one by one (`window`); what the word means as a whole speaks against it (`meaning`); all evidence is weighed
by a logistic regression that was fitted to marked articles (`weigh`).
"""

from mtqa.composition.compose import Composition, compositions
from mtqa.composition.meaning import forms
from mtqa.composition.window import said_by

__all__ = ["Composition", "compositions", "forms", "said_by"]
