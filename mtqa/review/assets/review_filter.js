// Which findings are shown: by severity, state, rule, term and words.

function fillFilters(page) {
  const options = (values) => values.map(([value, label]) => make("option", { value }, label));
  const tally = (of, label) => {
    const counts = new Map();
    for (const mark of page.marks) counts.set(of(mark), (counts.get(of(mark)) ?? 0) + 1);
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([value, count]) => [value, `${clipped(label(value), 40)} (${count})`]);
  };
  byId("by-rule").append(...options(tally((mark) => mark.rule, (rule) => rule)));
  const names = new Map(page.marks.map((mark) => [mark.group, mark.term?.id ?? `${mark.original ?? mark.words} (${mark.rule})`]));
  byId("by-term").append(...options(tally((mark) => mark.group, (group) => names.get(group))));
}

function haystack(mark) {
  const { term } = mark;
  const words = [mark.words, mark.message, mark.original, mark.decision.sentence, term?.id, term?.zh.join(" "), term?.note, ...mark.suggestions.map((s) => s.text)];
  return words.filter(Boolean).join("\n").toLowerCase();
}

/** Return the marks that the filters hide. */
function hiddenMarks(page) {
  const severities = new Set([...document.querySelectorAll("[data-severity]")].filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.severity));
  const [state, rule, term] = ["by-state", "by-rule", "by-term"].map((id) => byId(id).value);
  const sought = byId("search").value.trim().toLowerCase();
  const wanted = (mark) =>
    severities.has(mark.severity) && (!state || stateOf(page, mark) === state) && (!rule || mark.rule === rule) &&
    (!term || mark.group === term) && (!sought || (mark.haystack ??= haystack(mark)).includes(sought));
  return new Set(page.marks.filter((mark) => !wanted(mark)));
}

function listenToFilters(page) {
  for (const chip of document.querySelectorAll("[data-severity]")) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      page.filter();
    });
  }
  for (const id of ["by-state", "by-rule", "by-term"]) byId(id).addEventListener("change", () => page.filter());
  const search = byId("search");
  search.addEventListener("input", () => page.filter());
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      // Else the same key press would close the card that it has just opened.
      event.preventDefault();
      const first = page.visible()[0];
      if (first) page.select(first, { focus: true });
    } else if (event.key === "Escape") {
      search.value = "";
      page.filter();
      search.blur();
      event.stopPropagation();
    }
  });
}

/** Show every finding again. */
function clearFilters(page) {
  for (const chip of document.querySelectorAll("[data-severity]")) chip.setAttribute("aria-pressed", "true");
  for (const id of ["by-state", "by-rule", "by-term", "search"]) byId(id).value = "";
  page.filter();
}
