// The index: how far each review is, as far as this browser knows.

function decidedIn(name) {
  try {
    return Object.keys(JSON.parse(localStorage.getItem(name) ?? "{}") ?? {}).length;
  } catch {
    return 0;
  }
}

function fill() {
  const { articles } = JSON.parse(document.getElementById("data").textContent);
  articles.forEach(({ store, total }, index) => {
    const cell = document.querySelector(`[data-row="${index}"] .decided-cell`);
    if (!cell || !store) return;
    const done = Math.min(total, decidedIn(store));
    cell.textContent = total ? `${done} of ${total}${done === total ? " ✓" : ""}` : "nothing found";
  });
}

function start() {
  try {
    const theme = JSON.parse(localStorage.getItem("mtqa:theme") ?? "null");
    if (theme) document.documentElement.dataset.theme = theme;
  } catch { /* no storage: the system's colours */ }
  fill();
  // Back from an article, or one was decided on in another window.
  addEventListener("pageshow", fill);
  addEventListener("storage", fill);
}
