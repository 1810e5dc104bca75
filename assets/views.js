/* The menu of saved views: it asks for its list as it is opened, and for what is pressed in it. */
(function () {
  "use strict";
  let presses = 0; // the same button pressed again asks again
  const changed = new WeakMap(); // menu -> the view that its form changes

  function tell(menu, part, props) {
    window.dash_clientside.set_props(`${menu.dataset.views}-views-${part}`, props);
  }

  function ask(menu, what) {
    presses += 1;
    const { view, seen } = changed.get(menu) ?? { view: null, seen: "" };
    tell(menu, "store", { data: { what, search: window.location.search, view, seen, press: presses } });
  }

  function change(menu, button) {
    const seen = button.dataset.name;
    changed.set(menu, { view: Number(button.dataset.changeView), seen });
    tell(menu, "new-input", { value: seen });
    tell(menu, "change-error", { children: [] });
    tell(menu, "change-div", { hidden: false });
    // once it is shown
    window.setTimeout(function () { document.getElementById(`${menu.dataset.views}-views-new-input`)?.focus(); });
  }

  /* A view of another release's numbers, or of this list in another order, which a list that is there keeps, loads
     the page anew. Any other one goes on with the numbers that are shown. */
  function follow(menu, link) {
    const place = new URL(link.href);
    const here = new URL(window.location.href);
    const [pinned, asked] = [place, here].map((each) => each.searchParams.get("release"));
    const [order, now] = [place, here].map((each) => each.searchParams.get("sort"));
    if (!pinned && asked) place.searchParams.set("release", asked);
    const other = pinned && pinned !== document.getElementById("shell-main-main").dataset.release;
    if (other || (place.pathname === here.pathname && order !== now)) {
      window.location.assign(place);
      return;
    }
    menu.open = false;
    menu.querySelector("summary").focus();
    if (place.pathname === here.pathname && window.desk.looks.lead(place.search)) window.scrollTo(0, 0);
    else window.desk.goTo(place.pathname + place.search);
  }

  document.addEventListener("toggle", function (event) {
    if (!event.target.open || !event.target.matches("details.sd-views")) return;
    // the view that was to be changed may be another's by now
    tell(event.target, "change-div", { hidden: true });
    ask(event.target, "open");
  }, true);

  document.addEventListener("click", function (event) {
    const menu = event.target.closest("details.sd-views");
    if (!menu) return;
    const pressed = event.target.closest("[data-views-ask],[data-change-view],a[data-view]");
    if (!pressed) return;
    if (pressed.dataset.viewsAsk) ask(menu, pressed.dataset.viewsAsk);
    else if (pressed.dataset.changeView) change(menu, pressed);
    else if (!(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      follow(menu, pressed);
    }
  });

  /* A form that goes with what was pressed in it gives the focus to the menu's button. */
  new MutationObserver(function (changes) {
    for (const { target } of changes) {
      if (target.hidden && target.matches(".sd-views-form") && target.contains(document.activeElement)) {
        target.closest("details").querySelector("summary").focus();
      }
    }
  }).observe(document.documentElement, { attributeFilter: ["hidden"], subtree: true });

  document.addEventListener("keydown", function (event) {
    // Enter also ends a word that is being composed
    if (event.key !== "Enter" || event.isComposing || !event.target.matches(".sd-views input[type=text]")) return;
    const menu = event.target.closest("details.sd-views");
    ask(menu, event.target.id.endsWith("-new-input") ? "rename" : "save");
  });
})();
