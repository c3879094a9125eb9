// Draws a written answer from `state` and sends back what is typed and ticked. It finds nothing and
// keeps no score; its clock is for show. What is being typed is never touched by a reply.

const SAVE_MS = 700; // what is typed is sent at most this long after the first key
const PULSE_MS = 20000; // how often the kernel hears that it goes on

const clockTime = (seconds) => {
  const [left, two] = [Math.abs(Math.ceil(seconds)), (number) => String(number).padStart(2, "0")];
  return `${two(Math.floor(left / 60))}:${two(left % 60)}`;
};

const unsaved = (sitting, text) => unsent(`okr-answer:${sitting}`, text);

const table = (caption, heads, rows) => make("div", { class: "okr-wide", tabindex: "0", role: "group", "aria-label": caption }, make("table", {}, make("caption", {}, caption),
  make("thead", {}, make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, each)))),
  make("tbody", {}, ...rows.map(({ head, cells }) => make("tr", {}, make("th", { scope: "row" }, head), ...cells.map((each) => make("td", {}, each)))))));

// The answer with the words that were found, each followed by the numbers of its lines.
function markedAnswer({ pieces }, words) {
  const drawn = pieces.flatMap(({ text, lines, ends, until }) => [
    lines.length ? make("mark", {}, text) : text,
    ...(ends.length ? [make("sup", {}, ends.join(","))] : []),
    ...(until ? [make("span", { class: "okr-late", role: "separator" })] : []),
  ]);
  return make("div", { class: "okr-answered-text", role: "group", tabindex: "0", "aria-label": words.your_answer }, ...drawn);
}

function structure({ prompt, words }, open) {
  const details = make("details", { class: "okr-structure" }, make("summary", { "data-lm-suppress-shortcuts": "true" }, words.structure),
    make("ol", {}, ...prompt.structure.map(({ heading: head, holds }) => make("li", {}, make("strong", {}, head), `: ${holds}`))));
  details.open = open;
  return details;
}

function render({ model, el }) {
  const title = make("span", { class: "okr-title-words" });
  const clock = make("span", { role: "timer", class: "okr-clock" });
  const notices = make("div", { "aria-live": "polite" });
  const body = make("div", { class: "okr-body" });
  const note = make("div", { "aria-live": "polite" });
  const status = make("div", { role: "status", class: "okr-status" });
  const actions = make("div", { class: "okr-actions" });
  const speak = button("", () => send({ do: "speak", lang: shown.lang === "ko" ? "en" : "ko" }));
  // Focusable, so that a click between the controls stays here instead of waking the notebook's shortcuts.
  const root = make("div", { class: "okr-view okr-quiz okr-answer", role: "group", tabindex: "-1" },
    make("p", { class: "okr-title" }, title, clock), notices, body, note, status, actions, make("div", { class: "okr-tools" }, speak));
  el.append(root);

  let shown = null; // the state on the page
  let drawn = {}; // what each region was drawn from
  let page = null; // the sheet, while it is written on
  let [ends, sent, saving, dirty] = [0, 0, null, false];

  const say = (text) => status.replaceChildren(make("div", { class: "okr-feedback okr-problem" }, text));
  const talk = line(model, () => shown.words, say);

  function send(message) {
    sent = performance.now();
    clearTimeout(saving);
    saving = null;
    const typed = page && dirty ? { text: page.area.value, rows: page.rows } : {};
    dirty = false;
    talk.send({ ...typed, ...message, sitting: shown.sitting });
  }
  const pulse = () => { if (shown.phase === "writing") send({ do: "keep" }); };
  const awake = () => { if (!document.hidden) pulse(); };
  function typed() {
    dirty = true;
    unsaved(shown.sitting, page.area.value);
    saving ??= setTimeout(pulse, SAVE_MS);
  }

  function ticked() {
    const keys = (name) => [...body.querySelectorAll(`input[name=${name}]:checked`)].map((each) => each.value);
    send({ do: "tick", lines: keys("line"), caps: keys("cap"), rows: body.querySelector(".okr-number")?.value });
  }

  // --- what stands on the page, by phase

  const BODIES = {
    cover: (state) => [...state.cover.map((text) => make("p", {}, text)), state.tries && compared(state)],
    writing: (state) => {
      page = state.paper ? null : sheet(state.words, { ontyped: typed });
      if (page) page.area.value = unsaved(state.sitting) ?? state.text;
      return [...asked(state), structure(state, false), page?.element];
    },
    marking: (state) => {
      const { words, marking, paper } = state;
      const box = (name, { key, text, ticked: checked, said = [] }) => {
        const input = make("input", { type: "checkbox", name, value: key, onchange: ticked });
        input.checked = checked;
        return make("label", { class: "okr-choice" }, input, make("span", { class: "okr-text" }, text, ...said.map((each) => make("span", { class: "okr-why" }, each))));
      };
      const rows = make("input", { type: "number", min: 0, max: 999, value: marking.rows || "", class: "okr-number", onchange: ticked });
      return [...asked(state), make("fieldset", {}, make("legend", {}, words.self_marking),
        make("p", {}, paper ? words.marking_paper : words.marking), paper ? null : markedAnswer(marking, words),
        ...marking.lines.map((each) => box("line", each))),
      marking.caps.length && make("fieldset", {}, make("legend", {}, words.caps), ...marking.caps.map((each) => box("cap", each))),
      paper && make("label", { class: "okr-field" }, words.rows_written, rows)];
    },
    marked: (state) => {
      const { words, result, marking, paper } = state;
      const lines = marking.lines.map(({ text, ticked: there }) => make("li", { class: there ? "okr-has" : "okr-lacks" },
        make("span", { class: "okr-sr" }, `${there ? words.has : words.has_not}: `), text));
      return [make("p", { class: "okr-summary" }, result.text), ...result.lines.map((text) => make("p", {}, text)),
        make("ul", { class: "okr-found" }, ...lines), make("p", { class: "okr-advice" }, words.rule_marking),
        make("h3", {}, words.outline), make("div", { class: "okr-outline okr-wide", tabindex: "0", role: "group", "aria-label": words.outline, html: result.outline }),
        result.mnemonics.length && make("h3", {}, words.mnemonics),
        ...result.mnemonics.map(({ text, source }) => make("p", {}, text, make("span", { class: "okr-why" }, source))),
        result.caveat && make("h3", {}, words.caveat), result.caveat && make("p", {}, result.caveat),
        !paper && make("h3", {}, words.your_answer), !paper && markedAnswer(marking, words), compared(state)];
    },
  };
  const asked = ({ prompt }) => [make("div", { class: "okr-prompt", html: prompt.stem })];
  const compared = ({ tries, words }) => table(words.tries, [words.try_began, ...tries.days], tries.rows);

  function printed() {
    const frame = make("iframe", { class: "okr-print", "aria-hidden": "true", tabindex: "-1", srcdoc: shown.printed });
    frame.addEventListener("load", () => { frame.contentWindow.print(); setTimeout(() => frame.remove(), 60000); });
    root.append(frame);
  }

  function drawActions(state) {
    const { phase, words, paper } = state;
    const next = (text, message) => button(text, () => send(message), { class: "okr-primary" });
    const print = paper ? button(words.print, printed) : null;
    const found = {
      cover: () => [print, next(words.begin, { do: "begin" })],
      writing: () => [print, next(words.done, { do: "done" }), state.left > 0 ? null : button(words.throw_away, () => send({ do: "throw away" }))],
      marking: () => [next(words.confirm, { do: "confirm" }), button(words.resume, () => send({ do: "resume" }))],
      marked: () => [next(words.again, { do: "again" })],
    };
    actions.replaceChildren(...found[phase]().filter(Boolean));
  }

  function drawClock() {
    const left = (ends - performance.now()) / 1000;
    const [running, { words }] = [shown.phase === "writing", shown];
    clock.textContent = running ? fill(left > 0 ? words.left : words.over, { time: clockTime(left) }) : "";
    clock.classList.toggle("okr-over", running && left <= 0);
    const said = running && left <= 0 ? (shown.paper ? words.time_up_paper : words.time_up) : "";
    if (note.textContent !== said) note.replaceChildren(...(said ? [make("p", { class: "okr-feedback okr-problem" }, said)] : []));
    return left;
  }
  const ticking = setInterval(() => {
    if (shown.phase !== "writing") return;
    const left = drawClock();
    if (performance.now() - sent > PULSE_MS || (left <= 0 && left > -1)) pulse();
  }, 1000);
  document.addEventListener("visibilitychange", awake);

  function changed(region, ...from) {
    const [now, was] = [JSON.stringify(from), drawn[region]];
    drawn[region] = now;
    return now !== was;
  }

  function draw() {
    const state = model.get("state");
    talk.heard();
    const inside = root.contains(document.activeElement);
    const { sitting, phase, lang, words } = state;
    const turned = changed("place", sitting, phase, lang);
    const [text, place] = page && phase === "writing" && shown?.sitting === sitting ? [page.area.value, page.area.selectionStart] : [null];
    shown = state;
    if (phase === "writing") ends = performance.now() + state.left * 1000;
    root.lang = lang;
    root.setAttribute("aria-label", `${words.title}: ${state.label}`);
    title.replaceChildren(make("strong", {}, words.title), ` ${state.label}`);
    speak.textContent = words.other;
    speak.lang = lang === "ko" ? "en" : "ko";
    if (changed("notices", state.notices)) {
      notices.replaceChildren(...state.notices.map((each) => make("p", { class: "okr-feedback okr-problem" }, each)));
    }
    if (turned) {
      page = null;
      body.replaceChildren(...BODIES[phase](state).filter(Boolean));
      if (page && text !== null) page.area.value = text;
    }
    if (changed("actions", turned && sitting, phase, lang, state.left > 0)) drawActions(state);
    drawSheet(state);
    drawClock();
    if (state.problem) say(state.problem);
    else status.replaceChildren(...(phase === "marking" ? [make("p", { class: "okr-summary" }, state.marking.points)] : []));
    if (!inside || !turned) return;
    if (page) {
      page.area.focus({ preventScroll: text !== null });
      if (text !== null) page.area.setSelectionRange(place, place);
    } else (body.querySelector("input") ?? actions.querySelector(".okr-primary")).focus();
  }

  // The sheet is the writer's: a reply draws the line where time was up, and takes over a text only from elsewhere.
  function drawSheet({ sitting, text, until, problem }) {
    if (!page) return;
    if (text === page.area.value.normalize("NFC")) unsaved(sitting, null);
    else if (!dirty && !problem && document.activeElement !== page.area && unsaved(sitting) === null) page.area.value = text;
    page.until = until;
    page.redraw();
  }

  model.on("change:state", draw);
  draw();
  if (page && unsaved(shown.sitting) !== null) dirty = true;
  pulse(); // after a reload, what is left may be older than the page
  return () => {
    talk.heard();
    clearInterval(ticking);
    clearTimeout(saving);
    document.removeEventListener("visibilitychange", awake);
    model.off("change:state", draw);
  };
}

export default { render };
