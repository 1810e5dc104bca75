/* How a page is looked at, in its address: which cards show their table (`table`), which columns a list leaves out
   (`hide`). No server is asked: the address is written in place, and whatever else the page writes into it keeps both. */
(function () {
  "use strict";
  const NAMES = ["table", "hide"];
  const CARD = ".sd-card[data-card]";
  const COLUMNS = "[data-columns-of]";
  let path = null; // of the page that is looked at like this
  let chosen = read(window.location.search);
  let list = null; // the grid whose columns can be left out
  const leftOut = new WeakMap(); // grid -> ids of the columns that were taken out of it

  function read(search) {
    const query = new URLSearchParams(search);
    return Object.fromEntries(NAMES.map((name) => [name, [...new Set(query.getAll(name))]]));
  }

  function without(search) {
    const query = new URLSearchParams(search);
    NAMES.forEach((name) => query.delete(name));
    return query.toString();
  }

  /* Where there is nothing to be looked at in two ways, the two names are the page's own. */
  function looked() {
    return Boolean(document.querySelector(`${CARD},${COLUMNS}`));
  }

  function write() {
    if (!looked()) return;
    const query = new URLSearchParams(window.location.search);
    if (NAMES.every((name) => query.getAll(name).join("\n") === chosen[name].join("\n"))) return;
    NAMES.forEach((name) => query.delete(name));
    NAMES.forEach((name) => chosen[name].forEach((value) => query.append(name, value)));
    const text = query.toString();
    const address = window.location.pathname + (text ? `?${text}` : "") + window.location.hash;
    window.history.replaceState(window.history.state, "", address);
  }

  function choose(name, value, taken) {
    const others = chosen[name].filter((each) => each !== value);
    chosen[name] = taken ? others.concat(value) : others;
    write();
  }

  function showCard(card) {
    const wanted = chosen.table.includes(card.dataset.card) ? "table" : "chart";
    if ((card.dataset.shows ?? "chart") === wanted) return;
    const button = card.querySelector(`.sd-toggle [data-view="${wanted}"]`);
    if (button) window.desk.showView(button);
  }

  function fitList() {
    if (!list || !document.querySelector(COLUMNS) || list.isDestroyed()) return;
    const out = leftOut.get(list) ?? new Set();
    const columns = list.getColumns() ?? [];
    const taken = columns.slice(1).filter((each) => each.isVisible() && chosen.hide.includes(each.getColId()));
    const names = taken.map((each) => each.getColId());
    const back = [...out].filter((name) => !chosen.hide.includes(name));
    if (!names.length && !back.length) return;
    names.forEach((name) => out.add(name));
    back.forEach((name) => out.delete(name));
    leftOut.set(list, out);
    list.setColumnsVisible(names, false);
    list.setColumnsVisible(back, true);
    list.sizeColumnsToFit();
  }

  function show() {
    document.querySelectorAll(CARD).forEach(showCard);
    fitList();
  }

  window.desk.looks = {
    /* Takes what the page shows now; another page is looked at as its address says. */
    follow: function (pathname) {
      if (path === pathname) write();
      else {
        path = pathname;
        chosen = read(window.location.search);
        show();
      }
    },

    /* Looks at the page as an address of it says that is opened now; whether that is all in which it differs. */
    lead: function (search) {
      const same = looked() && without(search) === without(window.location.search);
      chosen = read(search);
      if (same) write();
      show();
      return same;
    },

    /* Takes the grid that asks for rows. */
    list: function (grid) {
      if (list !== grid) grid.addEventListener("newColumnsLoaded", fitList);
      list = grid;
      fitList();
    },
  };

  window.addEventListener("popstate", function () {
    if (window.location.pathname.replace(/(.)\/$/, "$1") !== path) return;
    chosen = read(window.location.search);
    show();
  });

  /* cards come with answers, too */
  new MutationObserver(function (changes) {
    if (!chosen.table.length) return;
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (!(node instanceof HTMLElement)) continue;
      if (node.matches(CARD)) showCard(node);
      node.querySelectorAll(CARD).forEach(showCard);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  function entry(column) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.column = column.getColId();
    button.textContent = column.getColDef().headerName;
    button.setAttribute("aria-pressed", String(column.isVisible()));
    return button;
  }

  document.addEventListener("toggle", function (event) {
    if (!event.target.open || !event.target.matches("details.sd-columns") || !list) return;
    const named = (list.getColumns() ?? []).slice(1).filter((each) => each.getColDef().headerName);
    event.target.querySelector(".sd-menu").replaceChildren(...named.map(entry));
  }, true);

  document.addEventListener("click", function (event) {
    const view = event.target.closest(".sd-toggle [data-view]");
    const card = view?.closest(CARD);
    if (card) choose("table", card.dataset.card, view.dataset.view === "table");
    const column = event.target.closest(".sd-columns [data-column]");
    if (!column) return;
    const shown = column.getAttribute("aria-pressed") === "true";
    column.setAttribute("aria-pressed", String(!shown));
    choose("hide", column.dataset.column, shown);
    fitList();
  });
})();
