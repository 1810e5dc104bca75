/* The tab Baskets: cells of its table, its filters' small windows, the sentence of a point. */
(function () {
  "use strict";
  var NARROW = 640;
  var MORE = ["jaccard", "certainty", "kulczynski", "representativity"];
  var SECONDARY = ["count", "support", "leverage", "conviction", "zhangs_metric"];
  var element = window.React.createElement;
  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  var renderers = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

  // no limit arrives as nothing: JSON has no infinity
  functions.conviction = function (value) {
    return value === null || value === undefined ? "always" : functions.number(value, 1);
  };

  renderers.ProductsCell = function (params) {
    var names = params.value || [];
    var parts = [];
    names.forEach(function (name, place) {
      if (place) parts.push(element("span", { key: "and" + place, className: "sd-muted" }, " and "));
      parts.push(element("span", { key: place, className: "sd-prod-in sd-prod-first" }, name));
    });
    return element("span", { className: "sd-sides", title: names.join(" + ") }, parts);
  };

  renderers.LiftCell = function (params) {
    if (params.value === null || params.value === undefined) return null;
    var step = params.classes.filter(function (lowest) { return params.value >= lowest; }).length || 1;
    return element(
      "span",
      { className: "sd-lift" },
      functions.number(params.value, 1),
      element("span", { className: "sd-swatch", style: { "--c": "var(--seq-" + step + ")" }, "aria-hidden": "true" }),
    );
  };

  function close(details) {
    if (details.contains(document.activeElement)) details.querySelector("summary").focus();
    details.open = false;
  }

  function open() {
    return document.querySelectorAll(".sd-add[open]");
  }

  document.addEventListener("click", function (event) {
    open().forEach(function (details) {
      if (!details.contains(event.target)) details.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") open().forEach(close);
  });
  // an opened window is there to be written into
  document.addEventListener(
    "toggle",
    function (event) {
      if (!event.target.open || !event.target.matches(".sd-add")) return;
      var field = event.target.querySelector("input, select");
      if (field) field.focus();
    },
    true,
  );

  // what leads to another view of the tab carries its query; the address does the rest
  document.addEventListener("click", function (event) {
    var going = event.target.closest("[data-search]");
    if (!going || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var bar = going.closest(".sd-filters");
    window.dash_clientside.set_props("shell-address-location", { search: going.dataset.search });
    if (bar) bar.querySelector("summary").focus();
    if (going.querySelector("a")) window.scrollTo(0, 0);
  });

  function html(type, props) {
    return { namespace: "dash_html_components", type: type, props: props };
  }

  var fitted = "";

  function listed(names, places) {
    return Array.from(places)
      .filter(function (place) { return place > 0; })
      .map(function (place) { return names[place].toLowerCase(); })
      .join(" and ");
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.baskets = {
    closeFilters: function () {
      open().forEach(close);
      return window.dash_clientside.no_update;
    },

    /* the rule under the pointer, in words: the figure carries products by number, their names once */
    point: function (hovered, figure) {
      var point = hovered && hovered.points && hovered.points[0];
      if (!point || !point.customdata || !figure.layout || !figure.layout.meta) return "";
      var share = function (value, places) { return functions.share(value, places); };
      var names = figure.layout.meta.names.split("\t");
      var split = figure.layout.meta.antecedents;
      var sides = Array.from(point.customdata);
      return (
        "With " + listed(names, sides.slice(0, split)) + ", also " + listed(names, sides.slice(split)) + ": confidence " +
        share(point.y / 100) + ", support " + share(point.x / 100, 2) + ". Press the point for all rules of these products."
      );
    },

    /* the picture in numbers: a row for each class of lift, strongest first */
    classes: function (figure) {
      var meta = figure && figure.layout && figure.layout.meta;
      return ((meta && meta.classes) || []).slice().reverse().map(function (of) {
        var cells = [functions.number(of[2]), functions.share(of[3], 1), functions.share(of[4])];
        var lift = of[1] ? of[0] + " up to " + of[1] : of[0] + " and more";
        return html("Tr", {
          children: [html("Th", { children: lift, scope: "row" })].concat(
            cells.map(function (cell) { return html("Td", { children: cell, className: "sd-num" }); }),
          ),
        });
      });
    },

    /* which columns fit; the four further measures come and go by their button */
    fitColumns: function (requested, clicks, gridId, buttonId) {
      var all = Boolean(clicks % 2);
      var narrow = window.innerWidth <= NARROW;
      if (!requested) return window.dash_clientside.no_update;
      window.dash_ag_grid.getApiAsync(gridId).then(function (grid) {
        if (fitted === [all, narrow].join()) return;
        fitted = [all, narrow].join();
        grid.setColumnsVisible(SECONDARY, all || !narrow);
        grid.setColumnsVisible(MORE, all);
        if (grid.getGridOption("rowHeight") === (narrow ? 108 : 40)) return;
        grid.setGridOption("rowHeight", narrow ? 108 : 40);
        grid.purgeInfiniteCache(); // rows that are there keep their height otherwise
      });
      var button = document.getElementById(buttonId);
      if (button) button.setAttribute("aria-pressed", String(all));
      return window.dash_clientside.no_update;
    },
  };
})();
