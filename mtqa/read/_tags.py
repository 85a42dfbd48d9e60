"""What HTML elements mean to a reader: which end a line, which hold no prose, which stand inside a sentence."""

BLOCKS = frozenset(
    "address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol"
    " optgroup option p search section select summary table tbody td tfoot th thead title tr ul"
    " pre script style template noscript".split()
)
"""Elements that end a unit where they begin and where they end."""
HEADINGS = frozenset("title h1 h2 h3 h4 h5 h6".split())
DROPPED = frozenset(
    "script style template noscript pre textarea select datalist svg math iframe object video audio canvas del rt rp"
    " noembed noframes".split()
)
"""Elements whose text a reader of the article does not read as its prose."""
CODE = frozenset("code kbd samp var".split())
"""Elements that belong to their sentence, but are no prose."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
SILENT = frozenset(("wbr",))
"""Elements that an edit may swallow."""
CLOSES = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("tr", "td", "th")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "option": frozenset(("option",)),
}
"""Open elements that end where one of these begins (HTML Standard, section 13.1.2.4)."""
