// Draws a question of any kind, reads its answer and writes one back: what the quiz and the
// exam share. It is put before their own script, in the same module.

const PATIENCE_MS = 4000; // after this long without a reply, say that the kernel is silent
const CONTROLS = ["button", "input", "select", "textarea", "form"];

// Makes an element. Text always enters as text; `html` is only what the kernel has
// made of Markdown and cleaned. Every control carries data-lm-suppress-shortcuts:
// without it, `b` or `d d` typed on a radio button would insert or delete the cell.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") element.innerHTML = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  if (CONTROLS.includes(tag) || "tabindex" in attributes) {
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const button = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);

// --- the kinds: how each is drawn, what is read from it, and how an answer is written back ---------

// What became of a part: a sign, a word and its reason; the sign and the colour are the stylesheet's.
function remarks(said) {
  if (!said) return [];
  const labels = said.labels.map((label, at) => make("span", { class: at ? "okr-label" : "okr-label okr-sign" }, label));
  return [...labels, ...(said.why ? [make("span", { class: "okr-why", html: said.why })] : [])];
}
const marked = (base, said) => `${base} ${said?.mark ? `okr-${said.mark}` : ""}`;

function choices({ item, feedback }, name, off) {
  const type = item.kind === "one" ? "radio" : "checkbox";
  return item.parts.map(({ key, text }) => {
    const said = feedback?.parts[key];
    const body = make("span", { class: "okr-text" }, make("span", { html: text }), ...remarks(said));
    return make("label", { class: marked("okr-choice", said) }, make("input", { type, name, value: key, disabled: off }), body);
  });
}

function field({ item, words }, name, off) {
  const numeric = item.kind === "number";
  const input = make("input", {
    type: "text", inputmode: numeric ? "decimal" : "text", autocomplete: "off", name, disabled: off,
    class: numeric ? "okr-number" : "okr-words", "data-part": "",
  });
  return [make("label", { class: "okr-field" }, make("span", {}, words.answer), input, make("span", {}, item.unit ?? ""))];
}

function sentence({ item, words }, name, off) {
  const input = make("textarea", { rows: 3, disabled: off, class: "okr-sentence", "data-part": "" });
  input.value = item.draft;
  return [
    make("p", { class: "okr-draft" }, make("strong", {}, `${words.draft} `), item.draft),
    make("label", { class: "okr-field" }, make("span", {}, words.answer), input),
  ];
}

function blanks({ item, feedback, words }, name, off) {
  const gap = (key) => make("input", {
    type: "text", autocomplete: "off", disabled: off, "data-part": key, "aria-label": fill(words.blank, { n: key }),
    class: marked("okr-gap", feedback?.parts[key]),
  });
  const said = Object.entries(feedback?.parts ?? {}).map(([key, part]) =>
    make("li", { class: marked("okr-part", part) }, make("span", { class: "okr-text" },
      make("span", {}, fill(words.blank, { n: key })), ...remarks(part))));
  return [
    make("p", { class: "okr-gaps" }, ...item.pieces.map((piece, at) => (at % 2 ? gap(piece) : make("span", { html: piece })))),
    ...(said.length ? [make("ul", { class: "okr-parts" }, ...said)] : []),
  ];
}

function assignment({ item, feedback, words }, name, off) {
  const rows = item.parts.map(({ key, text }) => {
    const options = item.targets.map((target) => make("option", { value: target.key }, target.text));
    const pick = make("select", { disabled: off, "data-part": key }, make("option", { value: "" }, words.choose), ...options);
    const said = feedback?.parts[key];
    const row = make("label", { class: "okr-pair" }, make("span", { html: text }), pick);
    return make("li", { class: marked("okr-part", said) }, row, make("span", { class: "okr-text" }, ...remarks(said)));
  });
  return [make("ul", { class: "okr-parts" }, ...rows)];
}

function order({ item, feedback, words }, name, off, tell) {
  const list = make("ol", { class: "okr-parts okr-order" });
  const shift = (event, by) => {
    const row = event.currentTarget.closest("li");
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    event.target.focus(); // an element that is moved loses it, and the next key would go to the notebook
    tell(fill(words.moved, { n: [...list.children].indexOf(row) + 1, text: row.querySelector(".okr-step").textContent }));
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  list.append(...item.parts.map(({ key, text }) => {
    const step = make("span", { class: "okr-step", html: text });
    const mover = (sign, by, label) =>
      button(sign, (event) => shift(event, by), { "aria-label": fill(label, { text: step.textContent }), disabled: off });
    const said = feedback?.parts[key];
    return make("li", { class: marked("okr-part", said), "data-part": key },
      make("span", { class: "okr-text" }, step, ...remarks(said)),
      make("span", { class: "okr-movers" }, mover("↑", -1, words.up), mover("↓", 1, words.down)));
  }));
  return [list];
}

const all = (box, what) => [...box.querySelectorAll(what)];
const OF_CHOICES = {
  draw: choices,
  write: (box, answer) => all(box, "input").forEach((input) => { input.checked = [answer].flat().includes(input.value); }),
};
const OF_FIELD = {
  draw: field,
  read: (box) => box.querySelector("[data-part]").value,
  write: (box, answer) => { box.querySelector("[data-part]").value = answer; },
};
const OF_PARTS = {
  read: (box) => Object.fromEntries(all(box, "[data-part]").map((part) => [part.dataset.part, part.value])),
  write: (box, answer) => all(box, "[data-part]").forEach((part) => { part.value = answer[part.dataset.part] ?? ""; }),
};
const KINDS = {
  one: { ...OF_CHOICES, read: (box) => box.querySelector("input:checked")?.value ?? "" },
  many: { ...OF_CHOICES, read: (box) => all(box, "input:checked").map((input) => input.value) },
  number: OF_FIELD,
  text: OF_FIELD,
  rewrite: { ...OF_FIELD, draw: sentence },
  blanks: { ...OF_PARTS, draw: blanks },
  match: { ...OF_PARTS, draw: assignment },
  classify: { ...OF_PARTS, draw: assignment },
  order: {
    draw: order,
    read: (box) => all(box, "li").map((row) => row.dataset.part),
    write: (box, answer) => answer.forEach((key) => box.querySelector("ol").append(box.querySelector(`[data-part="${key}"]`))),
  },
};

// --- the pieces of a page --------------------------------------------------------------------------

function heading({ marks, place, title }) {
  const here = marks.length > 1 && place < marks.length ? `${place + 1} / ${marks.length}` : "";
  return [make("strong", {}, title), make("span", {}, here)];
}

// Below the question, so that the Tab key reaches the question first.
function overview({ words, marks, flags, place }, go) {
  if (marks.length < 2) return [];
  const dot = (mark, index) => button(String(index + 1), () => go(index), {
    class: `okr-dot okr-${mark} ${flags?.[index] ? "okr-flagged" : ""}`,
    "aria-label": [fill(words.question, { n: index + 1 }), words[mark], ...(flags?.[index] ? [words.flagged] : [])].join(", "),
    "aria-current": index === place ? "step" : null,
  });
  return [make("ol", { class: "okr-dots" }, ...marks.map((mark, index) => make("li", {}, dot(mark, index))))];
}

function question(state, name, tell) {
  const { item, words, feedback } = state;
  const more = make("div", { class: "okr-more", id: `${name}-more`, html: item.more });
  if (item.picture) more.append(make("img", item.picture));
  const about = item.more || item.picture;
  return make("fieldset", { class: "okr-question", "aria-describedby": about ? more.id : null },
    make("legend", { html: item.stem }),
    about ? more : null,
    make("p", { class: "okr-advice" }, words[item.kind]),
    ...KINDS[item.kind].draw(state, name, Boolean(feedback?.done), tell));
}

function verdict({ feedback, problem }) {
  if (problem) return make("div", { class: "okr-feedback okr-problem" }, problem);
  if (!feedback) return null;
  return make("div", { class: `okr-feedback okr-${feedback.verdict}` },
    make("strong", {}, feedback.headline),
    ...feedback.lines.map((html) => make("p", { html })),
    feedback.marks.length ? make("p", { class: "okr-marks" }, feedback.marks.join(" · ")) : null);
}

function summary({ summary: { text, lines, claims }, words }) {
  const row = ({ claim, text: said, score }) =>
    make("tr", {}, make("th", { scope: "row" }, claim), make("td", {}, said), make("td", {}, score));
  const table = make("table", {}, make("caption", {}, words.claims),
    make("thead", {}, make("tr", {}, make("th", { scope: "col", colspan: "2" }, words.claim), make("th", { scope: "col" }, words.score))),
    make("tbody", {}, ...claims.map(row)));
  return make("div", {}, make("p", { class: "okr-summary" }, text), ...lines.map((line) => make("p", {}, line)), claims.length ? table : null);
}

// What the kernel has not saved yet outlives its end in the browser's own store, where there is one.
function unsent(key, text) {
  try {
    if (text === undefined) return sessionStorage.getItem(key);
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch { /* then it lives in the page alone */ }
  return null;
}

// The line to the kernel: what is sent carries a number, and a kernel that is silent or gone is said to be.
function line(model, words, say) {
  let serial = 0; // of the last message sent; the reply carries it
  let waiting = null;
  const heard = () => clearTimeout(waiting);
  const send = (message) => {
    serial += 1;
    heard();
    waiting = setTimeout(() => say(words().silent), PATIENCE_MS);
    try {
      model.send({ ...message, serial });
    } catch { // the kernel this view belonged to is gone
      heard();
      say(words().gone);
    }
    return serial;
  };
  return { send, heard };
}
