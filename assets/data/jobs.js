/* Where the last training stands, on the card Training: every two seconds while one waits or runs and somebody
   looks, every ten while none does, and at once when a button of the card was pressed. Nobody's session is kept
   alive by it. */
(function () {
  "use strict";
  const EVERY_MS = 2000;
  const IDLE_MS = 10000;
  const CARD = "training";
  const ENDED = "training-ended-store"; // the releases are listed anew when it changes
  let open = false;
  let asking = false;
  let again = false; // pressed while an answer was on its way
  let asked = -IDLE_MS;
  let card = null; // the card that was told last
  let ended = null; // the last training that this page knows to have ended
  let told = {}; // what it was told, by id

  function show(props) {
    const here = document.getElementById(CARD);
    if (!here) return;
    const first = here !== card;
    if (first) told = {};
    card = here;
    for (const [id, values] of Object.entries(props)) {
      const said = JSON.stringify(values);
      if (told[id] === said) continue;
      told[id] = said;
      window.dash_clientside.set_props(id, values);
    }
    if (first && window.location.hash === `#${CARD}`) here.scrollIntoView();
  }

  async function ask() {
    again = asking;
    if (asking || !document.getElementById(CARD)) return;
    asking = true;
    asked = window.performance.now();
    try {
      const answer = await window.fetch("/jobs/current", { cache: "no-store" });
      if (!answer.ok) return;
      const found = await answer.json();
      open = found.open;
      const shown = card === document.getElementById(CARD);
      show(found.props);
      if (shown && !open && found.job !== ended) window.dash_clientside.set_props(ENDED, { data: found.job });
      if (!open) ended = found.job;
    } catch {
      return; // what is pressed says that the site is away: connection.js
    } finally {
      asking = false;
      if (again) ask();
    }
  }

  function look() {
    const since = window.performance.now() - asked;
    if (document.hidden || (!open && since < IDLE_MS)) return;
    ask();
  }

  window.setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.jobs = {
    ask: function () {
      ask();
      return window.dash_clientside.no_update;
    },
  };
})();
