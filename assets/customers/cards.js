/* The tab Customers: builds tables, bars and the strip of segments from the values of layouts/customers/cards.py. */
(function () {
  "use strict";
  var parts = window.desk.parts;
  var html = parts.html;
  var NUMBERS = /^(number|quantity|decimal|money|moneySum)$/;

  function hidden(props) {
    return Object.assign({ "aria-hidden": "true" }, props);
  }

  function month(day, year) {
    var format = new Intl.DateTimeFormat(window.desk.locale(), { month: "short", year: year, timeZone: "UTC" });
    return format.format(new Date(day.slice(0, 7) + "-01T00:00:00Z"));
  }

  function squares(held, of, colour) {
    var each = [];
    for (var place = 0; place < of; place += 1) each.push(html("Span", { className: place < held ? "sd-dot sd-dot-on" : "sd-dot" }));
    return html("Span", hidden({ className: "sd-dots sd-dots-own", style: { "--c": colour } }), html("Span", {}, each));
  }

  function track(share, colour) {
    var fill = html("Span", { style: { width: (share * 100).toFixed(1) + "%" } });
    return html("Span", hidden({ className: "sd-track", style: { "--c": colour } }), fill);
  }

  /* What a cell's kind makes of its value. */
  var cells = {
    day: function (value) { return window.dashAgGridFunctions.day(value); },
    dayTime: function (value) { return window.dashAgGridFunctions.dayTime(value); },
    month: function (value) { return month(value, "numeric"); },
    quantity: function (value) { return window.dashAgGridFunctions.number(value, value % 1 ? 3 : 0); },
    text: String,
    number: function (value, places) { return window.dashAgGridFunctions.number(value, places || 0); },
    decimal: function (value) { return window.dashAgGridFunctions.number(value, 2); },
    money: function (value) { return window.dashAgGridFunctions.money(value); },
    moneySum: function (value) { return window.dashAgGridFunctions.moneySum(value); },
    product: function (value) { return html("Span", { className: "sd-prod" }, value); },
    customer: function (value) {
      return html("A", { href: "/customers?id=" + encodeURIComponent(value), className: "sd-strong" }, value);
    },
    squares: squares,
    track: track,
  };

  function cell(looks, kind, value, more, last) {
    if (kind === "segment") return looks.segments[value] ? parts.badge(looks.segments[value]) : "–";
    if (kind === "cluster") return parts.badge(looks.clusters[value]);
    return cells[kind](value, more, last);
  }

  function table(sent, looks) {
    var columns = sent.columns.map(function (column) {
      return { name: column.name, style: (NUMBERS.test(column.kind) ? "sd-num" : "") + (column.optional ? " sd-opt" : "") };
    });
    return parts.table(sent.table, columns, sent.rows.map(function (values) {
      return values.map(function (value, place) { return cell(looks, sent.columns[place].kind, value); });
    }));
  }

  function bars(sent, looks) {
    var lines = sent.rows.map(function (row) {
      return html("Div", { className: "sd-bar-row" }, row.map(function (one) {
        var made = cell(looks, one[0], one[1], one[2], one[3]);
        return NUMBERS.test(one[0]) ? html("Span", { className: "sd-num" }, made) : made;
      }));
    });
    return html("Div", { className: "sd-bars " + sent.className }, lines);
  }

  function history(days, without, looks) {
    var seen = {};
    var told = [];
    var strip = days.map(function (one) {
      var look = looks.segments[one[1]];
      var name = look ? look.name : without;
      if (look) seen[one[1]] = look;
      told.push(month(one[0], "numeric") + " " + name);
      var square = html("Span", { className: "sd-history-cell", style: look ? { "--c": look.colour } : {} });
      var short = month(one[0]);
      return html("Div", { title: window.dashAgGridFunctions.day(one[0]) + ": " + name }, [square, short]);
    });
    var legend = Object.keys(seen).map(function (id) { return parts.badge(seen[id]); });
    return [
      html("Div", { className: "sd-history", role: "img", "aria-label": told.join(", ") }, strip),
      html("Div", { className: "sd-history-legend" }, legend),
    ];
  }

  function built(sent, looks) {
    if (!sent) return [];
    if (sent.history) return history(sent.history, sent.without, looks);
    if (sent.crossings) {
      return window.deskBorders.crossings(sent.crossings, function (index) { return parts.badge(looks.clusters[sent.clusters[index]]); });
    }
    if (sent.notes) return window.deskBorders.notes(sent.notes);
    return sent.table ? table(sent, looks) : bars(sent, looks);
  }

  window.desk.customerTable = table;

  /* The places are named by the outputs. A finding that is no sentence tells that the callback has failed. */
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk_cards = {
    build: function (sent, finding) {
      var failed = !sent || (finding && typeof finding === "object");
      return window.dash_clientside.callback_context.outputs_list.map(function (output) {
        return failed ? [] : built(sent.parts[output.id], sent.looks);
      });
    },
  };
})();
