/* Asks every two seconds, while somebody looks, which release is active. Nobody's session is kept alive by it. */
(function () {
  "use strict";
  var EVERY_MS = 2000;
  var asking = false;
  var told = null; // the release that the page was told of last

  async function ask() {
    var main = document.getElementById("shell-main-main");
    if (asking || document.hidden || !main || !window.dash_clientside.set_props) return;
    if (told === null) told = main.dataset.release;
    asking = true;
    try {
      var answer = await window.fetch("/current", { cache: "no-store" });
      if (!answer.ok) return;
      var active = (await answer.json()).release;
      if (active === told) return;
      told = active;
      window.dash_clientside.set_props("shell-active-store", { data: active });
    } catch {
      return; // what is pressed says that the site is away: connection.js
    } finally {
      asking = false;
    }
  }

  window.setInterval(ask, EVERY_MS);
})();
