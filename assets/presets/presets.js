/* The editor of presets: cut points of equal shares cannot be typed, and stand again when they are chosen again. */
(function () {
  "use strict";

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.presets = {
    cut: function (modes, axes, cuts, found) {
      var shares = {};
      axes.forEach(function (axis, place) { shares[axis.index] = modes[place] !== "fixed"; });
      var pairs = cuts.map(function (cut) { return cut.index.split(":"); });
      var values = pairs.map(function (pair) {
        var known = shares[pair[0]] && found && found[pair[0]];
        return known ? known[Number(pair[1])] : window.dash_clientside.no_update;
      });
      return [pairs.map(function (pair) { return shares[pair[0]]; }), values];
    },
    /* the component draws a refused field, but does not say it to those who cannot see */
    mark: function (invalid, ids) {
      ids.forEach(function (id, place) {
        var input = document.getElementById(JSON.stringify({ index: id.index, type: id.type }));
        if (input) input.setAttribute("aria-invalid", String(Boolean(invalid[place])));
      });
    },
  };
})();
