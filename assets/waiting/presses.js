/* What the reader pressed last, and the ring in it while it waits for its answer. */
(function () {
  "use strict";
  const CONTROL = "a,button,summary,input,select,textarea,.ag-header-cell,.js-plotly-plot";
  const FIELD = ".sd-lookup,.sd-input,.form-check,.sd-field";
  /* A press asks within that many tenths of a second, or not at all. They are counted one after the other: a page
     that was busy for longer had no time to ask. */
  const REACTS = 6;
  let last = null;
  const waiting = new Map(); // control -> how many requests it waits for

  /* A field cannot hold a ring: what stands around it does. A choice that closes with its window leaves its chip. */
  function note(event) {
    const control = event.target.closest?.(CONTROL);
    const field = control?.matches("input,select,textarea") ? control.closest(FIELD) : null;
    const chip = control?.closest("details")?.querySelector("summary");
    last = { control: field ?? control ?? null, chip: chip ?? null, at: window.performance.now() };
    forget(last, REACTS);
  }

  function forget(press, tenths) {
    if (press !== last) return;
    if (tenths) window.setTimeout(forget, 100, press, tenths - 1);
    else last = null;
  }

  for (const kind of ["click", "change", "input"]) document.addEventListener(kind, note, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Enter") note(event); }, true);
  window.addEventListener("popstate", () => { last = null; }, true);

  /* The press that a request which starts now belongs to, or null. */
  const recent = () => last;

  function visible(element) {
    return Boolean(element?.isConnected && element.getClientRects().length);
  }

  function sign(press) {
    const control = [press.control, press.chip].find(visible);
    if (!control) return null;
    waiting.set(control, (waiting.get(control) ?? 0) + 1);
    const still = window.getComputedStyle(control).position === "static";
    if (!control.hasAttribute("data-sd-pressed")) control.setAttribute("data-sd-pressed", still ? "still" : "");
    return control;
  }

  function clear(control) {
    const left = waiting.get(control) - 1;
    if (left) {
      waiting.set(control, left);
      return;
    }
    waiting.delete(control);
    control.removeAttribute("data-sd-pressed");
  }

  window.desk.presses = { recent, sign, clear };
})();
