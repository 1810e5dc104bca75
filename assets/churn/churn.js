/* The tab Churn: four costs, each a field and a slider; what they come to rest at goes into the address. */
(function () {
  "use strict";
  const NAMES = ["contact", "offer", "success", "margin"];
  const SCALES = [1, 1, 100, 100]; // shares are typed in per cent, and written from 0 to 1
  const RESTS_MS = 150;
  let resting = null;

  function written(value, place) {
    return String(Number((value / SCALES[place]).toFixed(6)));
  }

  function write(values) {
    const query = new URLSearchParams(window.location.search);
    NAMES.forEach((name, place) => query.set(name, written(values[place], place)));
    window.dash_clientside.set_props("shell-address-location", { search: `?${query}` });
  }

  function known(value) {
    return value !== null && value !== undefined && value !== "" && Number.isFinite(Number(value));
  }

  /* on a cell: the list is of nobody's part of the map any more */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !event.target.closest(".sd-churn-cell")) return;
    const query = new URLSearchParams(window.location.search);
    if (!query.has("band") && !query.has("fifth")) return;
    query.delete("band");
    query.delete("fifth");
    window.dash_clientside.set_props("shell-address-location", { search: `?${query}` });
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.churn = {
    /* [four fields, four sliders]; those that the reader moves lead, until they rest; then the page's costs do */
    pair: function (...given) {
      const same = window.dash_clientside.no_update;
      const costs = given[8];
      const triggered = window.dash_clientside.callback_context.triggered.map((each) => each.prop_id);
      const moved = triggered.filter((name) => !name.startsWith("churn-costs"));
      if (!moved.length) return resting === null && costs ? [...costs, ...costs] : given.slice(0, 8).fill(same);
      const values = NAMES.map((name, place) => {
        const slid = moved.includes(`churn-${name}-slider.value`);
        const value = given[slid ? place + 4 : place];
        return Number(known(value) && Number(value) >= 0 ? value : costs[place]);
      });
      window.clearTimeout(resting);
      resting = null;
      if (costs && values.some((value, place) => value !== costs[place])) {
        resting = window.setTimeout(() => {
          resting = null;
          write(values);
        }, RESTS_MS);
      }
      return [...values, ...values];
    },
  };
})();
