// Decisions out to a file and in from one; where two editors differ, the reader picks.

function saveFile(name, text) {
  const link = make("a", { download: name });
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function exportDecisions(page) {
  const whole = exported(page.data, page.decisions);
  saveFile("decisions.json", `${JSON.stringify(whole, null, 1)}\n`);
  page.tell(`Exported ${counted(whole.articles[0].decisions.length, "decision")} to decisions.json.`);
}

async function importDecisions(page, file) {
  let incoming;
  try {
    if (file.size > LIMITS.file) throw new Error("the file is larger than any decisions.json");
    incoming = readDecisions(await file.text(), page.data);
  } catch (error) {
    page.tell(`${file.name}: ${error.message}.`, true);
    return;
  }
  const result = compared(page.decisions, incoming);
  if (result.conflicts.length) askConflicts(page, result);
  else merge(page, result, []);
}

function merge(page, { fresh, same, conflicts }, taken) {
  const changes = [...fresh, ...taken].map((decision) => [decision.key, decision]);
  if (changes.length) page.decisions.set(changes, "import");
  const lost = fresh.filter((decision) => !page.byKey.has(decision.key)).length;
  const words = [
    `Imported ${counted(fresh.length, "decision")}`,
    same ? `${same} the same` : "",
    conflicts.length ? `${counted(conflicts.length, "conflict")}, ${taken.length} taken over` : "",
    lost ? `${lost} on sentences that are not in this article any more, kept for export` : "",
  ];
  page.tell(`${words.filter(Boolean).join("; ")}.`);
}

function choiceOf(decision) {
  const by = decision.editor ? ` (${decision.editor})` : "";
  if (decision.text === null) return `reject${decision.reason ? `: ${decision.reason}` : ""}${by}`;
  return `${decision.text || "delete"}${by}`;
}

/** Ask about each conflict by the name of its term, then merge. */
function askConflicts(page, result) {
  const dialog = byId("merge-dialog");
  byId("merge-text").textContent = `${counted(result.conflicts.length, "mark")} decided otherwise in the other file. ${counted(result.fresh.length, "decision")} can be taken over as they are.`;
  const items = result.conflicts.map(([ours, theirs], index) => {
    const option = (side, decision, label) =>
      make("label", {},
        make("input", { type: "radio", name: `conflict-${index}`, value: side, checked: side === "ours" }),
        make("b", {}, label), " ", make(decision.text === null ? "span" : "ins", {}, choiceOf(decision)));
    return make("li", {}, make("fieldset", {},
      make("legend", {}, `${ours.words} [${[ours.rule, ours.term].filter(Boolean).join(" ")}]`),
      make("p", { class: "sample" }, clipped(ours.sentence, 200)),
      option("ours", ours, "Mine"), option("theirs", theirs, "Theirs")));
  });
  byId("conflicts").replaceChildren(...items);
  for (const all of dialog.querySelectorAll("[data-all]")) {
    all.onclick = () => {
      for (const radio of dialog.querySelectorAll(`input[value="${all.dataset.all}"]`)) radio.checked = true;
    };
  }
  byId("merge").onclick = () => {
    const taken = result.conflicts.filter((_, index) => dialog.querySelector(`input[name="conflict-${index}"]:checked`).value === "theirs").map(([, theirs]) => theirs);
    dialog.close();
    merge(page, result, taken);
  };
  dialog.showModal();
}
