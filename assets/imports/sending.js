/* The page that brings files: each is streamed as it is, one after the other, and can be stopped on its way. */
(function () {
  "use strict";
  const ROUTE = "/uploads";
  const PAGE = "/import";
  const files = []; // what was given on this page: {name, size, state, sent, sentence, request}
  let field = null;

  function number(value, decimals) {
    return window.dashAgGridFunctions.number(value, decimals);
  }

  function said(item) {
    const size = number(item.size / 1e6, 1);
    if (item.state === "waiting") return say("{size} MB, waiting its turn", { size });
    if (item.state === "sending" && item.sent >= item.size) return say("{size} MB sent, being checked", { size });
    if (item.state === "sending") return say("{part} % of {size} MB", { part: number((100 * item.sent) / Math.max(item.size, 1), 0), size });
    if (item.state === "sent") return say("{size} MB, sent", { size });
    return item.sentence;
  }

  function line(item, place) {
    const { html, icon, unseen } = window.desk.parts;
    const parts = [html("Span", { className: "sd-imports-name" }, html("Bdi", {}, item.name))];
    if (item.state === "sending") {
      parts.push(html("Progress", { max: String(Math.max(item.size, 1)), value: String(item.sent), "aria-label": say("Upload of {file}", { file: item.name }) }));
    }
    const refused = item.state === "refused";
    parts.push(html("Span", refused ? { className: "sd-err", role: "alert" } : { className: "sd-muted" }, [refused ? icon("refused") : "", said(item)]));
    if (item.state === "waiting" || item.state === "sending") {
      parts.push(html("Button", { className: "sd-btn sd-btn-sm", "data-cancel": String(place) }, [say("Cancel"), unseen(` ${item.name}`)]));
    } else if (refused) {
      parts.push(html("Button", { className: "sd-btn sd-btn-sm", "data-forget": String(place) }, [say("Remove"), unseen(` ${item.name}`)]));
    }
    return html("Div", { className: `sd-imports-item sd-imports-${item.state}` }, parts);
  }

  /* Nothing to show it in: the reader is on another page, and what is sent goes on. */
  function away() {
    return !document.getElementById("imports-sending-div");
  }

  function draw() {
    if (away()) return;
    const shown = files.map((item, place) => (item.state === "gone" || item.state === "sent" ? null : line(item, place)));
    window.dash_clientside.set_props("imports-sending-div", { children: shown.filter(Boolean) });
  }

  function most() {
    return Number(document.getElementById("imports-drop-div")?.dataset.mostMb) || Infinity;
  }

  function changed() {
    if (away()) return;
    window.dash_clientside.set_props("imports-sent-store", { data: Date.now() });
  }

  function refuse(item, sentence) {
    item.state = "refused";
    item.sentence = sentence;
  }

  /* What the site said, or why there is no answer. */
  function answered(item, request) {
    let told = {};
    try {
      told = JSON.parse(request.responseText);
    } catch {
      // a proxy's page
    }
    if (request.status === 201) {
      item.state = "sent";
      item.id = told.id;
    } else if (request.status === 0) refuse(item, say("The connection was lost before the file had arrived. Nothing was kept; choose it again."));
    else if (request.status < 500 && told.error) refuse(item, told.error);
    else if (told.ref) refuse(item, say("Something went wrong on our side. Quote the reference {reference}.", { reference: told.ref }));
    else refuse(item, say("Something went wrong on our side."));
  }

  function finished(item) {
    item.request = null;
    draw();
    const left = files.some((each) => each.state === "waiting" || each.state === "sending");
    if (left) next();
    else leave();
  }

  /* All is sent: a single file is opened, several are listed. */
  function leave() {
    const sent = files.filter((each) => each.state === "sent");
    const only = sent.length === 1 && files.every((each) => each.state === "sent" || each.state === "gone");
    sent.forEach((each) => { each.state = "gone"; });
    if (only && window.location.pathname === PAGE && !window.location.search.includes("file=")) window.desk.goTo(`${PAGE}?file=${sent[0].id}`);
    else if (sent.length) changed();
  }

  function send(item) {
    const request = new XMLHttpRequest();
    item.state = "sending";
    item.sent = 0;
    item.request = request;
    request.upload.addEventListener("progress", (event) => {
      item.sent = event.loaded;
      draw();
    });
    request.addEventListener("load", () => { answered(item, request); finished(item); });
    request.addEventListener("error", () => { answered(item, request); finished(item); });
    request.addEventListener("abort", () => { item.state = "gone"; finished(item); });
    request.open("POST", `${ROUTE}?name=${encodeURIComponent(item.name)}`);
    request.send(item.file);
    draw();
  }

  function next() {
    if (files.some((each) => each.state === "sending")) return;
    const item = files.find((each) => each.state === "waiting");
    if (item) send(item);
  }

  function take(given) {
    const limit = most();
    for (const file of given) {
      const item = { name: file.name, size: file.size, file, state: "waiting", sent: 0 };
      if (file.size > limit * 1e6) refuse(item, say("The file is larger than {size} MB. Send it packed (.gz or .zip), or split it into several.", { size: number(limit, 0) }));
      else if (!file.size) refuse(item, say("The file is empty."));
      files.push(item);
    }
    draw();
    next();
  }

  function cancel(item) {
    if (item.request) item.request.abort();
    else {
      item.state = "gone";
      draw();
    }
  }

  function remove(id) {
    return window.fetch(`${ROUTE}/${id}`, { method: "DELETE" }).then((answer) => {
      if (!answer.ok && answer.status !== 404) throw new Error(answer.statusText);
    }).catch(() => {
      window.desk.toast({ heading: say("Not removed"), sentence: say("The site did not answer. Try again."), mood: "warn" }, "not-removed");
    });
  }

  /* The button is what one sees and hears; the browser's own field only opens the dialogue. */
  function choose() {
    if (!field) {
      field = document.createElement("input");
      field.type = "file";
      field.multiple = true;
      field.hidden = true;
      field.accept = ".csv,.tsv,.txt,.gz,.zip,.xlsx,.xls,.ods,.parquet";
      field.addEventListener("change", () => take([...field.files]));
      document.body.append(field);
    }
    field.value = ""; // the same file may be chosen again
    field.click();
  }

  function zone(event) {
    return event.target.closest?.("#imports-drop-div");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "imports-choose-button") choose();
    else if (button.dataset.cancel) cancel(files[Number(button.dataset.cancel)]);
    else if (button.dataset.forget) {
      files[Number(button.dataset.forget)].state = "gone";
      draw();
    } else if (button.dataset.remove) remove(button.dataset.remove).then(changed);
    else if (button.id === "imports-remove-button") {
      const id = new URLSearchParams(window.location.search).get("file");
      remove(id).then(() => window.desk.goTo(PAGE));
    }
  });

  document.addEventListener("dragover", (event) => {
    if (!away()) event.preventDefault(); // beside the place, the browser would open the file instead of the page
    if (!zone(event)) return;
    zone(event).classList.add("sd-drop-over");
  });

  document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("sd-drop-over"));

  document.addEventListener("drop", (event) => {
    const over = zone(event);
    if (!away()) event.preventDefault();
    if (!over) return;
    over.classList.remove("sd-drop-over");
    take([...event.dataTransfer.files]);
  });

  window.desk.imports = { take, cancel, files };
})();
