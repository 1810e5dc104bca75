/* Every request of the page: at once the pressed control says so, after 300 ms grey shapes stand for what is asked
   again, after 10 s the wait can be ended. Decision 42. */
(function () {
  "use strict";
  const { followers, shapes, presses, kept, opening } = window.desk;
  const SIGN_MS = 80;
  const SHAPES_MS = 300;
  const LONG_MS = 10000;
  const DRAWN_MS = 60; // the page begins to draw an answer within that time
  const UNASKED = /^shell-active-store\.data$/; // the page asks by itself
  const PRESSED = /\.n_(clicks|submit)$/; // may change something on the site
  const ask = window.fetch;
  const open = new Set();
  const regions = new Map(); // element -> {waits, grey}
  let latest = null;
  let closing = null; // the press whose answer is just being drawn: what asks now follows from it

  function announce(sentence) {
    const line = document.getElementById("shell-waiting-text");
    if (line && line.textContent !== sentence) line.textContent = sentence;
  }

  /* The list's next rows come below those that it has, which stay true. */
  function isMore(body) {
    return (body.inputs ?? []).flat(Infinity).some((input) => input?.property === "getRowsRequest" && input.value?.startRow > 0);
  }

  function join(root, wait) {
    const region = regions.get(root) ?? { waits: new Set(), grey: false };
    region.waits.add(wait);
    regions.set(root, region);
  }

  function leave(root, wait) {
    const region = regions.get(root);
    if (!region || !region.waits.delete(wait) || region.waits.size) return;
    regions.delete(root);
    if (opening.isPage(root)) opening.clear(root);
    else if (region.grey) {
      root.removeAttribute("aria-busy");
      shapes.clear(root);
    }
  }

  function grey(wait) {
    if (wait.answered) return;
    for (const root of wait.roots) {
      const region = regions.get(root);
      if (region.grey) continue;
      region.grey = true;
      if (opening.isPage(root)) opening.draw();
      else {
        root.setAttribute("aria-busy", "true");
        shapes.draw(root);
      }
    }
    if (wait.roots.some(opening.isPage)) announce(say("Opening {page}.", { page: opening.name() }));
    else if (wait.roots.some((root) => root.getClientRects().length && root.textContent.trim())) announce(say("Loading new results."));
  }

  function canStop(wait) {
    return wait.reads && wait.roots.some((root) => !opening.isPage(root) && !root.querySelector(".sd-sk"));
  }

  function stop() {
    for (const wait of [...open].filter(canStop)) wait.stop();
    window.desk.toast({ heading: say("Stopped waiting"), sentence: say("Results marked with a time were loaded at that time."), mood: "ok" }, "stopped");
  }

  function tellLong(wait) {
    if (wait.answered) return;
    const action = canStop(wait) ? { label: say("Stop waiting"), act: stop } : null;
    const sentence = action ? say("Stop waiting to go back to the last results.") : say("There is no answer yet after 10 seconds.");
    window.desk.toast({ heading: say("Still working"), sentence, mood: "info" }, "still", action);
  }

  function begin(body) {
    const now = window.performance.now();
    const press = presses.recent() ?? closing;
    const changed = body.changedPropIds ?? [];
    const wait = { press, answered: false, roots: isMore(body) ? [] : followers.changedBy(body), timers: [] };
    wait.reads = changed.length > 0 && !changed.some((name) => PRESSED.test(name));
    wait.stopped = new Promise((resolve) => { wait.stop = () => resolve(failure()); });
    wait.roots.forEach((root) => join(root, wait));
    open.add(wait);
    // the first page is waited for since the browser asked for it
    const first = wait.roots.some((root) => opening.isPage(root) && !root.firstElementChild);
    const waited = first ? now : now - (press?.at ?? now);
    const later = (act, ms) => wait.timers.push(window.setTimeout(act, Math.max(0, ms - waited)));
    if (press) later(() => { wait.control = presses.sign(press); }, SIGN_MS);
    if (press !== latest) delete document.documentElement.dataset.sdWaited;
    latest = press;
    later(() => grey(wait), SHAPES_MS);
    later(() => tellLong(wait), LONG_MS);
    return wait;
  }

  function finish(wait) {
    open.delete(wait);
    wait.watch?.disconnect();
    wait.roots.forEach((root) => leave(root, wait));
    if (wait.control) presses.clear(wait.control);
    if (closing === wait.press) closing = null;
    if (![...open].some((other) => !other.answered)) {
      announce("");
      window.desk.forget("still");
    }
  }

  /* A part is shown as soon as it changes; one that stays as it was, when the page has come to rest. */
  function drawn(wait) {
    closing = wait.press;
    wait.watch = new MutationObserver((changes) => {
      for (const root of wait.roots.filter((each) => changes.some((change) => each.contains(change.target)))) leave(root, wait);
    });
    for (const root of wait.roots) wait.watch.observe(root, { childList: true, characterData: true, subtree: true });
    const rest = window.requestIdleCallback ?? ((act) => window.setTimeout(act, DRAWN_MS));
    window.setTimeout(() => rest(() => finish(wait), { timeout: 1000 }), DRAWN_MS);
  }

  function answered(wait, answer) {
    if (wait.answered) return;
    wait.answered = true;
    wait.timers.forEach(window.clearTimeout);
    const failed = answer.headers.has("X-Unanswered");
    const page = wait.roots.find(opening.isPage);
    if (page && failed) opening.fail();
    else if (page) opening.came();
    const parts = wait.roots.filter((root) => root !== page);
    if (failed) kept.keep(parts);
    else kept.renew(parts);
    if (failed) finish(wait);
    else drawn(wait);
  }

  /* As assets/connection.js answers for a request that failed: the page keeps what it shows. */
  function failure() {
    return new Response(null, { status: 204, headers: { "X-Unanswered": "stopped" } });
  }

  window.fetch = function (...asked) {
    const [url, options] = asked;
    const address = String(url?.url ?? url);
    const given = ask.apply(this, asked);
    if (address.includes("_dash-dependencies")) {
      given.then((answer) => answer.ok && answer.clone().json().then(followers.learn)).catch(() => {});
      return given;
    }
    if (!address.includes("_dash-update-component")) return given;
    const body = JSON.parse(options.body);
    if ((body.changedPropIds ?? []).some((name) => UNASKED.test(name))) return given;
    const wait = begin(body);
    return Promise.race([given, wait.stopped]).then((answer) => {
      answered(wait, answer);
      return answer;
    });
  };
})();
