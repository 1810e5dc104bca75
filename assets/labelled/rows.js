/* Churn from a table, many customers at once: a table comes back with its answers, and what of it was understood.
   assets/sent-files.js sends it. */
(function () {
  "use strict";
  const { html, table } = window.desk.parts;
  const NUMERIC = { name: say("Probability"), style: "sd-num" };

  function number(value) {
    return window.dashAgGridFunctions.number(value, 0);
  }

  function share(value) {
    return window.dashAgGridFunctions.share(value, 1);
  }

  function likely(report) {
    return sayCount("{n} customer is likely to churn; the line is drawn at {share}.",
      "{n} customers are likely to churn; the line is drawn at {share}.", report.predicted, { share: share(report.threshold) });
  }

  function reasons(report) {
    const lines = Object.entries(report.reasons).map(([reason, rows]) =>
      html("Li", {}, sayCount("{n} row: {reason}.", "{n} rows: {reason}.", rows, { reason })));
    return lines.length ? [html("Ul", {}, lines)] : [];
  }

  function doubts(report) {
    if (!report.warnings.length) return [html("P", {}, say("Every column and every value is known to the model."))];
    return [html("P", {}, say("About this table:")), html("Ul", {}, report.warnings.map((each) => html("Li", {}, each)))];
  }

  /* The first rows as they were read: what the model was told of each customer, and what it says. */
  function first(report) {
    if (!report.shown.length) return [];
    const names = Object.keys(report.shown[0].values);
    const columns = [{ name: report.id || say("Line") }, NUMERIC, { name: say("Likely to churn") }].concat(names.map((name) => ({ name: name })));
    const rows = report.shown.map((each) => [
      each.id === null ? number(each.line) : each.id, share(each.probability), each.likely ? say("yes") : say("no"),
    ].concat(names.map((name) => each.values[name] || "–")));
    const heading = sayCount("The first row as it was understood:", "The first {n} rows as they were understood:", report.shown.length);
    return [html("P", {}, heading), table(say("First rows of the table"), columns, rows)];
  }

  function told(file, report, blob, download) {
    const answered = report.answered ? [html("P", {}, likely(report))] : [];
    return [html("P", {}, window.desk.countedRows(report.rows, report.refused))].concat(
      reasons(report), answered, doubts(report), first(report),
      [download(blob, `${window.desk.stemOf(file.name)}-churn.csv`)],
    );
  }

  window.desk.takesFile({
    name: "labelled",
    accept: ".csv,.tsv,.txt,.gz,.zip,.xlsx,text/csv",
    most: () => Number(document.querySelector("#labelled-rows-hint [data-most]")?.dataset.most) || null,
    address: (file) => `/churn/table/rows?name=${encodeURIComponent(file.name)}`,
    read: (response, file) => response.formData().then(function (parts) {
      const report = JSON.parse(parts.get("report"));
      return (download) => told(file, report, parts.get("file"), download);
    }),
  });
})();
