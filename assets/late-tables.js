/* A table behind a chart is built from its text when it is first asked for. */
(function () {
  "use strict";

  /* a page of the desk is opened without loading it anew, but beside this one by the browser */
  function leading(href, name) {
    function open(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      window.desk.goTo(href);
    }
    return window.desk.parts.html("A", { href: href, onClick: open }, name);
  }

  function build(place) {
    var parts = window.desk.parts;
    var sent = JSON.parse(place.dataset.written);
    var rows = sent.rows.map(function (cells) {
      return cells.map(function (cell, at) {
        if (sent.leads && !at) return leading(sent.leads + encodeURIComponent(cell), cell);
        return sent.columns[at].product ? parts.html("Span", { className: "sd-prod" }, cell) : cell;
      });
    });
    place.append(parts.toNode(parts.table(sent.name, sent.columns, rows)));
  }

  window.desk.fillTables = function (card) {
    card.querySelectorAll("[data-written]:empty").forEach(build);
  };

  function filterOf(button) {
    return button.dataset.toggleFilter || button.dataset.toggleRange;
  }

  /* what a script shows anew; a table that is looked at changes with it, and the button in use stays so */
  window.desk.late = function (place, sent) {
    var used = place.contains(document.activeElement) && filterOf(document.activeElement);
    place.textContent = "";
    place.dataset.written = JSON.stringify(sent);
    if (!place.closest('.sd-card[data-shows="table"]')) return;
    build(place);
    var again = used && Array.from(place.querySelectorAll("button")).find(function (each) { return filterOf(each) === used; });
    if (again) again.focus();
  };
})();
