// Text into nodes, and one text against another. Nothing here parses markup: strings only ever become text nodes.

// Control marks, direction marks and other characters that hide or turn round what stands near them.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Return a text in which such characters can be seen, and do nothing. */
function shown(text) {
  return text.replace(/\r\n/g, "\n").replace(HIDDEN, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

/** Make an element; `content` are nodes, strings (made visible) or nothing. */
function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : shown(String(value)));
  }
  for (const part of content.flat()) {
    if (part) element.append(typeof part === "string" ? shown(part) : part);
  }
  return element;
}

/** Make a button; `label` is a string or several parts. */
function button(label, attributes, action) {
  return make("button", { type: "button", ...attributes, onclick: action }, label);
}

function byId(id) {
  return document.getElementById(id);
}

function clipped(text, most = 60) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Split into words, single Chinese characters, runs of white space, and other characters. */
function tokens(text) {
  return text.match(/\p{Script=Han}|[\p{L}\p{N}’'-]+|\s+|./gsu) ?? [];
}

/** Return the parts of two texts by word: [["=" | "-" | "+", text], ...]. */
function diffWords(before, after) {
  const a = tokens(before);
  const b = tokens(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const parts = [["=", a.slice(0, head).join("")]];
  parts.push(...diffMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)));
  parts.push(["=", a.slice(a.length - tail).join("")]);
  return joined(parts);
}

function diffMiddle(a, b) {
  // A table of a million cells is made in a blink; beyond that (no sentence) show the whole as replaced.
  if (a.length * b.length > 1e6) return [["-", a.join("")], ["+", b.join("")]];
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const parts = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push(["=", a[i]]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) {
      parts.push(["-", a[i]]);
      i += 1;
    } else {
      parts.push(["+", b[j]]);
      j += 1;
    }
  }
  return parts;
}

/** Put neighbouring parts of a kind together; a space alone between two changes is part of both. */
function joined(parts) {
  const out = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed) out.push(["-", removed]);
    if (added) out.push(["+", added]);
    removed = added = "";
  };
  const full = parts.filter(([, text]) => text);
  full.forEach(([kind, text], index) => {
    const bridge = kind === "=" && !text.trim() && (removed || added) && full[index + 1] && full[index + 1][0] !== "=";
    if (kind === "-" || bridge) removed += text;
    if (kind === "+" || bridge) added += text;
    if (kind === "=" && !bridge) {
      flush();
      const last = out[out.length - 1];
      if (last && last[0] === "=") last[1] += text;
      else out.push(["=", text]);
    }
  });
  flush();
  return out;
}

const TAG_OF = { "=": null, "-": "del", "+": "ins" };

/** Return nodes that show what a diff says; `sides` may leave out "-" or "+". */
function diffNodes(parts, sides = "=-+") {
  return parts
    .filter(([kind]) => sides.includes(kind))
    .map(([kind, text]) => (TAG_OF[kind] ? make(TAG_OF[kind], {}, text) : document.createTextNode(shown(text))));
}
