// The page: holds what is shown and decided, and redraws what changes. `start` is called when all files are read.

class Page {
  constructor(data) {
    this.data = data;
    this.rows = data.rows.map((row) => ({ ...row, marks: [], originals: [] }));
    this.marks = data.marks.map((mark, index) => ({
      ...mark, index, key: mark.decision.key, words: mark.decision.words, rule: mark.decision.rule, severity: mark.decision.severity,
    }));
    this.byKey = grouped(this.marks, (mark) => mark.key);
    this.groups = grouped(this.marks, (mark) => mark.group);
    this.active = null;
    this.mode = null; // what the open card asks for: null, "edit" or "reject"
    this.all = false; // whether rejecting starts with all of the term
    this.view = "marks";
    this.hidden = new Set();
    this.place();
    setLanes(this.marks);
    this.decisions = new Decisions(data.store, (keys, quiet) => this.changed(keys, quiet));
    this.server = new Server(this, data.serve);
    this.applied = new Map();
  }

  /** Say in which rows each mark stands; both are in the order of the article. */
  place() {
    const english = this.rows.filter((row) => row.en);
    let first = 0;
    for (const mark of this.marks) {
      while (first < english.length && english[first].en[1] <= mark.en[0]) first += 1;
      for (let i = first; i < english.length && english[i].en[0] < mark.en[1]; i += 1) english[i].marks.push(mark);
    }
    const chinese = this.rows.filter((row) => row.zh);
    for (const mark of this.marks.filter((one) => one.zh)) {
      for (const row of chinese) if (row.zh[0] < mark.zh[1] && row.zh[1] > mark.zh[0]) row.originals.push(mark);
    }
  }

  draw() {
    this.applied = new Map(edits(this).map((edit) => [edit.mark, edit]));
    drawArticle(this);
    drawCards(this);
    this.refresh();
  }

  groupOf(mark) {
    return this.groups.get(mark.group);
  }

  visible() {
    return this.marks.filter((mark) => !this.hidden.has(mark));
  }

  // What is shown.

  /** Redraw what depends on these marks. */
  redraw(marks) {
    const touched = new Set(marks);
    for (const mark of touched) if (mark.card) drawCard(this, mark);
    if (this.view === "marks") {
      for (const row of this.rows) if (row.marks.some((mark) => touched.has(mark)) || row.originals.some((mark) => touched.has(mark))) drawRow(this, row);
    }
  }

  /** Hear that decisions changed; `quiet` when they came from the server itself. */
  changed(keys, quiet) {
    const before = this.applied;
    this.applied = new Map(edits(this).map((edit) => [edit.mark, edit]));
    const marks = keys.flatMap((key) => this.byKey.get(key) ?? []);
    // Where two rewrites overlap, taking one back can bring out the other.
    for (const mark of new Set([...before.keys(), ...this.applied.keys()])) if (before.has(mark) !== this.applied.has(mark)) marks.push(mark);
    this.redraw(marks);
    if (this.view !== "marks") this.drawView();
    this.refresh();
    if (!quiet) this.server.send(keys);
    if (!this.decisions.kept) this.tell("This browser keeps nothing (private window or full): export before you close the page.", true);
  }

  refresh() {
    const counts = { open: 0, accepted: 0, edited: 0, rejected: 0 };
    let points = 0;
    for (const mark of this.marks) {
      const state = stateOf(this, mark);
      counts[state] += 1;
      if (state === "open") points += this.data.weights[mark.severity] ?? 0;
    }
    const done = this.marks.length - counts.open;
    const bar = byId("progress");
    bar.setAttribute("aria-valuenow", String(done));
    bar.setAttribute("aria-valuetext", `${done} of ${this.marks.length} decided: ${counts.accepted} accepted, ${counts.edited} edited, ${counts.rejected} rejected`);
    for (const state of STATES) bar.querySelector(`.${state}`).style.width = `${(100 * counts[state]) / Math.max(1, this.marks.length)}%`;
    byId("progress-text").textContent = this.marks.length ? `${done} of ${this.marks.length} decided` : "nothing found";
    const after = this.data.words ? Math.max(0, 100 - (100 * points) / this.data.words) : 100;
    byId("mqm-after").textContent = done ? `→ ${after.toFixed(1)} as decided` : "";
    byId("undo").disabled = !this.decisions.past.length;
    byId("redo").disabled = !this.decisions.future.length;
    const shownNow = this.marks.length - this.hidden.size;
    const none = this.marks.length && !shownNow;
    byId("found").replaceChildren(this.hidden.size ? `${shownNow} of ${counted(this.marks.length, "finding")} ` : "", ...(this.hidden.size ? [button(none ? "Show all again" : "Show all", { class: "link" }, () => clearFilters(this))] : []));
  }

  filter() {
    this.hidden = hiddenMarks(this);
    for (const mark of this.marks) mark.card.hidden = this.hidden.has(mark);
    if (this.view === "marks") for (const row of this.rows) if (row.marks.length) drawRow(this, row);
    this.refresh();
    announce(`${counted(this.visible().length, "finding")} shown`);
  }

  show(view) {
    this.view = view;
    document.body.dataset.view = view;
    for (const tab of document.querySelectorAll("[data-view]")) if (tab !== document.body) tab.setAttribute("aria-pressed", String(tab.dataset.view === view));
    this.drawView();
    announce({ marks: "The article with its marks", preview: "The article as it will read", changes: "What changes" }[view]);
    if (this.active) this.reveal(this.active);
  }

  drawView() {
    if (this.view === "marks") drawArticle(this);
    else if (this.view === "preview") drawPreview(this);
    else drawChanges(this);
  }

  /** Light a sentence and its twin in the other language. */
  twin(row, on) {
    row.element?.classList.toggle("lit", on);
    row.original?.classList.toggle("lit", on);
  }

  // Moving about.

  /** Make a mark the active one, or none. */
  select(mark, { focus = false, from = "" } = {}) {
    const before = this.active;
    const hadFocus = document.activeElement?.closest?.("#cards") !== null || document.activeElement === document.body;
    this.active = mark;
    this.mode = null;
    this.draft = null;
    // A link into a row draws its marks anew and would take the focus along.
    const inArticle = document.activeElement?.closest?.("#article") !== null && document.activeElement !== document.body;
    this.redraw([before, mark].filter(Boolean));
    document.body.classList.toggle("choosing", Boolean(mark));
    if (!mark) {
      before?.card.querySelector(".card-head").focus({ preventScroll: true });
      return;
    }
    if (inArticle && !focus) this.markElement(mark)?.focus({ preventScroll: true });
    else if (hadFocus || focus) mark.card.querySelector(".card-head").focus({ preventScroll: true });
    this.reveal(mark, from);
  }

  markElement(mark) {
    return document.querySelector(`#article .mark[data-mark="${mark.index}"][data-number]`) ?? document.querySelector(`#article [data-mark="${mark.index}"]`);
  }

  reveal(mark, from = "") {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = still ? "auto" : "smooth";
    if (from !== "article") scrollIntoComfort(this.markElement(mark), behavior);
    scrollWithin(byId("cards"), mark.card, behavior);
  }

  step(by) {
    const list = this.visible();
    if (!list.length) return announce("No finding is shown");
    const at = this.active ? list.indexOf(this.active) : -1;
    const next = at >= 0 ? list[at + by] : by > 0 ? list.find((mark) => !this.active || mark.index > this.active.index) ?? list[0] : list[list.length - 1];
    if (!next) return announce(by > 0 ? "That was the last finding" : "That was the first finding");
    this.select(next);
    if (document.activeElement?.closest?.("#cards, #article") === null) next.card.querySelector(".card-head").focus({ preventScroll: true });
    return announce(`${next.index + 1} of ${this.marks.length}. ${spoken(this, next)}`);
  }

  /** Go to the next finding that is open, from the active one on and round. */
  nextOpen(before = "") {
    const at = this.active ? this.active.index : -1;
    const open = this.visible().filter((mark) => stateOf(this, mark) === "open" && mark !== this.active);
    const next = open.find((mark) => mark.index > at) ?? open[0];
    if (next) this.select(next, { focus: document.activeElement?.closest?.("#article") === null });
    else if (this.active) this.select(this.active, { focus: true });
    announce(`${before}${next ? `Next: ${spoken(this, next)}` : "No open finding is left"}`);
  }

  open(mode, { all = false } = {}) {
    if (!this.active) {
      if (mode) announce("Choose a finding first, with j");
      return;
    }
    this.mode = mode;
    this.all = all;
    drawCard(this, this.active);
    if (!mode) this.draft = null;
    const target = mode === "edit" ? ".field" : mode === "reject" ? ".reason" : ".card-head";
    const field = this.active.card.querySelector(target);
    field.focus({ preventScroll: true });
    if (mode === "edit") field.select();
    scrollWithin(byId("cards"), this.active.card, "auto");
  }

  sheet(open) {
    document.body.classList.toggle("sheet-open", open);
    byId("sheet-toggle").setAttribute("aria-expanded", String(open));
  }

  // Deciding.

  decision(mark, state, text, reason = "") {
    return { ...mark.decision, state, text, reason, time: now(), editor: stored("mtqa:editor") ?? "" };
  }

  /** Return the mark whose rewrite stands where this one's would, or null. */
  inTheWay(mark) {
    return this.marks.find((other) => other.key !== mark.key && other.en[0] < mark.en[1] && mark.en[0] < other.en[1] && (this.decisions.get(other.key)?.text ?? null) !== null) ?? null;
  }

  /** Decide on marks in one step of the history, and go on to the next. */
  decide(changes, said) {
    const free = changes.filter(([mark, decision]) => decision.text === null || !this.inTheWay(mark));
    if (!free.length) {
      const other = this.inTheWay(changes[0][0]);
      this.tell(`These words overlap “${clipped(other.words, 40)}”, which is rewritten already. Reopen that first.`, true);
      return;
    }
    this.mode = null;
    this.draft = null;
    this.decisions.set(free.map(([mark, decision]) => [mark.key, decision]), said);
    const left = changes.length - free.length;
    if (changes.length > 1) this.tell(`${said}: ${counted(free.length, "mark")}${left ? `; ${left} left, rewritten already where they overlap` : ""}.`);
    this.nextOpen(`${said}. `);
  }

  accept(mark, index) {
    const suggestion = mark.suggestions[index];
    if (!suggestion.fits) {
      // It needs a recast sentence: never written as it stands.
      if (this.active !== mark) this.select(mark);
      this.draft = suggestion.text;
      this.open("edit");
      announce("This rewrite needs the sentence recast: edit it");
      return;
    }
    this.decide([[mark, this.decision(mark, "accepted", suggestion.text)]], `Accepted ${suggestion.text || "deletion"}`);
  }

  acceptFirst() {
    if (!this.active) return announce("Choose a finding first, with j");
    const index = this.active.suggestions.findIndex((suggestion) => suggestion.fits);
    if (index < 0) return this.tell("No rewrite fits as it stands: press e to write one.");
    return this.accept(this.active, index);
  }

  /** Accept, for every open mark of the term, the rewrite of the same rank as the first that fits this one. */
  acceptAll(mark) {
    const first = mark.suggestions.findIndex((suggestion) => suggestion.fits);
    const changes = this.groupOf(mark).filter((other) => stateOf(this, other) === "open").flatMap((other) => {
      const fitting = other.suggestions.filter((suggestion) => suggestion.fits);
      const chosen = fitting.find((suggestion) => suggestion.text === mark.suggestions[first]?.text) ?? (other.suggestions[first]?.fits ? other.suggestions[first] : fitting[0]);
      return chosen ? [[other, this.decision(other, "accepted", chosen.text)]] : [];
    });
    if (changes.length) this.decide(changes, "Accepted all of this term");
    else this.tell("No open mark of this term has a rewrite that fits.");
  }

  edit(mark, text, marks) {
    if (CONTROL.test(text)) return this.tell("The rewrite holds control characters; take them out.", true);
    const chosen = mark.suggestions.some((suggestion) => suggestion.fits && suggestion.text === text);
    return this.decide(marks.map((one) => [one, this.decision(one, chosen ? "accepted" : "edited", text)]), `Rewritten as ${text || "nothing"}`);
  }

  reject(mark, why, marks) {
    this.decide(marks.map((one) => [one, this.decision(one, "rejected", null, why)]), `Rejected${why ? `: ${why}` : ""}`);
  }

  reopen(mark) {
    this.decisions.set([[mark.key, null]], "Reopened");
    this.select(mark, { focus: true });
    announce(`Reopened ${mark.words}`);
  }

  undo() {
    this.retrace(this.decisions.undo(), "Undone");
  }

  redo() {
    this.retrace(this.decisions.redo(), "Redone");
  }

  retrace(step, word) {
    if (!step) return announce(`Nothing to be ${word.toLowerCase()}`);
    const [mark] = this.byKey.get([...step.after.keys()][0]) ?? [];
    if (mark) this.select(mark, { focus: true });
    return this.tell(`${word}: ${step.label}.`);
  }

  /** Say something in the corner of the page, and to screen readers. */
  tell(text, trouble = false) {
    const toast = byId("toast");
    toast.textContent = shown(text);
    toast.classList.toggle("bad", trouble);
    toast.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { toast.hidden = true; }, trouble ? 9000 : 4000);
    announce(text);
  }
}

function grouped(list, of) {
  const groups = new Map();
  for (const item of list) {
    if (!groups.has(of(item))) groups.set(of(item), []);
    groups.get(of(item)).push(item);
  }
  return groups;
}

function announce(text) {
  byId("announcer").textContent = shown(text);
}

/** Scroll the page so that an element stands clear of the bar above and the sheet below. */
function scrollIntoComfort(element, behavior) {
  if (!element) return;
  const box = element.getBoundingClientRect();
  const top = document.querySelector(".bar").getBoundingClientRect().bottom + 40;
  const panel = byId("findings").getBoundingClientRect();
  const bottom = (panel.left < box.right && panel.top > top ? panel.top : innerHeight) - 60;
  if (box.top < top || box.bottom > bottom) scrollBy({ top: box.top - top - (bottom - top) / 3, behavior });
}

/** Scroll a list so that one of its items can be seen, without moving the page. */
function scrollWithin(list, item, behavior) {
  const outer = list.getBoundingClientRect();
  const inner = item.getBoundingClientRect();
  if (inner.top < outer.top + 8 || inner.height > outer.height) list.scrollBy({ top: inner.top - outer.top - 8, behavior });
  else if (inner.bottom > outer.bottom - 8) list.scrollBy({ top: inner.bottom - outer.bottom + 8, behavior });
}

function start() {
  const page = new Page(JSON.parse(byId("data").textContent));
  setTheme(stored("mtqa:theme"));
  document.body.dataset.view = "marks";
  if (matchMedia("(max-width: 900px)").matches) byId("summary").open = false;
  fillFilters(page);
  page.draw();
  listenToButtons(page);
  listenToFilters(page);
  listenToKeys(page);
  listenToPointer(page);
  addEventListener("beforeprint", () => drawPrintTable(page));
  // Another window on the same article decided something.
  addEventListener("storage", (event) => {
    if (event.key !== page.data.store) return;
    page.decisions.read();
    page.draw();
    if (page.view !== "marks") page.drawView();
  });
  addEventListener("beforeunload", (event) => {
    if (!page.decisions.kept && page.decisions.past.length) event.preventDefault();
  });
  page.server.start();
  const first = page.marks.find((mark) => stateOf(page, mark) === "open") ?? page.marks[0];
  // The first open mark is at hand, but the page opens at its top.
  if (first) {
    page.active = first;
    page.redraw([first]);
  }
}
