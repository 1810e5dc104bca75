"""Who a row's customer is: nobody, everybody at once, or one whom a spreadsheet has made unknowable."""

import pandas as pd
import pytest

from services.core.refusals import Refusal
from services.training.reading import refuse_unreadable
from services.training.reading.cells.ids import ROUNDED
from tests.training.written import column


def sales(*customers):
    """A line a customer, each an order of its own."""
    rows = "".join(f"{name}|2011-01-02|{place}|1\n" for place, name in enumerate(customers))
    return "customer|date|invoice|amount\n" + rows


@pytest.mark.parametrize(
    "cell",
    [
        "NULL", "null", "None", "nan", "NaN", "N/A", "n.a.", "NA", "\\N", "<NA>", "(null)", "[blank]", "#N/A",
        "-",
        "—", "?", "...", "Guest", "GUEST CHECKOUT", "anonymous", "Unknown", "(not set)", "walk-in", "Gast",
        "Unbekannt", "invité", "INVITÉ", "anonyme", "Desconocido", "ospite", "onbekend", "gość", "Гость",
        "неизвестно",
        "비회원", "ゲスト", "散客", "Visitante", "Okänd", "Ukendt", "Tuntematon", "Misafir", "''",
        "00000000-0000-0000-0000-000000000000",
    ],
)  # fmt: skip
def test_a15_what_stands_where_there_is_no_customer_is_nobody(read, engine, cell):
    report = read(sales("5001", cell, "5002"))
    assert column(engine, "customer_id", "unreadable") == [("5001", None), (None, None), ("5002", None)]
    (warning,) = report.warnings
    assert warning.startswith(f"1 row names nobody: “{cell}” 1.")
    assert "--keep-customer" in warning


@pytest.mark.parametrize("cell", ["N", "Nina", "guest@shop.example", "Unknown 7", "x", "naomi", "1E5", "00"])
def test_what_only_looks_like_it_is_a_customer(read, engine, cell):
    report = read(sales(*"abcdefghijk", cell))
    assert column(engine, "customer_id")[-1] == cell
    assert [warning for warning in report.warnings if cell not in warning] == []


def test_a15_a_shop_may_have_such_a_customer(read, engine):
    report = read(sales("NA", "na", "N/A", "b"), keep_customer=("NA",))
    assert column(engine, "customer_id") == ["NA", "na", None, "b"]
    assert "“N/A” 1" in report.warnings[0]
    assert "“NA”" not in report.warnings[0]


def test_an_id_that_stands_for_the_till_is_left_out_when_asked(read, engine):
    report = read(sales("9999", "9999.0", "5", "TILL"), drop_customer=("9999", "till", "8888"))
    assert column(engine, "customer_id") == [None, None, "5", None]
    assert report.warnings == ["No row has the customer “8888” that --drop-customer names."]


def test_0_is_all_guests_where_it_has_over_a_tenth_of_the_orders(read, engine):
    report = read(sales("0", "0.0", *"abcdefg"))
    assert column(engine, "customer_id")[:3] == [None, None, "a"]
    assert "“0” has 2 of the 9 orders" in report.warnings[0]
    assert "--keep-customer 0" in report.warnings[0]


def test_0_is_a_customer_up_to_a_tenth_of_the_orders_and_that_is_said(read, engine):
    # three lines of one order
    text = sales(*"abcdefghi") + "0|2011-01-03|90|1\n" * 3
    report = read(text)
    assert column(engine, "customer_id")[-1] == "0"
    assert "--drop-customer 0" in report.warnings[0]
    assert read(text, keep_customer=("0",)).warnings == []
    read(text, drop_customer=("0",))
    assert column(engine, "customer_id")[-1] is None


def test_zeros_are_a_customer_where_ids_count_up_from_them(read, engine):
    assert read(sales("0000", "0001", "0002")).warnings == []
    assert column(engine, "customer_id") == ["0000", "0001", "0002"]
    assert read(sales("0000", "0000")).warnings == []
    assert "“0000” has 1 of the 3 orders" in read(sales("0000", "4711", "4712")).warnings[0]


def test_ids_with_gaps_from_a_data_frame_are_whole_numbers(read, engine, tmp_path):
    lines = pd.DataFrame({"customer": [5001.0, float("nan"), 5002.0], "date": "2011-01-02", "amount": 1.0})
    engine.register("lines", lines)
    engine.execute(f"COPY lines TO '{tmp_path}/lines' (FORMAT parquet)")
    read((tmp_path / "lines").read_bytes(), name="x.parquet")
    assert column(engine, "customer_id") == ["5001", None, "5002"]
    read("customer;date;amount\n5001,0;2011-01-02;1\n5002,0;2011-01-02;2,5\n12,00;2011-01-02;1\n")
    assert column(engine, "customer_id") == ["5001", "5002", "12,00"]


@pytest.mark.parametrize(
    "cells",
    [
        ("4.00001E+11", "4.00002E+11"),
        ("4,00001e+11",),
        ("4.00001e11",),
        ("4E+11",),
        ("4.1E11", "4.2E11"),
        ("1.00E+05",),
    ],
)
def test_ids_that_a_spreadsheet_rounded_are_refused_with_an_example(read, engine, cells):
    report = read(sales(*(f"K{number}" for number in range(60)), *cells))
    assert report.reasons == {ROUNDED: len(cells)}
    with pytest.raises(Refusal, match="became one") as refused:
        refuse_unreadable(report, accepted=False)
    assert f"“{cells[0]}”" in str(refused.value)
    assert refused.value.option == "--accept-unreadable"
    refuse_unreadable(report, accepted=True)


def test_a_file_of_nothing_else_is_refused_in_the_same_words(read):
    with pytest.raises(Refusal, match=r"“4\.00001E\+11”.*became one"):
        read(sales("4.00001E+11", "4.00002E+11"))


@pytest.mark.parametrize(
    "cells", [("1E5", "2E5", "E10"), ("4.1E11", "K1"), ("4.1E11", "4.1E12"), ("4.1.E+5", "E+5")]
)
def test_ids_with_an_e_in_them_are_ids(read, engine, cells):
    assert read(sales(*cells)).unreadable == 0
    assert column(engine, "customer_id") == list(cells)


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("2011-01-05 10:00", "paid / cancelled"),
        ("yes", "paid / cancelled"),
        ("", "paid"),
        ("no", "paid"),
        ("0000-00-00", "paid"),
    ],
)
def test_an_order_with_the_day_of_its_cancellation_is_cancelled_whatever_its_status(
    read, engine, cell, status
):
    read(f"customer,date,amount,status,Cancelled at\na,2011-01-02,1,paid,{cell}\nb,2011-01-02,1,,\n")
    assert column(engine, "status") == [status, None]


def test_an_e_mail_is_one_customer_however_it_is_written(read, engine):
    composed, parted = "jos\u00e9@x.org", "Jose\u0301@x.org"
    report = read(sales("Ann@X.org", "ann@x.org", composed, parted, "Bob@x.org"))
    assert column(engine, "customer_id") == ["ann@x.org"] * 2 + [composed] * 2 + ["bob@x.org"]
    (warning,) = report.warnings
    assert warning.startswith(
        "2 customers’ e-mails are written in several ways, such as “Ann@X.org” and “ann@x.org”"
    )
    assert "in 4 rows together" in warning


@pytest.mark.parametrize("ids", [("K12", "k12"), ("a@1", "A@1"), ("Ann", "ann"), ("x@y.1", "X@y.1")])
def test_codes_that_differ_in_capitals_are_two_customers(read, engine, ids):
    assert read(sales(*ids)).warnings == []
    assert column(engine, "customer_id") == list(ids)
