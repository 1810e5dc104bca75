/* Filters that live in the address: what is pressed changes the query, the query changes the page. */
(function () {
  "use strict";
  var LOCATION = "shell-address-location";

  function write(query) {
    var text = query.toString();
    window.dash_clientside.set_props(LOCATION, { search: text ? "?" + text : "" });
  }

  function here() {
    return new URLSearchParams(window.location.search);
  }

  /* whether "segment=lost" or "r_min=10&r_max=19" stands in the address */
  function isSet(filter) {
    var query = here();
    var place = filter.indexOf("=");
    if (filter.indexOf("&") < 0) return query.getAll(filter.slice(0, place)).indexOf(filter.slice(place + 1)) >= 0;
    return Array.from(new URLSearchParams(filter)).every(function (pair) { return (query.get(pair[0]) || "") === pair[1]; });
  }

  /* "segment=lost" put in when it is not there, else taken out */
  function toggled(pair) {
    var query = here();
    var place = pair.indexOf("=");
    var name = pair.slice(0, place);
    var value = pair.slice(place + 1);
    var kept = query.getAll(name).filter(function (each) { return each !== value; });
    var had = kept.length !== query.getAll(name).length;
    query.delete(name);
    kept.concat(had ? [] : [value]).forEach(function (each) { query.append(name, each); });
    return query;
  }

  /* "r_min=10&r_max=19" put in, each name once and a blank one not at all; taken out where it is there already */
  function ranged(pairs) {
    var query = here();
    var had = isSet(pairs);
    new URLSearchParams(pairs).forEach(function (value, name) {
      query.delete(name);
      if (value && !had) query.append(name, value);
    });
    return query;
  }

  function dropped(names) {
    var query = here();
    names.split(" ").forEach(function (name) { query.delete(name); });
    return query;
  }

  document.addEventListener("click", function (event) {
    var pressed = event.target.closest("[data-toggle-filter],[data-toggle-range],[data-drop-filter],[data-set-filter]");
    if (!pressed) return;
    var data = pressed.dataset;
    if (data.toggleFilter) write(toggled(data.toggleFilter));
    else if (data.toggleRange) write(ranged(data.toggleRange));
    else if (!data.setFilter) write(dropped(data.dropFilter));
    else {
      /* a link does the same in place; one that is opened beside this page is left to the browser */
      if (pressed.matches("a")) {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
      }
      var query = dropped(data.dropFilter || "");
      var place = data.setFilter.indexOf("=");
      var value = data.setFilter.slice(place + 1);
      if (value) query.set(data.setFilter.slice(0, place), value);
      else query.delete(data.setFilter.slice(0, place));
      write(query);
    }
  });

  window.desk.isSet = isSet;

  /* what a part of a chart stands for, pressed: a group by its id, or the two ends of a range (charts.js) */
  window.desk.press = function (filter) {
    write(filter.indexOf("&") < 0 ? toggled(filter) : ranged(filter));
  };

  /* a filter's window that would reach beyond the right edge of the page opens to the left */
  document.addEventListener("toggle", function (event) {
    var adder = event.target;
    if (!adder.matches || !adder.matches("details.sd-add[open]")) return;
    delete adder.dataset.opens;
    var edge = document.documentElement.clientWidth;
    if (adder.querySelector(".sd-pop").getBoundingClientRect().right > edge) adder.dataset.opens = "left";
  }, true);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.filters = {
    /* shows by aria-pressed which entries of menus and switches are set; the fields of ranges the server fills */
    mark: function (search) {
      var query = new URLSearchParams(search || "");
      document.querySelectorAll("[data-toggle-filter][aria-pressed]").forEach(function (entry) {
        var place = entry.dataset.toggleFilter.indexOf("=");
        var values = query.getAll(entry.dataset.toggleFilter.slice(0, place));
        entry.setAttribute("aria-pressed", String(values.indexOf(entry.dataset.toggleFilter.slice(place + 1)) >= 0));
      });
      document.querySelectorAll("[data-set-filter][aria-pressed]").forEach(function (entry) {
        var parts = entry.dataset.setFilter.split("=");
        entry.setAttribute("aria-pressed", String((query.get(parts[0]) || "") === parts[1]));
      });
      return window.dash_clientside.no_update;
    },
  };
})();
