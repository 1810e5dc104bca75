/* Grey shapes in the place of a result that is being asked for again, each in the size of what it covers. Titles and
   controls stay; what is covered is hidden from readers of every kind. */
(function () {
  "use strict";
  const CONTROLS = "datalist,label,legend,input,select,textarea,summary,.sd-btn,.sd-chip,.sd-iconbtn,.sd-toggle,.sd-pop";
  const STAYS = `h1,h2,h3,dt,th,caption,${CONTROLS},.sd-sk,.sd-unseen,[data-sd-shape]`;
  const FRAMES = "table,thead,tbody,tr,td,li,dl,ul,ol,section";
  const TALLEST = 80; // px: what is taller and has a ground of its own is a card with parts

  /* Words of its own, or ones that run on over several lines. */
  function says(element) {
    return [...element.childNodes].some((node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data.trim();
      return node.nodeType === Node.ELEMENT_NODE && inline(node) && node.getClientRects().length > 1;
    });
  }

  function inline(element) {
    return window.getComputedStyle(element).display === "inline";
  }

  /* Without a box of its own, but its parts may have theirs. */
  function visible(element) {
    return element.getClientRects().length > 0 || window.getComputedStyle(element).display === "contents";
  }

  function grounded(element, style) {
    const coloured = style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.backgroundImage !== "none";
    return coloured && !element.matches(FRAMES) && element.offsetHeight <= TALLEST && !element.querySelector(STAYS);
  }

  /* What an element becomes, or null where its parts are to be looked at one by one. */
  function kindOf(element) {
    if (element.matches(".dash-graph,.js-plotly-plot")) return "chart";
    if (element.matches(".ag-root-wrapper")) return "grid";
    if (element instanceof SVGElement) return "gone";
    const style = window.getComputedStyle(element);
    if (grounded(element, style)) return "block";
    // a link or button is hidden with its words, or it would have no name
    return says(element) || element.matches("a,button") ? "text" : null;
  }

  function look(element, root, found) {
    if (element !== root && element.matches(STAYS)) return;
    const kind = kindOf(element);
    if (kind) found.push({ element, kind });
    else for (const part of element.children) look(part, root, found);
  }

  /* Where the words of an element are, against the corner that its shape is placed from. */
  function measure(shape) {
    const { element } = shape;
    shape.still = window.getComputedStyle(element).position === "static";
    if (shape.kind !== "text") return;
    const range = document.createRange();
    range.selectNodeContents(element);
    const words = range.getBoundingClientRect();
    const whole = element.getBoundingClientRect();
    shape.box = {
      x: words.left - whole.left - element.clientLeft,
      y: words.top - whole.top - element.clientTop,
      w: Math.min(words.width, whole.width),
      h: words.height,
    };
  }

  function cover({ element, kind, still, box }) {
    // what has the focus would lose it by being hidden, and a page without its heading has no name
    const heading = element.matches("h1");
    const held = heading || (kind !== "grid" && element.contains(document.activeElement));
    element.setAttribute("data-sd-shape", held ? "held" : kind);
    if (heading) element.setAttribute("aria-label", say("Loading"));
    element.toggleAttribute("data-sd-still", still);
    for (const side of Object.keys(box ?? {})) element.style.setProperty(`--sd-${side}`, `${box[side]}px`);
  }

  function draw(root) {
    const found = [];
    if (root.closest(CONTROLS)) return;
    if (visible(root)) look(root, root, found);
    else root.setAttribute("data-sd-shape", "gone"); // in the view of a card that is not chosen, or in a closed window
    found.forEach(measure); // all are read before any is written
    found.forEach(cover);
  }

  function clear(root) {
    for (const element of [root, ...root.querySelectorAll("[data-sd-shape]")]) {
      element.removeAttribute("data-sd-shape");
      element.removeAttribute("data-sd-still");
      if (element.matches("h1")) element.removeAttribute("aria-label");
      for (const side of "xywh") element.style.removeProperty(`--sd-${side}`);
    }
  }

  window.desk.shapes = { draw, clear };
})();
