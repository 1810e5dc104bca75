/* Draws what layouts/borders.py says: the smallest change to another cluster, and badges with their meaning. */
(function () {
  "use strict";

  function part(type, props, children) {
    return { type: type, namespace: "dash_html_components", props: Object.assign({ children: children }, props) };
  }

  window.deskBorders = {
    crossing: function (said, chip) {
      var lines = [part("P", {}, said.lead)];
      if (said.change) {
        var arrow = part("Span", { className: "sd-muted" }, part("Span", { className: "sd-ic sd-ic-arrow", "aria-hidden": "true" }));
        var like = part("Span", {}, ["like customers of ", chip]);
        lines.push(part("P", { className: "sd-crossing-change" }, [part("B", {}, said.change), arrow, like]));
        lines.push(part("P", { className: "sd-note" }, said.note));
      }
      return part("Div", { className: "sd-crossing" }, lines);
    },

    notes: function (notes) {
      return notes.map(function (note) {
        return part("P", { className: "sd-sign-line" }, [part("Span", { className: "sd-sign" }, note[0]), part("Span", {}, note[1])]);
      });
    },
  };
})();
