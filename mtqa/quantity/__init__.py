"""Quantities in a text: numbers with what they count, read so that equal ones compare equal in either language.

The Chinese are read by `mtqa.chinese.quantities`, the English by `mtqa.quantity.english`.
"""

from mtqa.quantity.quantity import KINDS, PHYSICAL, Quantity

__all__ = ["KINDS", "PHYSICAL", "Quantity"]
