// The buttons of the bar, the dialogs and the colours.

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  byId("theme").textContent = { light: "Light", dark: "Dark" }[theme] ?? "Auto";
  byId("theme").setAttribute("aria-label", `Colours: ${theme ?? "as the system has them"}`);
}

function listenToButtons(page) {
  const press = (id, action) => byId(id).addEventListener("click", action);
  press("undo", () => page.undo());
  press("redo", () => page.redo());
  press("export", () => exportDecisions(page));
  press("import", () => byId("import-file").click());
  press("help", () => byId("help-dialog").showModal());
  press("previous", () => page.step(-1));
  press("next", () => page.step(1));
  press("sheet-toggle", () => page.sheet(!document.body.classList.contains("sheet-open")));
  press("theme", () => {
    const themes = [null, "dark", "light"];
    const next = themes[(themes.indexOf(stored("mtqa:theme")) + 1) % 3];
    store("mtqa:theme", next);
    setTheme(next);
  });
  byId("import-file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) importDecisions(page, file);
    event.target.value = "";
  });
  for (const tab of document.querySelectorAll(".tabs [data-view]")) tab.addEventListener("click", () => page.show(tab.dataset.view));
  for (const close of document.querySelectorAll("[data-close]")) close.addEventListener("click", () => close.closest("dialog").close());
  byId("trouble").querySelector("button").addEventListener("click", () => page.server.again());
  byId("editor").value = stored("mtqa:editor") ?? "";
  byId("editor").addEventListener("change", (event) => store("mtqa:editor", event.target.value.trim().slice(0, 80)));
}
