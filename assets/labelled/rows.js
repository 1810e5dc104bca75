/* Churn from a table, many customers at once: a table comes back with its answers, and what of it was understood.
   assets/sent-files.js sends it. */
(function () {
  "use strict";
  const { html, table } = window.desk.parts;
  const NUMERIC = { name: "Probability", style: "sd-num" };

  function number(value) {
    return window.dashAgGridFunctions.number(value, 0);
  }

  function share(value) {
    return window.dashAgGridFunctions.share(value, 1);
  }

  function counted(count, one, several) {
    return `${number(count)} ${count === 1 ? one : several}`;
  }

  function likely(report) {
    const line = `the line is drawn at ${share(report.threshold)}`;
    return `${counted(report.predicted, "customer is", "customers are")} likely to churn; ${line}.`;
  }

  function reasons(report) {
    const lines = Object.entries(report.reasons).map(([reason, rows]) =>
      html("Li", {}, `${counted(rows, "row", "rows")}: ${reason}.`));
    return lines.length ? [html("Ul", {}, lines)] : [];
  }

  function doubts(report) {
    if (!report.warnings.length) return [html("P", {}, "Every column and every value is known to the model.")];
    return [html("P", {}, "About this table:"), html("Ul", {}, report.warnings.map((each) => html("Li", {}, each)))];
  }

  /* The first rows as they were read: what the model was told of each customer, and what it says. */
  function first(report) {
    if (!report.shown.length) return [];
    const names = Object.keys(report.shown[0].values);
    const columns = [{ name: report.id || "Line" }, NUMERIC, { name: "Likely to churn" }].concat(names.map((name) => ({ name: name })));
    const rows = report.shown.map((each) => [
      each.id === null ? number(each.line) : each.id, share(each.probability), each.likely ? "yes" : "no",
    ].concat(names.map((name) => each.values[name] || "–")));
    const heading = report.shown.length === 1 ? "The first row as it was understood:" : `The first ${number(report.shown.length)} rows as they were understood:`;
    return [html("P", {}, heading), table("First rows of the table", columns, rows)];
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
