"""The built-in sample: the same for a seed, and with everything in it that the product has to show."""

from __future__ import annotations

import gzip
import hashlib
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from services.core.refusals import Refusal
from services.training.sample import HEADER, write_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    file = tmp_path_factory.mktemp("sample") / "sample.csv"
    write_sample(file)
    lines = pd.read_csv(file, dtype={"InvoiceNo": str, "StockCode": str, "CustomerID": str})
    lines["at"] = pd.to_datetime(lines["InvoiceDate"], format="%Y-%m-%d %H:%M")
    lines["amount"] = lines["Quantity"] * lines["UnitPrice"]
    return lines


@pytest.fixture(scope="module")
def bought(sample: pd.DataFrame) -> pd.DataFrame:
    """One row a customer: last purchase, invoices, spend; purchases only."""
    kept = sample[sample["CustomerID"].notna() & (sample["Quantity"] > 0)]
    return kept.groupby("CustomerID").agg(
        last=("at", "max"), invoices=("InvoiceNo", "nunique"), spent=("amount", "sum")
    )


def written(folder: Path, name: str, seed: int) -> bytes:
    write_sample(folder / name, seed, customers=60)
    return (folder / name).read_bytes()


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_equal_seeds_write_equal_bytes_and_other_seeds_others(tmp_path, name):
    first = written(tmp_path, name, 7)
    assert written(tmp_path, f"again-{name}", 7) == first
    assert written(tmp_path, f"other-{name}", 8) != first


def test_the_compressed_file_holds_the_plain_one(tmp_path):
    assert gzip.decompress(written(tmp_path, "a.csv.gz", 3)) == written(tmp_path, "a.csv", 3)


def test_a_known_seed_writes_the_same_bytes_with_any_numpy(tmp_path):
    digest = hashlib.sha256(written(tmp_path, "a.csv", 1)).hexdigest()
    assert digest == "fd47b16912fc4c52f97f41e880b9e196043f40f7f1fd15dc9e699020a9df0734"


def test_every_line_has_eight_fields_and_the_last_line_ends(tmp_path):
    text = written(tmp_path, "a.csv", 2).decode()
    assert text.splitlines()[0] == HEADER
    assert text.endswith("\n")
    assert "\r" not in text
    assert {line.count(",") for line in text.splitlines()} == {7}


@pytest.mark.parametrize("customers", [1, 3])
def test_the_smallest_samples_still_end_on_the_last_day(tmp_path, customers):
    write_sample(tmp_path / "tiny.csv", seed=5, customers=customers)
    last = (tmp_path / "tiny.csv").read_text().splitlines()[-1].split(",")[4]
    assert datetime.fromisoformat(last).date().isoformat() == "2025-12-09"


def test_a_missing_folder_and_a_negative_seed_are_refused_with_a_sentence(tmp_path):
    with pytest.raises(Refusal, match="Choose another file") as refusal:
        write_sample(tmp_path / "nowhere" / "a.csv", customers=1)
    assert refusal.value.field == "out"
    with pytest.raises(Refusal, match="0 or more"):
        write_sample(tmp_path / "a.csv", seed=-1)


def test_the_size_is_that_of_a_real_shop(sample):
    assert 240_000 < len(sample) < 260_000
    assert 24_000 < sample["InvoiceNo"].nunique() < 26_500
    assert sample["CustomerID"].nunique() == 4_000
    assert sample["StockCode"].nunique() == 1_501
    assert sample["at"].dt.date.min().year == 2023
    assert sample["at"].max().date().isoformat() == "2025-12-09"


def test_an_invoice_has_one_moment_one_buyer_and_one_country(sample):
    heads = sample[["InvoiceNo", "at", "CustomerID", "Country"]].drop_duplicates()
    assert heads["InvoiceNo"].is_unique


def test_the_slips_of_real_ledgers_are_there(sample):
    returns = sample["InvoiceNo"].str.startswith("C")
    assert 0.06 < sample["CustomerID"].isna().mean() < 0.10
    assert 0.003 < sample.duplicated().mean() < 0.01
    assert 0 < (sample["UnitPrice"] == 0).mean() < 0.005
    assert (sample["StockCode"] == "POST").sum() > 500
    assert sample.loc[returns, "InvoiceNo"].nunique() > 200
    assert (sample.loc[returns, "Quantity"] < 0).all()
    assert (sample.loc[~returns, "Quantity"] > 0).all()


def test_what_comes_back_was_bought_before_by_the_same_customer(sample):
    known = sample[sample["CustomerID"].notna()]
    key = ["CustomerID", "StockCode"]
    sold = known[known["Quantity"] > 0].groupby(key)["at"].min()
    back = known[known["Quantity"] < 0].groupby(key)["at"].min()
    assert (sold.reindex(back.index) < back).all()


def test_november_is_the_busiest_month_and_saturdays_are_closed(sample):
    by_month = sample.groupby(sample["at"].dt.to_period("M"))["amount"].sum()
    assert by_month.loc["2024-01":"2024-12"].idxmax() == pd.Period("2024-11")
    assert by_month.loc["2025-01":].idxmax() == pd.Period("2025-11")
    assert set(sample["at"].dt.day_of_week) == {0, 1, 2, 3, 4, 6}
    assert sample["at"].dt.hour.between(8, 17).all()


def test_the_customer_that_the_documents_name_is_in_the_smallest_sample_of_the_tests(sample):
    assert "12347" in set(sample["CustomerID"].dropna().astype(str))


def test_one_country_leads_some_twenty(sample):
    share = sample["Country"].value_counts(normalize=True)
    assert 18 <= len(share) <= 25
    assert share.iloc[0] > 0.8


def test_many_buy_once_and_a_few_spend_much(bought):
    spent = bought["spent"].sort_values(ascending=False)
    assert 0.25 < (bought["invoices"] == 1).mean() < 0.4
    assert 0.2 < spent.head(len(spent) // 100).sum() / spent.sum() < 0.5
    assert spent.iloc[0] > 100 * spent.median()


def test_all_eleven_segments_of_the_standard_grid_appear(bought):
    def score(values: pd.Series) -> np.ndarray:
        return 1 + np.searchsorted(np.quantile(values, [0.2, 0.4, 0.6, 0.8]), values, side="left")

    days = (pd.Timestamp("2025-12-10") - bought["last"]).dt.days
    recency = 6 - score(days)
    buying = np.floor((score(bought["invoices"]) + score(bought["spent"])) / 2 + 0.5).astype(int)
    cells = pd.Series(list(zip(recency.tolist(), buying.tolist(), strict=True))).value_counts()
    assert len(cells) == 25  # every cell of the grid, so every segment
    assert cells.min() >= 10


@pytest.mark.slow
def test_the_usual_miner_finds_some_hundred_rules(sample):
    from mlxtend.frequent_patterns import association_rules, fpgrowth

    goods = sample[(sample["Quantity"] > 0) & (sample["StockCode"] != "POST")]
    baskets = goods["InvoiceNo"].nunique()
    held = goods.drop_duplicates(["InvoiceNo", "StockCode"])
    common = held["StockCode"].value_counts().loc[lambda count: count >= 0.01 * baskets].index
    held = held[held["StockCode"].isin(common)]
    table = pd.crosstab(held["InvoiceNo"], held["StockCode"]).astype(bool)
    table = table.reindex(goods["InvoiceNo"].unique(), fill_value=False)
    rules = association_rules(
        fpgrowth(table, min_support=0.01, use_colnames=True, max_len=3), metric="lift", min_threshold=1
    )
    assert 100 <= len(rules) <= 600
    assert (rules["confidence"] >= 0.5).sum() >= 50
