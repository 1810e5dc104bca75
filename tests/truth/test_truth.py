"""What the tabs say is recomputed from the release; sentences that are broken on purpose are found."""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest

from services.core import presets
from services.releases import read_current
from services.serving.release.loaded import Loaded
from services.training.options import TrainOptions
from services.training.run import train
from services.training.sample import write_sample
from tests.releases.tiny import make_tiny_release
from tests.truth.checking import faults
from tests.truth.rendered import sentences

#: Customers, preset and seed of what the gate looks at.
FEW = [(5, "standard", 1), (20, "quartile", 2), (100, "standard", 3), (100, "quartile", 4)]
TRANSACTIONS = [name for name in sorted(presets.shipped()) if not presets.load(name).rfm.table]
#: What a long run looks at besides: twenty seeds, from 5 to 1,000 customers, all presets.
SIZES = dict.fromkeys((5, 20, 100, 1_000), TRANSACTIONS)
SIZES[5] = [name for name in TRANSACTIONS if name != "ten-cluster"]  # five customers are not ten clusters
MANY = [
    (size, names[(seed + place) % len(names)], seed)
    for seed in range(1, 21)
    for place, (size, names) in enumerate(SIZES.items())
    if size < 1_000 or seed <= 5
]


def of_sample(folder: Path, customers: int, preset: str, seed: int) -> Loaded:
    file = folder / "sample.csv"
    write_sample(file, customers=customers, seed=seed)
    return trained(file, folder, preset)


def trained(file: Path, folder: Path, preset: str) -> Loaded:
    return Loaded(folder / "models", train(file, folder / "models", TrainOptions(preset=preset)).id)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return of_sample(tmp_path_factory.mktemp("shop"), 400, "standard", 3)


def test_a_tiny_release_says_nothing_untrue(tmp_path):
    make_tiny_release(tmp_path, 30)
    assert faults(Loaded(tmp_path, read_current(tmp_path))) == []


@pytest.mark.slow
@pytest.mark.parametrize(("customers", "preset", "seed"), FEW)
def test_a_sample_says_nothing_untrue(tmp_path, customers, preset, seed):
    assert faults(of_sample(tmp_path, customers, preset, seed)) == []


BROKEN = [
    # where, what of the sentence, and what it becomes: a number, a superlative, a sum, a median, a claim
    ("recency", r"last \d+", "last 999"),
    ("frequency", r"half have \d+", "half have 99"),
    ("monetary", r"spent £[\d,]+", "spent £1"),
    ("map", r"^[^:]+", "Hibernating"),
    ("sizes", r"^[\w' ]+ has", "Can't lose has"),
    ("customers", r"^\d+", "399"),
    ("customers", r"bring \d+ %", "bring 99 %"),
    ("alerts", r"^\d+ customers?", "77 customers"),
    ("Active in the last 90 days", r"^\d+", "3"),
    ("Revenue, last 30 days", r"^£[\d,]+", "£12"),
    ("flows_finding", r"\d+", "55"),
    ("segment:champions", r"^\d+ customers", "12 customers"),
    ("segment:champions", r"was \d+ days?", "was 400 days"),
    ("Sales by month", r"^\w+ \d+", "Jan 2010"),
    ("When orders come", r"^\w+day", "Sunday"),
    ("Countries", r"^\d+ %", "3 %"),
    ("recency", r".*", "Most ordered lately."),
    ("treemap", r".*", "Champions brings 100 % of the revenue."),
]


@pytest.mark.slow
@pytest.mark.parametrize(("where", "part", "broken"), BROKEN)
def test_a_broken_sentence_is_found(shop, where, part, broken):
    told = sentences(shop)
    said = next(each for each in told if each.where == where and re.search(part, each.text))
    untrue = replace(said, text=re.sub(part, broken, said.text, count=1))
    assert faults(shop, [said]) == []
    assert faults(shop, [untrue]) != []


@pytest.mark.slow
def test_figures_that_stand_on_two_tabs_are_the_same(shop):
    told = {(each.tab, each.where): each.text for each in sentences(shop) if not each.search.strip("?")}
    assert told["data", "Customers"].split(" | ")[0] == told["segments", "customers"].split(" ")[0]
    assert (
        told["movement", "Changed segment"].split(" | ")[0]
        == (told["segments", "Changed segment"].split(" | ")[0])
    )


@pytest.mark.long
@pytest.mark.parametrize(("customers", "preset", "seed"), MANY)
def test_samples_of_every_size_say_nothing_untrue(tmp_path, customers, preset, seed):
    assert faults(of_sample(tmp_path, customers, preset, seed)) == []


@pytest.mark.long
@pytest.mark.parametrize("preset", TRANSACTIONS)
def test_the_real_data_says_nothing_untrue(tmp_path, real_data, preset):
    assert faults(trained(real_data / "online_retail.csv.gz", tmp_path, preset)) == []


@pytest.mark.long
@pytest.mark.parametrize("kept", ["France", "2/"])
def test_one_country_and_one_month_say_nothing_untrue(tmp_path, real_data, kept):
    with gzip.open(real_data / "online_retail.csv.gz", "rt", encoding="cp1252", newline="") as source:
        rows = csv.reader(source)
        head = next(rows)
        country, day = head.index("Country"), head.index("InvoiceDate")
        some = [row for row in rows if row[country] == kept or (row[day].startswith(kept) and kept == "2/")]
    file = tmp_path / "part.csv"
    with file.open("w", encoding="utf-8", newline="") as part:
        csv.writer(part).writerows([head, *some])
    assert faults(trained(file, tmp_path, "standard")) == []
