/* Results that stayed because their new ones did not come: at full strength, with the time they are from. */
(function () {
  "use strict";
  const opened = new Date();
  const answered = new WeakMap(); // element -> when its result came

  function clock(time) {
    return time.toLocaleTimeString(window.desk.locale(), { hour: "2-digit", minute: "2-digit" });
  }

  function hostOf(root) {
    const tools = root.parentElement?.closest(".sd-card")?.querySelector(":scope > header .sd-tools");
    return tools ?? document.getElementById("shell-main-main");
  }

  /* One time for each card, one above the page for all that is in none. */
  function mark() {
    const told = new Map();
    for (const root of document.querySelectorAll("[data-sd-kept]")) {
      const host = hostOf(root);
      if (host && root.textContent.trim() && !told.has(host)) told.set(host, root.dataset.sdKept);
    }
    for (const sign of document.querySelectorAll(".sd-kept")) {
      if (told.has(sign.parentNode)) told.delete(sign.parentNode);
      else sign.remove();
    }
    told.forEach((time, host) => {
      const sign = document.createElement("span");
      sign.className = "sd-kept";
      sign.textContent = say("as of {time}", { time });
      host.prepend(sign);
    });
  }

  function keep(roots) {
    for (const root of roots) {
      if (!root.dataset.sdKept && !root.querySelector(".sd-sk")) root.dataset.sdKept = clock(answered.get(root) ?? opened);
    }
    mark();
  }

  function renew(roots) {
    for (const root of roots) {
      answered.set(root, new Date());
      delete root.dataset.sdKept;
    }
    mark();
  }

  window.desk.kept = { keep, renew };
})();
