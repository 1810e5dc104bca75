"""Exports of shop systems: an invented file of each, read without a question, whatever the order of "
"columns."""

import csv
import io
import random
from decimal import Decimal

import pytest

from services.core.refusals import Refusal
from services.training.lines.engine import table
from services.training.lines.statuses import count_statuses, sort_statuses
from services.training.reading.columns import layouts
from services.training.reading.columns.headers import TRANSACTIONS
from tests.training.reading.columns.exports import (
    AMAZON,
    BIGCOMMERCE,
    EXPORTS,
    LIGHTSPEED,
    OLIST,
    STRIPE,
    WOO_WIDE,
)


def shuffled(text, seed):
    separator = "\t" if "\t" in text else ";" if text.startswith("ID;") else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    order = random.Random(seed).sample(range(len(rows[0])), len(rows[0]))
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(
        [row[place] for place in order] for row in rows
    )
    return written.getvalue()


def money(engine, report):
    """Sum the lines whose status leaves them in, by customer."""
    counted = count_statuses(table(engine, "read_lines"))
    dropped = sort_statuses(counted, "status", layout=report.statuses).taken if counted else {}
    found = engine.execute(
        "SELECT customer_id, sum(amount) FROM read_lines WHERE unreadable IS NULL "
        "AND coalesce(status, '') NOT IN (SELECT unnest(?)) GROUP BY ALL",
        [list(dropped)],
    ).fetchall()
    return dict(found)


@pytest.mark.parametrize("export", EXPORTS)
def test_a4_an_export_is_told_by_its_header_and_read_to_the_penny_whatever_the_order_of_columns(
    read, engine, export
):
    layout, text, right = EXPORTS[export]
    wanted = {customer: Decimal(total) for customer, total in right.items()}
    for content in (text, shuffled(text, 3)):
        report = read(content)
        assert (report.layout, report.unreadable) == (layout, 0)
        assert money(engine, report) == wanted


def test_several_lines_in_a_row_are_lines_and_it_is_said(read):
    for text, said in ((WOO_WIDE, "4 orders hold 5 lines."), (BIGCOMMERCE, "4 orders hold 5 lines.")):
        report = read(text)
        assert (report.rows, report.warnings[0]) == (5, said)


def test_rows_of_a_sales_history_that_are_no_lines_are_counted(read, engine):
    report = read(LIGHTSPEED)
    assert (report.rows, report.no_lines, report.unreadable) == (8, 4, 0)
    reasons = (
        "SELECT unreadable, count(*) FROM read_lines WHERE unreadable IS NOT NULL GROUP BY ALL ORDER BY 1"
    )
    assert engine.execute(reasons).fetchall() == [
        ("not an order line: Payment", 1),
        ("not an order line: Sale", 3),
    ]


def test_an_order_report_without_buyers_says_why_and_what_to_do(read, engine):
    text = AMAZON.replace("buyer-email", "ship-city")
    with pytest.raises(Refusal, match=r"names no buyer.*--columns customer=amazon-order-id"):
        read(text)
    read(text, columns={"customer": "amazon-order-id"})
    counted = engine.execute("SELECT count(DISTINCT customer_id), count(DISTINCT invoice) FROM read_lines")
    assert counted.fetchone() == (3, 3)


def test_customers_who_are_others_for_every_order_are_refused(read):
    with pytest.raises(Refusal, match="customer_id is another one for every order"):
        read(OLIST.replace("customer_unique_id", "customer_zip"))


def test_a_file_without_header_is_known_by_its_cells(read, engine):
    report = read("00004 19970101 2 29.33\n00004 19970118 2 29.73\n00021 19970101 3 63.34\n")
    assert (report.layout, report.rows) == ("cdnow", 3)
    report = read(" 00004 0001 19970101  2   29.33\n 00021 0002 19970101  3   63.34\n")
    assert report.layout == "cdnow-sample"
    assert engine.execute("SELECT sum(amount) FROM read_lines").fetchone() == (Decimal("92.67"),)


OWN = """
name = "Our till"
identified_by = [["Bon"], ["Wer"], ["Wann"]]
drop_status = ["X"]
[roles]
customer = ["Wer"]
invoice = ["Bon"]
date = ["Wann"]
amount = ["Was"]
status = ["S"]
"""


def test_a_shops_own_layout_is_a_file(read, engine, tmp_path):
    own = tmp_path / "till.toml"
    own.write_text(OWN)
    text = "Bon,Wer,Wann,Was,S\n1,ida,2024-05-01,5.00,\n2,ida,2024-05-02,7.00,X\n"
    report = read(text, layout=str(own))
    assert (report.layout, money(engine, report)) == ("till", {"ida": 5})
    assert report.detected.reasons["amount"] == "as in exports of Our till"
    with pytest.raises(Refusal, match="needs the column 'Wer', which"):
        read(text.replace("Wer", "Who"), layout=str(own))


def test_a_layout_can_be_told_or_left(read):
    assert read(STRIPE, layout="none").layout is None
    with pytest.raises(Refusal, match="There is no layout “shopfy”") as refused:
        read(STRIPE, layout="shopfy")
    assert "shopify" in refused.value.choices
    with pytest.raises(Refusal, match="has no header, and 4 columns"):
        read(STRIPE, layout="cdnow")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name =", "is not valid TOML"),
        ("name = 'x'", "not a valid layout at roles"),
        ("name = 'x'\n[roles]\n", "identified_by names"),
    ],
)
def test_a_wrong_layout_file_is_refused_with_the_place(tmp_path, text, words):
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(Refusal, match=words):
        layouts.load(str(path))


def test_every_shipped_layout_names_roles_that_there_are():
    for layout in layouts.shipped_layouts():
        items = layout.items
        named = {*layout.roles, *(items.columns if items else ()), *(items.fields if items else ())}
        assert named <= set(TRANSACTIONS.roles), layout.id
