/* Which parts of the page a request will change: what its callback writes, and what other callbacks make of that. */
(function () {
  "use strict";
  const SEEN = new Set(["children", "figure", "rowData", "getRowsResponse", "style"]);
  let followers = new Map(); // "id.property" -> the outputs of the callbacks that read it

  function identify(id) {
    return typeof id === "string" ? id : JSON.stringify(id, Object.keys(id).sort());
  }

  /* "a.x", "a.x@hash" or "..a.x...b.y.." as Dash writes them */
  function outputsOf(written) {
    const each = written.startsWith("..") ? written.slice(2, -2).split("...") : [written];
    return each.map((text) => {
      const place = text.lastIndexOf(".");
      return { id: text.slice(0, place), property: text.slice(place + 1).split("@")[0] };
    });
  }

  /* Takes the callbacks of the page, as /_dash-dependencies lists them. */
  function learn(callbacks) {
    followers = new Map();
    for (const callback of callbacks) {
      const outputs = outputsOf(callback.output);
      for (const input of callback.inputs) {
        const name = `${input.id}.${input.property}`;
        followers.set(name, (followers.get(name) ?? []).concat(outputs));
      }
    }
  }

  function fits(pattern, id) {
    return Object.keys(pattern).every((key) => Array.isArray(pattern[key]) || pattern[key] === id[key]);
  }

  function elementsOf(id) {
    const element = document.getElementById(id);
    if (element || !id.startsWith("{")) return element ? [element] : [];
    const pattern = JSON.parse(id);
    return [...document.querySelectorAll('[id^="{"]')].filter((each) => fits(pattern, JSON.parse(each.id)));
  }

  /* The elements whose content the answer to a request may change. */
  function changedBy(body) {
    const names = new Set();
    const found = new Set();
    const queue = [body.outputs].flat(Infinity).filter(Boolean);
    for (const output of queue) {
      const id = identify(output.id);
      const property = output.property.split("@")[0];
      const name = `${id}.${property}`;
      if (names.has(name)) continue;
      names.add(name);
      if (SEEN.has(property)) elementsOf(id).forEach((element) => found.add(element));
      queue.push(...(followers.get(name) ?? []));
    }
    return [...found];
  }

  window.desk.followers = { learn, changedBy };
})();
