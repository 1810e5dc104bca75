/* On paper: a button that prints the page as it stands, and lists as plain tables, for a grid holds only the rows that
   the window has room for. */
(function () {
  "use strict";
  var drawn = [];

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });

  /* the rows that the browser has, from the first on */
  function rowsOf(grid) {
    var rows = [];
    for (var at = 0, row; (row = grid.getDisplayedRowAtIndex(at)) && row.data; at += 1) rows.push(row);
    return rows;
  }

  function cell(grid, row, column) {
    var of = column.getColDef();
    var drawer = window.dashAgGridComponentFunctions[of.cellRenderer];
    var value = grid.getCellValue({ rowNode: row, colKey: column, useFormatter: !drawer });
    var params = { value: value, data: row.data, node: row, colDef: of, column: column, api: grid };
    return drawer ? drawer(Object.assign(params, of.cellRendererParams)) : value;
  }

  function style(column) {
    return /right/i.test(column.getColDef().type) ? "sd-num" : "";
  }

  function table(grid) {
    var make = window.React.createElement;
    var columns = grid.getAllDisplayedColumns();
    var rows = rowsOf(grid);
    var all = grid.getDisplayedRowCount();
    var heads = columns.map(function (column) {
      return make("th", { key: column.getColId(), className: style(column) }, column.getColDef().headerName);
    });
    var body = rows.map(function (row, at) {
      return make("tr", { key: at }, columns.map(function (column) {
        return make("td", { key: column.getColId(), className: style(column) }, cell(grid, row, column));
      }));
    });
    return [
      make("table", { key: "rows", className: "sd-tbl" }, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, body)),
      rows.length < all ? make("p", { key: "note", className: "sd-note" }, say("The first {n} of {all} rows.", {
        n: window.dashAgGridFunctions.number(rows.length), all: window.dashAgGridFunctions.number(all),
      })) : null,
    ];
  }

  function draw(list) {
    var grid = window.dash_ag_grid.getApi(list.id);
    if (!grid || !rowsOf(grid).length) return;
    var place = document.createElement("div");
    place.className = "sd-printed";
    list.after(place);
    var root = window.ReactDOM.createRoot(place);
    window.ReactDOM.flushSync(function () { root.render(table(grid)); });
    drawn.push([place, root]);
  }

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".sd-ag[id]").forEach(draw);
  });
  window.addEventListener("afterprint", function () {
    drawn.splice(0).forEach(function (each) {
      each[1].unmount();
      each[0].remove();
    });
  });
})();
