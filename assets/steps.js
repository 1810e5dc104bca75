/* A step of the reader: an address to be shown, or what was pressed. A page asks the server once for each. */
(function () {
  "use strict";
  var steps = 0; // the same button pressed again is another step

  function step(pressed) {
    steps += 1;
    return { pressed: pressed, step: steps };
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.steps = {
    follow: function () {
      return step(null);
    },

    /* several at once are none: the page set them, or has just been opened */
    press: function () {
      var triggered = window.dash_clientside.callback_context.triggered;
      var pressed = triggered.length === 1 && triggered[0].value;
      if (!pressed) return window.dash_clientside.no_update;
      return step(triggered[0].prop_id.split(".")[0]);
    },
  };
})();
