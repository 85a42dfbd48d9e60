// The article in three ways: with its marks, as it will read, and what changes in it.

const SEVERITIES = ["major", "minor", "note"];

/** Return the replacements that were decided: [{start, end, text, mark}], in order, none over another. */
function edits(page) {
  const found = [];
  for (const mark of page.marks) {
    const decision = page.decisions.get(mark.key);
    if (!decision || decision.text === null) continue;
    const last = found[found.length - 1];
    if (!last || mark.en[0] >= last.end) found.push({ start: mark.en[0], end: mark.en[1], text: decision.text, mark });
  }
  return found;
}

/** Give each mark a lane so that overlapping ones are underlined below one another. */
function setLanes(marks) {
  const ends = [];
  for (const mark of marks) {
    let lane = ends.findIndex((end) => end <= mark.en[0]);
    if (lane < 0) lane = ends.length;
    ends[lane] = mark.en[1];
    mark.lane = Math.min(lane, 3);
  }
}

/** Fill the article with its rows. */
function drawArticle(page) {
  const sheet = byId("article");
  sheet.replaceChildren();
  sheet.className = `sheet marks ${page.data.source ? "bilingual" : "plain"}`;
  let block = null;
  page.rows.forEach((row, index) => {
    if (page.data.source || !block || row.before || !row.prose) {
      block = make("div", { class: blockClass(row) });
      sheet.append(block);
    }
    row.element = make(page.data.source ? "p" : "span", {
      class: `en${row.en ? "" : " gap"}`,
      lang: "en",
      "data-row": index,
      ...(row.heading && page.data.source ? { role: "heading", "aria-level": 2 } : {}),
    });
    if (row.heading && !page.data.source) {
      block.setAttribute("role", "heading");
      block.setAttribute("aria-level", "2");
    }
    if (block.childNodes.length) block.append(" ");
    block.append(row.element);
    if (page.data.source) {
      row.original = make("p", { class: `zh${row.zh ? "" : " gap"}`, lang: "zh-Hans", "data-row": index });
      block.append(row.original);
    }
    drawRow(page, row);
  });
}

function blockClass(row) {
  const before = ["same", "para", "blank"][row.before];
  return `block ${before}${row.heading ? " heading" : ""}${row.prose ? "" : " aside"}`;
}

/** Draw one row of the marked article anew. */
function drawRow(page, row) {
  if (!row.element) return;
  row.element.replaceChildren(...(row.en ? englishPieces(page, row) : [make("span", { class: "missing" }, "not translated")]));
  if (row.original) {
    row.original.replaceChildren(...(row.zh ? chinesePieces(page, row) : [make("span", { class: "missing" }, "not in the Chinese")]));
  }
}

/** Cut [from, to) at the borders of the marks and hand each piece with its marks to `build`. */
function pieces(marks, side, from, to, build) {
  const cuts = new Set([from, to]);
  for (const mark of marks) {
    for (const cut of mark[side]) if (cut > from && cut < to) cuts.add(cut);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const here = marks.filter((mark) => mark[side][0] <= sorted[i] && mark[side][1] >= sorted[i + 1]);
    out.push(build(sorted[i], sorted[i + 1], here));
  }
  return out.flat();
}

function englishPieces(page, row) {
  const applied = page.applied;
  const named = new Set();
  return pieces(row.marks, "en", row.en[0], row.en[1], (from, to, here) => {
    const text = page.data.text.slice(from, to);
    if (!here.length) return [document.createTextNode(shown(text))];
    const piece = markedPiece(page, text, here, named);
    // The new words follow the last of the old ones, as in tracked changes.
    const ended = here.filter((mark) => mark.en[1] === to && applied.has(mark));
    return [piece, ...ended.flatMap((mark) => [" ", make("ins", { "data-mark": mark.index, class: "new" }, applied.get(mark).text || "∅")])];
  });
}

/** Return a stretch of marked words: underlined once for each mark, a button for one of them. */
function markedPiece(page, text, here, named) {
  // The shortest mark is the one that is meant by a click.
  const inner = [...here].sort((a, b) => length(a) - length(b))[0];
  const owner = here.find((mark) => !named.has(mark) && mark === inner) ?? here.find((mark) => !named.has(mark));
  if (owner) named.add(owner);
  let content = document.createTextNode(shown(text));
  for (const mark of [...here].sort((a, b) => b.lane - a.lane)) {
    content = make("span", { class: `line lane-${mark.lane} ${mark.severity}` }, content);
  }
  const target = owner ?? inner;
  const worst = SEVERITIES.find((severity) => here.some((mark) => mark.severity === severity));
  const states = here.map((mark) => stateOf(page, mark));
  const decided = states.find((state) => state === "accepted" || state === "edited") ?? (states.includes("open") ? "open" : "rejected");
  const active = here.includes(page.active);
  const classes = [
    "mark", worst, decided,
    active ? "active" : "",
    active && owner === page.active && text.length === length(page.active) ? "whole" : "",
    here.some((mark) => page.hidden.has(mark)) ? "filtered" : "",
  ].filter(Boolean).join(" ");
  const attributes = { class: classes, "data-mark": target.index, "data-number": owner ? owner.index + 1 : null };
  if (owner) {
    Object.assign(attributes, { role: "button", tabindex: owner === page.active ? 0 : -1, "aria-label": spoken(page, owner) });
  }
  return make("span", attributes, content);
}

function length(mark) {
  return mark.en[1] - mark.en[0];
}

function chinesePieces(page, row) {
  return pieces(row.originals, "zh", row.zh[0], row.zh[1], (from, to, here) => {
    const text = page.data.source.slice(from, to);
    if (!here.length) return [document.createTextNode(shown(text))];
    const active = here.includes(page.active);
    return [make("span", { class: `term${active ? " active" : ""}`, "data-mark": (active ? page.active : here[0]).index }, text)];
  });
}

/** Return the stretches of the article as it will read: [{kind: "=" | "+", text, mark}] of one row. */
function rewrittenParts(page, row, all) {
  const out = [];
  let at = row.en[0];
  for (const edit of all) {
    if (edit.end <= row.en[0] || edit.start >= row.en[1]) continue;
    if (edit.start > at) out.push({ kind: "=", text: page.data.text.slice(at, edit.start) });
    // An edit over the end of a row stands in the row where it begins.
    if (edit.start >= row.en[0]) out.push({ kind: "+", text: edit.text, mark: edit.mark });
    at = Math.max(at, edit.end);
  }
  if (at < row.en[1]) out.push({ kind: "=", text: page.data.text.slice(at, row.en[1]) });
  return out;
}

/** Fill the article with its text as it will read. */
function drawPreview(page) {
  const sheet = byId("article");
  sheet.className = "sheet preview";
  sheet.replaceChildren();
  const all = edits(page);
  let block = null;
  for (const row of page.rows) {
    if (!row.en) continue;
    if (!block || row.before || !row.prose) {
      block = make("p", { class: blockClass(row), lang: "en", ...(row.heading ? { role: "heading", "aria-level": 2 } : {}) });
      sheet.append(block);
    } else block.append(" ");
    for (const part of rewrittenParts(page, row, all)) {
      const old = part.mark && page.data.text.slice(...part.mark.en);
      block.append(part.kind === "=" ? shown(part.text) : make("span", { class: "changed", title: `was: ${old}`, "data-mark": part.mark.index }, part.text));
    }
  }
  if (!all.length) sheet.prepend(make("p", { class: "nothing" }, "Nothing is rewritten yet: this is the article as it stands."));
}

/** Fill the article with the sentences that change, old and new. */
function drawChanges(page) {
  const sheet = byId("article");
  sheet.className = "sheet changes";
  const all = edits(page);
  const blocks = [];
  for (const row of page.rows) {
    if (!row.en || !all.some((edit) => edit.start < row.en[1] && edit.end > row.en[0])) continue;
    const before = page.data.text.slice(...row.en);
    const after = rewrittenParts(page, row, all).map((part) => part.text).join("");
    const parts = diffWords(before, after);
    blocks.push(
      make("div", { class: "change" },
        make("p", { class: "old", lang: "en" }, make("span", { class: "unseen" }, "Old: "), diffNodes(parts, "=-")),
        make("p", { class: "fresh", lang: "en" }, make("span", { class: "unseen" }, "New: "), diffNodes(parts, "=+")),
        row.zh && make("p", { class: "zh", lang: "zh-Hans" }, page.data.source.slice(...row.zh))),
    );
  }
  const words = blocks.length ? `${counted(all.length, "rewrite")} in ${counted(blocks.length, "sentence")}` : "Nothing is rewritten yet.";
  sheet.replaceChildren(make("p", { class: "nothing" }, words), ...blocks);
}
