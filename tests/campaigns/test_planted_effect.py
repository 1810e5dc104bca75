"""The built-in sample cut at two days: what a campaign is made to do between them is found again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import parse_qs

import numpy as np
import pandas as pd
import pytest

from services.campaigns.measuring import measured
from services.campaigns.revenue import revenue_of
from services.campaigns.saving import Typed, save
from services.campaigns.selection import selected
from services.serving.release.loaded import Loaded
from services.site.customers.audiences import Audiences
from services.site.state import State
from services.training.options import TrainOptions
from services.training.run import train
from services.training.sample import write_sample
from tests.campaigns.listed import NOBODY_OUT

pytestmark = pytest.mark.usefixtures("little_evidence")
COLUMNS = ["InvoiceNo", "InvoiceDate", "Quantity", "UnitPrice", "CustomerID"]
CUT, END = date(2025, 10, 1), date(2025, 11, 20)
SPENT = 60.0
FLOW = parse_qs("save=movement&from=2025-05-31&cause=stayed-away")
TYPED = Typed("Win back", "Ana", "A voucher", CUT.isoformat(), (END - timedelta(days=1)).isoformat(), "30")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory) -> pd.DataFrame:
    """The sample's lines without its products, which no audience needs."""
    file = tmp_path_factory.mktemp("sample") / "sample.csv"
    write_sample(file, customers=2_500)
    read = pd.read_csv(file, usecols=COLUMNS, dtype=str)
    return read.assign(moment=pd.to_datetime(read["InvoiceDate"], format="ISO8601"))


def release_of(ledger: pd.DataFrame, until: date, folder) -> Loaded:
    file = folder / f"{until}.csv"
    ledger[ledger["moment"] < pd.Timestamp(until)][COLUMNS].to_csv(file, index=False)
    options = TrainOptions(k=4, as_of=datetime.combine(until, datetime.min.time()))
    return Loaded(folder / "models", train(file, folder / "models", options).id)


@pytest.fixture(scope="module")
def saved(ledger, tmp_path_factory):
    """An audience saved from a flow of the earlier release: the release, the store, its id."""
    folder = tmp_path_factory.mktemp("before")
    release = release_of(ledger, CUT, folder)
    store = Audiences(State(folder))
    return release, store, save(store, release, selected(release, FLOW, NOBODY_OUT), TYPED, "Stayed away.")


def after_a_campaign(ledger, saved, share, folder):
    """Have a share of the treated who would not have bought buy once; return their share and the result."""
    _, store, number = saved
    treated = [each.customer_id for each in store.members(number) if not each.held_out]
    within = ledger["moment"].between(pd.Timestamp(CUT), pd.Timestamp(END))
    idle = sorted(set(treated) - set(ledger[within]["CustomerID"].dropna()))
    won = np.random.default_rng(8).choice(idle, round(share * len(treated)), replace=False)
    orders = pd.DataFrame(
        {
            "InvoiceNo": [str(900_000 + place) for place in range(len(won))],
            "InvoiceDate": "2025-10-20 10:00",
            "Quantity": "1",
            "UnitPrice": str(SPENT),
            "CustomerID": won,
            "moment": pd.Timestamp("2025-10-20 10:00"),
        }
    )
    later = release_of(pd.concat([ledger, orders]), END, folder)
    audience, members = store.one(number), store.members(number)
    result = measured(later, audience, members)
    return len(won) / len(treated), result, revenue_of(later, audience, members, result)


def test_an_effect_planted_between_two_days_is_found_within_its_interval(ledger, saved, tmp_path):
    planted, result, revenue = after_a_campaign(ledger, saved, 0.3, tmp_path)
    assert (result.stage, result.missing) == ("ended", 0)
    assert result.rate.effect.low <= planted <= result.rate.effect.high
    assert result.rate.verdict == "higher"
    assert result.rate.smallest < planted
    assert revenue.low <= planted * SPENT <= revenue.high


def test_a_small_effect_cannot_be_told_from_chance(ledger, saved, tmp_path):
    planted, result, revenue = after_a_campaign(ledger, saved, 0.01, tmp_path)
    assert result.rate.effect.low <= planted <= result.rate.effect.high
    assert result.rate.verdict == revenue.verdict == "cannot-tell"
    assert revenue.smallest > planted * SPENT
    assert result.rate.smallest > planted


def test_nothing_is_measured_before_the_first_day(saved):
    release, store, number = saved
    result = measured(release, store.one(number), store.members(number))
    assert (result.stage, result.rate) == ("planned", None)
    assert revenue_of(release, store.one(number), store.members(number), result) is None
    assert result.treated.buyers == result.holdout.buyers == 0
