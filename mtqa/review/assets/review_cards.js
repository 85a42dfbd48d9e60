// The cards beside the article: one for each finding, of which the active one is open.

const REASONS = ["Right as it stands", "Established term", "Name or quotation", "Another sense is meant", "House style", "Not worth changing"];
const STATE_SIGNS = { open: "", accepted: "✓", edited: "✎", rejected: "✕" };

function stateOf(page, mark) {
  return page.decisions.get(mark.key)?.state ?? "open";
}

/** Return what a screen reader says of a mark. */
function spoken(page, mark) {
  const decision = page.decisions.get(mark.key);
  const state = stateOf(page, mark);
  const to = decision && decision.text !== null ? `, rewritten as ${decision.text || "nothing"}` : "";
  return `${mark.words}: ${mark.severity}, ${mark.rule}, ${state}${to}`;
}

/** Fill the list with a closed card for each mark. */
function drawCards(page) {
  byId("cards").replaceChildren(...page.marks.map((mark) => {
    mark.card = make("li", { class: "card", "data-mark": mark.index });
    drawCard(page, mark);
    return mark.card;
  }));
}

/** Draw one card anew, open if it is the active one. */
function drawCard(page, mark) {
  const active = mark === page.active;
  const state = stateOf(page, mark);
  mark.card.className = `card ${mark.severity} ${state}${active ? " active" : ""}`;
  mark.card.hidden = page.hidden.has(mark);
  const body = active ? make("div", { class: "card-body", id: `body-${mark.index}` }, cardBody(page, mark)) : null;
  mark.card.replaceChildren(cardHead(page, mark, active, state), ...(body ? [body] : []));
}

function cardHead(page, mark, active, state) {
  const decision = page.decisions.get(mark.key);
  const first = mark.suggestions.find((suggestion) => suggestion.fits);
  const to = decision && decision.text !== null ? decision.text || "∅" : state === "open" ? first?.text : null;
  const head = make("button", {
    type: "button", class: "card-head", tabindex: active ? 0 : -1,
    "aria-expanded": String(active), "aria-controls": active ? `body-${mark.index}` : null,
    "aria-label": `${mark.index + 1} of ${page.marks.length}. ${spoken(page, mark)}`,
    onclick: () => page.select(active && page.mode === null ? null : mark),
  },
    make("i", { class: `shape ${mark.severity}` }),
    make("span", { class: "card-words" },
      make(decision && decision.text !== null ? "del" : "span", { class: "from" }, clipped(mark.words)),
      to !== null && to !== undefined ? make("span", { class: "arrow" }, " → ") : null,
      to !== null && to !== undefined ? make(decision ? "ins" : "span", { class: "to" }, clipped(to)) : null),
    mark.original ? make("span", { class: "card-zh", lang: "zh-Hans" }, clipped(mark.original, 12)) : null,
    make("span", { class: `state ${state}` }, state === "open" ? "" : `${STATE_SIGNS[state]} ${state}`));
  return make("h3", {}, head);
}

function cardBody(page, mark) {
  const decision = page.decisions.get(mark.key);
  const parts = [facts(mark)];
  if (mark.markup) parts.push(make("p", { class: "warning" }, "Markup runs through these words: mtqa apply leaves them to be edited by hand."));
  if (page.mode === "edit") return [...parts, editForm(page, mark)];
  if (page.mode === "reject") return [...parts, rejectForm(page, mark)];
  parts.push(suggestionList(page, mark, decision));
  if (decision) parts.push(decided(page, mark, decision));
  parts.push(actions(page, mark));
  const others = page.groupOf(mark);
  if (others.length > 1) parts.push(groupActions(page, mark, others));
  return parts;
}

function facts(mark) {
  const { term } = mark;
  const zh = mark.original ?? term?.zh.join(" · ");
  const list = make("dl", { class: "facts" });
  const add = (name, ...content) => list.append(make("div", {}, make("dt", {}, name), make("dd", {}, ...content)));
  if (zh) add("Chinese", make("span", { class: "hanzi", lang: "zh-Hans" }, zh));
  if (term?.literal.length) add("Literal", nearest(term.literal, mark.words).slice(0, 2).join(" · "));
  add("Why", mark.message);
  if (term?.note) add("Note", term.note);
  if (term?.source) add("Source", term.source);
  return make("div", {},
    make("p", { class: "tags" },
      make("span", { class: `tag ${mark.severity}` }, mark.severity),
      make("span", { class: "tag" }, mark.category.split("/").pop().replaceAll("-", " ")),
      make("span", { class: "tag quiet" }, term ? `${mark.rule} · ${term.glossary || "glossary"} · ${term.id}` : mark.rule),
      mark.score === null ? null : scoreMeter(mark.score)),
    list);
}

/** Return the forms, those first that share most words with what was marked. */
function nearest(forms, words) {
  const marked = words.toLowerCase();
  const share = (form) => {
    const parts = form.toLowerCase().split(/\s+/);
    return parts.filter((part) => marked.includes(part)).length / parts.length;
  };
  return [...forms].sort((a, b) => share(b) - share(a));
}

function scoreMeter(score) {
  const per = Math.round(100 * score);
  const fill = make("i", { class: "fill" });
  fill.style.width = `${per}%`;
  return make("span", { class: "probability", title: `The model gives ${per}% that this is a literal mistranslation` },
    make("i", { class: "track" }, fill), make("span", { class: "unseen" }, "probability of a literal mistranslation "), `${per}%`);
}

function suggestionList(page, mark, decision) {
  if (!mark.suggestions.length) return make("p", { class: "none" }, "No rewrite is known; write your own with e.");
  return make("ul", { class: "suggestions", "aria-label": "Rewrites" }, ...mark.suggestions.slice(0, 9).map((suggestion, index) => {
    const chosen = decision?.text === suggestion.text && decision.state === "accepted";
    const notes = [suggestion.fits ? "" : "recast the sentence", suggestion.note].filter(Boolean).join("; ");
    return make("li", {}, make("button", {
      type: "button", class: `suggestion${suggestion.fits ? "" : " misfit"}${chosen ? " chosen" : ""}`,
      "aria-pressed": String(chosen), "data-suggestion": index, onclick: () => page.accept(mark, index),
    },
      make("kbd", { "aria-hidden": "true" }, String(index + 1)),
      make("span", { class: "suggestion-text" }, suggestion.text || "(delete these words)"),
      notes ? make("small", {}, notes) : null));
  }));
}

function decided(page, mark, decision) {
  const by = [decision.editor && `by ${decision.editor}`, decision.time.replace("T", " ").replace("Z", " UTC")].filter(Boolean).join(", ");
  const what = decision.text === null ? `Rejected${decision.reason ? `: ${decision.reason}` : ""}` : `${decision.state === "edited" ? "Edited" : "Accepted"}: ${decision.text || "deleted"}`;
  return make("p", { class: `decided ${decision.state}` }, make("span", {}, what), make("small", {}, by),
    button("Reopen", { class: "link", "aria-label": `Reopen ${mark.words}` }, () => page.reopen(mark)));
}

function actions(page, mark) {
  const fits = mark.suggestions.findIndex((suggestion) => suggestion.fits);
  return make("div", { class: "actions" },
    fits >= 0 ? button(["Accept", make("kbd", { "aria-hidden": "true" }, "a")], { class: "primary", "data-do": "accept" }, () => page.accept(mark, fits)) : null,
    button(["Edit", make("kbd", { "aria-hidden": "true" }, "e")], { "data-do": "edit" }, () => page.open("edit")),
    button(["Reject", make("kbd", { "aria-hidden": "true" }, "r")], { "data-do": "reject" }, () => page.open("reject")));
}

function groupActions(page, mark, others) {
  return make("div", { class: "group" },
    make("span", {}, `All ${others.length} of this ${mark.term ? "term" : "kind"}`),
    others.some((other) => other.suggestions.some((suggestion) => suggestion.fits)) && button("Accept all", { class: "link", "data-do": "accept-all", title: "Shift+A" }, () => page.acceptAll(mark)),
    button("Reject all", { class: "link", "data-do": "reject-all", title: "Shift+R" }, () => page.open("reject", { all: true })));
}

/** Return the sentence of a mark with other words in place of its own. */
function inSentence(mark, text) {
  // start and end count code points, not UTF-16 units.
  const chars = Array.from(mark.decision.sentence);
  return [chars.slice(Math.max(0, mark.decision.start - 90), mark.decision.start).join(""), text, chars.slice(mark.decision.end, mark.decision.end + 90).join("")];
}

function editForm(page, mark) {
  const decision = page.decisions.get(mark.key);
  const given = page.draft ?? decision?.text ?? mark.suggestions.find((s) => s.fits)?.text ?? mark.suggestions[0]?.text ?? mark.words;
  const sample = make("p", { class: "sample", lang: "en", "aria-hidden": "true" });
  const same = page.groupOf(mark).filter((other) => other.words.toLowerCase() === mark.words.toLowerCase());
  const all = make("input", { type: "checkbox" });
  const field = make("textarea", { rows: 2, maxlength: 10000, "aria-label": `Rewrite for ${mark.words}`, class: "field", spellcheck: "true", lang: "en" });
  field.value = given;
  const show = () => {
    const [before, text, after] = inSentence(mark, field.value);
    sample.replaceChildren(shown(before), make("ins", {}, text || "∅"), shown(after));
  };
  const keep = () => page.edit(mark, field.value.replace(/\s*\n\s*/g, " "), all.checked ? same : [mark]);
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    // Enter within an input method chooses a character; it must not keep half a word.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      keep();
    }
  });
  show();
  return make("div", { class: "form" }, field, sample,
    same.length > 1 ? make("label", { class: "check" }, all, `all ${same.length} with these words`) : null,
    formButtons(page, "Keep", keep));
}

function rejectForm(page, mark) {
  const decision = page.decisions.get(mark.key);
  const field = make("input", { class: "field", maxlength: 2000, placeholder: "or say why", "aria-label": `Reason to reject ${mark.words}` });
  field.value = decision?.reason ?? "";
  const group = page.groupOf(mark);
  const all = make("input", { type: "checkbox" });
  all.checked = page.all;
  const reject = (reason) => page.reject(mark, reason, all.checked ? group : [mark]);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    reject(field.value.trim());
  });
  return make("div", { class: "form", role: "group", "aria-label": `Reject ${mark.words}` },
    make("p", { class: "form-title" }, "Why is it no error?"),
    make("div", { class: "reasons" }, ...REASONS.map((reason, index) =>
      button([make("kbd", { "aria-hidden": "true" }, String(index + 1)), reason], { class: "reason", "data-reason": index }, () => reject(reason)))),
    field,
    group.length > 1 ? make("label", { class: "check" }, all, `all ${group.length} of this term`) : null,
    formButtons(page, "Reject", () => reject(field.value.trim())));
}

function formButtons(page, label, action) {
  return make("div", { class: "actions" }, button(label, { class: "primary", "data-do": "confirm" }, action), button("Cancel", { "data-do": "cancel" }, () => page.open(null)));
}
