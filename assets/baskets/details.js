/* The tab Baskets: what tells all rules of a row's products, below the table. */
(function () {
  "use strict";
  var desk = (window.deskBaskets = window.deskBaskets || {});
  var element = window.React.createElement;
  var renderers = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  var presses = 0;
  var openedBy = null;

  document.addEventListener("click", function (event) {
    var row = event.target.closest("[data-row]");
    if (row) {
      openedBy = row;
      presses += 1;
      window.dash_clientside.set_props("baskets-opened-store", { data: { row: row.dataset.row, press: presses } });
    }
    if (!event.target.closest("[data-close-details]")) return;
    window.dash_clientside.set_props("baskets-details-div", { children: [] });
    if (openedBy && openedBy.isConnected) openedBy.focus();
  });

  /* "A and B and C" */
  desk.together = function (names) {
    return names.reduce(function (others, last) { return say("{others} and {last}", { others: others, last: last }); });
  };

  /* the button that tells all rules of a row's products, below the table */
  desk.opener = function (rule) {
    var one = rule.alike === 1;
    var named = { products: desk.together(rule.antecedents.concat(rule.consequents)) };
    var said = one ? say("Details") : sayCount("All {n} rule", "All {n} rules", rule.alike);
    var told = one ? say("Details of {products}", named) : sayCount("All {n} rule of {products}", "All {n} rules of {products}", rule.alike, named);
    return element("button", { type: "button", className: "sd-link", "data-row": rule.id, "aria-label": told }, said);
  };

  renderers.DetailsCell = function (params) {
    return params.data ? desk.opener(params.data) : null;
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.basketDetails = {
    /* what was opened stands below the table: the reader is taken there */
    show: function (children, id) {
      if (children && children.length) {
        window.requestAnimationFrame(function () {
          var heading = document.getElementById(id).querySelector("h3");
          if (heading) heading.focus();
        });
      }
      return window.dash_clientside.no_update;
    },
  };
})();
