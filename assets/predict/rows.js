/* The tab Predict, many rows at once: a file is sent as it is, and comes back with its answers. */
(function () {
  "use strict";
  var ROUTE = "/predict/rows";
  var asked = 0; // files given so far: only the last one's answer is shown
  var address = null; // of the answers at hand
  var field = null;

  var html = window.desk.parts.html;

  function show(children) {
    window.dash_clientside.set_props("predict-rows-div", { children: children });
  }

  function refuse(sentence) {
    var sign = window.desk.parts.icon("refused");
    show(html("P", { className: "sd-err" }, [sign, html("Span", {}, sentence)]));
  }

  function number(value) {
    return window.dashAgGridFunctions.number(value, 0);
  }

  function told(report) {
    if (!report.refused) return report.rows === 1 ? "The one row is answered." : "All " + number(report.rows) + " rows are answered.";
    var were = report.refused === 1 ? " row failed:" : " rows failed:";
    return number(report.refused) + " of " + number(report.rows) + were;
  }

  function answer(name, report, blob) {
    if (address) window.URL.revokeObjectURL(address);
    address = window.URL.createObjectURL(blob);
    var target = name.replace(/\.[^.]*$/, "") + "-predicted.csv";
    var lines = report.first.map(function (each) {
      return html("Li", {}, "Line " + number(each.line) + ": " + each.error);
    });
    var parts = [html("P", {}, told(report))];
    if (lines.length) parts.push(html("Ul", {}, lines));
    if (report.refused > lines.length) parts.push(html("P", {}, "The rest are explained in the file’s last column."));
    parts.push(html("A", { href: address, download: target, className: "sd-btn" }, "Download " + target));
    show(parts);
  }

  function failed(status, said) {
    if (status !== 500) refuse(said.error);
    else refuse("Something went wrong on our side. Quote the reference " + said.ref + " to the person who runs this site.");
  }

  function send(file) {
    var mine = ++asked;
    var parts = window.deskPredict.parts; // the server looks at the size too, once all of it is sent
    if (parts && file.size > parts.limits.bytes) {
      refuse("The file is larger than " + parts.limits.bytes / 1e6 + " MB. Split it into several.");
      return;
    }
    show(html("P", { className: "sd-muted" }, "Reading " + file.name + " …"));
    var release = document.getElementById("shell-main-main").dataset.release;
    var query = release ? "?release=" + encodeURIComponent(release) : "";
    window.fetch(ROUTE + query, { method: "POST", body: file }).then(function (response) {
      if (!response.ok) {
        return response.json().then(function (said) { if (mine === asked) failed(response.status, said); });
      }
      var report = JSON.parse(response.headers.get("X-Rows"));
      return response.blob().then(function (blob) { if (mine === asked) answer(file.name, report, blob); });
    }).catch(function () {
      if (mine === asked) refuse("The connection was lost before the answer came. Choose the file again.");
    });
  }

  /* The button is what one sees and hears; the browser's own field only opens the dialogue. */
  function choose() {
    if (!field) {
      field = document.createElement("input");
      field.type = "file";
      field.hidden = true;
      field.accept = ".csv,.tsv,.txt,text/csv";
      field.addEventListener("change", function () { if (field.files.length) send(field.files[0]); });
      document.body.append(field);
    }
    field.value = ""; // the same file may be chosen again
    field.click();
  }

  function zone(event) {
    return event.target.closest && event.target.closest("#predict-rows-drop");
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("#predict-rows-button")) choose();
  });

  document.addEventListener("dragover", function (event) {
    if (!zone(event)) return;
    event.preventDefault();
    zone(event).classList.add("sd-rows-over");
  });

  document.addEventListener("dragleave", function (event) {
    if (zone(event)) zone(event).classList.remove("sd-rows-over");
  });

  document.addEventListener("drop", function (event) {
    var over = zone(event);
    if (!over) return;
    event.preventDefault();
    over.classList.remove("sd-rows-over");
    if (event.dataTransfer.files.length) send(event.dataTransfer.files[0]);
  });
})();
