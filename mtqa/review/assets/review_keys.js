// The keyboard, and the pointer where it does more than press buttons.

const VIEWS = { p: "preview", d: "changes" };

function typing(target) {
  return target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select") !== null;
}

function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (page.mode) page.open(null);
      else page.sheet(false);
      return;
    }
    if (typing(event.target)) return;
    if (handle(page, event)) event.preventDefault();
  });
}

/** Do what a key says. Returns whether it says anything. */
function handle(page, event) {
  const { key, target } = event;
  const onHead = target.closest?.(".card-head, .mark");
  if (/^[1-9]$/.test(key)) return numbered(page, Number(key) - 1);
  switch (key) {
    case "j": page.step(1); return true;
    case "k": page.step(-1); return true;
    case "n": page.nextOpen(); return true;
    case "ArrowDown": case "ArrowUp":
      if (onHead) page.step(key === "ArrowDown" ? 1 : -1);
      return Boolean(onHead);
    case "Enter": case " ":
      if (target.classList?.contains("mark")) page.select(page.marks[target.dataset.mark], { focus: true });
      return Boolean(target.classList?.contains("mark"));
    case "a": page.acceptFirst(); return true;
    case "A": if (page.active) page.acceptAll(page.active); return true;
    case "e": page.open("edit"); return true;
    case "r": page.open("reject"); return true;
    case "R": page.open("reject", { all: true }); return true;
    case "u": page.undo(); return true;
    case "U": page.redo(); return true;
    case "p": case "d": page.show(page.view === VIEWS[key] ? "marks" : VIEWS[key]); return true;
    case "/": page.sheet(true); byId("search").focus(); byId("search").select(); return true;
    case "?": byId("help-dialog").showModal(); return true;
    default: return false;
  }
}

function numbered(page, index) {
  if (!page.active) return false;
  if (page.mode === "reject") {
    const reasonButton = page.active.card.querySelector(`[data-reason="${index}"]`);
    reasonButton?.click();
    return Boolean(reasonButton);
  }
  if (page.mode || !page.active.suggestions[index]) return false;
  page.accept(page.active, index);
  return true;
}

function listenToPointer(page) {
  const article = byId("article");
  article.addEventListener("click", (event) => {
    // Selecting words to copy them is no click on a mark.
    if (String(getSelection())) return;
    const mark = event.target.closest("[data-mark]");
    if (mark) page.select(page.marks[mark.dataset.mark], { from: "article" });
  });
  const light = (event, on) => {
    const row = event.target.closest?.("[data-row]");
    if (row) page.twin(page.rows[row.dataset.row], on);
  };
  for (const [start, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    article.addEventListener(start, (event) => light(event, true));
    article.addEventListener(end, (event) => light(event, false));
  }
  byId("along").addEventListener("click", (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * page.data.text.length;
    const near = page.visible().reduce((best, mark) => (!best || Math.abs(mark.en[0] - at) < Math.abs(best.en[0] - at) ? mark : best), null);
    if (near) page.select(near);
  });
}
