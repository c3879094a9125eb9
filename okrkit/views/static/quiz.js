// Draws the quiz from `state` and sends back what was answered. It knows no key,
// keeps no score and no clock: all of that stays in the kernel.

function confidence({ words }, name) {
  const level = (each) => make("label", {}, make("input", { type: "radio", name: `${name}-sure`, value: each }), words[each]);
  return make("fieldset", { class: "okr-confidence" },
    make("legend", {}, words.confidence), ...["sure", "likely", "guess"].map(level));
}

function render({ model, el }) {
  const name = `okr-${Math.random().toString(36).slice(2)}`; // radio buttons of two views are two groups
  const head = make("p", { class: "okr-title" });
  const notices = make("div", { "aria-live": "polite" });
  const nav = make("div", { role: "group" });
  const body = make("div", { class: "okr-body" });
  const hinted = make("div", { "aria-live": "polite" });
  const sure = make("div");
  const status = make("div", { role: "status", "aria-live": "polite", class: "okr-status" });
  const actions = make("div", { class: "okr-actions" });
  const form = make("form", { novalidate: true }, body, hinted, sure, status, actions);
  const speak = button("", () => send({ do: "speak", lang: shown.lang === "ko" ? "en" : "ko" }));
  const ask = make("input", { type: "checkbox", onchange: () => send({ do: "ask", confidence: ask.checked }) });
  const asked = make("span");
  const tools = make("div", { class: "okr-tools" }, make("label", {}, ask, asked), speak);
  // Focusable, so that a click between the controls stays here instead of waking the notebook's shortcuts.
  const root = make("div", { class: "okr-view okr-quiz", role: "group", tabindex: "-1" }, head, notices, form, nav, tools);
  el.append(root);

  let shown = null; // the state on the page
  let drawn = {}; // what each region was drawn from
  const drafts = {}; // what was typed and not yet answered, by sitting, question and try

  const say = (text) => status.replaceChildren(make("div", { class: "okr-feedback okr-problem" }, text));
  const tell = (text) => status.replaceChildren(make("div", { class: "okr-told" }, text));
  const { send, heard } = line(model, () => shown.words, say);
  const go = (place) => send({ do: "go", place });
  const draft = ({ sitting, item, feedback }) => `${sitting}/${item.id}/${feedback?.tries ?? 0}`;
  const box = () => body.querySelector(".okr-question");

  form.addEventListener("input", () => {
    if (shown.item && box()) drafts[draft(shown)] = KINDS[shown.item.kind].read(box());
  });
  // A key held down must not answer, move on and answer again.
  form.addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Enter") event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { item, feedback, place, marks } = shown;
    if (!item || (feedback?.done && marks.length === 1)) send({ do: "again" });
    else if (feedback?.done) go(place + 1);
    else {
      const level = sure.querySelector("input:checked")?.value ?? null;
      send({ do: "answer", item: item.id, answer: KINDS[item.kind].read(box()), tries: feedback?.tries ?? 0, confidence: level });
    }
  });

  function drawActions({ words, item, feedback, place, marks, summary: end }) {
    const alone = marks.length === 1;
    const forward = place >= marks.length - 1 ? words.result : words.next;
    const over = !item || (alone && feedback?.done);
    const submit = make("button", { type: "submit", class: over ? "" : "okr-primary" },
      over ? words.again : feedback?.done ? forward : words.check);
    const skip = item && !feedback?.done && !alone ? button(forward, () => go(place + 1)) : null;
    const missed = end?.missed ? button(end.missed, () => send({ do: "missed" }), { class: "okr-primary" }) : null;
    actions.replaceChildren(...[missed, submit, skip].filter(Boolean));
  }

  function drawHints({ hints, feedback, words }) {
    const more = hints?.more && !feedback?.done ? button(hints.more, () => send({ do: "hint", nth: hints.seen.length + 1 }), { class: "okr-more-hints" }) : null;
    const seen = (hints?.seen ?? []).map((html, at) =>
      make("p", { class: "okr-hint" }, make("strong", {}, `${words.hint} ${at + 1} `), make("span", { html })));
    hinted.replaceChildren(...seen, ...(more ? [more] : []));
  }

  function drawBody(state) {
    body.replaceChildren(state.item ? question(state, name, tell) : summary(state));
    if (!state.item) return;
    const answer = state.feedback?.done ? state.feedback.answer : drafts[draft(state)] ?? state.feedback?.answer;
    if (answer !== undefined) KINDS[state.item.kind].write(box(), answer);
  }

  // Tells whether a region must be drawn again: leaving alone what did not change keeps the focus and the draft.
  function changed(region, ...from) {
    const now = JSON.stringify(from);
    const before = drawn[region];
    drawn[region] = now;
    return now !== before;
  }

  function draw() {
    const state = model.get("state");
    heard();
    const inside = root.contains(document.activeElement);
    const { sitting, place, lang, feedback, words, title, marks, item, asks } = state;
    const before = shown;
    shown = state;
    const moved = changed("place", sitting, place);
    const graded = changed("tries", feedback?.tries);
    root.lang = lang;
    root.setAttribute("aria-label", `${words.quiz}: ${title}`);
    if (changed("head", lang, place, sitting)) head.replaceChildren(...heading(state));
    if (changed("notices", state.notices)) {
      notices.replaceChildren(...state.notices.map((text) => make("p", { class: "okr-feedback okr-problem" }, text)));
    }
    if (changed("nav", marks, place, lang)) nav.replaceChildren(...overview(state, go));
    nav.setAttribute("aria-label", words.questions);
    nav.hidden = marks.length < 2;
    speak.textContent = words.other;
    speak.lang = lang === "ko" ? "en" : "ko";
    asked.textContent = words.ask_confidence;
    ask.checked = asks;
    if (changed("body", sitting, item, feedback, lang)) {
      drawBody(state);
      drawActions(state);
    }
    if (changed("hints", state.hints, feedback?.done, lang, place)) drawHints(state);
    if (changed("sure", asks, sitting, place, Boolean(feedback), lang)) {
      const level = before && before.lang !== lang ? sure.querySelector("input:checked")?.value : null;
      sure.replaceChildren(...(asks && item && !feedback ? [confidence(state, name)] : []));
      if (level) sure.querySelector(`[value=${level}]`).checked = true;
    }
    const said = verdict(state);
    status.replaceChildren(...(said ? [said] : []));
    if (!inside) return;
    if (moved || (graded && feedback && !feedback.done)) {
      const first = body.querySelector("input:checked:not([disabled])") ?? body.querySelector(":is(input, select, textarea, button):not([disabled])");
      (first ?? actions.querySelector("button")).focus();
    } else if (graded && marks.length > 1) actions.querySelector("button").focus();
    else if (!root.contains(document.activeElement)) root.focus(); // of a single question: Enter must not start it again
  }

  model.on("change:state", draw);
  draw();
  return () => {
    heard();
    model.off("change:state", draw);
  };
}

export default { render };
