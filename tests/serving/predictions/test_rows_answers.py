"""Many rows at once: answered as one by one, in the file's own order, every fault told by its line."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.core.text.cells import guarded
from services.core.vocabulary import AXES
from services.serving.predictions.predict import predict
from services.serving.predictions.rows_answers import answer_rows
from services.serving.predictions.rows_columns import ADDED, added_cells
from tests.serving.shops import shop, table_shop

HEADER = "customer,recency,orders,spend\n"
RELEASES = {
    "standard": shop,
    "quartile": lambda: shop("quartile"),
    "ten-cluster": lambda: shop("ten-cluster"),
    "table": table_shop,
}


def answered(text, release=None, most=None):
    data = text if isinstance(text, bytes) else text.encode()
    return answer_rows(release or shop(), io.BytesIO(data), most)


def written(text, **more):
    """The rows of the file that comes back, by column; and the line and sentence of each refused row."""
    found = answered(text, **more)
    body = "".join(found.text())
    assert body.startswith("\ufeff")
    rows = csv.DictReader(io.StringIO(body[1:], newline=""), delimiter=found.file.separator)
    return list(rows), [(each["line"], each["error"]) for each in found.first]


def one_by_one(release, values):
    prediction = predict(release, values)
    scores = prediction.scores or dict.fromkeys(AXES, "")
    return (
        prediction.cluster.id,
        prediction.cluster.name,
        prediction.segment.name if prediction.segment else "",
        *(str(scores[axis]) for axis in AXES),
        repr(prediction.margin),
        "yes" if all(prediction.in_range.values()) else "no",
    )


@pytest.mark.parametrize("name", RELEASES)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 2_000), st.integers(1, 500), st.floats(0, 1e12).map(lambda x: round(x, 2))),
        min_size=1,
        max_size=12,
    )
)
def test_b9_every_row_is_answered_as_it_would_be_alone(name, rows):
    release = RELEASES[name]()
    alone = [one_by_one(release, dict(zip(AXES, map(float, row), strict=True))) for row in rows]
    assert added_cells(release, np.array(rows, dtype=float), ".") == alone


@pytest.mark.parametrize("name", RELEASES)
def test_a_file_of_all_customers_says_what_is_stored_of_them(name):
    release = RELEASES[name]()
    columns = release.customers
    text = io.StringIO()
    wide = csv.writer(text)
    wide.writerow(["id", *AXES])
    for row in range(release.count):
        wide.writerow([release.id_of(row), *(columns[axis][row].item() for axis in AXES)])
    rows, faults = written(text.getvalue(), release=release)
    assert faults == []
    assert [row["id"] for row in rows] == [guarded(release.id_of(row)) for row in range(release.count)]
    clusters = [release.clusters[index].id for index in columns["cluster"]]
    segments = [release.segments[index].name if index >= 0 else "" for index in columns["segment"]]
    assert [row["predicted_cluster_id"] for row in rows] == clusters
    assert [row["predicted_segment"] for row in rows] == segments
    assert [np.float32(row["predicted_margin"]) for row in rows] == columns["margin"].tolist()
    assert {row["predicted_in_range"] for row in rows} == {"yes"}


def test_rows_that_cannot_be_answered_are_told_by_line_and_the_others_are_answered():
    rows, faults = written(
        "customer,recency,orders,spend\n"
        "good,5,2,100.5\n"
        "\n"
        '"two\nlines",x,2,3\n'
        "none,5,0,4\n"
        "half,5,1.5,4\n"
        "short,5,1\n"
        "long,5,1,1,1\n"
        "blank,,1,1\n"
        "below,5,1,-1\n"
        "high,5,1,9e12\n"
        'behind,5,1,"a"b\n'
        "null,5,1,1\0\n"
        "other,5,1,\"1,5\"\n"
        "last,7,1,1\n"
    )  # fmt: skip
    assert [(row["customer"], row["predicted_cluster"] != "") for row in rows][:2] == [
        ("good", True),
        ("two\nlines", False),
    ]
    assert rows[-1]["customer"] == "last"
    assert rows[-1]["predicted_error"] == ""
    assert faults == [
        (4, "recency: “x” is not a number."),
        (6, "orders: A customer has at least one order. Give a whole number from 1 up."),
        (7, "orders: A customer has at least one order. Give a whole number from 1 up."),
        (8, "The row has 3 cells, the header has 4."),
        (9, "The row has 5 cells, the header has 4."),
        (10, "recency is empty."),
        (11, "spend: Give the spend as a number from 0 up, such as 1,797.24."),
        (12, "spend: That is too large. Give a number below 1,000,000,000,000."),
        (13, "There is text after a closing quote."),
        (14, "The row has a character that cannot be read as text."),
    ]
    told = [row["predicted_error"] for row in rows if row["predicted_error"]]
    assert told[4].endswith(" Without a column: “1”.")
    told[4] = told[4].removesuffix(" Without a column: “1”.")
    assert told[:10] == [sentence for _line, sentence in faults]
    assert told[10] == "spend: the number is written with a different decimal sign from most of the file."
    assert len(told) == 11
    assert all(row["predicted_segment"] == "" for row in rows if row["predicted_error"])


def test_a_file_of_decimal_commas_is_answered_with_decimal_commas():
    text = "Kunde;Recency Days;Order Count;Total Spend\nä;5;2;1.797,24\nb;6;1;3\n".encode("cp1252")
    rows, faults = written(text)
    assert faults == []
    assert rows[0]["Kunde"] == "ä"
    alone = one_by_one(shop(), {"recency": 5, "frequency": 2, "monetary": 1797.24})
    assert rows[0]["predicted_margin"] == alone[-2].replace(".", ",")
    assert rows[0]["predicted_cluster_id"] == alone[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_is_read_however_it_was_written(encoding, separator, end):
    rows = (["é", "spend", "orders", "recency"], ["ü", "3.5", "2", "9"])
    text = end.join(separator.join(row) for row in rows)
    rows, faults = written(text.encode(encoding))
    assert faults == []
    assert rows[0]["é"] == "ü"
    alone = one_by_one(shop(), {"recency": 9, "frequency": 2, "monetary": 3.5})
    assert tuple(rows[0][name] for name in ADDED[:-1]) == alone


def test_a_cell_that_a_spreadsheet_would_run_is_guarded_and_numbers_stay():
    rows, _ = written("customer,recency,orders,spend,=note\n@a,5,2,10,=1+1\n-b,5,2,10, +x\n")
    assert [row["customer"] for row in rows] == ["'@a", "'-b"]
    assert [row["'=note"] for row in rows] == ["'=1+1", "' +x"]
    assert [row["recency"] for row in rows] == ["5", "5"]


def test_numbers_below_zero_come_back_as_they_were():
    rows, _ = written("id,change,recency,frequency,monetary\n-5,-12.5,75,4,1797.24\n+5,-1e3,75,4,5\n")
    assert [(row["id"], row["change"]) for row in rows] == [("-5", "-12.5"), ("+5", "-1e3")]


def test_cells_without_a_column_are_named_in_the_error():
    rows, faults = written(HEADER + "y,1,2,3,4,=x\n")
    assert rows[0]["predicted_error"] == (
        "The row has 6 cells, the header has 4. Without a column: “4”, “=x”."
    )
    assert faults == [(2, "The row has 6 cells, the header has 4.")]


def test_the_names_of_the_sites_own_list_are_read():
    rows, faults = written("Customer,Days,Orders,Spend\na,5,2,10\n")
    assert faults == []
    alone = one_by_one(shop(), {"recency": 5, "frequency": 2, "monetary": 10})
    assert tuple(rows[0][name] for name in ADDED[:-1]) == alone


def test_another_name_of_recency_goes_before_days():
    rows, _ = written("days,recency,orders,spend\n900,5,2,10\n")
    alone = one_by_one(shop(), {"recency": 5, "frequency": 2, "monetary": 10})
    assert rows[0]["predicted_margin"] == alone[-2]


def test_where_lines_are_counted_a_column_of_that_name_is_taken():
    text = "recency,orders,lines,spend\n5,2,30,100\n"
    for preset, frequency in (("quartile", 30), ("standard", 2)):
        rows, _ = written(text, release=shop(preset))
        alone = one_by_one(shop(preset), {"recency": 5, "frequency": frequency, "monetary": 100})
        assert rows[0]["predicted_margin"] == alone[-2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\n\r\n \n", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (HEADER, "The file has a header but no rows."),
        (HEADER.strip(), "The file has a header but no rows."),
        ("recency,orders\n1,2\n", "No column was found for spend. Found: recency, orders."),
        ("a,b,c\n1,2,3\n", "No column was found for recency, orders, spend."),
        ("recency\n1\n", "No separator was found"),
        ("recency:orders:spend\n1:2:3\n", "No separator was found"),
        ("recency,orders,spend,Spend\n1,2,3,4\n", "The header “Spend” appears twice."),
        (HEADER + 'a,5,1,"1\nb,5,1,1\n', "A quote is opened on line 2 and not closed"),
        ("recency;orders;spend\n1;1;1,234\n", "The number 1,234 can be read in two ways"),
        (",".join(f"c{place}" for place in range(101)) + "\n1\n", "101 columns; the limit is 100"),
        ("recency,orders,spend,predicted_r\n1,1,1,5\n", "The file already has a column predicted_r."),
        (b"PK\x03\x04" + b"0" * 99, "This is a workbook or a compressed file."),
        (b"\x1f\x8b" + b"0" * 99, "This is a workbook or a compressed file."),
        ("recency,orders,spend\n1,1,1\n".encode("utf-16-le"), "The file is not plain text."),
        (b"\xff\xfe" + b"r\x00e", "The file is marked as Unicode but is not."),
        (b"\xef\xbb\xbfrecency,orders,spend\n\xff,1,1\n", "The file is marked as Unicode but is not."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(text, sentence):
    with pytest.raises(Refusal, match=sentence.replace(".", r"\.")):
        answered(text)


def test_more_rows_than_the_site_takes_are_refused_and_as_many_are_taken():
    text = HEADER + "a,5,1,1\n" * 3
    assert answered(text, most=3).rows == 3
    with pytest.raises(Refusal, match=r"more than 2 rows\. Split it"):
        answered(text, most=2)


def test_only_the_first_ten_refused_rows_are_told_beside_the_file():
    rows, faults = written(HEADER + "a,x,1,1\n" * 25)
    assert [line for line, _ in faults] == list(range(2, 12))
    assert sum(row["predicted_error"] != "" for row in rows) == 25


def test_bytes_that_do_not_fit_make_one_row_unreadable_and_not_the_file_another_language():
    text = "name,recency,orders,spend\né ü,5,2,10\nx,6,1,3\n".encode() + b"\xe9,7,1,3\n"
    rows, faults = written(text)
    assert [row["name"] for row in rows] == ["é ü", "x", "?"]
    assert faults == [(4, "The row has a character that cannot be read as text.")]
