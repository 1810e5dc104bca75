/* The tab Data: a table behind a chart is built from its text when it is first asked for. */
(function () {
  "use strict";

  function part(type, className, content) {
    var element = document.createElement(type);
    if (className) element.className = className;
    if (content !== undefined) element.append(content);
    return element;
  }

  function row(cells, columns, head) {
    var line = part("tr");
    cells.forEach(function (cell, place) {
      var heading = head || place === 0;
      var content = columns[place][2] && !head ? part("span", "sd-prod", cell) : cell;
      var made = part(heading ? "th" : "td", columns[place][1], content);
      if (heading) made.scope = head ? "col" : "row";
      line.append(made);
    });
    return line;
  }

  /* as layouts.parts.table makes it */
  function build(place) {
    var sent = JSON.parse(place.dataset.written);
    var frame = part("div", "sd-tblwrap");
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", sent.name);
    var table = part("table", "sd-tbl");
    var names = sent.columns.map(function (column) { return column[0]; });
    var body = part("tbody");
    sent.rows.forEach(function (cells) { body.append(row(cells, sent.columns, false)); });
    table.append(
      part("caption", "", part("span", "sd-unseen", sent.name)),
      part("thead", "", row(names, sent.columns, true)),
      body,
    );
    frame.append(table);
    place.append(frame);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest('.sd-toggle [data-view="table"]');
    if (!button) return;
    button.closest(".sd-card").querySelectorAll("[data-written]:empty").forEach(build);
  });
})();
