/* The tab Customers: what is typed or pasted becomes the address; from one customer to the next the page stays. */
(function () {
  "use strict";
  var ENTRY = "customers-entry-input";
  var HERE = "/customers";

  function find(text) {
    var ids = (text || "").split(/[\r\n\t]+/).map(function (id) { return id.trim(); }).filter(Boolean);
    if (ids.length) window.desk.goTo(HERE + "?" + ids.map(function (id) { return "id=" + encodeURIComponent(id); }).join("&"));
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk_customers = {
    find: function (_clicks, text) {
      find(text);
      return window.dash_clientside.no_update;
    },

    /* ten customers open in ten tabs of the browser are told apart; the router knows one title a page */
    entitle: function (id) {
      document.title = (id ? say("Customer {id}", { id: id }) : say("Customers")) + " · Segment Desk";
      return window.dash_clientside.no_update;
    },
  };

  function writing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  /* the customers beside this one in the list that the reader came from */
  document.addEventListener("keydown", function (event) {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || writing(event.target)) return;
    var which = event.key === "j" ? "next" : event.key === "k" ? "previous" : "";
    var link = which && document.querySelector('main a[data-step="' + which + '"]');
    if (link && link.checkVisibility()) link.click();
  });

  document.addEventListener("keydown", function (event) {
    if (event.target.id === ENTRY && event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      find(event.target.value);
    }
  });

  // before React's own listeners: they would have the router make the page anew
  document.addEventListener(
    "click",
    function (event) {
      var link = event.target.closest && event.target.closest('main a[href^="/customers?id="]');
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (link.dataset.order) return window.desk.openOrder(link);
      window.desk.goTo(link.getAttribute("href"));
    },
    true,
  );
})();
