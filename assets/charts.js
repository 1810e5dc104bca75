/* Figures name colours as CSS does; here the names become the colours of the theme shown, and the template is added,
   with the reader's signs in numbers and their names of months and days. */
(function () {
  "use strict";
  var plotly; // Dash loads it when the first chart comes
  var sources = new WeakMap(); // what a chart was asked to show, before its colours were resolved
  var probe = null;
  var known = {};
  var PAPER = { width: 660 }; // as wide as a card on a sheet of A4, less its edges
  var paper = null;

  /* Any CSS colour as plotly.js reads it; color-mix() comes back from the browser as color(srgb r g b / a). */
  function resolve(text) {
    if (known[text]) return known[text];
    if (!probe) {
      probe = document.createElement("span");
      probe.hidden = true;
      document.body.append(probe);
    }
    probe.style.color = "";
    probe.style.color = text;
    var colour = window.getComputedStyle(probe).color;
    var parts = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/.exec(colour);
    if (parts) {
      var bytes = parts.slice(1, 4).map(function (part) { return Math.round(Number(part) * 255); });
      colour = "rgba(" + bytes.join(",") + "," + (parts[4] || 1) + ")";
    }
    known[text] = colour;
    return colour;
  }

  function coloured(value) {
    if (typeof value === "string") {
      return value.indexOf("var(--") === 0 || value.indexOf("color-mix(") === 0 ? resolve(value) : value;
    }
    if (Array.isArray(value)) return value.map(coloured);
    if (!value || typeof value !== "object" || ArrayBuffer.isView(value) || value.bdata) return value;
    var made = {};
    Object.keys(value).forEach(function (key) { made[key] = coloured(value[key]); });
    return made;
  }

  /* What plotly.js writes in dates; it has the English names itself, and shows no other words of its own here. */
  function named() {
    var language = document.documentElement.lang;
    if (language.startsWith("en")) return {};
    function each(count, kind, length) {
      var format = new Intl.DateTimeFormat(language, { [kind]: length, timeZone: "UTC" });
      // 1 January 2017 was a Sunday, with which plotly.js begins
      return Array.from({ length: count }, function (_, place) {
        return format.format(kind === "month" ? Date.UTC(2017, place) : Date.UTC(2017, 0, place + 1));
      });
    }
    var format = {
      months: each(12, "month", "long"), shortMonths: each(12, "month", "short"),
      days: each(7, "weekday", "long"), shortDays: each(7, "weekday", "short"),
    };
    return { locale: language, locales: { [language]: { format: format } } };
  }

  var names = named();

  function dressed(figure) {
    var layout = Object.assign({ template: window.deskTemplate, separators: window.desk.signs.join("") }, figure.layout, paper);
    var config = Object.assign({}, figure.config, names);
    return Object.assign({}, figure, { data: coloured(figure.data || []), layout: coloured(layout), config: config });
  }

  /* A part of a chart filters by what its trace says in "meta": one filter for all of it, or one for each part.
     Without the answer, plotly.js would take a treemap's pressed area for the whole. */
  function pressed(event) {
    var point = event.points[0];
    var meta = point.data.meta;
    var filter = Array.isArray(meta) ? meta[point.pointNumber] : meta;
    if (filter) window.desk.press(filter);
    return false;
  }

  function wrap(library) {
    var react = library.react;
    library.react = function (element, data, layout, config) {
      var figure = Array.isArray(data) ? { data: data, layout: layout, config: config } : data;
      var first = !sources.has(element);
      sources.set(element, figure);
      var drawn = react.call(library, element, dressed(figure));
      if (first) ["plotly_click", "plotly_treemapclick"].forEach(function (kind) { element.on(kind, pressed); });
      return drawn;
    };
    function again() {
      known = {};
      document.querySelectorAll(".js-plotly-plot").forEach(function (element) {
        var figure = sources.get(element);
        if (figure) react.call(library, element, dressed(figure));
      });
    }
    window.addEventListener("sd-theme", again);
    window.addEventListener("beforeprint", function () {
      paper = PAPER;
      again();
      paper = null;
    });
    window.addEventListener("afterprint", function () {
      window.dispatchEvent(new Event("resize")); // by which charts take the width of their cards again
    });
  }

  /* Dash names plotly.js without a fingerprint, so that it would be asked about at every page. */
  Object.defineProperty(window, "_dashPlotlyJSURL", {
    get: function () {
      return document.querySelector('meta[name="sd-plotly"]').content;
    },
    set: function () {},
  });

  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: function () {
      return plotly;
    },
    set: function (library) {
      if (library && library.react && library !== plotly) wrap(library);
      plotly = library;
    },
  });
})();
