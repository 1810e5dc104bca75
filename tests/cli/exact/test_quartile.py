"""The published figures, to the digit, out of the command line on the real data: preset Quartile."""

import pytest

from services.serving.release.loaded import Loaded
from tests.cli.commands import run

pytestmark = pytest.mark.slow


def test_quartile(trained):
    models, receipt = trained("quartile")
    assert receipt["as_of"] == "2011-12-10T12:50:00"
    assert (receipt["rows"]["kept"], receipt["customers"]) == (392_732, 4_339)
    assert receipt["segments"] == {
        "Top Tier": 450,
        "Loyal Customers": 630,
        "High Spenders": 293,
        "Inactive But Potentially Returning": 168,
        "Inactive and Unlikely to Return": 381,
        "Other": 2_417,
    }
    assert sorted(cluster["customers"] for cluster in receipt["clusters"]) == [13, 1_080, 3_246]
    assert round(receipt["silhouette"], 10) == 0.6023126726
    expected = {
        "12346": (326, 1, 77183.60, "441", "High Spenders"),
        "12347": (2, 182, 4310.00, "111", "Top Tier"),
        "12348": (75, 31, 1797.24, None, None),
    }
    for customer, (recency, frequency, monetary, rfm_class, segment) in expected.items():
        found = run("customer", customer, "--models", models, "--json").json
        assert (found["recency"], found["frequency"], found["monetary"]) == (recency, frequency, monetary)
        if segment:
            assert (found["rfm_class"], found["segment"]) == (rfm_class, segment)
    release = Loaded(models, receipt["release"])
    first = release.transform([[release.customers[axis][0] for axis in ("recency", "frequency", "monetary")]])
    assert [round(value, 6) for value in first[0]] == [2.334858, -0.396968, 8.363977]
    sizes = release.overview.scoring.sizes
    assert (sizes["frequency"]["1"], sizes["monetary"]["1"]) == (1_080, 1_085)
    scores = {axis: release.customers[axis] for axis in "rfm"}
    assert sum((scores["r"] == 3) & (scores["f"] == 2) & (scores["m"] == 2)) == 168
    assert sum((scores["r"] == 4) & (scores["f"] == 4) & (scores["m"] == 4)) == 381


def test_a27_half_a_million_lines_take_less_than_a_gigabyte(trained):
    models, receipt = trained("quartile")
    made = Loaded(models, receipt["release"]).manifest
    assert receipt["rows"]["read"] == 541_909
    assert 0 < made.peak_memory_mb < 1_000


@pytest.mark.long
def test_the_workbook_gives_what_the_csv_gives(trained):
    _, csv = trained("quartile")
    _, xlsx = trained("quartile", file="online_retail.xlsx")
    same = ("as_of", "rows", "customers", "segments", "k", "silhouette", "itemsets", "rules")
    assert {name: xlsx[name] for name in same} == {name: csv[name] for name in same}
    figures = ("customers", "recency", "frequency", "monetary", "name")
    assert [[c[f] for f in figures] for c in xlsx["clusters"]] == [
        [c[f] for f in figures] for c in csv["clusters"]
    ]
