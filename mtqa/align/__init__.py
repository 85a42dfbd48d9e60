"""Aligns a translation with its original: which English sentences say what which Chinese ones say.

Dynamic programming over length (Gale and Church 1993), numbers, Latin words, names in pinyin and dictionary overlap
(as hunalign does, Varga et al. 2005), all weighed as log odds against chance; a chain of sure pairs found first keeps
the search to a band, so that time and memory grow with the length of the text and not with its square.
"""

from mtqa.align.align import align

__all__ = ["align"]
