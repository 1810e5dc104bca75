/* The tab Data: builds the tables behind its charts from their text, as layouts.components.table would. */
(function () {
  "use strict";

  function part(type, props, children) {
    return { type: type, namespace: "dash_html_components", props: Object.assign({ children: children }, props) };
  }

  function row(cells, columns, head) {
    return part("Tr", {}, cells.map(function (cell, place) {
      var heading = head || place === 0;
      var props = { className: columns[place][1] };
      if (heading) props.scope = head ? "col" : "row";
      return part(heading ? "Th" : "Td", props, columns[place][2] && !head ? part("Span", { className: "sd-prod" }, cell) : cell);
    }));
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.data = {
    table: function (text) {
      if (!text) return window.dash_clientside.no_update;
      var sent = JSON.parse(text);
      var names = sent.columns.map(function (column) { return column[0]; });
      var table = part("Table", { className: "sd-tbl" }, [
        part("Caption", {}, part("Span", { className: "sd-unseen" }, sent.name)),
        part("Thead", {}, row(names, sent.columns, true)),
        part("Tbody", {}, sent.rows.map(function (cells) { return row(cells, sent.columns, false); })),
      ]);
      var frame = { className: "sd-tblwrap", role: "region", tabIndex: "0", "aria-label": sent.name };
      return part("Div", frame, table);
    },
  };
})();
