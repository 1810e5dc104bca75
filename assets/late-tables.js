/* The tab Data: a table behind a chart is built from its text when it is first asked for. */
(function () {
  "use strict";

  function build(place) {
    var parts = window.desk.parts;
    var sent = JSON.parse(place.dataset.written);
    var rows = sent.rows.map(function (cells) {
      return cells.map(function (cell, at) {
        return sent.columns[at].product ? parts.html("Span", { className: "sd-prod" }, cell) : cell;
      });
    });
    place.append(parts.toNode(parts.table(sent.name, sent.columns, rows)));
  }

  window.desk.fillTables = function (card) {
    card.querySelectorAll("[data-written]:empty").forEach(build);
  };
})();
