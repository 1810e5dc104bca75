/* Lists: the first rows come with the page's answer, and the grid takes them from there. The server is asked for
   further rows, another order or a part of an id alone. A grid asks for one portion at a time: each answer goes to
   the request that it answers, and a request whose rows nobody needs any more is given up, for the grid would
   wait for it before it asks again. */
(function () {
  "use strict";
  var latest = null; // the last of the grids' requests
  var open = null; // the same, while it has no answer
  var sent = false; // whether the server was asked for it
  var number = 0; // of the last request, so that its answer is known
  var used = null; // the last of the pages' answers that a grid has taken its rows from
  var watched = null; // the grid whose order is watched

  function order(model) {
    return (model || []).map(function (by) { return by.colId + ":" + by.sort; }).join();
  }

  /* No answer to an earlier request is wanted any more. */
  function giveUp() {
    var left = open;
    open = null;
    number += 1;
    if (left) left.failCallback();
  }

  function fill(rows) {
    var filled = open;
    open = null;
    filled.successCallback(rows.rowData, rows.rowCount);
  }

  function orderOf(grid) {
    var sorted = grid.getColumnState().filter(function (column) { return column.sort; });
    return order(sorted.sort(function (one, other) { return one.sortIndex - other.sortIndex; }));
  }

  function watch(grid) {
    if (watched === grid) return;
    watched = grid;
    grid.addEventListener("sortChanged", function () {
      if (open && order(open.sortModel) !== orderOf(grid)) giveUp();
    });
  }

  /* What a grid holds is out of date: it asks anew. */
  function empty(grid) {
    grid.purgeInfiniteCache();
    giveUp();
  }

  window.desk.lists = { empty: empty };
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.portions = {
    /* [rows of the grid, which are given to its request; what the server is asked for] */
    serve: function (asked, portion, search, containing) {
      var same = window.dash_clientside.no_update;
      if (!asked) return [same, same];
      if (asked !== latest) {
        giveUp();
        latest = open = asked;
        sent = false;
        watch(asked.api);
        window.desk.looks.list(asked.api);
      }
      if (open !== asked || sent) return [same, same];
      var first = !asked.startRow;
      // of an address that was just written: its answer is on its way, and brings the rows
      if (first && (!portion || portion.search !== (search || ""))) return [same, same];
      var fits = first && portion !== used && portion.order === order(asked.sortModel);
      if (fits && portion.containing === (containing || "")) {
        used = portion;
        fill(portion.rows);
        return [same, same];
      }
      sent = true;
      var wanted = { startRow: asked.startRow, endRow: asked.endRow, sortModel: asked.sortModel };
      return [same, Object.assign(wanted, { request: number })];
    },

    /* [rows of the grid, which are given to its request; what is written beside the list: its file's address, …];
       an answer that failed has no number and no rows, and is for whatever the grid waits for */
    take: function (answer) {
      var same = window.dash_clientside.no_update;
      var wanted = answer && open && (answer.request === null || answer.request === number);
      if (wanted) fill(answer.rows);
      return window.dash_clientside.callback_context.outputs_list.map(function (_, place) {
        var written = wanted && place && answer.beside ? answer.beside[place - 1] : null;
        return written === null ? same : written;
      });
    },
  };
})();
