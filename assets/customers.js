/* The tab Customer: what is typed or pasted becomes the address, one id or several. */
(function () {
  "use strict";
  var ENTRY = "customers-entry-input";

  function find(text) {
    var asked = (text || "").trim();
    if (!asked) return;
    var ids = asked.split(/[\r\n\t]+/).filter(Boolean);
    window.desk.goTo("/customers?" + ids.map(function (id) { return "id=" + encodeURIComponent(id.trim()); }).join("&"));
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk_customers = {
    find: function (_clicks, text) {
      find(text);
      return window.dash_clientside.no_update;
    },
  };

  document.addEventListener("keydown", function (event) {
    if (event.target.id === ENTRY && event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      find(event.target.value);
    }
  });
})();
