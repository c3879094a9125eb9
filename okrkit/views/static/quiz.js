// Draws the quiz from `state` and sends back what was answered. It knows no key,
// keeps no score and no clock: all of that stays in the kernel.

const PATIENCE_MS = 4000; // after this long without a reply, say that the kernel is silent

// Makes an element. Text always enters as text, never as markup. Every control
// carries data-lm-suppress-shortcuts: without it, `b` or `d d` typed on a radio
// button would insert or delete the notebook's cell.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  if (["button", "input", "form"].includes(tag) || "tabindex" in attributes) {
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function heading({ marks, place, title }) {
  const here = marks.length > 1 && place < marks.length ? `${place + 1} / ${marks.length}` : "";
  return [make("strong", {}, title), make("span", {}, here)];
}

// Below the question, so that the Tab key reaches the question first.
function overview({ words, marks, place }, go) {
  if (marks.length < 2) return [];
  const dots = marks.map((mark, index) =>
    make("li", {}, make("button", {
      type: "button",
      class: `okr-dot okr-${mark}`,
      "aria-label": `${words.question.replace("{n}", index + 1)}, ${words[mark]}`,
      "aria-current": index === place ? "step" : null,
      onclick: () => go(index),
    }, String(index + 1))));
  return [make("ol", { class: "okr-dots" }, ...dots)];
}

function choices(state, name) {
  const { item, feedback, words } = state;
  const taken = feedback ? [feedback.answer].flat() : [];
  return item.choices.map(({ key, text }) => {
    const right = feedback?.correct.includes(key);
    const chosen = taken.includes(key);
    const input = make("input", {
      type: item.kind === "one" ? "radio" : "checkbox", name, value: key, disabled: Boolean(feedback),
    });
    input.checked = chosen;
    const labels = [right && words.key, chosen && words.chosen].filter(Boolean).join(" · ");
    const body = make("span", { class: "okr-text" }, text);
    if (feedback && labels) body.append(make("span", { class: "okr-label" }, labels));
    if (feedback && (!chosen || item.kind === "many")) body.append(make("span", { class: "okr-why" }, feedback.whys[key]));
    const mark = !feedback ? "" : right ? "okr-right" : chosen ? "okr-wrong" : "";
    return make("label", { class: `okr-choice ${mark}` }, input, body);
  });
}

function numberField(state, name) {
  const { item, feedback, words } = state;
  const input = make("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", name, class: "okr-number", disabled: Boolean(feedback),
  });
  if (feedback) input.value = feedback.answer;
  return [make("label", { class: "okr-field" }, make("span", {}, words.answer), input, make("span", {}, item.unit))];
}

function question(state, name) {
  const { item, words } = state;
  const fields = item.kind === "number" ? numberField(state, name) : choices(state, name);
  return make("fieldset", {},
    make("legend", {}, item.stem),
    make("p", { class: "okr-hint" }, words[item.kind]),
    ...fields);
}

function verdict(state) {
  const { feedback, item, problem } = state;
  if (problem) return make("div", { class: "okr-feedback okr-problem" }, problem);
  if (!feedback) return null;
  return make("div", { class: `okr-feedback okr-${feedback.verdict}` },
    make("strong", {}, feedback.headline),
    feedback.key ? make("p", {}, feedback.key) : null,
    // Of several choices each has its reason beside it; run together here they could not be told apart.
    item.kind === "many" ? null : make("p", {}, feedback.why));
}

function answerIn(form, kind, name) {
  const data = new FormData(form);
  return kind === "many" ? data.getAll(name) : (data.get(name) ?? "");
}

function render({ model, el }) {
  const name = `okr-${Math.random().toString(36).slice(2)}`; // radio buttons of two views are two groups
  const head = make("p", { class: "okr-title" });
  const nav = make("div", { role: "group" });
  const body = make("div", { class: "okr-body" });
  const status = make("div", { role: "status", "aria-live": "polite", class: "okr-status" });
  const actions = make("div", { class: "okr-actions" });
  const form = make("form", { novalidate: true }, body, status, actions);
  // Focusable, so that a click between the controls stays here instead of waking the notebook's shortcuts.
  const root = make("div", { class: "okr-view okr-quiz", role: "group", tabindex: "-1" }, head, form, nav);
  el.append(root);

  let shown = null; // the state on the page
  let serial = 0; // of the last message sent; the reply carries it
  let waiting = null;

  function send(message) {
    serial += 1;
    clearTimeout(waiting);
    waiting = setTimeout(sayPerhapsBusy, PATIENCE_MS);
    try {
      model.send({ ...message, serial });
    } catch { // the kernel this view belonged to is gone
      clearTimeout(waiting);
      say(shown.words.gone);
    }
  }
  const say = (text) => status.replaceChildren(make("div", { class: "okr-feedback okr-problem" }, text));
  const sayPerhapsBusy = () => say(shown.words.silent);
  const go = (place) => send({ do: "go", place });
  const again = () => send({ do: "again" });

  // A key held down must not answer, move on and answer again.
  form.addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Enter") event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { item, feedback, place, marks } = shown;
    if (!item || (feedback && marks.length === 1)) again();
    else if (feedback) go(place + 1);
    else send({ do: "answer", item: item.id, answer: answerIn(form, item.kind, name) });
  });

  function drawActions({ words, item, feedback, place, marks }) {
    const alone = marks.length === 1;
    const forward = place >= marks.length - 1 ? words.result : words.next;
    const done = !item || (alone && feedback);
    const submit = make("button", { type: "submit", class: done && item ? "" : "okr-primary" },
      done ? words.again : feedback ? forward : words.check);
    const skip = item && !feedback && !alone
      ? make("button", { type: "button", onclick: () => go(place + 1) }, forward) : null;
    actions.replaceChildren(submit, ...(skip ? [skip] : []));
  }

  // Redraws only what changed, and leaves the focus inside the widget: a control
  // that vanished under it would hand the next key to the notebook.
  function draw() {
    const state = model.get("state");
    clearTimeout(waiting);
    const inside = root.contains(document.activeElement);
    const moved = !shown || shown.sitting !== state.sitting || shown.place !== state.place || shown.lang !== state.lang;
    const graded = !moved && Boolean(shown.feedback) !== Boolean(state.feedback);
    shown = state;
    root.lang = state.lang;
    root.setAttribute("aria-label", `${state.words.quiz}: ${state.title}`);
    head.replaceChildren(...heading(state));
    nav.replaceChildren(...overview(state, go));
    nav.setAttribute("aria-label", state.words.questions);
    nav.hidden = state.marks.length < 2;
    if (moved || graded) {
      body.replaceChildren(state.item ? question(state, name) : make("p", { class: "okr-summary" }, state.summary));
      drawActions(state);
    }
    const said = verdict(state);
    status.replaceChildren(...(said ? [said] : []));
    if (!inside) return;
    if (moved) (body.querySelector("input:not([disabled])") ?? actions.querySelector("button")).focus();
    else if (graded && state.marks.length > 1) actions.querySelector("button").focus();
    else if (!root.contains(document.activeElement)) root.focus(); // of a single question: Enter must not start it again
  }

  model.on("change:state", draw);
  draw();
  return () => {
    clearTimeout(waiting);
    model.off("change:state", draw);
  };
}

export default { render };
