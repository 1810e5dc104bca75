/* The first visit: a panel of steps beside the page, which goes on working; offered by itself once to a person. */
(function () {
  "use strict";
  const PANEL = "shell-visit-section";
  const KNOWN = "sd-visit-"; // and a mark: of whom this browser has offered it to
  const LOOKS_MS = 200;
  const LOOKS = 50;
  let from = null; // what was pressed to open it: the focus goes back there
  let looking = 0;
  let watching = null;

  function panel() {
    return document.getElementById(PANEL);
  }

  function visible(element) {
    return Boolean(element?.isConnected && element.getClientRects().length);
  }

  function unmark() {
    window.clearTimeout(looking);
    document.querySelector("[data-visited]")?.removeAttribute("data-visited");
  }

  /* the page may still be on its way */
  function point(names, left) {
    unmark();
    const found = names.map((name) => document.getElementById(name)).find(visible);
    if (found) {
      const place = found.closest(".sd-lookup") ?? found;
      place.dataset.visited = "";
      place.scrollIntoView({ block: "nearest" });
    } else if (left) looking = window.setTimeout(() => point(names, left - 1), LOOKS_MS);
  }

  function arrived() {
    unmark();
    const step = panel().firstElementChild;
    if (!step?.dataset.tab) return; // the offer takes neither the focus nor the page
    const tab = document.getElementById(step.dataset.tab);
    const path = tab.closest("li").dataset.markedOn.split(" ")[0];
    if (path !== window.location.pathname) tab.click();
    step.focus({ preventScroll: true });
    point(step.dataset.at.split(" "), LOOKS);
  }

  function show(step) {
    watching = watching ?? new MutationObserver(arrived);
    watching.observe(panel(), { childList: true });
    window.dash_clientside.set_props("shell-visit-store", { data: step });
  }

  function leave() {
    const focused = document.activeElement;
    const ours = focused === document.body || panel().contains(focused); // a page that came takes it away
    unmark();
    window.dash_clientside.set_props(PANEL, { children: [] });
    const main = document.getElementById("shell-main-main"); // a button within it goes with its page
    if (ours) (visible(from) && !main.contains(from) ? from : main).focus({ preventScroll: true });
    from = null;
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-visit]");
    if (!button) return;
    const menu = button.closest("details.sd-account");
    if (menu) menu.open = false;
    if (!panel().contains(button)) from = menu ? menu.querySelector("summary") : button;
    if (button.dataset.visit) show(Number(button.dataset.visit));
    else leave();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !panel()?.firstElementChild) return;
    if (event.target === document.body || panel().contains(event.target)) leave();
  });

  /* Whether it was offered before; it is not where nothing can be kept, or it would be on every page. */
  function offered(person) {
    try {
      if (window.localStorage.getItem(KNOWN + person)) return true;
      window.localStorage.setItem(KNOWN + person, "offered");
      return false;
    } catch {
      return true;
    }
  }

  const opening = window.setInterval(function () {
    if (!panel() || !window.dash_clientside.set_props) return;
    window.clearInterval(opening);
    if (!offered(panel().dataset.person)) show(0);
  }, 500);
})();
