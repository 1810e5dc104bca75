/* Draws what layouts/parts/borders.py says: the smallest change to another cluster, and badges with their meaning. */
(function () {
  "use strict";

  window.deskBorders = {
    crossings: function (said, chip) {
      var html = window.desk.parts.html;
      var lines = [html("P", {}, said.lead)];
      if (said.changes.length) {
        var rows = said.changes.map(function (change) {
          var arrow = html("Span", { className: "sd-muted" }, window.desk.parts.icon("arrow"));
          return html("Div", { className: "sd-bar-row" }, [html("Span", {}, change.said), arrow, chip(change.cluster)]);
        });
        lines.push(html("Div", { className: "sd-bars" }, rows), html("P", { className: "sd-note" }, said.note));
      }
      return html("Div", { className: "sd-crossings" }, lines);
    },

    notes: function (notes) {
      var html = window.desk.parts.html;
      return notes.map(function (note) {
        return html("P", { className: "sd-sign-line" }, [html("Span", { className: "sd-sign" }, note.sign), html("Span", {}, note.meaning)]);
      });
    },
  };
})();
