/* Draws what layouts/parts/borders.py says: the smallest change to another cluster, and badges with their meaning. */
(function () {
  "use strict";

  function part(type, props, children) {
    return { type: type, namespace: "dash_html_components", props: Object.assign({ children: children }, props) };
  }

  window.deskBorders = {
    crossings: function (said, chip) {
      var lines = [part("P", {}, said.lead)];
      if (said.changes.length) {
        var rows = said.changes.map(function (change) {
          var arrow = part("Span", { className: "sd-muted" }, part("Span", { className: "sd-ic sd-ic-arrow", "aria-hidden": "true" }));
          return part("Div", { className: "sd-bar-row" }, [part("Span", {}, change[0]), arrow, chip(change[1])]);
        });
        lines.push(part("Div", { className: "sd-bars" }, rows), part("P", { className: "sd-note" }, said.note));
      }
      return part("Div", { className: "sd-crossings" }, lines);
    },

    notes: function (notes) {
      return notes.map(function (note) {
        return part("P", { className: "sd-sign-line" }, [part("Span", { className: "sd-sign" }, note[0]), part("Span", {}, note[1])]);
      });
    },
  };
})();
