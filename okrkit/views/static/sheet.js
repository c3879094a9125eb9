// The answer sheet: 22 ruled rows a page, each as wide as 28 Korean letters. It is put after
// question.js, and draws the kind `written` for whoever asks.

const PAGE = 22;
const LETTERS = 28;

// What is typed lies over a layer with the same words: it gives the sheet its height, counts the rows
// and holds the line where time was up.
function sheet(words, { disabled = false, ontyped = () => {} } = {}) {
  const behind = make("div", { class: "okr-behind", "aria-hidden": "true" });
  const numbers = make("div", { class: "okr-numbers", "aria-hidden": "true" });
  const count = make("p", { class: "okr-rows" });
  const area = make("textarea", {
    class: "okr-paper", "data-part": "", "aria-label": words.sheet, spellcheck: "false", autocomplete: "off", disabled, maxlength: 50000,
    onbeforeinput: (event) => event.stopImmediatePropagation(), // JupyterLab would take Ctrl+Z for its cells
    oninput: () => { redraw(); ontyped(); },
  });
  const page = make("div", { class: "okr-page" }, numbers, behind, area);
  const element = make("div", { class: "okr-sheet" }, page, count);
  const self = { element, area, rows: 0, until: null, redraw };

  function redraw() {
    const [text, before] = [area.value, self.until === null ? null : [...area.value].slice(0, self.until).join("").trimEnd()];
    if (before === null || before.length >= text.length) behind.textContent = text;
    else behind.replaceChildren(before, make("i", { class: "okr-until" }), text.slice(before.length));
    const trailing = text.length - text.replace(/\n+$/, "").length;
    const height = parseFloat(page.style.getPropertyValue("--okr-row")) || 1;
    self.rows = text.trim() ? Math.round(behind.offsetHeight / height) - trailing : 0;
    const pages = Math.max(1, Math.ceil((self.rows + trailing) / PAGE));
    if (numbers.childElementCount !== pages * PAGE) {
      numbers.replaceChildren(...Array.from({ length: pages * PAGE }, (_, at) => make("span", {}, String(at % PAGE + 1))));
    }
    count.textContent = fill(words.rows, { rows: self.rows, page: Math.max(1, Math.ceil(self.rows / PAGE)), row: self.rows && (self.rows - 1) % PAGE + 1 });
  }

  // Letters as large as the window lets a row of them be.
  function fit() {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `100px ${getComputedStyle(area).fontFamily}`;
    const letter = pen.measureText("가").width / 100;
    const size = Math.min(16, (element.clientWidth - 40) / (LETTERS * letter));
    if (!(size > 0)) return;
    page.style.setProperty("--okr-size", `${size}px`);
    page.style.setProperty("--okr-row", `${Math.round(size * 1.9)}px`);
    page.style.setProperty("--okr-width", `${Math.ceil(LETTERS * letter * size) + 1}px`);
    redraw();
  }
  new ResizeObserver(fit).observe(element);
  return self;
}

const SHEETS = new WeakMap(); // the sheet of each text area
KINDS.written = {
  draw: ({ words }, name, off) => {
    const made = sheet(words, { disabled: off });
    SHEETS.set(made.area, made);
    return [made.element];
  },
  read: (box) => box.querySelector(".okr-paper").value,
  write: (box, answer) => {
    const area = box.querySelector(".okr-paper");
    area.value = answer?.text ?? answer ?? "";
    SHEETS.get(area).redraw();
  },
};
