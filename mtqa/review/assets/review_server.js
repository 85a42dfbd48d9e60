// With `mtqa review --serve`: each decision goes to the server at once, and stays in the browser until it is there.

class Server {
  /** `token` is null for a page that stands alone: then nothing is ever sent. */
  constructor(page, token) {
    this.page = page;
    this.token = token;
    this.waitingName = `${page.data.store}:unsent`;
    this.wait = 1000;
    this.busy = false;
    // Keys whose decision (or its absence) the server has not confirmed; kept, so that a closed window loses nothing.
    this.waiting = new Set(token ? stored(this.waitingName) ?? [] : []);
  }

  /** Load what was saved, then send what was not. */
  async start() {
    if (!this.token) return;
    try {
      const answer = await fetch("/decisions", { headers: { "X-Mtqa-Token": this.token }, cache: "no-store" });
      if (!answer.ok) throw new Error(await reason(answer));
      const whole = await answer.json();
      const saved = (whole.articles ?? []).flatMap((article) => article.decisions ?? []).filter(isDecision);
      const known = new Set(saved.map((decision) => decision.key));
      const changes = saved.filter((decision) => !this.waiting.has(decision.key)).map((decision) => [decision.key, decision]);
      // What the browser has and the server does not, such as after its file was lost, is sent again.
      for (const key of this.page.decisions.byKey.keys()) if (!known.has(key)) this.waiting.add(key);
      if (changes.length) this.page.decisions.apply(new Map(changes), { quiet: true });
      this.flush();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Queue the decisions on these marks for sending. */
  send(keys) {
    if (!this.token) return;
    for (const key of keys) this.waiting.add(key);
    store(this.waitingName, [...this.waiting]);
    this.flush();
  }

  async flush() {
    if (!this.token || this.busy || !this.waiting.size) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      while (this.waiting.size) {
        const [key] = this.waiting;
        const decision = this.page.decisions.get(key);
        await this.post(key, decision);
        // It may have been decided otherwise while the answer was under way.
        if (this.page.decisions.get(key) === decision) this.waiting.delete(key);
        store(this.waitingName, [...this.waiting]);
      }
      this.wait = 1000;
      byId("trouble").hidden = true;
    } catch (error) {
      this.fail(error);
    } finally {
      this.busy = false;
    }
  }

  async post(key, decision) {
    const answer = await fetch("/decide", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Mtqa-Token": this.token },
      body: JSON.stringify(decision ?? { key, state: "open" }),
      keepalive: true,
    });
    if (!answer.ok) throw new Error(await reason(answer));
  }

  fail(error) {
    const count = this.waiting.size;
    const what = count ? `${counted(count, "decision")} not saved to the server yet, kept in this browser` : "The server does not answer; decisions are kept in this browser";
    byId("trouble").firstElementChild.textContent = shown(`${what} (${error.message}).`);
    byId("trouble").hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (count ? this.flush() : this.start()), this.wait);
    this.wait = Math.min(30_000, this.wait * 2);
  }

  /** Try again at once. */
  again() {
    this.wait = 1000;
    if (this.waiting.size) this.flush();
    else this.start();
  }
}

async function reason(answer) {
  const text = await answer.text().catch(() => "");
  return `${answer.status} ${clipped(text.trim() || answer.statusText, 200)}`;
}
