/* A page that is being opened: its title over grey shapes, in place of the page before. */
(function () {
  "use strict";
  const PAGE = "_pages_content";
  const entry = document.getElementById("react-entry-point");
  const first = document.getElementById("shell-first"); // what the server sends ahead of Dash: layouts/shell/first.py
  const shapes = first?.querySelector(".sd-first-page");
  const names = JSON.parse(first?.dataset.names ?? "{}");
  let shown = null; // the path of the page on screen
  let failed = false;
  let instead = null;

  function name() {
    return names[window.location.pathname] ?? "";
  }

  function isPage(root) {
    return root.id === PAGE;
  }

  function place(content) {
    instead?.remove();
    instead = content;
    const page = document.getElementById(PAGE);
    page.hidden = true;
    page.after(content);
  }

  function draw() {
    const content = shapes.cloneNode(true);
    content.querySelector(".sd-first-title").textContent = name();
    failed = false;
    document.documentElement.dataset.sdWaited = ""; // the shapes of the page itself follow these at once
    place(content);
  }

  /* The page of the address came. */
  function came() {
    shown = window.location.pathname;
    failed = false;
  }

  /* It did not come: that of an earlier address must not pass for it. */
  function fail() {
    failed = shown !== window.location.pathname;
    if (!failed) return;
    const box = document.createElement("div");
    box.className = "sd-empty";
    const heading = document.createElement("h1");
    heading.textContent = say("{page} could not be opened", { page: name() });
    const again = document.createElement("button");
    again.type = "button";
    again.className = "sd-btn sd-btn-sm";
    again.dataset.reload = "true";
    again.textContent = say("Try again");
    box.append(heading, again);
    place(box);
  }

  function clear(page) {
    if (failed) return;
    instead?.remove();
    instead = null;
    page.hidden = false;
  }

  if (first) {
    const watch = new MutationObserver(() => {
      if (!entry.querySelector("main")) return;
      watch.disconnect();
      first.remove();
    });
    watch.observe(entry, { childList: true, subtree: true });
  }

  window.desk.opening = { isPage, draw, came, fail, clear, name };
})();
