// Draws the exam from `state` and sends back what is written. The clock on the page is for
// show: whether time is up is reckoned in the kernel. Every question and its flag are saved there.

const SAVE_MS = 700; // what is written is sent at most this long after the first key
const PULSE_MS = 20000; // how often the kernel hears that the exam goes on
const NOTES = [10, 5]; // minutes left at which it is said so
const NOTE_MS = 30000; // how long such a note stays

KINDS.rubric = KINDS.many; // which lines of the rubric an answer holds, by the learner's own judgement
KINDS.paper = { draw: () => [], read: () => null, write: () => {} };

const clockTime = (seconds) => {
  const left = Math.max(0, Math.ceil(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const minutes = `${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  return left < 3600 ? minutes : `${Math.floor(left / 3600)}:${minutes}`;
};

function mocks({ summary: { mocks: rows }, words }) {
  if (!rows.length) return null;
  const head = [words.day, words.of_100, words.took].map((each) => make("th", { scope: "col" }, each));
  const row = ([day, ...rest]) => make("tr", {}, make("th", { scope: "row" }, day), ...rest.map((each) => make("td", {}, each)));
  return make("table", {}, make("caption", {}, words.mocks), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows.map(row)));
}

function render({ model, el }) {
  const name = `okr-${Math.random().toString(36).slice(2)}`; // radio buttons of two views are two groups
  const title = make("span", { class: "okr-title-words" });
  const clock = make("span", { role: "timer", class: "okr-clock" });
  const notices = make("div", { "aria-live": "polite" });
  const note = make("div", { "aria-live": "polite" });
  const body = make("div", { class: "okr-body" });
  const status = make("div", { role: "status", "aria-live": "polite", class: "okr-status" });
  const actions = make("div", { class: "okr-actions" });
  const form = make("form", { novalidate: true }, body, status, actions);
  const nav = make("div", { role: "group" });
  const hide = button("", () => { hidden = !hidden; drawClock(); });
  const speak = button("", () => send({ do: "speak", lang: shown.lang === "ko" ? "en" : "ko" }));
  const tools = make("div", { class: "okr-tools" }, hide, speak);
  // Focusable, so that a click between the controls stays here instead of waking the notebook's shortcuts.
  const root = make("div", { class: "okr-view okr-quiz okr-exam", role: "group", tabindex: "-1" },
    make("p", { class: "okr-title" }, title, clock), notices, note, form, nav, tools);
  el.append(root);

  let shown = null; // the state on the page
  let drawn = {}; // what each region was drawn from
  let ends = 0; // when time is up, by the page's own clock
  let before = Infinity; // seconds left when the clock was drawn last
  let sent = 0; // when the kernel was last told anything
  let hidden = false;
  let saving = null;
  let [typed, last] = [null, 0]; // where what is not known to be saved is kept, and the message sent last

  const say = (text) => status.replaceChildren(make("div", { class: "okr-feedback okr-problem" }, text));
  const tell = (text) => status.replaceChildren(make("div", { class: "okr-told" }, text));
  const talk = line(model, () => shown.words, say);
  const box = () => body.querySelector(".okr-question");
  const running = () => shown.phase === "running";
  const go = (place) => send({ do: "go", place });

  const key = () => `okr-exam:${shown.sitting}/${shown.item?.id}`;
  const read = () => KINDS[shown.item.kind].read(box());

  // What was written and is not known to be saved goes with whatever is sent next.
  function unsaved() {
    clearTimeout(saving);
    saving = null;
    return typed === key() ? { item: shown.item.id, answer: read() } : {};
  }
  function send(message) {
    sent = performance.now();
    last = talk.send({ ...unsaved(), ...message });
  }
  const pulse = () => { if (running()) send({ do: "pulse" }); };
  const awake = () => { if (!document.hidden) pulse(); };

  form.addEventListener("input", (event) => {
    if (!running() || !box()?.contains(event.target)) return;
    unsent(typed = key(), JSON.stringify(read()));
    saving ??= setTimeout(pulse, SAVE_MS);
  });
  // A key held down must not turn page after page.
  form.addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Enter" && event.target.tagName !== "TEXTAREA") event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { phase, item, place, marks, sure, marking } = shown;
    if (marking) send({ do: "confirm", item: item.id, answer: KINDS.rubric.read(box()) });
    else if (phase === "cover") send({ do: "begin" });
    else if (phase === "running" && sure.length) send({ do: "keep on" });
    else if (phase === "running" && place === marks.length - 1) send({ do: "hand in" });
    else go(item ? place + 1 : 0);
  });

  function drawClock() {
    const { phase, words, minutes } = shown;
    const left = (ends - performance.now()) / 1000;
    clock.textContent = phase === "running" && !hidden ? fill(words.left, { time: clockTime(left) }) : "";
    hide.textContent = hidden ? words.show_clock : words.hide_clock;
    hide.hidden = phase !== "running";
    const crossed = NOTES.filter((each) => left <= each * 60 && before > each * 60 && each < minutes).pop();
    if (phase === "running" && crossed && before !== Infinity) {
      const said = make("p", { class: "okr-feedback okr-note" }, fill(words.note_left, { n: Math.ceil(left / 60) }));
      note.replaceChildren(said);
      setTimeout(() => said.remove(), NOTE_MS);
    }
    before = left;
    return left;
  }

  const ticking = setInterval(() => {
    if (!running()) return;
    const left = drawClock();
    if (performance.now() - sent > (left <= 0 ? PULSE_MS / 4 : PULSE_MS) || (left <= 0 && left > -1)) pulse();
  }, 1000);
  document.addEventListener("visibilitychange", awake);

  function drawActions({ phase, words, item, place, marks, sure, marking }) {
    const next = (text) => make("button", { type: "submit", class: "okr-primary" }, text);
    const back = place > 0 ? button(words.previous, () => go(place - 1)) : null;
    const found = {
      cover: () => [next(words.begin)],
      sure: () => [next(words.keep_on), button(words.hand_in_now, () => send({ do: "hand in now" }))],
      running: () => place < marks.length - 1
        ? [back, next(words.next), button(words.hand_in, () => send({ do: "hand in" }))] : [back, next(words.hand_in)],
      result: () => [next(words.look_through), button(words.same_paper, () => send({ do: "again" }))],
      marking: () => [back, next(words.confirm), place < marks.length - 1 ? button(words.next, () => go(place + 1)) : null],
      over: () => [back, next(place < marks.length - 1 ? words.next : words.to_result)],
    };
    const state = phase === "running" && sure.length ? "sure" : phase !== "over" ? phase : !item ? "result" : marking ? "marking" : phase;
    actions.replaceChildren(...found[state]().filter(Boolean));
  }

  function drawBody(state) {
    const { phase, item, draft, feedback } = state;
    if (phase === "cover") body.replaceChildren(...state.cover.map((text) => make("p", {}, text)));
    else if (!item) body.replaceChildren(...[summary(state), mocks(state)].filter(Boolean));
    else {
      body.replaceChildren(question(state, name, tell));
      const kept = phase === "running" ? unsent(key()) : null;
      const answer = kept ? JSON.parse(kept) : feedback ? feedback.answer || null : draft.answer;
      if (kept) [typed, saving] = [key(), saving ?? setTimeout(pulse, SAVE_MS)];
      if (answer !== null) KINDS[item.kind].write(box(), answer);
      if (phase === "running") body.append(marksOf(state));
    }
  }

  // Whether the question is flagged and, where the learner chooses, whether it is to be graded.
  function marksOf({ item, draft, words, chooses }) {
    const check = (key, text) => {
      const input = make("input", { type: "checkbox", name: key, onchange: () => send({ do: "mark", item: item.id, [key]: input.checked }) });
      input.checked = draft[key];
      return make("label", {}, input, make("span", {}, text));
    };
    const chosen = chooses ? check("chosen", fill(words.choose_this, { n: chooses[0], of: chooses[1] })) : null;
    return make("div", { class: "okr-marking" }, chosen, check("flag", words.flag));
  }

  // What was refused, or changed elsewhere, shows as it stands.
  function markAsItStands({ draft, words, chooses }) {
    for (const input of body.querySelectorAll(".okr-marking input")) {
      input.checked = draft[input.name];
      if (input.name === "chosen") input.nextSibling.textContent = fill(words.choose_this, { n: chooses[0], of: chooses[1] });
    }
  }

  function drawStatus({ problem, sure, feedback, words }) {
    const [ask, ...lines] = sure ?? [];
    if (problem) say(problem);
    else if (ask) {
      status.replaceChildren(make("div", { class: "okr-feedback okr-note" }, make("strong", {}, ask), ...lines.map((each) => make("p", {}, each))));
    } else status.replaceChildren(...[verdict({ feedback })].filter(Boolean));
  }

  // Tells whether a region must be drawn again: what did not change keeps the focus and what is being typed.
  function changed(region, ...from) {
    const now = JSON.stringify(from);
    const was = drawn[region];
    drawn[region] = now;
    return now !== was;
  }

  function draw() {
    const state = model.get("state");
    talk.heard();
    const inside = root.contains(document.activeElement);
    const { sitting, place, phase, lang, words, marks, item } = state;
    const turned = changed("place", sitting, place, phase, lang);
    if (turned && saving) send({ do: "pulse" }); // typed while the page was being turned
    if (typed && !saving && !state.problem && state.serial === last) typed = unsent(typed, null);
    shown = state;
    if (phase === "running") ends = performance.now() + state.left * 1000;
    root.lang = lang;
    root.setAttribute("aria-label", `${words.exam}: ${state.title}`);
    const here = item ? ` ${place + 1} / ${marks.length}` : "";
    title.replaceChildren(make("strong", {}, state.title), here);
    if (changed("notices", state.notices)) {
      notices.replaceChildren(...state.notices.map((text) => make("p", { class: "okr-feedback okr-problem" }, text)));
    }
    if (changed("nav", marks, state.flags, place, lang)) nav.replaceChildren(...overview(state, go));
    nav.setAttribute("aria-label", words.questions);
    nav.hidden = marks.length < 2;
    speak.textContent = words.other;
    speak.lang = lang === "ko" ? "en" : "ko";
    drawClock();
    const asked = changed("item", item, state.feedback);
    if (turned || asked) drawBody(state);
    markAsItStands(state);
    if (changed("actions", state.marking, phase, place, lang, Boolean(state.sure?.length), Boolean(item))) drawActions(state);
    drawStatus(state);
    if (!inside) return;
    if (turned && phase === "running" && !state.sure.length) {
      const first = body.querySelector("input:checked:not([disabled])") ?? body.querySelector(":is(input, select, textarea, button):not([disabled])");
      first.focus();
    } else if (turned || !root.contains(document.activeElement)) actions.querySelector(".okr-primary").focus();
  }

  model.on("change:state", draw);
  draw();
  pulse(); // after a reload, what is left may be older than the page
  return () => {
    talk.heard();
    clearInterval(ticking);
    document.removeEventListener("visibilitychange", awake);
    model.off("change:state", draw);
  };
}

export default { render };
