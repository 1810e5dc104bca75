/* Lists: the first rows come with the page's answer, and the grid takes them from there. The server is asked for
   further rows, another order or a part of an id alone. */
(function () {
  "use strict";
  var settled = null; // the last of the grids' requests that was answered or passed on
  var used = null; // the last of the pages' answers that a grid has taken its rows from

  function order(model) {
    return (model || []).map(function (by) { return by.colId + ":" + by.sort; }).join();
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.portions = {
    /* [rows for the grid, request for the server] */
    serve: function (asked, portion, search, containing) {
      var same = window.dash_clientside.no_update;
      if (!asked || asked === settled) return [same, same];
      var first = !asked.startRow;
      // of an address that was just written: its answer is on its way, and brings the rows
      if (first && (!portion || portion.search !== (search || ""))) return [same, same];
      settled = asked;
      var fits = first && portion !== used && portion.order === order(asked.sortModel);
      if (!fits || portion.containing !== (containing || "")) return [same, asked];
      used = portion;
      return [portion.rows, same];
    },
  };
})();
