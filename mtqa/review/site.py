"""Writes the index of a folder of review pages: one row an article."""

from collections.abc import Sequence
from typing import NamedTuple

from mtqa.review.page import rendered
from mtqa.review.summary import Bar, Summary


class IndexRow(NamedTuple):
    """Hold what the index says of one article: where its page is, what was found, or why there is no page.

    `store` names the decisions in the browser, by which the row shows how far the review is.
    """

    path: str
    page: str = ""
    store: str = ""
    summary: Summary | None = None
    trouble: str = ""

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return the findings by severity as one bar, in a box of 100 x 1."""
        if not self.summary or not self.summary.findings:
            return ()
        bars, x = [], 0.0
        for severity, count in self.summary.severities.items():
            width = round(100 * count / self.summary.findings, 2)
            bars.append(Bar(severity, x, 0, width, 1, f"{count} {severity}"))
            x += width
        return tuple(bars)


def render_index(rows: Sequence[IndexRow], signature: str = "") -> str:
    """Return the index page of many articles as HTML; its links are relative to it."""
    known = [row.summary for row in rows if row.summary]
    return rendered(
        "index.html",
        "site",
        rows=rows,
        signature=signature,
        findings=sum(summary.findings for summary in known),
        words=sum(summary.words for summary in known),
        data={"articles": [{"store": row.store, "total": row.summary.findings if row.summary else 0} for row in rows]},
    )


def page_name(path: str, taken: set[str]) -> str:
    """Return a file name for an article's page that no other page has, of letters, digits, dots and hyphens.

    >>> taken = set()
    >>> page_name("a/<b>.txt", taken), page_name("c/<b>.txt", taken), page_name("index", taken)
    ('b-.txt.html', 'c-b-.txt.html', 'index-2.html')
    """
    parts = ["".join(char if char.isalnum() or char in "-." else "-" for char in part) for part in path.split("/")]
    parts = [part.strip(".").lstrip("-") for part in parts if part.strip("-.")] or ["article"]
    for depth in range(1, len(parts) + 1):
        name = "-".join(parts[-depth:])[-150:] + ".html"
        if name.lower() not in taken and name.lower() != "index.html":
            break
    number = 2
    stem = name.removesuffix(".html")
    while name.lower() in taken or name.lower() == "index.html":
        name = f"{stem}-{number}.html"
        number += 1
    # Some file systems know no upper case.
    taken.add(name.lower())
    return name
