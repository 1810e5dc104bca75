/* Lists: the first rows come with the page's answer, and the grid takes them from there. The server is asked for
   further rows, another order or a part of an id alone. */
(function () {
  "use strict";
  var settled = null; // the last of the grids' requests that was answered or passed on
  var used = null; // the last of the pages' answers that a grid has taken its rows from

  function order(model) {
    return (model || []).map(function (by) { return by.colId + ":" + by.sort; }).join();
  }

  /* the order that the address asks for, as a list's address and as a table's write it */
  function ofAddress() {
    var sort = new URLSearchParams(window.location.search).get("sort");
    if (sort === null) return null;
    return sort.split(",").map(function (each) {
      if (each.indexOf(":") > 0) return each;
      return each.charAt(0) === "-" ? each.slice(1) + ":desc" : each + ":asc";
    }).join();
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
      var fresh = first && portion !== used;
      var fits = fresh && portion.order === order(asked.sortModel);
      // of a grid that opens and is about to be sorted as its address asks: it asks again, and an answer to
      // this would come after the rows that it gets then
      if (fresh && !fits && portion.order === ofAddress()) return [same, same];
      settled = asked;
      if (!fits || portion.containing !== (containing || "")) return [same, asked];
      used = portion;
      return [portion.rows, same];
    },
  };
})();
