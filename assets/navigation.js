/* The tabs: which one is marked, and the menu that holds them on narrow screens. */
(function () {
  "use strict";
  var BUTTON = "shell-menu-button";
  var TABS = "shell-navigation-nav";

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.navigation = {
    /* dcc.Link takes no aria-current */
    mark: function (pathname) {
      var here = (pathname || "/").replace(/(.)\/$/, "$1");
      document.querySelectorAll("#" + TABS + " li").forEach(function (tab) {
        var link = tab.querySelector("a");
        if (tab.dataset.markedOn.split(" ").indexOf(here) >= 0) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      });
      return here;
    },
  };

  function open() {
    var button = document.getElementById(BUTTON);
    return button && button.getAttribute("aria-expanded") === "true";
  }

  function show(shown) {
    document.getElementById(BUTTON).setAttribute("aria-expanded", String(shown));
  }

  /* focus goes back to the button unless the reader has put it elsewhere: what was focused is hidden */
  function close() {
    var inside = document.getElementById(TABS).contains(document.activeElement);
    show(false);
    if (inside) document.getElementById(BUTTON).focus();
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("#" + BUTTON)) show(!open());
    else if (open() && (event.target.closest("a") || !event.target.closest("#" + TABS))) close();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !open()) return;
    close();
    document.getElementById(BUTTON).focus();
  });

  /* the mark stands between the button and the tabs */
  document.addEventListener("focusin", function (event) {
    if (open() && !event.target.closest("#" + TABS + ",#" + BUTTON + ",.sd-brand")) show(false);
  });
})();
