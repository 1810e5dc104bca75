"""The published figures, to the digit, out of the command line on the real data: rules on descriptions."""

import pytest

from tests.cli.commands import run

pytestmark = pytest.mark.slow


def test_rules_on_descriptions_without_codes_that_are_no_product(trained):
    models, receipt = trained("quartile", "--items", "description")
    assert (receipt["itemsets"], receipt["rules"]) == (980, 954)
    assert len(run("rules", "--min-support", 0.02, "--unpruned", "--models", models, "--json").json) == 76


def test_the_day_first_excerpt_is_read_right_or_asks(real_data, tmp_path):
    excerpt = real_data / "online_retail_dmy_excerpt.csv"
    asked = run("train", excerpt, "--models", tmp_path, "--k", 2)
    if asked.code == 2:
        assert "--date-order" in asked.err
    ran = run("train", excerpt, "--models", tmp_path, "--k", 2, "--date-order", "dmy", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["as_of"].startswith("2010-12-02T")
    assert ran.json["detected"]["date_order"] == "dmy"
    assert ran.json["rows"]["read"] == 149
