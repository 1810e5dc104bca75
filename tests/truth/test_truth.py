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
from tests.truth.said import Said
from tests.truth.sums import uneven

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


@pytest.fixture(scope="module")
def told(shop):
    return sentences(shop)


@pytest.fixture(scope="module")
def known():
    """What is counted of the shop: for the first broken sentence, not again for each."""
    return {}


def test_a_tiny_release_says_nothing_untrue(tmp_path):
    make_tiny_release(tmp_path, 30)
    release = Loaded(tmp_path, read_current(tmp_path))
    told = [each for each in sentences(release) if each.tab != "churn"]
    made_up = {("baskets", "sub"), ("cohorts", "Segment sizes")}
    told = [each for each in told if (each.tab, each.where) not in made_up]
    assert uneven(release) == []
    assert faults(release, told) == []  # its rules and earlier days are of orders that it does not hold


@pytest.mark.slow
@pytest.mark.parametrize(("customers", "preset", "seed"), FEW)
def test_a_sample_says_nothing_untrue(tmp_path, customers, preset, seed):
    assert faults(of_sample(tmp_path, customers, preset, seed)) == []


def test_a_share_that_opens_a_sentence_is_read_as_within_one(tmp_path):
    make_tiny_release(tmp_path, 30)
    told = Said("segments", "frequency", "Under 1 % have one order.")
    first = faults(Loaded(tmp_path, read_current(tmp_path)), [told])[0]
    assert "said 'under 1 %'" in first  # understood, and compared


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
    ("Countries", r"\d+ %", "3 %"),
    ("Outliers", r"^[\d,]+", "399"),
    ("recency", r".*", "Most ordered lately."),
    ("treemap", r".*", "Champions brings 100 % of the revenue."),
    # Clusters: measures, choice, what another number would do, what each cluster is like
    ("Inertia", r"leave \d+ %", "leave 3 %"),
    ("Silhouette and stability", r"with \d+ clusters", "with 9 clusters"),
    ("Two more measures", r"\d+", "7"),
    (r"Why \d+", r"smallest has \d+", "smallest has 7"),
    (r"Why \d+: To do", r"for A", "for B"),
    (r"Why \d+: With \d+", r"split off \d+", "split off 200"),
    (
        r"Why \d+: With \d+",
        "They would keep .*? instead",
        "Both keep the default plan “VIP”, so you would do the same for both",
    ),
    (r"Why \d+: Not \d+", r"But .*", "Nothing measured here speaks against it."),
    ("Clusters in use", "All clusters are", "A is not"),
    ("Clusters in use: row", r"\| stable", "| unsteady"),
    (r"Silhouette of each customer, \d+ clusters", r"[A-Z] is the", "A is the"),
    ("A .*: Rule", r"\d+ orders or more", "2 orders or more"),
    ("A .*: Name", "the top fifth", "the top 5 %"),
    ("A .*: Where", r"^\d+ %", "50 %"),
    ("Weekday", r"on \w+day", "on Monday"),
    ("Orders", r"at or above \d+", "at or above 99"),
    ("Segments and clusters", r"\d+ %", "12 %"),
    ("Algorithms side by side", r"^\w+ comes", "BIRCH comes"),
    ("Clusters in use", r".*", "Most clusters are fine."),
    # Baskets: counts, the strongest rule, what held up, groups, sets, bundles, offers
    ("sub", r"^[\d,]+ invoices", "9,999 invoices"),
    ("found", r"from \d+", "from 9"),
    ("scatter_finding", r"lift of \d+", "lift of 3"),
    ("rules_finding", r"\d+ %", "12 %"),
    ("rules_finding", "It held up later", "It did not hold up later"),
    ("groups_finding", r"^[\w ]+:", "The only group:"),
    ("sets_finding", r"^\d+", "7"),
    ("bundles_finding", "cluster A", "cluster B"),
    ("bundles: row", r"\| \d+\.\d+ \|", "| 0.5 |"),
    ("clusters_finding", r"cluster \w", "cluster C"),
    ("offer", r"\d+ %", "12 %"),
    ("offers", r"so [\d.]+ times", "so 2.5 times"),
    ("top: A .*", r"lift [\d.]+", "lift 99.9"),
    ("details row: .*", r"\| yes \|", "| may be chance |"),
    ("details: .*", r"by \d+ customers", "by 399 customers"),
    ("sets_finding", r".*", "Most invoices hold tea."),
    # Churn: whom contacting pays for, money at stake, what happened at earlier days
    ("map_finding", r"lies with the \d+", "lies with the 9"),
    ("profit_finding", r"£[\d,]+ after", "£9 after"),
    ("profit_note", r"success rate of [\d.]+", "success rate of 50.0"),
    ("list_finding", r"stand for £[\d,]+", "stand for £9"),
    ("segments_finding", r"^[\w ]+ is", "Champions is"),
    ("segments: row", r"^(.*) \| \d+ \|", r"\1 | 7 |"),
    ("Expected not to order", r"^\d+", "9"),
    ("Expected loss, 90 days", r"£\w+ usual", "£9 usual"),
    ("Record, 4 earlier days", r"^[\d.]+", "9.9"),
    ("cuts_finding", r"[\d.]+ points", "0.1 points"),
    ("cuts: row", r"\| \d+ \|", "| 9 |"),
    ("map: cell", r"loss £[\d,]+", "loss £9"),
    # Cohorts: cells, who came back, concentration
    ("matrix", r": \d+ of", ": 99 of"),
    ("matrix", r"for £[\d,]+", "for £9"),
    ("note", r"covers \d+ of", "covers 30 of"),
    ("How concentrated revenue is", r"^\d+ customers", "99 customers"),
    ("How concentrated revenue is: row", r"[\d.]+ %$", "99.0 %"),
    ("What brings good customers: note", r"^\d+", "9"),
    ("What brings good customers: row", r"\d+ of \d+, \d+ %", "50 of 100, 50 %"),
    ("Segment sizes", r"^\d+", "999"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("where", "part", "broken"), BROKEN)
def test_a_broken_sentence_is_found(shop, told, known, where, part, broken):
    said = next(each for each in told if re.fullmatch(where, each.where) and re.search(part, each.text))
    untrue = replace(said, text=re.sub(part, broken, said.text, count=1))
    assert faults(shop, [said], known) == []
    assert faults(shop, [untrue], known) != []


@pytest.mark.slow
def test_figures_that_stand_on_two_tabs_are_the_same(told):
    first = {(each.tab, each.where): each.text for each in told if not each.search.strip("?")}
    assert first["data", "Customers"].split(" | ")[0] == first["segments", "customers"].split(" ")[0]
    assert (
        first["movement", "Changed segment"].split(" | ")[0]
        == (first["segments", "Changed segment"].split(" | ")[0])
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
