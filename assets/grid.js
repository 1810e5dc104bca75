/* Functions and cell renderers of the grids. Locale and currency are the site's, from the page's head. */
(function () {
  "use strict";

  function meta(name, otherwise) {
    var element = document.querySelector('meta[name="' + name + '"]');
    return (element && element.content) || otherwise;
  }

  var locale = meta("sd-locale", "en-GB");
  var currency = meta("sd-currency", "GBP");
  window.desk.locale = function () {
    return locale;
  };

  // between units and their parts, and between thousands
  var written = new Intl.NumberFormat(locale).formatToParts(1234567.5);
  window.desk.signs = ["decimal", "group"].map(function (type) {
    return written.find(function (part) { return part.type === type; })?.value ?? "";
  });

  /* all digits that there are, and no thousands apart */
  window.desk.plain = function (value) {
    return String(value).replace(".", window.desk.signs[0]);
  };

  function text(options) {
    var format = new Intl.NumberFormat(locale, options);
    return function (value) {
      return value === null || value === undefined || Number.isNaN(value) ? "–" : format.format(value).replace("-", "−");
    };
  }

  var byDecimals = {};
  function decimals(style, places) {
    var key = style + places;
    byDecimals[key] =
      byDecimals[key] || text({ style: style, currency: currency, minimumFractionDigits: places, maximumFractionDigits: places });
    return byDecimals[key];
  }

  var moneyText = text({ style: "currency", currency: currency });
  var moneySumText = text({ style: "currency", currency: currency, maximumFractionDigits: 0 });
  // dates are the shop's own wall clock: no zone may move them
  var dayFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.money = moneyText;
  functions.moneySum = moneySumText;
  /* £5.82m, £627k, £5,950: as layouts.words.money_short */
  functions.moneyShort = function (value) {
    var size = Math.abs(value);
    var scale = size >= 999500 ? [1e6, 2, saySense("million", "m")] : size >= 10000 ? [1e3, 0, saySense("thousand", "k")] : [1, 0, ""];
    return decimals("currency", scale[1])(value / scale[0]).replace(/(\d)(\D*)$/, "$1" + scale[2] + "$2");
  };
  functions.number = function (value, places) {
    if (value === Infinity) return say("no limit");
    return decimals("decimal", places || 0)(value);
  };
  functions.share = function (value, places) {
    if (value === null || value === undefined) return "–";
    var step = Math.pow(10, -(places || 0));
    var write = decimals("decimal", places || 0);
    /* what is there is never written as nothing, nor what is not the whole as the whole */
    if (value > 0 && value <= step / 200) return say("under {n}\u00a0%", { n: write(step) });
    if (value < 1 && value >= 1 - step / 200) return say("over {n}\u00a0%", { n: write(100 - step) });
    return say("{n}\u00a0%", { n: write(value * 100) });
  };
  functions.day = function (value) {
    return value ? dayFormat.format(new Date(String(value).slice(0, 10) + "T00:00:00Z")) : "–";
  };

  var timeFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "UTC" });
  /* a day, and the time where the file has one */
  functions.dayTime = function (value) {
    var time = String(value || "").slice(11, 19);
    if (!time || time === "00:00:00") return functions.day(value);
    return functions.day(value) + ", " + timeFormat.format(new Date("1970-01-01T" + time + "Z"));
  };

  var rhythms = { "in-rhythm": say("In rhythm"), due: say("Due"), overdue: say("Overdue"), silent: say("Silent") };

  /* "overdue" and 12 days: Overdue by 12 days */
  functions.rhythm = function (state, customer) {
    if (!state) return "–";
    var days = customer && customer.overdue_days;
    if (!days) return rhythms[state];
    if (state === "silent") return sayCount("Silent, overdue by {n} day", "Silent, overdue by {n} days", days);
    return sayCount("Overdue by {n} day", "Overdue by {n} days", days);
  };

  var element = window.React.createElement;
  var renderers = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

  renderers.SegmentCell = function (params) {
    var segment = (params.segments || {})[params.value];
    if (!segment) return params.value || null;
    return window.desk.parts.toElement(window.desk.parts.badge(segment, true));
  };

  renderers.ClusterCell = function (params) {
    var cluster = (params.clusters || {})[params.value];
    if (!cluster) return params.value || null;
    return window.desk.parts.toElement(window.desk.parts.badge(cluster, true));
  };

  /* the list that a customer is opened from, as services/serving/customers/way.py reads it: narrowed and in order */
  function cameFrom() {
    var page = window.location.pathname;
    if (page !== "/" && page !== "/churn") return "";
    var asked = new URLSearchParams(window.location.search);
    ["release", "table", "hide"].forEach(function (name) { asked.delete(name); });
    var part = page === "/" && document.getElementById("segments-search-input");
    if (part && part.value) asked.set("containing", part.value);
    var query = asked.toString();
    return "&list=" + encodeURIComponent(page + (query ? "?" + query : ""));
  }

  renderers.CustomerLink = function (params) {
    if (params.value === null || params.value === undefined) return null;
    var address = "/customers?id=" + encodeURIComponent(params.value) + cameFrom();
    function open(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      window.desk.goTo(address);
    }
    return element("a", { href: address, className: "sd-strong", onClick: open }, params.value);
  };

  renderers.ProductCell = function (params) {
    return element("span", { className: "sd-prod" }, params.value);
  };

  // Enter on a cell with a link or a button presses it: the grid itself does nothing there
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.target.classList.contains("ag-cell")) return;
    var control = event.target.querySelector("a[href],button");
    if (control) control.click();
  });

  // A list is one stop of Tab: arrow keys go from cell to cell, and Tab leaves it. Nothing in it takes the focus
  // while the browser looks for the next stop.
  document.addEventListener("keydown", function (event) {
    var list = event.key === "Tab" && event.target.closest(".ag-root-wrapper");
    if (!list || event.ctrlKey || event.altKey || event.metaKey) return;
    event.stopPropagation();
    var stops = Array.from(list.querySelectorAll("[tabindex],a[href],button,input,select,[class*=viewport]")).map(function (stop) {
      return [stop, stop.getAttribute("tabindex")];
    });
    stops.forEach(function (stop) { stop[0].setAttribute("tabindex", "-1"); });
    window.setTimeout(function () {
      stops.forEach(function (stop) {
        if (stop[0].getAttribute("tabindex") !== "-1") return; // the grid set it as the focus left
        if (stop[1] === null) stop[0].removeAttribute("tabindex");
        else stop[0].setAttribute("tabindex", stop[1]);
      });
    });
  }, true);

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-skip-list]")) return;
    var first = Array.from(document.querySelectorAll(".sd-ag .ag-tab-guard-top")).find(function (guard) {
      return guard.closest(".sd-ag").getClientRects().length;
    });
    if (!first) return; // a list that is folded: the link leads to the content
    event.preventDefault();
    first.focus();
  });
})();
