/* What the page does by itself: keys, toasts, switches. Called by name through ClientsideFunction. */
(function () {
  "use strict";
  var QUIET_MS = 8000;

  /* A toast over the page. One key shows once; it goes by its close button, `forget(key)`, or in time when all is well. */
  function toast(told, key, action) {
    var area = document.getElementById("shell-toasts-area");
    if (!area || (key && area.querySelector('[data-key="' + key + '"]'))) return;
    var parts = window.desk.parts;
    var icons = { bad: "refused", warn: "warning", ok: "done", info: "info" };
    var words = [told.sentence];
    if (told.reference) words.push(" " + say("Reference") + " ", parts.html("Code", { className: "sd-ref" }, told.reference));
    if (action) {
      words.push(" ", parts.html("Button", { type: "button", className: "sd-link", onClick: action.act }, action.label));
    }
    var close = { type: "button", className: "sd-iconbtn", "aria-label": say("Close"), onClick: function (event) {
      event.target.closest(".sd-toast").remove();
    } };
    var box = parts.toNode(parts.html(
      "Div",
      { className: "sd-toast sd-toast-" + told.mood, role: told.mood === "ok" || told.mood === "info" ? "status" : "alert" },
      [
        parts.icon(icons[told.mood]),
        parts.html("B", {}, told.heading),
        parts.html("Button", close, parts.html("Span", { className: "sd-ic sd-ic-close" })),
        parts.html("P", {}, words),
      ],
    ));
    if (key) box.dataset.key = key;
    area.append(box);
    if (told.mood === "ok") window.setTimeout(function () { box.remove(); }, QUIET_MS);
  }

  function forget(key) {
    var box = document.querySelector('#shell-toasts-area [data-key="' + key + '"]');
    if (box) box.remove();
    return Boolean(box);
  }

  window.desk = { toast: toast, forget: forget };
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk = {
    showToast: function (told) {
      if (told) toast(told);
      return window.dash_clientside.no_update;
    },

    /* an infinite grid keeps rows of the earlier filter in its cache: empty it; the last input is the grid's id */
    purge: function (...inputs) {
      window.dash_ag_grid.getApiAsync(inputs.at(-1)).then(function (grid) {
        window.desk.lists.empty(grid);
      });
      return window.dash_clientside.no_update;
    },
  };

  function goTo(address) {
    var place = new URL(address, window.location.href);
    if (place.pathname === window.location.pathname) {
      // the tab is here already: its own callbacks follow the query, and nothing is drawn twice
      window.dash_clientside.set_props("shell-address-location", { search: place.search });
      window.scrollTo(0, 0);
      return;
    }
    window.history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }
  window.desk.goTo = goTo;

  /* who opted out may have changed meanwhile: what stands beside a file is counted anew */
  function seen() {
    if (window.dash_clientside.set_props) window.dash_clientside.set_props("shell-seen-store", { data: Date.now() });
  }
  window.addEventListener("focus", seen);

  function writing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  document.addEventListener("keydown", function (event) {
    var lookup = document.getElementById("shell-lookup-input");
    if (event.target === lookup && event.key === "Enter") {
      var asked = lookup.value.trim();
      if (asked) {
        goTo("/customers?id=" + encodeURIComponent(asked));
        lookup.value = "";
        lookup.blur();
      }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || writing(event.target)) return;
    if (event.key === "/" && lookup) {
      event.preventDefault();
      lookup.focus();
    }
  });

  /* the choice of a language leads back to what is shown now */
  document.addEventListener("formdata", function (event) {
    if (event.target.matches(".sd-languages")) event.formData.set("next", window.location.pathname + window.location.search);
  });

  function showView(button) {
    var card = button.closest(".sd-card");
    button.parentNode.querySelectorAll("button").forEach(function (other) {
      other.setAttribute("aria-pressed", String(other === button));
    });
    card.setAttribute("data-shows", button.dataset.view);
    if (button.dataset.view === "table") window.desk.fillTables(card);
    window.dispatchEvent(new Event("resize")); // a chart that was hidden has no size yet
  }
  window.desk.showView = showView;

  function hideBanner(name) {
    var root = document.documentElement;
    var hidden = ((root.getAttribute("data-hidden-banners") || "") + " " + name).trim();
    root.setAttribute("data-hidden-banners", hidden);
    try {
      window.sessionStorage.setItem("sd-hidden-banners", hidden);
    } catch {
      /* then it shows again with the next page */
    }
  }

  /* The browser says nothing of a download before its first byte, nor to the page when it has come. */
  function awaited() {
    toast({ heading: say("Your file is on its way"), sentence: say("Your browser shows it as soon as the download begins."), mood: "info" }, "download");
    window.setTimeout(forget, QUIET_MS, "download");
  }

  function copyAddress() {
    var address = new URL(window.location.href);
    var release = document.getElementById("shell-main-main").dataset.release;
    if (release) address.searchParams.set("release", release);
    navigator.clipboard.writeText(address.href).then(
      function () {
        toast({ heading: say("Link copied"), sentence: say("It opens this view, with these numbers."), mood: "ok" }, "copied");
      },
      function () {
        toast({ heading: say("The browser did not allow copying"), sentence: address.href, mood: "warn" }, "copied");
      },
    );
  }

  function newest() {
    var address = new URL(window.location.href);
    address.searchParams.delete("release");
    window.location.assign(address.href);
  }

  document.addEventListener("click", function (event) {
    var file = event.target.closest("a[download]");
    if (file) seen();
    if (file && file.protocol !== "blob:") awaited();
    var button = event.target.closest("button");
    if (!button) return;
    if (button.id === "shell-theme-button") window.deskTheme.toggle();
    else if (button.dataset.view && button.closest(".sd-toggle")) showView(button);
    else if (button.dataset.hideBanner) hideBanner(button.dataset.hideBanner);
    else if (button.dataset.copyAddress) copyAddress();
    else if (button.dataset.newest) newest();
    else if (button.dataset.reload) window.location.reload();
  });
})();
