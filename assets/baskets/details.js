/* The tab Baskets: what tells all rules of a row's products, below the table. */
(function () {
  "use strict";
  var desk = (window.deskBaskets = window.deskBaskets || {});
  var element = window.React.createElement;
  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
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

  /* the button that tells all rules of a row's products, below the table */
  desk.opener = function (rule) {
    var said = rule.alike === 1 ? "Details" : "All " + functions.number(rule.alike) + " rules";
    var named = " of " + rule.antecedents.concat(rule.consequents).join(" and ");
    return element("button", { type: "button", className: "sd-link", "data-row": rule.id, "aria-label": said + named }, said);
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
