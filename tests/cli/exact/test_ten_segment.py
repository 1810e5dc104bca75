"""The published figures, to the digit, out of the command line on the real data: preset Ten-segment."""

import pytest

from services.serving.release.loaded import Loaded
from tests.cli.commands import run

pytestmark = pytest.mark.slow


def test_ten_segment_with_rules_on_all_descriptions(trained):
    models, receipt = trained("ten-segment", "--all-codes", "--items", "description")
    assert receipt["segments"] == {
        "VIP": 445,
        "Loyal": 423,
        "Potential loyalists": 428,
        "New": 477,
        "Promising": 363,
        "Need attention": 495,
        "About to sleep": 296,
        "Cannot lose": 547,
        "At risk": 244,
        "Hibernating": 621,
    }
    release = Loaded(models, receipt["release"])
    edges = release.overview.scoring.edges
    assert [round(edge, 3) for edge in edges["recency"]] == [13.6, 33, 72, 179]
    assert edges["frequency"] == [1, 2, 3, 6]
    assert [round(edge, 3) for edge in edges["monetary"]] == [248.844, 487.118, 933.202, 2054.82]
    whole = release.overview.rule_scopes[0]
    assert (whole.baskets, whole.products) == (18_536, 3_877)
    assert (receipt["itemsets"], receipt["rules"]) == (973, 934)
    listed = run("rules", "--min-lift", 1, "--unpruned", "--models", models, "--json").json
    assert len(listed) == 934
    assert [rule["confidence"] for rule in listed] == sorted((r["confidence"] for r in listed), reverse=True)
    assert len(run("rules", "--min-support", 0.02, "--unpruned", "--models", models, "--json").json) == 76
