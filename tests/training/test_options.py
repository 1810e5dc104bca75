"""What the choices of a training mean together."""

import json
from datetime import date, datetime

import pytest

from services.cli.files.run_options import read_options
from services.core import presets
from services.core.refusals import Refusal
from services.training.options import TrainOptions


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2023-03-05", datetime(2023, 3, 5, 23, 59, 59)),
        ("'2023-03-05 14:00:00'", datetime(2023, 3, 5, 14)),
        ("2023-03-05T00:00:00", datetime(2023, 3, 5)),
    ],
)
def test_a_day_to_count_to_is_all_of_it_and_a_moment_is_that_moment(typed, moment):
    assert read_options(f"--as-of {typed}", presets.load("standard")).counted_to == moment


def test_no_day_is_none_and_a_day_is_recorded_as_such():
    assert TrainOptions().counted_to is None
    assert TrainOptions(as_of=date(2023, 3, 5)).recorded()["as_of"] == "2023-03-05"


@pytest.mark.parametrize(
    ("choice", "option"),
    [
        ({"cancel_prefix": "C"}, "--cancel-prefix"),
        ({"support": 0.1}, "--support"),
        ({"items": "description"}, "--items"),
        ({"all_codes": True}, "--all-codes"),
        ({"keep_status": ("open",)}, "--keep-status"),
        ({"drop_status": ("open",)}, "--drop-status"),
    ],
)
def test_what_would_do_nothing_with_a_table_of_customers_is_refused(choice, option):
    with pytest.raises(Refusal, match=f"{option} is about transactions") as refused:
        TrainOptions(table=True, **choice).refuse_for_tables()
    assert refused.value.option == option


def test_what_a_table_of_customers_can_use_is_not_refused():
    TrainOptions(table=True, k=3, seed=1, accept_unreadable=True, as_of=date(2023, 3, 5)).refuse_for_tables()


def test_statuses_and_customers_may_be_named_several_times():
    options = read_options(
        "--keep-status pending --keep-status 'on hold' --drop-status returned --keep-customer NA "
        "--drop-customer 9999 --drop-customer till",
        presets.load("standard"),
    )
    assert (options.keep_status, options.drop_status) == (("pending", "on hold"), ("returned",))
    assert (options.reading.keep_customer, options.reading.drop_customer) == (("NA",), ("9999", "till"))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "--k 5 --seed 7 --as-of 2023-03-05 --table",
        "--as-of 2023-03-05T14:00:00 --columns 'customer=Who,date=3' --date-order dmy --decimal ,",
        "--keep-status pending --keep-status open --drop-customer till --returns ignore --support 0.02",
        "--all-codes --items description --cancel-prefix none --accept-unreadable --header-row 3 --sheet all",
    ],
)
def test_what_is_recorded_of_choices_makes_the_same_choices_again(typed):
    preset = presets.load("standard")
    options = read_options(typed, preset)
    recorded = json.loads(json.dumps(options.recorded()))
    assert TrainOptions.of(preset, recorded, activate=True) == options
