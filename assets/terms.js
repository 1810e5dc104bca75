/* What a dotted word means: on hover, on focus and on a tap; Escape closes it. Grids' headings are dotted by a class. */
(function () {
  "use strict";
  const TIP = "shell-meaning-tooltip";
  const MARKED = ".sd-term,.sd-term-head";
  const LEAVES_MS = 250; // time to reach the tooltip itself
  const GAP = 8;
  const first = document.getElementById("shell-first"); // what the server sends ahead of Dash: layouts/shell/first.py
  let known = null; // word and meaning by id
  let marked = null; // whose meaning is open
  let leaving = 0;

  function tip() {
    return document.getElementById(TIP);
  }

  function meaning(element) {
    known = known ?? JSON.parse(first.dataset.meanings);
    const heading = Array.from(element.classList).find((name) => name.startsWith("sd-word-"));
    return known[element.dataset.word ?? heading?.slice("sd-word-".length)];
  }

  /* Below the word, above it where there is no room; never wider than the window. The style sheet makes it a sheet
     at the foot of a narrow one. */
  function place() {
    if (!marked) return;
    if (!marked.isConnected) {
      hide();
      return;
    }
    const box = tip();
    const word = marked.getBoundingClientRect();
    const left = Math.min(word.left, document.documentElement.clientWidth - box.offsetWidth - GAP);
    const below = word.bottom + GAP;
    const fits = below + box.offsetHeight <= window.innerHeight;
    box.style.setProperty("--sd-left", Math.max(left, GAP) + "px");
    box.style.setProperty("--sd-top", (fits ? below : Math.max(word.top - GAP - box.offsetHeight, GAP)) + "px");
  }

  function show(element) {
    window.clearTimeout(leaving);
    if (element === marked) return;
    hide();
    const said = meaning(element);
    if (!said) return;
    marked = element;
    const parts = window.desk.parts;
    tip().replaceChildren(...[parts.html("B", {}, said[0]), parts.html("Span", {}, said[1])].map(parts.toNode));
    tip().hidden = false;
    element.setAttribute("aria-describedby", TIP);
    place();
  }

  function hide() {
    window.clearTimeout(leaving);
    if (!marked) return;
    marked.removeAttribute("aria-describedby");
    marked = null;
    tip().hidden = true;
  }

  function markedIn(event) {
    return event.target.closest?.(MARKED) ?? null;
  }

  document.addEventListener("mouseover", function (event) {
    const element = markedIn(event);
    if (element) show(element);
    else if (marked && event.target.closest("#" + TIP)) window.clearTimeout(leaving);
    else if (marked && !marked.contains(document.activeElement)) {
      window.clearTimeout(leaving);
      leaving = window.setTimeout(hide, LEAVES_MS);
    }
  });

  document.addEventListener("focusin", function (event) {
    const element = markedIn(event);
    if (element) show(element);
    else hide();
  });

  document.addEventListener("click", function (event) {
    const element = markedIn(event);
    if (element) show(element);
    else if (!event.target.closest("#" + TIP)) hide();
  });

  // before the other listeners: the first press closes the meaning and nothing else
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !marked) return;
    hide();
    event.stopPropagation();
  }, true);

  document.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);
})();
