// What was decided: kept in the browser as one goes, undone step by step, written out and read back.

const STATES = ["accepted", "edited", "rejected"];
const FIELDS = ["key", "state", "text", "reason", "time", "editor", "rule", "term", "severity", "sentence", "occurrence", "start", "end", "words", "zh"];
const LIMITS = { file: 32 * 2 ** 20, text: 10_000, reason: 2_000, name: 200, sentence: 100_000 };
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

function now() {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/** Return whether a value is a decision as the schema has it; what others wrote is believed in nothing. */
function isDecision(value) {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== FIELDS.length) return false;
  const text = (name, most) => typeof value[name] === "string" && value[name].length <= most;
  const count = (name) => Number.isSafeInteger(value[name]) && value[name] >= 0;
  const rejected = value.state === "rejected";
  return (
    FIELDS.every((name) => Object.hasOwn(value, name)) &&
    /^[0-9a-f]{16}$/.test(value.key) &&
    STATES.includes(value.state) &&
    (rejected ? value.text === null : text("text", LIMITS.text) && !CONTROL.test(value.text)) &&
    text("reason", LIMITS.reason) && text("time", 40) && TIME.test(value.time) && text("editor", LIMITS.name) && text("rule", 100) &&
    (value.term === null || text("term", LIMITS.name)) && text("severity", LIMITS.name) &&
    text("sentence", LIMITS.sentence) && text("words", LIMITS.sentence) && (value.zh === null || text("zh", LIMITS.sentence)) &&
    count("occurrence") && count("start") && count("end")
  );
}

function sameChoice(one, other) {
  return one.state === other.state && one.text === other.text;
}

/** Read what the browser kept under a name; a broken entry is as good as none. */
function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** Keep a value in the browser. Returns false where it cannot be kept (private window, quota). */
function store(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** The decisions on one article by key, with their history; `changed(keys)` hears of each change. */
class Decisions {
  constructor(name, changed) {
    this.name = name;
    this.changed = changed;
    this.byKey = new Map();
    this.past = [];
    this.future = [];
    this.kept = true;
    this.read();
  }

  get(key) {
    return this.byKey.get(key) ?? null;
  }

  /** Take over what the browser holds, from an earlier visit or another window. */
  read() {
    const found = stored(this.name);
    this.byKey = new Map(
      Object.entries(found && typeof found === "object" ? found : {}).filter(([key, value]) => isDecision(value) && value.key === key),
    );
  }

  /** Set decisions, or take them back where the value is null: one step of the history. */
  set(changes, label) {
    const step = { label, before: new Map(), after: new Map(changes) };
    for (const key of step.after.keys()) step.before.set(key, this.get(key));
    this.past.push(step);
    this.future = [];
    this.apply(step.after);
  }

  /** Undo the last step and return it, or null. */
  undo() {
    const step = this.past.pop();
    if (!step) return null;
    this.future.push(step);
    this.apply(step.before);
    return step;
  }

  redo() {
    const step = this.future.pop();
    if (!step) return null;
    this.past.push(step);
    this.apply(step.after);
    return step;
  }

  apply(changes, { quiet = false } = {}) {
    for (const [key, decision] of changes) {
      if (decision) this.byKey.set(key, decision);
      else this.byKey.delete(key);
    }
    this.kept = store(this.name, Object.fromEntries(this.byKey));
    this.changed([...changes.keys()], quiet);
  }
}

/** Return the decisions as the object that is written to decisions.json, in the order of the article. */
function exported(data, decisions) {
  const order = new Map(data.marks.map((mark, index) => [mark.decision.key, index]));
  const last = order.size;
  const list = [...decisions.byKey.values()].sort((a, b) => (order.get(a.key) ?? last) - (order.get(b.key) ?? last));
  const plain = list.map((decision) => Object.fromEntries(FIELDS.map((name) => [name, decision[name]])));
  return { version: data.version, signature: data.signature, articles: [{ path: data.path, decisions: plain }] };
}

/** Read decisions.json for this article. Throws an Error that says what is wrong with it. */
function readDecisions(text, data) {
  if (text.length > LIMITS.file) throw new Error("the file is larger than any decisions.json");
  let whole;
  try {
    whole = JSON.parse(text);
  } catch {
    throw new Error("the file is no JSON; choose a decisions.json that this page or mtqa wrote");
  }
  if (whole?.version !== data.version) {
    throw new Error(`the file is no decisions.json of version ${data.version}`);
  }
  if (!Array.isArray(whole.articles) || !whole.articles.every((article) => Array.isArray(article?.decisions))) {
    throw new Error("the file names no articles with decisions");
  }
  const known = new Map(data.marks.map((mark) => [mark.decision.key, mark.decision]));
  const own = whole.articles.filter((article) => article.path === data.path);
  // Another path may be the same article somewhere else: its marks tell.
  const found = own.length
    ? own.flatMap((article) => article.decisions)
    : whole.articles.flatMap((article) => article.decisions).filter((decision) => known.has(decision?.key));
  const bad = found.findIndex((decision) => !isDecision(decision));
  if (bad >= 0) throw new Error(`decision ${bad + 1} is not as a decision must be; nothing was imported`);
  if (!found.length) throw new Error(`the file holds no decisions on ${shown(data.path)}`);
  // Of a mark that stands here only the choice is theirs; where it stands we know ourselves.
  return found.map((decision) => ({ ...decision, ...known.get(decision.key) }));
}

/** Sort incoming decisions into new ones, those that agree, and conflicts [ours, theirs]. */
function compared(decisions, incoming) {
  const out = { fresh: [], same: 0, conflicts: [] };
  const seen = new Map();
  for (const theirs of incoming) {
    const ours = decisions.get(theirs.key) ?? seen.get(theirs.key);
    if (!ours) {
      seen.set(theirs.key, theirs);
      out.fresh.push(theirs);
    } else if (sameChoice(ours, theirs)) out.same += 1;
    else out.conflicts.push([ours, theirs]);
  }
  return out;
}
