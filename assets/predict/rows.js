/* The tab Predict, many rows at once: a file comes back with its answers. assets/sent-files.js sends it. */
(function () {
  "use strict";
  const html = window.desk.parts.html;

  function number(value) {
    return window.dashAgGridFunctions.number(value, 0);
  }

  function told(file, report, blob, download) {
    const lines = report.first.map((each) => html("Li", {}, say("Line {line}: {error}", { line: number(each.line), error: each.error })));
    const parts = [html("P", {}, window.desk.countedRows(report.rows, report.refused))];
    if (lines.length) parts.push(html("Ul", {}, lines));
    if (report.refused > lines.length) parts.push(html("P", {}, say("The rest are explained in the file’s last column.")));
    parts.push(download(blob, `${window.desk.stemOf(file.name)}-predicted.csv`));
    return parts;
  }

  window.desk.takesFile({
    name: "predict",
    accept: ".csv,.tsv,.txt,text/csv",
    most: () => window.deskPredict.parts?.limits.bytes,
    address: function () {
      const release = document.getElementById("shell-main-main").dataset.release;
      return "/predict/rows" + (release ? `?release=${encodeURIComponent(release)}` : "");
    },
    read: function (response, file) {
      const report = JSON.parse(response.headers.get("X-Rows"));
      return response.blob().then((blob) => (download) => told(file, report, blob, download));
    },
  });
})();
