/* The tab Cohorts: what is chosen from its lists goes into the address. */
(function () {
  "use strict";
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohorts = {
    /* what was chosen by hand goes into the address, "*" for everybody; what came from it stays */
    choose: function (country, segment, product, shown) {
      var chosen = { country: country, segment: segment, product: product };
      var changed = shown && Object.keys(chosen).filter(function (name) { return chosen[name] && chosen[name] !== shown[name]; });
      if (!changed || !changed.length) return window.dash_clientside.no_update;
      var query = new URLSearchParams(window.location.search);
      changed.forEach(function (name) {
        if (chosen[name] !== "*") query.set(name, chosen[name]);
        else query.delete(name);
      });
      var text = query.toString();
      return text ? "?" + text : "";
    },
  };
})();
