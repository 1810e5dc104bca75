"""assets/sent-files.js and labelled/rows.js: a table is sent as it is, and what came back is told."""

from __future__ import annotations

import io
import re

from playwright.sync_api import expect

from services.web.uploads.predicting import KIND, parts

PAGE = (
    '<div id="labelled-rows-drop"><button id="labelled-rows-button">Choose a file</button>'
    '<p id="labelled-rows-hint"><span data-most="1000"></span></p></div><div id="labelled-rows-div"></div>'
)
REPORT = {
    "release": "r", "rows": 4, "answered": 2, "refused": 2, "predicted": 1, "threshold": 0.25,
    "reasons": {"5 fields instead of 4": 2}, "first": [], "ignored": [],
    "warnings": ["“City”: 1 cell holds a value that the model did not see in training: “<b>Rome</b>”."],
    "id": "CustomerID",
    "shown": [
        {"line": 2, "id": "7001", "values": {"Tenure": "3", "City": "<b>Rome</b>"}, "probability": 0.5,
         "likely": True},
        {"line": 3, "id": "7002", "values": {"Tenure": "", "City": "York"}, "probability": 0.125,
         "likely": False},
    ],
}  # fmt: skip
FILE = "\ufeffCustomerID,churn_probability\r\n7001,0.500000\r\n"
FAKE = """(body, kind) => {
  window.asked = [];
  window.before = window.fetch;
  window.fetch = (url, options) => {
    asked.push([options.method, url, options.body.name]);
    return Promise.resolve(new Response(body, { headers: { "Content-Type": kind } }));
  };
}"""
DROP = """(name, size) => {
  const carried = new DataTransfer();
  carried.items.add(new File(["x".repeat(size)], name));
  const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried });
  document.getElementById("labelled-rows-drop").dispatchEvent(drop);
}"""


def answered(desk):
    """Open the page, send a table, and wait until the answer is told."""
    desk.open(PAGE, address="/churn/table")
    body = b"".join(parts(REPORT, io.BytesIO(FILE.encode())))
    desk.run(FAKE, body.decode(), KIND)
    desk.run(DROP, "autumn 1.csv", 10)
    desk.page.wait_for_function("told.some(([, props]) => props.children.length > 2)")
    return desk.draw("() => told.at(-1)[1].children")


def test_what_the_site_sends_is_told_and_the_file_is_what_is_downloaded(desk):
    drawn = answered(desk)
    assert desk.run("() => asked") == [["POST", "/churn/table/rows?name=autumn%201.csv", "autumn 1.csv"]]
    expect(drawn).to_contain_text("2 of 4 rows failed:")
    expect(drawn.get_by_role("listitem").first).to_have_text("2 rows: 5 fields instead of 4.")
    expect(drawn).to_contain_text(re.compile("1 customer is likely to churn; the line is drawn at 25.0.%"))
    expect(drawn).to_contain_text("training: “<b>Rome</b>”.")
    cells = drawn.locator("tbody tr").first.locator("th, td").all_text_contents()
    assert [cell.replace("\u00a0", " ") for cell in cells] == ["7001", "50.0 %", "yes", "3", "<b>Rome</b>"]
    assert drawn.locator("tbody tr").nth(1).locator("td").nth(2).text_content() == "–"
    link = drawn.get_by_role("link", name="Download autumn 1-churn.csv")
    kept = "async (href) => [...new Uint8Array(await (await before(href)).arrayBuffer())]"
    assert bytes(desk.run(kept, link.get_attribute("href"))).decode() == FILE


def test_a_table_that_is_too_large_is_not_even_sent(desk):
    desk.open(PAGE, address="/churn/table")
    desk.run(FAKE, "", "text/plain")
    desk.run(DROP, "large.csv", 1_001)
    assert "The file is larger than 0.001 MB. Split it into several." in str(desk.told)
    assert desk.run("() => asked") == []
