// Draws an explorer from `state` and sends back where its controls stand. It
// computes nothing about OKRs: every number and every word comes from the kernel.

const PATIENCE_MS = 4000; // after this long without a reply, say that the kernel is silent
const REST_MS = 400; // the conclusion is spoken when the controls have rested this long
const SVG = "http://www.w3.org/2000/svg";
const SIGNS = { good: "●", middle: "◆", bad: "▲", zone: "✓" }; // beside the colours, for those who cannot tell them apart
const CONTROLS = ["button", "input", "select"];

// Makes an element. Text always enters as text, never as markup. Every control
// carries data-lm-suppress-shortcuts: without it, `b` or `d d` typed on a
// slider would insert or delete the notebook's cell.
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), tag, attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), tag, attributes, children);
}

function fill(element, tag, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null) element.setAttribute(name, value);
  }
  if (CONTROLS.includes(tag) || "tabindex" in attributes) element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children.filter((child) => child !== null));
  return element;
}

// A control: what to put on the page, what it says now, how to set it, and what it is said to mean.
function choice(field, id, changed) {
  const options = field.options.map(({ value, text }) => make("option", { value }, text));
  const select = make("select", { id, onchange: changed }, ...options);
  return {
    row: make("div", { class: "okr-field" }, make("label", { for: id }, field.label), select),
    read: () => select.value,
    write: ({ value }) => { if (select.value !== value) select.value = value; },
  };
}

// A slider for the hand, and beside it the same number to be typed.
function slider({ name, label, low, high, step, unit }, id, changed) {
  const range = make("input", { type: "range", min: low, max: high, step, "aria-labelledby": `${id}-name` });
  const number = make("input", { type: "number", id, name, step: "any", autocomplete: "off" });
  const said = make("span", { class: "okr-said" });
  const both = (from, to) => () => { to.value = from.value; changed(); };
  range.addEventListener("input", both(range, number));
  number.addEventListener("input", both(number, range));
  const title = make("label", { for: id, id: `${id}-name` }, label);
  return {
    row: make("div", { class: "okr-field" }, title, range, make("span", { class: "okr-exact" }, number, unit), said),
    read: () => number.value,
    write: (field) => {
      said.textContent = field.said;
      range.setAttribute("aria-valuetext", field.said || `${field.value}${unit}`);
      // "3." and "3" are one number: whoever is still typing keeps what was typed.
      if (number.value !== "" && Number(number.value) === Number(field.value)) return;
      if (number.value !== field.value) range.value = number.value = field.value;
    },
  };
}

// Places in per cent of the width, so that letters keep their size on a narrow page.
// Each mark has a shape of its own: none is told from another by its colour alone.
function track({ alt, low, high, rows, zone, bands, ends, now, pace }) {
  const place = (value) => ((Math.min(Math.max(value, low), high) - low) / (high - low)) * 100;
  const span = (part, y, height, style) => svg("rect", {
    x: `${place(part.from)}%`, y, width: `${place(part.to) - place(part.from)}%`, height, class: style,
  });
  const text = (value, y, words, style) => {
    const x = place(value);
    return svg("text", { x: `${x}%`, y, "text-anchor": x < 25 ? "start" : x > 75 ? "end" : "middle", class: style }, words);
  };
  const middle = (part, words, y, style) => svg("text", {
    x: `${(place(part.from) + place(part.to)) / 2}%`, y, "text-anchor": "middle", class: style,
  }, words);
  const line = (value, y1, y2, style) => svg("line", { x1: `${place(value)}%`, x2: `${place(value)}%`, y1, y2, class: style });
  const shape = (value, y, d, style) =>
    svg("svg", { x: `${place(value)}%`, y, overflow: "visible", "aria-hidden": "true" }, svg("path", { d, class: style }));
  const foot = pace ? 126 : 94;
  return svg("svg", { class: "okr-track", width: "100%", height: foot + 22, role: "img", "aria-label": alt },
    span({ from: low, to: high }, 40, 20, "okr-rail"),
    span(zone, 40, 20, "okr-zone"), middle(zone, SIGNS.zone, 55, "okr-zone-name"),
    ...bands.flatMap((band) => [
      span(band, 62, 18, `okr-band okr-${band.tone}`), middle(band, SIGNS[band.tone], 75.5, `okr-band-name okr-${band.tone}`),
    ]),
    ...ends.flatMap(({ at, words }) => [
      line(at, 34, 40, "okr-end"), line(at, 80, foot, "okr-end"), middle({ from: at, to: at }, words, foot + 16, ""),
    ]),
    ...rows.map((words, row) => svg("text", { x: 6, y: 55 + 20.5 * row }, words)),
    ...(pace ? [shape(pace.at, 82, "M0 0L8 9L0 18L-8 9Z", "okr-pace"), text(pace.at, 116, pace.words, "")] : []),
    shape(now.at, 22, "M-8 0H8L0 16Z", "okr-now"), line(now.at, 38, 60, "okr-now-line"), text(now.at, 16, now.words, "okr-now-name"));
}

// Names may be longer than zone and bands are wide, so they stand below, each with its sign.
function legend({ bands, zone }) {
  return make("p", { class: "okr-legend" }, ...[{ ...zone, tone: "zone" }, ...bands].map(({ words, tone }) =>
    make("span", { class: `okr-${tone}` }, `${SIGNS[tone]} ${words}`)));
}

function card({ title, tone, verdict, rows, note }) {
  const lines = rows.flatMap(({ label, value }) => [
    make("dt", {}, label), make("dd", {}, make("output", { "aria-live": "off" }, value)),
  ]);
  return make("section", { class: `okr-card okr-${tone}` },
    make("strong", { class: "okr-card-title" }, title),
    verdict ? make("p", { class: "okr-verdict" }, tone ? make("span", { "aria-hidden": "true" }, `${SIGNS[tone]} `) : null, verdict) : null,
    lines.length ? make("dl", {}, ...lines) : null,
    note ? make("p", { class: "okr-why" }, note) : null);
}

function render({ model, el }) {
  const id = `okr-${Math.random().toString(36).slice(2)}`; // two views on a page have names of their own
  const head = make("p", { class: "okr-title" });
  const fields = make("fieldset");
  const formula = make("output", { class: "okr-formula", "aria-live": "off" });
  const picture = make("div");
  const cards = make("div", { class: "okr-cards" });
  const results = make("div", { class: "okr-results" }, formula, picture, cards);
  const status = make("div", { role: "status", "aria-live": "polite", class: "okr-status" });
  const notes = make("ul", { class: "okr-notes" });
  // Focusable, so that a click between the controls stays here instead of waking the notebook's shortcuts.
  const root = make("div", { class: "okr-view okr-explorer", role: "group", tabindex: "-1" }, head, fields, status, results, notes);
  el.append(root);

  let shown = null; // the state on the page
  let controls = {}; // by name
  let moved = false; // a control moved since the last message
  let inFlight = null; // name of the message that was not answered yet
  let sent = 0;
  let frame = 0;
  let waiting = null;
  let resting = null;

  function say(words, style = "") {
    if (status.textContent === words) return; // saying it again would have it read aloud again
    status.replaceChildren(make("p", { class: style }, words));
  }

  function changed() {
    moved = true;
    frame ||= requestAnimationFrame(send);
  }

  // At most one message is under way; what moves meanwhile is sent with the next, the latest only.
  function send() {
    frame = 0;
    if (!moved || inFlight) return;
    moved = false;
    inFlight = `${id}-${sent += 1}`;
    const inputs = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.read()]));
    waiting = setTimeout(() => { inFlight = null; say(shown.words.silent, "okr-problem"); }, PATIENCE_MS);
    try {
      model.send({ inputs, serial: inFlight });
    } catch { // the kernel this view belonged to is gone
      clearTimeout(waiting);
      clearTimeout(resting);
      inFlight = null;
      say(shown.words.gone, "okr-problem");
    }
  }

  function reset() {
    for (const field of shown.fields) controls[field.name].write({ ...field, value: field.start });
    changed();
  }

  function drawControls({ fields: specs, words, legend }) {
    controls = Object.fromEntries(specs.map((field) =>
      [field.name, (field.options ? choice : slider)(field, `${id}-${field.name}`, changed)]));
    fields.replaceChildren(
      make("legend", {}, legend),
      make("div", { class: "okr-fields" }, ...Object.values(controls).map(({ row }) => row)),
      make("button", { type: "button", onclick: reset }, words.reset));
  }

  function drawResults(seen) {
    results.classList.toggle("okr-void", !seen);
    if (!seen) return; // the numbers would be false; the status says why, beside the controls
    formula.textContent = seen.formula;
    picture.replaceChildren(track(seen.track), legend(seen.track));
    cards.replaceChildren(...seen.cards.map(card));
  }

  function draw() {
    const state = model.get("state");
    const before = shown;
    shown = state;
    if (state.serial === inFlight) {
      clearTimeout(waiting);
      inFlight = null;
    }
    if (before?.lang !== state.lang) {
      root.lang = state.lang;
      root.setAttribute("aria-label", state.title);
      head.replaceChildren(make("strong", {}, state.title));
      notes.replaceChildren(...state.notes.map((note) => make("li", {}, note)));
      drawControls(state);
    }
    if (moved) frame ||= requestAnimationFrame(send);
    else if (!inFlight) for (const field of state.fields) controls[field.name].write(field);
    drawResults(state.seen);
    clearTimeout(resting);
    const words = state.problem || state.seen.conclusion;
    const tell = () => say(words, state.problem ? "okr-problem" : "okr-conclusion");
    if (before) resting = setTimeout(tell, REST_MS);
    else tell();
  }

  model.on("change:state", draw);
  draw();
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(waiting);
    clearTimeout(resting);
    model.off("change:state", draw);
  };
}

export default { render };
