/* The files of an audience: their addresses follow the columns that are chosen, without a question to the server. */
(function () {
  "use strict";
  var ROUTES = ["/export/audience.csv", "/export/audience.xlsx"];

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.audiences = {
    /* one address for each kind of file */
    files: function (columns, search, release) {
      var query = new URLSearchParams({ audience: new URLSearchParams(search || "").getAll("audience").at(-1) || "" });
      (columns || []).forEach(function (name) { query.append("column", name); });
      query.append("release", release || "");
      return ROUTES.map(function (route) { return route + "?" + query.toString(); });
    },
  };
})();
