/* A file given to a card: chosen or dropped, sent as it is, and what came of it shown below.
   A tab says with desk.takesFile what its card is called, where a file goes and how an answer is told. */
(function () {
  "use strict";
  const html = window.desk.parts.html;
  const cards = [];

  function number(value, decimals) {
    return window.dashAgGridFunctions.number(value, decimals || 0);
  }

  /* One card: `name` begins its ids (NAME-rows-drop, -button, -div), `accept` is what the dialogue offers, `most`
     gives the bytes a file may have, `address` where a file goes, `read` a promise of the children that tell an answer. */
  function takesFile(card) {
    let asked = 0; // files given so far: only the last one's answer is shown
    let kept = null; // address of the answers at hand
    let field = null;

    function show(children) {
      window.dash_clientside.set_props(`${card.name}-rows-div`, { children: children });
    }

    function refuse(sentence) {
      show(html("P", { className: "sd-err" }, [window.desk.parts.icon("refused"), html("Span", {}, sentence)]));
    }

    function failed(status, said) {
      if (status !== 500) refuse(said.error);
      else refuse(say("Something went wrong on our side. Quote the reference {reference} to the person who runs this site.", { reference: said.ref }));
    }

    /* A link to answers that the browser holds; those before are let go. */
    function download(blob, target) {
      if (kept) window.URL.revokeObjectURL(kept);
      kept = window.URL.createObjectURL(blob);
      return html("A", { href: kept, download: target, className: "sd-btn" }, say("Download {file}", { file: target }));
    }

    function send(file) {
      const mine = ++asked;
      const most = card.most(); // the server looks at the size too, once all of it is sent
      if (most && file.size > most) {
        refuse(say("The file is larger than {size} MB. Split it into several.", { size: window.desk.plain(most / 1e6) }));
        return;
      }
      show(html("P", { className: "sd-muted" }, say("Reading {file} …", { file: file.name })));
      window.fetch(card.address(file), { method: "POST", body: file }).then(function (response) {
        if (!response.ok) {
          return response.json().then(function (said) { if (mine === asked) failed(response.status, said); });
        }
        return card.read(response, file).then(function (told) { if (mine === asked) show(told(download)); });
      }).catch(function () {
        if (mine === asked) refuse(say("The connection was lost before the answer came. Choose the file again."));
      });
    }

    /* The button is what one sees and hears; the browser's own field only opens the dialogue. */
    function choose() {
      if (!field) {
        field = document.createElement("input");
        field.type = "file";
        field.hidden = true;
        field.accept = card.accept;
        field.addEventListener("change", function () { if (field.files.length) send(field.files[0]); });
        document.body.append(field);
      }
      field.value = ""; // the same file may be chosen again
      field.click();
    }

    cards.push({ drop: `#${card.name}-rows-drop`, button: `#${card.name}-rows-button`, choose: choose, send: send });
  }

  /* The card of which an event's target is the zone, and that zone. */
  function zone(event) {
    for (const card of cards) {
      const over = event.target.closest && event.target.closest(card.drop);
      if (over) return { over: over, send: card.send };
    }
    return null;
  }

  document.addEventListener("click", function (event) {
    const card = cards.find((each) => event.target.closest(each.button));
    if (card) card.choose();
  });

  document.addEventListener("dragover", function (event) {
    const found = zone(event);
    if (!found) return;
    event.preventDefault();
    found.over.classList.add("sd-drop-over");
  });

  document.addEventListener("dragleave", function (event) {
    const found = zone(event);
    if (found) found.over.classList.remove("sd-drop-over");
  });

  document.addEventListener("drop", function (event) {
    const found = zone(event);
    if (!found) return;
    event.preventDefault();
    found.over.classList.remove("sd-drop-over");
    if (event.dataTransfer.files.length) found.send(event.dataTransfer.files[0]);
  });

  /* All rows are answered, or so many of so many failed. */
  function counted(rows, refused) {
    if (!refused) return sayCount("The one row is answered.", "All {n} rows are answered.", rows);
    return sayCount("{failed} of {n} row failed:", "{failed} of {n} rows failed:", rows, { failed: number(refused) });
  }

  function stem(name) {
    return name.replace(/\.[^.]*$/, "");
  }

  Object.assign(window.desk, { takesFile: takesFile, countedRows: counted, stemOf: stem });
})();
