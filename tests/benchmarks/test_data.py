import csv
import gzip

from benchmarks.data import write_copies

ROWS = [
    ["InvoiceNo", "StockCode", "Description", "CustomerID"],
    ["536365", "85123A", 'A "white" box, café', "17850"],
    ["C536379", "D", "Discount", "14527"],
    ["536414", "22139", "", ""],
]


def test_copies_have_invoices_and_customers_of_their_own(tmp_path):
    source, target = tmp_path / "lines.csv.gz", tmp_path / "copies.csv"
    with gzip.open(source, "wt", encoding="cp1252", newline="") as file:
        csv.writer(file).writerows(ROWS)
    assert write_copies(source, target, 3, "InvoiceNo", "CustomerID") == 9
    with target.open(encoding="cp1252", newline="") as file:
        header, *rows = csv.reader(file)
    assert [header, *rows[:3]] == ROWS
    assert [row[0] for row in rows] == [
        *("536365", "C536379", "536414"),
        *("5363651", "C5363791", "5364141"),
        *("5363652", "C5363792", "5364142"),
    ]
    # A line without a customer stays without one.
    assert [row[3] for row in rows[3:6]] == ["178501", "145271", ""]
    assert {row[2] for row in rows} == {'A "white" box, café', "Discount", ""}
