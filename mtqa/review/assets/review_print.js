// The table of findings that only a printed page shows.

function drawPrintTable(page) {
  const head = ["", "Words", "Chinese", "Why", "Severity", "Rewrite or decision"];
  const body = page.marks.map((mark) => {
    const decision = page.decisions.get(mark.key);
    const choice = decision
      ? `${decision.state}: ${decision.text === null ? decision.reason || "no reason" : decision.text || "deleted"}`
      : mark.suggestions.filter((suggestion) => suggestion.fits).slice(0, 3).map((suggestion) => suggestion.text || "delete").join(" | ");
    const cells = [mark.words, mark.original ?? "", mark.message, mark.severity, choice];
    return make("tr", {}, make("td", {}, String(mark.index + 1)), ...cells.map((cell, index) => make("td", { lang: index === 1 ? "zh-Hans" : null }, cell)));
  });
  byId("print-table").replaceChildren(
    make("h2", {}, `Findings: ${page.marks.length}`),
    make("table", {}, make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, ...body)));
}
