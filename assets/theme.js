/* Runs in the head, before anything is painted: the reader's theme, else the system's. */
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function remembered() {
    try {
      return window.localStorage.getItem("sd-theme");
    } catch {
      return null; // storage may be switched off
    }
  }

  function dress(theme) {
    root.setAttribute("data-bs-theme", theme);
    root.setAttribute("data-ag-theme-mode", theme);
  }

  function apply(theme) {
    dress(theme);
    window.dispatchEvent(new CustomEvent("sd-theme", { detail: theme }));
  }

  function follow() {
    apply(remembered() || (system.matches ? "dark" : "light"));
  }

  window.deskTheme = {
    toggle: function () {
      var theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
      try {
        window.localStorage.setItem("sd-theme", theme);
      } catch {
        /* then it holds until the page is left */
      }
      apply(theme);
    },
  };

  try {
    root.setAttribute("data-hidden-banners", window.sessionStorage.getItem("sd-hidden-banners") || "");
  } catch {
    /* then they show again */
  }
  system.addEventListener("change", follow);
  window.addEventListener("storage", follow);
  window.addEventListener("beforeprint", function () { dress("light"); }); // charts are drawn for paper by themselves
  window.addEventListener("afterprint", follow);
  follow();
})();
