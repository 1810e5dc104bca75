/* The tab Predict: the slider writes its number, typing moves the slider. What is typed, the server alone reads:
   callbacks/predict/wiring.py. */
(function () {
  "use strict";
  var shown = window.deskPredict; // predict-answer.js is loaded first, by its name
  var AXES = shown.AXES;
  var POSITIONS = shown.POSITIONS;
  var STEPS = [1, 1, 10];
  var LOWEST = [0, 1, 0];
  var REST_MS = 200;
  var resting = null;
  var touched = new WeakMap(); // field -> the address under which its text was last changed by hand
  var asks = 0; // the same question asked again is asked again
  var known = [{}, {}, {}]; // a text of each field, and the number that it is

  function element(place, kind) {
    return document.getElementById("predict-" + AXES[place] + "-" + kind);
  }

  function name(place, kind, property) {
    return "predict-" + AXES[place] + "-" + kind + "." + property;
  }

  function set(place, kind, value) {
    window.dash_clientside.set_props("predict-" + AXES[place] + "-" + kind, { value: value });
  }

  /* as write of services/core/text/numbers_typed.py: the site's signs come from there */
  function write(place, value) {
    var signs = shown.parts.written;
    var parts = value.toFixed(AXES[place] === "monetary" && value !== Math.round(value) ? 2 : 0).split(".");
    var between = new RegExp("(?<=\\d)(?=(\\d{" + signs[2] + "})*\\d{3}$)", "g");
    parts[0] = parts[0].replace(between, signs[1]);
    return parts.join(signs[0]);
  }

  /* The number that a text is, as far as the server said; null for others. */
  function valueOf(place, text) {
    return known[place].text === text ? known[place].value : null;
  }

  function learn(texts, values) {
    texts.forEach(function (text, place) {
      if (values[place] !== null) known[place] = { text: text, value: values[place] };
    });
  }

  function positionOf(place, value) {
    return Math.round(shown.share(place, value) * POSITIONS);
  }

  /* Whole days and orders; pounds in steps of the third digit, so that a dragged spend is a round one. */
  function valueAt(place, position) {
    var low = shown.parts.ends[place][0], high = shown.parts.ends[place][1];
    if (position <= 0) return low;
    if (position >= POSITIONS) return high;
    var value = Math.expm1(Math.log1p(low) + (position / POSITIONS) * (Math.log1p(high) - Math.log1p(low)));
    var digit = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1))) - 2);
    var step = AXES[place] === "monetary" ? Math.max(1, digit) : 1;
    return Math.min(Math.max(Math.round(value / step) * step, low), high);
  }

  function typed() {
    return AXES.map(function (_axis, place) { return element(place, "input").value; });
  }

  function describe(place, text) {
    var unit = element(place, "unit");
    element(place, "slider").setAttribute("aria-valuetext", unit ? text + " " + unit.textContent : text);
  }

  function touch(place, under) {
    touched.set(element(place, "input"), under === undefined ? window.location.search : under);
  }

  /* Text changed since the last ask belongs to the reader: an answer that comes in leaves it alone. It was typed
     under the address that was asked under, or under the one that came with the answer. */
  function isOwn(place) {
    return shown.data.under.indexOf(touched.get(element(place, "input"))) >= 0;
  }

  /* An answer must not be read under numbers that it is not for. */
  function markChanged(texts) {
    var same = texts.every(function (text, place) { return text === shown.data.texts[place]; });
    document.getElementById("predict-answer-div").classList.toggle("sd-predict-old", !same);
  }

  /* The other two tracks depend on this value: ask for them when the handle rests. */
  function repaint() {
    window.clearTimeout(resting);
    resting = window.setTimeout(function () {
      if (element(0, "input")) window.dash_clientside.set_props("predict-slid-store", { data: typed() });
    }, REST_MS);
  }

  function moveTo(place, value, byHandle) {
    var text = write(place, value);
    known[place] = { text: text, value: value };
    set(place, "input", text);
    element(place, "input").value = text;
    if (!byHandle) set(place, "slider", positionOf(place, value));
    describe(place, text);
    touch(place);
    markChanged(typed());
    repaint();
  }

  function placeOf(target, kind) {
    return AXES.findIndex(function (axis) { return target.id === "predict-" + axis + "-" + kind; });
  }

  function ready() {
    return shown.parts && shown.data;
  }

  document.addEventListener("input", function (event) {
    var wrote = placeOf(event.target, "input");
    if (wrote >= 0) touch(wrote);
    if (!ready()) return;
    var slid = placeOf(event.target, "slider");
    if (slid >= 0) moveTo(slid, valueAt(slid, Number(event.target.value)), true);
    if (wrote < 0) return;
    repaint();
    describe(wrote, event.target.value);
    markChanged(typed());
  });

  function press(button) {
    document.getElementById("predict-" + button + "-button").click();
  }

  document.addEventListener("keydown", function (event) {
    var slid = placeOf(event.target, "slider");
    if (event.key === "Enter") {
      if (slid >= 0 || placeOf(event.target, "input") >= 0) press("submit");
      if (event.target.id === "predict-customer-input") press("customer");
      return;
    }
    var direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (slid < 0 || !direction || !ready()) return;
    event.preventDefault();
    var from = valueOf(slid, element(slid, "input").value);
    if (from === null) from = valueAt(slid, Number(event.target.value));
    moveTo(slid, Math.max(from + direction * STEPS[slid], LOWEST[slid]), false);
  });

  function tell(input, line, refused) {
    input.setAttribute("aria-invalid", String(refused));
    input.setAttribute("aria-describedby", line);
  }

  /* What dbc's inputs take no property for. */
  function settle(data, texts) {
    AXES.forEach(function (axis, place) {
      tell(element(place, "input"), "predict-" + axis + "-error", data.refused[place]);
      element(place, "slider").setAttribute("aria-labelledby", "predict-" + axis + "-name");
      element(place, "slider").setAttribute("aria-describedby", "predict-" + axis + "-track");
      describe(place, texts[place]);
    });
    tell(document.getElementById("predict-customer-input"), "predict-customer-error", data.customer_refused);
    markChanged(texts);
    var refused = data.refused.indexOf(true);
    if (refused >= 0 && document.activeElement === document.getElementById("predict-submit-button")) {
      element(refused, "input").focus();
    }
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk_predict = {
    /* an address that came with the last answer has been answered */
    follow: function (search, data) {
      if (data && data.ask === asks && data.under[1] === (search || "")) return window.dash_clientside.no_update;
      asks += 1;
      return { search: search || "", by: null, ask: asks };
    },

    ask: function (submits, starts, resets, recency, frequency, monetary, customer, search) {
      // Dash calls this too when the page's buttons appear
      if (!submits && !starts && !resets) return window.dash_clientside.no_update;
      touched = new WeakMap();
      window.clearTimeout(resting);
      asks += 1;
      var by = window.dash_clientside.callback_context.triggered_id.split("-")[1];
      var texts = [recency, frequency, monetary];
      return { search: search || "", by: by, typed: texts, customer: customer, ask: asks };
    },

    build: function (data, parts) {
      if (!data || !parts) return shown.outputs({});
      shown.data = data;
      shown.parts = parts;
      learn(data.texts, data.values);
      var own = AXES.map(function (_axis, place) { return isOwn(place); });
      var texts = data.texts.map(function (text, place) { return own[place] ? element(place, "input").value : text; });
      settle(data, texts);
      var named = { "predict-customer-error.children": data.customer_error, "predict-start-text.children": data.started };
      texts.forEach(function (text, place) {
        if (own[place]) touch(place, data.under[1]);
        else named[name(place, "input", "value")] = text;
        var value = valueOf(place, text);
        if (value !== null) named[name(place, "slider", "value")] = positionOf(place, value);
        named[name(place, "error", "children")] = data.errors[place];
      });
      if (own.includes(true)) repaint();
      return shown.outputs(Object.assign(named, shown.tracks(data.tracks), shown.answer(data.answer)));
    },

    /* a handle that was dragged stands already where its number is */
    paint: function (slid) {
      if (!slid) return shown.outputs({});
      var named = {};
      slid.texts.forEach(function (text, place) {
        var field = element(place, "input");
        if (!field || field.value !== text || slid.values[place] === null) return;
        if (valueOf(place, text) === null) named[name(place, "slider", "value")] = positionOf(place, slid.values[place]);
      });
      learn(slid.texts, slid.values);
      return shown.outputs(Object.assign(named, slid.tracks ? shown.tracks(slid.tracks) : {}));
    },
  };
})();
