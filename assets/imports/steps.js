/* The page that brings files: from step to step without drawing the page anew, and what is done meanwhile. */
(function () {
  "use strict";
  const READING = say("Reading the file: its columns, its dates, its money, and the rule for each row. A large file can take half a minute.");
  const COMPARING = say("Comparing the file with the ledger: customers, days, orders, products and prices. This can take half a minute.");

  // before React's own listeners, as for customers
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-within='import']");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    window.desk.goTo(link.getAttribute("href"));
  }, true);

  /* A column's name as a value of --columns: in quotes where it could be read as something else. */
  function pair(role, column) {
    if (column === "-") return `${role}=-`;
    const odd = /[,="]|^\s|\s$|^-$|^#?[0-9]+$/.test(column);
    const quoted = `"${column.replaceAll('"', '""')}"`;
    return `${role}=${odd ? quoted : column}`;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.imports = {
    doing(search) {
      const query = new URLSearchParams(search ?? "");
      if (!query.get("file")) return ["", true];
      return [query.get("step") === "place" ? COMPARING : READING, false];
    },

    /* the answer is there: nothing is done any more, and what was is hidden */
    done() {
      return true;
    },

    /* the address with a role given to another column; any earlier column of that role goes */
    role(clicks, role, column, address) {
      if (!clicks || !role || !column) return window.dash_clientside.no_update;
      const query = new URL(address, window.location.href).searchParams;
      query.delete("as");
      const others = query.getAll("columns").filter((each) => each.split("=", 1)[0] !== role);
      query.delete("columns");
      for (const each of [...others, pair(role, column)]) query.append("columns", each);
      return `?${query}`;
    },
  };
})();
