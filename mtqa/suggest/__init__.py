"""Offers renderings that drop into the sentence as it stands."""

from mtqa.suggest.rewrite import suggest

__all__ = ["suggest"]
