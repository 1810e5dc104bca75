/* The tab Baskets: cells of its table, its filters' small windows, the sentence of a point. */
(function () {
  "use strict";
  var NARROW = 640;
  var NARROW_ROW = 136;
  var MORE = [
    "q_value", "zhangs_metric", "leverage", "conviction", "p_value", "jaccard", "certainty", "kulczynski", "representativity",
  ];
  var SECONDARY = ["support", "customers", "chance_lift", "held_up", "details", "buyers"];
  var CLASSES = [{}, { style: "sd-num" }, { style: "sd-num" }, { style: "sd-num" }];
  // what older releases lack
  var NEEDS = { held_up: "held", q_value: "tested", p_value: "tested", customers: "judged", chance_lift: "judged" };
  var desk = (window.deskBaskets = window.deskBaskets || {});
  var element = window.React.createElement;
  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  var renderers = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

  // no limit arrives as nothing: JSON has no infinity
  functions.conviction = function (value) {
    return value === null || value === undefined ? say("always") : functions.number(value, 1);
  };

  functions.probability = function (value) {
    return value === null || value === undefined ? "–" : window.desk.plain(Number(value.toPrecision(2)));
  };

  // a share of false rules, as a bet that anybody can weigh
  function odds(value) {
    if (value === null || value === undefined) return "–";
    if (value < 1e-6) return say("under 1 in a million");
    if (value > 0.5) return say("likely");
    return say("1 in {n}", { n: functions.number(Number((1 / value).toPrecision(2))) });
  }

  function two(above, below, more) {
    return element("span", Object.assign({ className: "sd-two" }, more), above, element("small", null, below));
  }

  function ratio(part, whole) {
    return say("{part} of {whole}", { part: functions.number(part), whole: functions.number(whole) });
  }

  renderers.ProductsCell = function (params) {
    var names = params.value || [];
    if (!names.length) return null;
    var from = params.colDef.field === "consequents" ? params.data.antecedents.length : 0;
    var parts = [];
    names.forEach(function (name, place) {
      if (place) parts.push(element("span", { key: "and" + place, className: "sd-muted" }, " " + say("and") + " "));
      parts.push(
        element(
          "a",
          { key: place, className: "sd-prod-in sd-prod-first", href: desk.item(params.data.items[from + place]),
            "data-item": params.data.items[from + place] },
          name,
        ),
      );
    });
    var sides = element("span", { className: "sd-sides", title: names.join(" + ") }, parts);
    if (!from) return sides;
    return element("span", null, sides, element("span", { className: "sd-narrow-only" }, desk.opener(params.data)));
  };

  /* what chance gives, and where the lift is not clearly beyond it */
  renderers.ChanceCell = function (params) {
    if (!params.data || params.value === undefined) return null;
    var lift = functions.number(params.value, 1);
    return params.data.finding ? lift : two(lift, say("may be chance"));
  };

  renderers.SupportCell = function (params) {
    if (!params.data) return null;
    return two(functions.share(params.value, 2), functions.number(params.data.count));
  };

  renderers.ConfidenceCell = function (params) {
    if (!params.data) return null;
    var counts = ratio(params.data.count, params.data.antecedent_count);
    return two(element("b", null, functions.share(params.value)), counts);
  };

  /* a sign and a word, never the colour alone; below it the later counts */
  renderers.HeldUpCell = function (params) {
    var rule = params.data;
    if (!rule || rule.held_up === undefined) return null;
    var said = { "1": ["done", say("yes")], "0": ["warning", say("no")], "-1": ["", say("cannot tell")] }[rule.held_up];
    var seen = rule.later_antecedent_count > 0;
    var later = seen ? ", " + functions.share(rule.later_confidence) : "";
    var sign = said[0] && element("span", { className: "sd-ic sd-ic-" + said[0], "aria-hidden": "true" });
    return two(
      element("span", { className: "sd-held" }, sign || null, said[1] + later),
      seen ? ratio(rule.later_count, rule.later_antecedent_count) : say("not bought later"),
    );
  };

  /* to the form that saves a rule's buyers: of the cluster or the segment whose rules are shown */
  renderers.BuyersCell = function (params) {
    var rule = params.data;
    if (!rule) return null;
    var shown = new URLSearchParams(window.location.search);
    var query = new URLSearchParams({ save: "rule" });
    rule.items.forEach(function (code, place) {
      query.append(place < rule.antecedents.length ? "antecedent" : "consequent", code);
    });
    var kind = shown.has("cluster") ? "cluster" : "segment"; // rules belong to one group
    if (shown.has(kind)) query.append(kind, shown.get(kind));
    var address = "/audiences?" + query;
    function open(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      window.desk.goTo(address);
    }
    var said = say("Save the buyers of {products} as an audience", { products: desk.together(rule.antecedents) });
    return element("a", { href: address, onClick: open, title: say("Save the buyers as an audience"), "aria-label": said }, say("Save"));
  };

  renderers.FlukeCell = function (params) {
    if (params.value === undefined) return null;
    var exact = "q = " + functions.probability(params.value) + ", p = " + functions.probability(params.data.p_value);
    return element("span", { title: exact }, odds(params.value));
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

  function shut(details) {
    if (details.contains(document.activeElement)) details.querySelector("summary").focus();
    details.open = false;
  }

  function opened() {
    return document.querySelectorAll(".sd-add[open]");
  }

  document.addEventListener("click", function (event) {
    opened().forEach(function (details) {
      if (!details.contains(event.target)) details.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") opened().forEach(shut);
  });
  // an opened window is there to be written into
  document.addEventListener(
    "toggle",
    function (event) {
      if (!event.target.open || !event.target.matches(".sd-add:not(.sd-views)")) return;
      var field = event.target.querySelector("input, select");
      if (field) field.focus();
    },
    true,
  );

  /* the link to a cluster's rules does not know the release of the page that it stands on */
  function kept(search) {
    var query = new URLSearchParams(search);
    var release = new URLSearchParams(window.location.search).get("release");
    if (release) query.append("release", release);
    return "?" + query;
  }

  // what leads to another view of the tab carries its query; the address does the rest
  document.addEventListener("click", function (event) {
    var going = event.target.closest("[data-search]");
    if (!going || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var bar = going.closest(".sd-filters");
    var link = going.querySelector("a");
    var search = link ? kept(going.dataset.search) : going.dataset.search;
    window.dash_clientside.set_props("shell-address-location", { search: search });
    if (bar) bar.querySelector("summary").focus();
    if (link) window.scrollTo(0, 0);
  });

  /* the page with a product alone, all other filters as they are */
  desk.item = function (code) {
    var query = new URLSearchParams(window.location.search);
    query.set("item", code);
    return "/baskets?" + query;
  };

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-item]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var search = desk.item(link.dataset.item).replace("/baskets", "");
    window.dash_clientside.set_props("shell-address-location", { search: search });
    if (!link.closest(".ag-root")) window.scrollTo(0, 0);
  });

  var fitted = "";
  var sorted = ""; // the table whose order stands in the address

  function there(name, tests) {
    return !NEEDS[name] || Boolean(tests && tests[NEEDS[name]]);
  }

  /* "-lift,count": by falling lift, then by count */
  function columnsOf(sort) {
    return sort.split(",").map(function (name, place) {
      return { colId: name.replace("-", ""), sort: name[0] === "-" ? "desc" : "asc", sortIndex: place };
    });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.baskets = {
    closeFilters: function () {
      opened().forEach(shut);
      return window.dash_clientside.no_update;
    },

    /* the picture in numbers: a row for each class of lift, strongest first */
    classes: function (figure) {
      var meta = figure && figure.layout && figure.layout.meta;
      return ((meta && meta.classes) || []).slice().reverse().map(function (each) {
        var cells = [functions.number(each.rules), functions.share(each.support, 1), functions.share(each.confidence)];
        var lift = each.below ? say("{lowest} to under {below}", each) : say("{lowest} or more", each);
        return window.desk.parts.row(CLASSES, [lift].concat(cells));
      });
    },

    /* the table's order stands in the address as files have it, and a table that opens takes it from there */
    keepSort: function (asked, gridId) {
      if (!asked) return window.dash_clientside.no_update;
      window.dash_ag_grid.getApiAsync(gridId).then(function (grid) {
        if (grid.isDestroyed()) return;
        var address = new URL(window.location.href);
        var wanted = address.searchParams.get("sort");
        var opens = sorted !== grid.getGridId();
        sorted = grid.getGridId();
        if (opens && wanted) {
          grid.applyColumnState({ state: columnsOf(wanted), defaultState: { sort: null } });
          return;
        }
        var sort = asked.sortModel.map(function (by) { return (by.sort === "desc" ? "-" : "") + by.colId; }).join();
        if (sort === "-lift") address.searchParams.delete("sort");
        else address.searchParams.set("sort", sort || "none");
        if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address);
      });
      return window.dash_clientside.no_update;
    },

    /* which columns fit and are there; the further measures come and go by their button */
    fitColumns: function (requested, clicks, tests, gridId, buttonId) {
      var all = Boolean(clicks % 2);
      var narrow = window.innerWidth <= NARROW;
      if (!requested) return window.dash_clientside.no_update;
      window.dash_ag_grid.getApiAsync(gridId).then(function (grid) {
        var wanted = [all, narrow, grid.getGridId()].concat(Object.keys(NEEDS).map(function (name) { return there(name, tests); })).join();
        if (fitted === wanted) return;
        fitted = wanted;
        SECONDARY.concat(MORE).forEach(function (name) {
          var asked = all || (!narrow && MORE.indexOf(name) < 0);
          grid.setColumnsVisible([name], asked && there(name, tests));
        });
        grid.setColumnWidths([
          { key: "confidence", newWidth: narrow ? 94 : 104 }, { key: "lift", newWidth: narrow ? 72 : 78 },
        ]);
        if (grid.getGridOption("rowHeight") === (narrow ? NARROW_ROW : 44)) return;
        grid.setGridOption("rowHeight", narrow ? NARROW_ROW : 44);
        window.desk.lists.empty(grid); // rows that are there keep their height otherwise
      });
      var button = document.getElementById(buttonId);
      if (button) button.setAttribute("aria-pressed", String(all));
      return window.dash_clientside.no_update;
    },
  };
})();
