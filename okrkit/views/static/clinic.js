// Draws the clinic from `state` and sends back what was typed. It judges nothing:
// every comment comes from the kernel, which saves what was typed before it answers.

const PATIENCE_MS = 4000; // after this long without a reply, say that the kernel is silent
const REST_MS = 600; // the summary is spoken when the keys have rested this long
const BLANK = /\[[^\]]+\]/;
const HEAD = /^(?:[-*•]\s*)?(?:O|목표|Objective|KR|핵심\s?결과|Key\s?result)\s*\d*\s*[:：]\s*/i; // as okr/reading.py knows it
const SEVERITIES = ["error", "warning", "info"];
const CONTROLS = ["button", "textarea", "summary"];

// Makes an element. Text always enters as text, never as markup. Every control
// carries data-lm-suppress-shortcuts: without it, `b` or `d d` typed on a button
// would insert or delete the notebook's cell.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  if (CONTROLS.includes(tag) || "tabindex" in attributes) element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children.filter((child) => child));
  return element;
}

const button = (words, onclick) => make("button", { type: "button", onclick }, words);

// What was typed, with lines under the words that a comment is about.
function underlined(text, comments) {
  const letters = [...text.normalize("NFC")]; // counted as the kernel counts them
  const about = comments.filter(({ span }) => span);
  const edges = [...new Set([0, letters.length, ...about.flatMap(({ span }) => span)])]
    .filter((at) => at <= letters.length).sort((one, other) => one - other);
  return edges.slice(1).map((end, n) => {
    const over = about.filter(({ span }) => span[0] <= edges[n] && end <= span[1]);
    const worst = SEVERITIES.find((severity) => over.some((each) => each.severity === severity));
    const words = letters.slice(edges[n], end).join("");
    return worst ? make("mark", { class: `okr-${worst}` }, words) : words;
  });
}

// What the kernel has not saved yet outlives its end in the browser's own store, where there is one.
function unsaved(name, rows) {
  try {
    const key = `okr-clinic:${name}`;
    if (rows === undefined) return JSON.parse(sessionStorage.getItem(key));
    if (rows) sessionStorage.setItem(key, JSON.stringify(rows));
    else sessionStorage.removeItem(key);
  } catch { /* then it lives in the page alone */ }
  return null;
}

function render({ model, el }) {
  const uid = `okr-${Math.random().toString(36).slice(2)}`; // two views on a page have names of their own
  const head = make("p", { class: "okr-title" });
  const notice = make("div", { role: "status" });
  const list = make("div");
  const actions = make("div", { class: "okr-actions" });
  const status = make("div", { role: "status", class: "okr-status" });
  const exported = make("div", { class: "okr-export" });
  // Focusable, so that a click between the controls stays here instead of waking the notebook's shortcuts.
  const root = make("div", { class: "okr-view okr-clinic", role: "group", tabindex: "-1" },
    head, notice, list, actions, status, exported);
  el.append(root);

  const open = new Set(); // reasons and examples that are unfolded
  let shown = null; // the state on the page
  let [rows, removed] = [[], null]; // what is typed, in the order shown; the last row that was removed
  let [moved, missed] = [false, false]; // something was typed since the last message; typed elsewhere
  let [request, inFlight] = [{}, null]; // what the next message asks for; the message not answered yet
  let [count, waiting, resting] = [0, null, null];

  function say(element, words, style = "") {
    if (element.textContent !== words) element.replaceChildren(words && make("p", { class: style }, words));
  }
  const typed = () => rows.map(({ id, kind, area }) => ({ id, kind, text: area.value }));

  function changed(more = {}) {
    Object.assign(request, more);
    moved = true;
    unsaved(shown.name, typed());
    send();
  }

  // At most one message is under way; what is typed meanwhile goes with the next.
  function send() {
    if (!moved || inFlight) return;
    inFlight = `${uid}-${count += 1}`;
    waiting = setTimeout(() => { inFlight = null; say(status, shown.words.silent, "okr-problem"); send(); }, PATIENCE_MS);
    try {
      model.send({ rows: typed(), serial: inFlight, ...request });
      [moved, request] = [false, {}];
    } catch { // the kernel this view belonged to is gone
      [waiting, resting].forEach(clearTimeout);
      inFlight = null;
      say(status, shown.words.gone, "okr-problem");
    }
  }

  // --- rows

  function makeRow({ id, kind, text }) {
    const row = { id, kind, comments: [] };
    row.label = make("label", { for: `${uid}-${id}` });
    row.behind = make("div", { class: "okr-behind", "aria-hidden": "true" });
    row.area = make("textarea", {
      id: `${uid}-${id}`, rows: 1, autocomplete: "off", spellcheck: "false", "aria-describedby": `${uid}-${id}-said`,
      onbeforeinput: (event) => event.stopImmediatePropagation(), // JupyterLab would take Ctrl+Z for its cells
      oninput: (event) => retyped(row, event),
      oncompositionend: () => retyped(row),
      onkeydown: (event) => {
        const leave = event.key === "Backspace" && !row.area.value && row.remove;
        // The Enter that ends a syllable reaches the field as a line break instead, and makes a row there.
        if (event.isComposing || event.keyCode === 229 || (event.key !== "Enter" && !leave)) return;
        event.preventDefault();
        if (leave) remove(row);
        else below(row);
      },
    });
    row.area.value = row.behind.textContent = text;
    row.remove = kind !== "objective" && button("×", () => remove(row));
    row.said = make("ul", { id: `${uid}-${id}-said`, class: "okr-comments" });
    const field = make("div", { class: "okr-field" }, row.behind, row.area);
    row.element = make("div", { class: "okr-row" }, row.label, make("div", { class: "okr-line" }, field, row.remove), row.said);
    return row;
  }

  // Several lines at once, as pasted, are several rows, without `O:` and `KR:`. Half a syllable is left alone.
  function retyped(row, { isComposing, inputType } = {}) {
    const [first, ...lines] = row.area.value.split(/\s*[\r\n]+\s*/).map((line) => line.replace(HEAD, ""));
    if (!isComposing && (lines.length || inputType === "insertFromPaste")) {
      row.area.value = first;
      if (lines.join("")) lines.reduce((last, line) => add(row.kind, line, last), row);
      else if (lines.length) below(row);
    }
    row.behind.replaceChildren(...underlined(row.area.value, row.comments));
    changed();
  }

  function add(kind, text, after) {
    const row = makeRow({ id: `${uid}-${count += 1}`, kind: kind === "health" ? kind : "key_result", text });
    const last = rows.findLast((each) => kind === "health" || each.kind !== "health");
    rows.splice(rows.indexOf(after ?? last) + 1, 0, row);
    (after ?? last).element.after(row.element);
    number();
    row.area.focus();
    changed();
    return row;
  }

  // A row that waits to be filled is used before another is made, so a held key makes none.
  function below(row) {
    const next = rows[rows.indexOf(row) + 1];
    const waits = next && (row.kind === "objective" ? next.kind === "key_result" : next.kind === row.kind && !next.area.value);
    if (waits) next.area.focus();
    else if (row.area.value) add(row.kind, "", row);
  }

  function remove(row) {
    const at = rows.indexOf(row);
    if (row.area.value) removed = { kind: row.kind, text: row.area.value };
    rows.splice(at, 1);
    rows[at - 1].area.focus();
    row.element.remove();
    number();
    drawActions();
    changed();
  }

  function number() {
    const seen = {};
    for (const { kind, label, area, remove: button } of rows) {
      seen[kind] = (seen[kind] ?? 0) + 1;
      label.textContent = shown.words[kind].replace("{n}", seen[kind]);
      area.placeholder = shown.words[`eg_${kind}`];
      if (button) button.title = `${shown.words.remove}: ${label.textContent}`;
    }
  }

  // --- comments

  function unfolding(key, title, ...content) {
    const details = make("details", {}, make("summary", {}, title), ...content);
    details.dataset.key = key;
    details.open = open.has(key);
    return details;
  }

  function comment(row, { rule: code, severity, message, instead, lang, frame: words }) {
    const rule = model.get("rules")[code];
    const sentences = (name) => make("div", { lang }, make("strong", {}, shown.words[name]),
      make("ul", { class: `okr-${name}` }, ...rule[lang][name].map((each) => make("li", {}, each))));
    return make("li", { class: `okr-comment okr-${severity}` },
      make("p", {}, make("strong", { class: "okr-severity" }, shown.words[severity]), " ", message),
      make("p", { class: "okr-instead" }, instead),
      make("div", { class: "okr-more" },
        words && button(shown.words.use, () => use(row.area, words)),
        rule && unfolding(`${row.id} ${code} why`, shown.words.why, make("p", {}, rule.why),
          make("p", { class: "okr-source" }, `${shown.words.source}: ${rule.source}`)),
        rule?.[lang].flagged.length && unfolding(`${row.id} ${code} examples`, shown.words.examples,
          sentences("flagged"), sentences("passes"))));
  }

  // As if typed, so that Ctrl+Z brings the sentence back; then the first blank is there to be filled.
  function use(area, words) {
    area.focus();
    area.select();
    document.execCommand("insertText", false, words);
    const blank = BLANK.exec(area.value);
    if (blank) area.setSelectionRange(blank.index, blank.index + blank[0].length);
  }

  function drawComments(row, comments, anew) {
    if (!anew && JSON.stringify(comments) === JSON.stringify(row.comments)) return;
    row.comments = comments;
    // Whoever reads the comments when new ones come stays where they are: unfolded, and on the same control.
    const controls = () => [...row.said.querySelectorAll(CONTROLS.join())];
    const at = controls().indexOf(row.said.getRootNode().activeElement);
    for (const each of row.said.querySelectorAll("details")) open[each.open ? "add" : "delete"](each.dataset.key);
    row.said.replaceChildren(...comments.map((each) => comment(row, each)));
    controls()[at]?.focus();
    row.behind.replaceChildren(...underlined(row.area.value, comments));
  }

  // --- the rest

  function drawActions() {
    const restore = () => { add(removed.kind, removed.text); removed = null; drawActions(); };
    const act = { add_key_result: () => add("key_result", ""), add_health: () => add("health", ""),
      ...(removed && { restore }), text: () => changed({ form: "text" }), yaml: () => changed({ form: "yaml" }) };
    actions.replaceChildren(...Object.entries(act).map(([name, onclick]) => button(shown.words[name], onclick)));
  }

  function drawExport({ words, export: file }) {
    if (!file) return exported.replaceChildren();
    const inside = exported.contains(document.activeElement);
    const box = make("textarea", { id: `${uid}-box`, readonly: "", rows: file.text.split("\n").length });
    box.value = file.text;
    const copy = () => { box.select(); document.execCommand("copy"); say(status, words.copied); };
    const save = button(words.save, () => changed({ form: file.form, save: true }));
    exported.replaceChildren(make("label", { for: box.id }, words.exported), box,
      make("div", { class: "okr-actions" }, button(words.copy, copy), save), make("p", { role: "status" }, file.said));
    if (inside) return save.focus();
    box.focus();
    return box.select();
  }

  // Rows that were not typed here: the saved draft's, or those of another view of the same clinic.
  function adopt(told) {
    rows = told.map(makeRow);
    list.replaceChildren(...rows.map((row) => row.element));
    number();
  }

  function draw() {
    const [state, before] = [model.get("state"), shown];
    const [anew, mine] = [before?.lang !== state.lang, state.serial.startsWith(uid)];
    shown = state;
    if (state.serial === inFlight) inFlight = void clearTimeout(waiting);
    if (mine && !moved && !inFlight && !state.problem) unsaved(state.name, null);
    // Never into a field that somebody is writing in; what was missed then is taken over when it is left.
    const writing = moved || inFlight || (document.hasFocus() && list.contains(document.activeElement));
    missed = before && !mine && writing;
    if (!before || !(mine || writing)) adopt(state.rows);
    if (anew) {
      number();
      root.lang = state.lang;
      root.setAttribute("aria-label", `${state.words.clinic}: ${state.name}`);
      head.replaceChildren(make("strong", {}, state.words.clinic), make("span", {}, state.words.kept));
      drawActions();
    }
    const told = Object.fromEntries(state.rows.map(({ id, comments }) => [id, comments]));
    for (const row of rows) drawComments(row, told[row.id] ?? row.comments, anew);
    if (state !== before) drawExport(state);
    say(notice, state.notice, "okr-problem");
    clearTimeout(resting);
    if (state.problem) say(status, state.problem, "okr-problem");
    else resting = setTimeout(() => say(status, state.summary), before ? REST_MS : 0);
    send();
  }

  root.addEventListener("focusout", () => setTimeout(() => missed && draw()));
  model.on("change:state", draw);
  draw();
  const kept = unsaved(shown.name);
  if (kept) {
    adopt(kept);
    changed({ restored: true });
  }
  return () => {
    [waiting, resting].forEach(clearTimeout);
    model.off("change:state", draw);
  };
}

export default { render };
