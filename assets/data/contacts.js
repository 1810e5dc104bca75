/* The card Contacts: the file is sent as it is; a press then has the site keep it and say what became of it. */
(function () {
  "use strict";
  let field = null;
  let sent = null;

  function tell(sentence) {
    window.dash_clientside.set_props("data-contacts-text", { children: sentence });
  }

  function offer(keep) {
    window.dash_clientside.set_props("data-contacts-keep-bar", { hidden: !keep });
  }

  async function send(file) {
    tell(say("Sending {file}.", { file: file.name }));
    offer(false);
    // the file that was chosen before is full of addresses, and nobody will ask for it again
    if (sent) window.fetch(`/uploads/${sent}`, { method: "DELETE" }).catch(() => {});
    sent = null;
    window.dash_clientside.set_props("data-contacts-div", { children: [] });
    try {
      const answer = await window.fetch(`/uploads?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
      const told = await answer.json();
      if (answer.status === 201) {
        sent = told.id;
        window.dash_clientside.set_props("data-contacts-store", { data: told.id });
        tell(say("{file} has arrived. Its contacts are kept when you press the button below.", { file: file.name }));
        offer(true);
      } else tell(told.error ?? say("Something went wrong on our side. Try again."));
    } catch {
      tell(say("The connection was lost before the file had arrived. Nothing was kept; choose it again."));
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("button")?.id !== "data-contacts-button") return;
    if (!field) {
      field = document.createElement("input");
      field.type = "file";
      field.hidden = true;
      field.accept = ".csv,.tsv,.txt,.gz,.zip,.xlsx";
      field.addEventListener("change", () => { if (field.files.length) send(field.files[0]); });
      document.body.append(field);
    }
    field.value = ""; // the same file may be chosen again
    field.click();
  });
})();
