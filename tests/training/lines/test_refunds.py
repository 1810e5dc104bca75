"""Whole trainings of files in which money goes back: no order, no purchase, no preset that fails."""

import json
import warnings
from datetime import date, datetime, timedelta

import pytest

from services.core import presets
from services.core.refusals import Refusal
from services.releases.overview.ledger import Returned
from services.serving.release.loaded import Loaded
from services.serving.release.receipts import train_receipt
from services.training.options import TrainOptions
from services.training.run import train

PRESETS = sorted(presets.shipped())
BOUGHT = [(number, order) for number in range(14) for order in range(1 + number % 3)]


def ledger():
    """14 customers with orders, one of whom spends nothing; U90 only got money back."""
    lines = ["customer,date,order,product,quantity,price"]
    for number, order in BOUGHT:
        day = date(2024, 1, 1) + timedelta(days=9 * number + 30 * order)
        price = "0.00" if number == 13 else f"{number + 2}.25"
        lines.append(f"U{number:02},{day},{number}-{order},P{order},{1 + number % 4},{price}")
    lines += ["U00,2024-08-01,r1,P0,1,-2.25", "U90,2024-08-02,r2,P9,2,-10.00", "U01,2024-08-03,r3,P1,-1,3.25"]
    return "\n".join(lines) + "\n"


def trained(tmp_path, text, **options):
    path = tmp_path / "sales.csv"
    path.write_text(text)
    return Loaded(tmp_path / "models", train(path, tmp_path / "models", TrainOptions(**options)).id)


@pytest.mark.parametrize("preset", [name for name in PRESETS if not presets.load(name).rfm.table])
def test_refunds_are_returns_and_move_nobody_in_any_preset(tmp_path, preset):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        release = trained(tmp_path, ledger(), preset=preset, returns="ignore")
    rows = release.manifest.rows
    free = presets.load(preset).cleaning.price
    assert rows.kept == len(BOUGHT) - (2 if free else 0)
    assert rows.rejected["refund"] == 2
    assert rows.rejected["quantity"] == 1
    assert release.overview.glance.returns == Returned(lines=3, amount=25.5, invoices=3)
    first = release.row_of("U00")
    day = release.manifest.as_of.date() - date(2024, 1, 1)
    assert release.customers["recency"][first] == day.days
    assert release.customers["frequency"][first] == 1
    assert release.manifest.as_of.date() < date(2024, 8, 1)
    assert b"U90" not in release.customers["customer_id"].tolist()


def test_the_money_of_the_kept_rows_is_exact_in_the_receipt(tmp_path):
    release = trained(tmp_path, ledger(), k=2)
    receipt = train_receipt(release)
    made = sum((1 + number % 4) * (number + 2.25) for number, _order in BOUGHT if number < 13)
    # U00 got its one order back, U01 a piece of its second; U90 bought nothing in this file
    assert receipt["revenue"] == f"{made - 2.25 - 3.25:.2f}"
    assert receipt["rows"]["rejected"]["returned"] == 1
    assert receipt["rows"]["kept"] == len(BOUGHT) - 1
    assert receipt["returns"]["matched"] == {
        "amount": 5.5,
        "pieces": 2.0,
        "unmatched_lines": 1,
        "unmatched_pieces": 2.0,
        "unmatched_amount": 20.0,
    }
    assert release.row_of("U00") is None
    assert (receipt["unreadable"], receipt["layout"]) == ([], None)
    assert receipt["detected"]["money"] == "quantity × price"
    json.dumps(receipt)


def test_a_prefix_that_no_invoice_has_is_said_and_one_that_is_given_takes_positive_rows(tmp_path):
    lines = ledger() + "U02,2024-08-04,GS-1,P1,2,4.00\n"
    release = trained(tmp_path, lines, k=2, cancel_prefix="gs")
    assert release.manifest.rows.rejected["cancellation"] == 1
    assert release.overview.glance.returns.amount == 33.5
    release = trained(tmp_path, lines, k=2, cancel_prefix="XY")
    assert "No invoice number begins with “XY”, so nothing counts as a cancellation." in (
        release.manifest.warnings
    )
    assert release.manifest.options["cancel_prefix"] == "XY"


def test_unreadable_rows_are_listed_in_the_receipt_twenty_at_most(tmp_path):
    lines = ledger() + "U02,never,7,P1,2,4.00\n" * 25
    with pytest.raises(Refusal, match="--accept-unreadable"):
        trained(tmp_path, lines, k=2)
    listed = train_receipt(trained(tmp_path, lines, k=2, accept_unreadable=True))["unreadable"]
    head = len(ledger().splitlines())
    assert listed == [{"line": head + number, "reason": "not a date"} for number in range(1, 21)]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["a,2024-01-01,5"], "Clusters need|clusters need"),
        (["a,2024-01-01,-5", "b,2024-01-02,-5"], "None of the 2 rows can be used .refund 2."),
        (["a,2024-01-01,0", "b,2024-01-01,0"], "Clusters need|clusters need|price 2"),
    ],
)
def test_what_leaves_too_little_is_a_sentence_in_every_preset(tmp_path, preset, rows, words):
    table = presets.load(preset).rfm.table
    text = "customer,date,amount\n" + "\n".join(rows) + "\n"
    if table:
        text = text.replace("date,amount", "recency,frequency,monetary").replace("2024-01-0", "1,")
        words = "Clusters need|clusters need|can be read"
    with pytest.raises(Refusal, match=words):
        trained(tmp_path, text, preset=preset)


def test_spend_of_a_table_below_zero_costs_the_row_and_none_stays(tmp_path):
    rows = [f"U{n},{3 * n + 1},{n % 4 + 1},{10 + n}.5" for n in range(24)]
    text = "\n".join(["customer,recency,frequency,monetary", *rows, "U98,5,1,-7", "U99,5,1,0"]) + "\n"
    release = trained(tmp_path, text, table=True)
    assert release.manifest.rows.rejected["unreadable"] == 1
    assert release.manifest.unreadable[0].reason == "monetary is below 0"
    assert release.manifest.revenue == f"{sum(10.5 + n for n in range(24)):.2f}"
    assert release.manifest.detected.money is None


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("customer,date,order,quantity,amount", "U00,2024-08-01,r1,-1,9.00"),
        ("customer,date,order,quantity,price", "U00,2024-08-01,r1,-1,-9.00"),
        ("customer,date,order,quantity,price", "U00,2024-08-01,r1,-2,4.50"),
        ("customer,date,order,quantity,price", "U00,2024-08-01,r1,1,-9.00"),
    ],
)
def test_what_goes_back_counts_however_its_signs_are_written(tmp_path, header, row):
    bought = [f"U{n:02},2024-0{1 + n % 6}-11,{n},{1 + n % 2},{n + 5}.00" for n in range(12)]
    release = trained(tmp_path, "\n".join([header, *bought, row]) + "\n", preset="four-group")
    assert release.manifest.rows.kept == 12
    returns = release.overview.glance.returns
    assert (returns.lines, returns.amount, returns.invoices, returns.matched) == (1, 9.0, 1, None)


@pytest.mark.parametrize(
    ("rows", "options", "option", "sentence"),
    [
        (["C1,-1,5", "C2,-1,6"], {}, "--cancel-prefix", "None of the 2 rows can be used"),
        (["1,1,-5"], {}, None, "The only row cannot be used"),
        (["1,1,5", "2,1,6"], {"as_of": datetime(2020, 1, 1)}, "--as-of", "choose a later day"),
        (["1,0,5", "2,1,-6"], {}, "--columns", "Check which columns"),
    ],
)
def test_a_file_of_which_nothing_is_left_says_what_to_do(tmp_path, rows, options, option, sentence):
    text = "order,quantity,price,customer,date\n" + "".join(f"{row},K1,2024-01-01\n" for row in rows)
    with pytest.raises(Refusal, match=sentence) as refused:
        trained(tmp_path, text, **options)
    assert refused.value.option == option
