/* The tabs: which one is marked, what their links carry, and the menu that holds them on narrow screens. */
(function () {
  "use strict";
  var BUTTON = "shell-menu-button";
  var TABS = "shell-navigation-nav";

  function pathOf(tab) {
    return tab.dataset.markedOn.split(" ")[0];
  }

  function sharedOf(tab) {
    return tab && tab.dataset.shared ? JSON.parse(tab.dataset.shared) : { parameters: {}, several: false, unless: [] };
  }

  /* the filters of an address by the names that all tabs have for them: pairs of name and value */
  function filtersIn(query, shared) {
    if (shared.unless.some(function (name) { return query.has(name); })) return [];
    return Object.keys(shared.parameters).flatMap(function (name) {
      return query.getAll(shared.parameters[name]).map(function (value) { return [name, value]; });
    }).filter(function (pair) {
      // not_yet and no_segment are no segments; ids of those hold no underscore
      return pair[0] !== "segment" || pair[1].indexOf("_") < 0;
    });
  }

  /* where a tab's link leads: to the same customers as far as it can narrow by them, and to the same release */
  function addressOf(tab, filters, release) {
    var shared = sharedOf(tab);
    var known = filters.filter(function (pair) { return pair[0] in shared.parameters; });
    var query = new URLSearchParams();
    if (shared.several || known.length === 1) {
      known.forEach(function (pair) { query.append(shared.parameters[pair[0]], pair[1]); });
    }
    if (release) query.set("release", release);
    var text = query.toString();
    return pathOf(tab) + (text ? "?" + text : "");
  }

  var settled = false;

  /* dcc.Location reads the address when it is mounted and takes its own reading for news at the first change
     from outside: it would go back there. A change of nothing lets it settle before the reader moves on. */
  function settle() {
    if (!settled) window.dash_clientside.set_props("shell-address-location", { hash: window.location.hash });
    settled = true;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.navigation = {
    /* dcc.Link takes no aria-current; the current tab's own link leads to all that it has */
    mark: function (pathname, search) {
      settle();
      var here = (pathname || "/").replace(/(.)\/$/, "$1");
      window.desk.looks.follow(here);
      var query = new URLSearchParams(search || "");
      var tabs = Array.from(document.querySelectorAll("#" + TABS + " li"));
      var current = tabs.find(function (tab) { return pathOf(tab) === here; });
      var filters = filtersIn(query, sharedOf(current));
      tabs.forEach(function (tab) {
        var link = tab.querySelector("a");
        if (tab.dataset.markedOn.split(" ").indexOf(here) >= 0) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
        var address = addressOf(tab, tab === current ? [] : filters, query.get("release"));
        window.dash_clientside.set_props(link.id, { href: address });
      });
      return here;
    },
  };

  function open() {
    var button = document.getElementById(BUTTON);
    return button && button.getAttribute("aria-expanded") === "true";
  }

  function show(shown) {
    document.getElementById(BUTTON).setAttribute("aria-expanded", String(shown));
  }

  /* focus goes back to the button unless the reader has put it elsewhere: what was focused is hidden */
  function close() {
    var inside = document.getElementById(TABS).contains(document.activeElement);
    show(false);
    if (inside) document.getElementById(BUTTON).focus();
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("#" + BUTTON)) show(!open());
    else if (open() && (event.target.closest("a") || !event.target.closest("#" + TABS))) close();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !open()) return;
    close();
    document.getElementById(BUTTON).focus();
  });

  /* the mark stands between the button and the tabs */
  document.addEventListener("focusin", function (event) {
    if (open() && !event.target.closest("#" + TABS + ",#" + BUTTON + ",.sd-brand")) show(false);
  });
})();
