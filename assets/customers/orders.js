/* The tab Customers: an order that is pressed opens to its lines below the list, and stands in the address. */
(function () {
  "use strict";
  var html = window.desk.parts.html;
  var renderers = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  var presses = 0;
  var pressed = null;
  var drawn = null;

  function addressOf(order) {
    var address = new URL(window.location.href);
    if (order) address.searchParams.set("order", order);
    else address.searchParams.delete("order");
    return address.pathname + address.search;
  }

  renderers.OrderCell = function (params) {
    if (!params.value) return null;
    var props = { className: "sd-strong", href: addressOf(params.value), "data-order": params.value, "aria-label": say("Open order {id}", { id: params.value }) };
    return window.React.createElement("a", props, params.value);
  };

  /* the page stays: only the order is asked for */
  window.desk.openOrder = function (link) {
    pressed = link;
    presses += 1;
    window.history.replaceState(window.history.state, "", addressOf(link.dataset.order));
    window.dash_clientside.set_props("customers-opened-store", { data: { order: link.dataset.order, press: presses } });
  };

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-close-order]")) return;
    window.history.replaceState(window.history.state, "", addressOf(""));
    window.dash_clientside.set_props("customers-order-store", { data: null });
    if (pressed && pressed.isConnected) pressed.focus();
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk_orders = {
    /* an answer that comes late, when another customer is shown, changes nothing of what stands there */
    build: function (sent, shown) {
      if (sent && sent.customer !== shown && drawn && drawn.customer === shown) return window.dash_clientside.no_update;
      var before = drawn;
      drawn = sent && sent.customer === shown ? sent : null;
      if (!drawn) return [];
      // what was opened stands below the list: the reader is taken there
      window.requestAnimationFrame(function () {
        var heading = sent !== before && document.querySelector("#customers-order-div h3");
        if (heading) heading.focus();
      });
      var close = { type: "button", className: "sd-iconbtn", "aria-label": say("Close {name}", { name: sent.heading }), "data-close-order": "true" };
      var head = html("Div", { className: "sd-order-head" }, [
        html("H3", { tabIndex: "-1" }, sent.heading),
        html("Button", close, html("Span", { className: "sd-ic sd-ic-close" })),
        html("P", {}, sent.finding),
      ]);
      return sent.table ? [head, window.desk.customerTable(sent, {})] : [head];
    },
  };
})();
