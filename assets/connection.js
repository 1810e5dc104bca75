/* A refused or lost callback leaves the old answer on screen and says nothing. This says it. */
(function () {
  "use strict";
  var CALLBACK = "_dash-update-component";
  var LAYOUT = "_dash-layout";
  var RETRY_S = 8;
  var plain = window.fetch;
  var lost = []; // bodies of the callbacks that nobody answered
  var ended = []; // of those refused because the session ended
  var waiting = null;
  var since = null;

  function identify(id) {
    if (typeof id === "string") return id;
    var sorted = {};
    Object.keys(id).sort().forEach(function (key) { sorted[key] = id[key]; });
    return JSON.stringify(sorted);
  }

  function flat(given) {
    return (Array.isArray(given) ? given : [given]).flat().filter(Boolean);
  }

  /* Ask again for what was on the way, except for presses of a button: those are the reader's to repeat. */
  function repeat(bodies) {
    var done = {};
    bodies.forEach(function (body) {
      var inputs = flat(body.inputs);
      var changed = body.changedPropIds || [];
      var cause = inputs.find(function (input) { return changed.includes(identify(input.id) + "." + input.property); });
      var input = cause || inputs[0];
      if (!input || /^n_(clicks|submit)/.test(input.property)) return;
      var key = identify(input.id) + "." + input.property;
      if (done[key]) return;
      done[key] = true;
      var props = {};
      props[input.property] = input.value;
      window.dash_clientside.set_props(input.id, props);
    });
  }

  function reached() {
    window.clearTimeout(waiting);
    waiting = null;
    if (!since) return;
    since = null;
    window.desk.forget("lost");
    var bodies = lost;
    lost = [];
    window.desk.toast({ heading: say("Connected again"), sentence: say("Missed results are being loaded. If you pressed a button, press it again."), mood: "ok" }, "again");
    repeat(bodies);
  }

  function probe() {
    window.clearTimeout(waiting);
    plain("/healthz", { cache: "no-store" }).then(function (answer) {
      if (answer.ok) reached();
      else later();
    }, later);
  }

  function later() {
    waiting = window.setTimeout(probe, RETRY_S * 1000);
  }

  function disconnected(body) {
    lost.push(body);
    if (since) return;
    since = new Date();
    var clock = since.toLocaleTimeString(window.desk.locale(), { hour: "2-digit", minute: "2-digit" });
    window.desk.toast(
      {
        heading: say("Not connected"),
        sentence: sayCount("The numbers on this page are from before {clock}. Trying again every {n} second.",
          "The numbers on this page are from before {clock}. Trying again every {n} seconds.", RETRY_S, { clock: clock }),
        mood: "warn",
      },
      "lost",
      { label: say("Try now"), act: probe },
    );
    later();
  }

  function tell(status, reference) {
    if (status === 401) {
      // in a tab of its own, so that what was typed here stays
      window.desk.toast(
        { heading: say("Session ended"), sentence: say("What you typed is still here."), mood: "warn" },
        "session",
        {
          label: say("Sign in again"),
          act: function () {
            window.open(window.location.href, "_blank", "noopener"); // leads to the sign-in page, and back
          },
        },
      );
    } else if (status === 403) {
      window.desk.toast({ heading: say("Not allowed"), sentence: say("Your role does not allow this."), mood: "warn", reference: reference });
    } else if (status === 413) {
      window.desk.toast({ heading: say("Too large"), sentence: say("Send less at a time."), mood: "warn", reference: reference });
    } else {
      window.desk.toast({
        heading: say("Something went wrong on our side"),
        sentence: say("Results marked with a time were loaded at that time. Quote the reference to the person who runs this site."),
        mood: "bad",
        reference: reference,
      });
    }
  }

  function answered(body, answer) {
    var type = (answer.headers && answer.headers.get("Content-Type")) || "";
    var json = type.indexOf("application/json") === 0;
    var fine = answer.status === 204 || (answer.status === 200 && json && !answer.redirected);
    if (fine) {
      reached();
      window.desk.forget("session");
      return answer;
    }
    if (answer.status === 401) ended.push(body);
    // whatever the site itself refuses has a reference; a proxy that cannot reach it gives none
    var reference = answer.headers && answer.headers.get("X-Reference");
    if (answer.status === 0 || (!reference && [502, 503, 504].includes(answer.status))) disconnected(body);
    else tell(answer.status, reference);
    // the renderer then ends what "running" began, and stays calm; waiting/waits.js brings the last results back
    return new Response(null, { status: 204, headers: { "X-Unanswered": String(answer.status) } });
  }

  /* Whoever signed in again in another tab comes back to answers; otherwise the message stays. */
  window.addEventListener("focus", function () {
    var bodies = ended;
    ended = [];
    repeat(bodies);
  });

  window.fetch = function (url, options) {
    var address = String(url && url.url ? url.url : url);
    if (address.indexOf(LAYOUT) >= 0) {
      // the shell is made for the release in the page's address
      var asked = new URLSearchParams(window.location.search).get("release");
      var target = asked ? address + "?release=" + encodeURIComponent(asked) : address;
      return plain.call(this, target, options);
    }
    if (address.indexOf(CALLBACK) < 0) return plain.call(this, url, options);
    var body = JSON.parse(options.body);
    return plain.call(this, url, options).then(
      function (answer) { return answered(body, answer); },
      function () { return answered(body, { status: 0 }); },
    );
  };
})();
