/* Pages that the site writes itself: what was pressed there says so until the next page comes. */
(function () {
  "use strict";

  function mark(control) {
    const still = window.getComputedStyle(control).position === "static";
    control.setAttribute("data-sd-pressed", still ? "still" : "");
  }

  function unmark() {
    document.querySelectorAll("[data-sd-pressed]").forEach((control) => control.removeAttribute("data-sd-pressed"));
    document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
  }

  /* A form is sent once: pressed again it would make a second account, or a second digest. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("aria-busy")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    mark(event.submitter ?? form);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const elsewhere = event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || link.target || link.hash || link.hasAttribute("download")) return;
    unmark();
    mark(link);
  });

  window.addEventListener("pageshow", unmark); // by the browser's Back, too
})();
