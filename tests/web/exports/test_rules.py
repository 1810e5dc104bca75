"""The rules of a view as a file."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from services.core.text.cells import guarded
from services.desk import load_services
from services.serving.rules.bundles import bundles
from services.serving.rules.find import RuleFilters, find
from services.site.settings import Settings
from services.web.exports import bundle as built_export
from services.web.exports import bundles as bundle_exports
from services.web.exports import rules as rule_exports
from tests.releases.tiny import make_tiny_release
from tests.serving.rules.rulebook import held_back, release_of_baskets


def client(models, **release):
    make_tiny_release(models, **release)
    server = Flask("test")
    services = load_services(Settings(models_dir=models))
    rule_exports.install(server, services)
    bundle_exports.install(server, services)
    built_export.install(server, services)
    return server.test_client()


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_file_holds_the_rules_of_the_view_in_its_order(tmp_path):
    answer = client(tmp_path).get("/export/rules.csv?min_confidence=0.5&sort=confidence")
    assert answer.mimetype == "text/csv"
    assert 'filename="rules.csv"' in answer.headers["Content-Disposition"]
    rows = read(answer.get_data(as_text=True))
    assert [(row["antecedents"], row["confidence"]) for row in rows] == [("85123A", "0.5"), ("22423", "0.8")]
    assert rows[1]["antecedent_names"] == "REGENCY CAKESTAND"


def test_a_ledger_without_products_gives_a_sentence_instead_of_a_file(tmp_path):
    answer = client(tmp_path, products=False).get("/export/rules.csv")
    assert answer.status_code == 400
    assert "no column for products" in answer.get_data(as_text=True)


@pytest.mark.parametrize("query", ["segment=99", "cluster=__class__", "min_support=nan", "min_lift=-1"])
def test_c7_a_filter_that_cannot_be_followed_gives_no_file(tmp_path, query):
    answer = client(tmp_path).get(f"/export/rules.csv?{query}")
    assert answer.status_code == 400
    assert "There is no file at this address" in answer.get_data(as_text=True)


def test_long_lists_come_whole_and_every_digit_is_kept():
    release = release_of_baskets()
    found = find(release, RuleFilters(unpruned=True))
    rows = read("".join(rule_exports.lines(release, found)))
    assert [float(row["lift"]) for row in rows] == release.rules["lift"][found].tolist()
    assert {row["conviction"] for row in rows if row["confidence"] == "1.0"} == {"inf"}


def test_what_the_later_baskets_said_is_in_the_file_where_the_release_knows_it():
    release = release_of_baskets()
    held_back(release)
    found = find(release, RuleFilters(unpruned=True))
    rows = read("".join(rule_exports.lines(release, found)))
    assert [float(row["q_value"]) for row in rows] == release.rules["q_value"][found].tolist()
    assert [int(row["held_up"]) for row in rows] == release.rules["held_up"][found].tolist()
    assert [int(row["customers"]) for row in rows] == release.rules["customers"][found].tolist()
    assert [float(row["chance_lift"]) for row in rows] == release.rules["chance_lift"][found].tolist()
    assert [row["finding"] == "1" for row in rows] == release.rules["finding"][found].tolist()


@pytest.mark.parametrize(
    "text", ["=1+1", "+x", "-2+3", "-", "@x", "\tx", "\rx", "  =1", "\uff1d1", "\uff0d1", " \uff20x"]
)
def test_g1_text_that_a_spreadsheet_would_run_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-1", "+1", "-12.5", "-12,5", "-1,797.24", "-1.797,24", "-.5", " -5 ", "-1e5"]
)
def test_g1_numbers_with_a_sign_stay_numbers(text):
    assert guarded(text) == text


@pytest.mark.parametrize("text", ["-1-1", "--1", "+1;2", "-1%", "-1\n=1", "\t-5", "\uff0d5", "-1.2.3", "-A1"])
def test_what_is_almost_a_number_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "TEA CUP", "3 TIER", "a=b", "'quoted"])
def test_other_text_stays(text):
    assert guarded(text) == text


def test_g1_g2_names_and_codes_that_look_like_formulas_are_guarded_in_the_file():
    release = release_of_baskets()
    release.overview.items[:] = [
        each.model_copy(update={"description": f"={each.description}"}) for each in release.overview.items
    ]
    row = read("".join(rule_exports.lines(release, find(release, RuleFilters()))))[0]
    assert row["antecedent_names"].startswith("'=")


def test_the_bundles_of_the_view_are_a_file_with_prices_and_the_best_cluster(tmp_path):
    release = release_of_baskets()
    items = release.overview.items
    items[0] = items[0].model_copy(update={"description": "=TEA CUP"})
    rows = read(bundle_exports.written(bundles(release, find(release, RuleFilters()), RuleFilters())))
    assert (rows[0]["products"], rows[0]["product_names"]) == ("0 + 1", "'=TEA CUP + TEA PLATE")
    assert (rows[0]["count"], rows[0]["list_price"], rows[0]["best_cluster_id"]) == ("144", "5.5", "c1")
    assert float(rows[0]["overall_share"]) == pytest.approx(144 / 240)
    answer = client(tmp_path).get("/export/bundles.csv")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert 'filename="bundles.csv"' in answer.headers["Content-Disposition"]
    assert client(tmp_path / "none", products=False).get("/export/bundles.csv").status_code == 400
    assert client(tmp_path / "note").get("/export/bundles.csv?min_lift=lots").status_code == 400


def test_the_bundle_that_is_being_built_is_a_file_with_a_row_a_product(tmp_path):
    asked = client(tmp_path)
    answer = asked.get("/export/bundle.csv?bundle=22423&bundle=85123A&bundle_margin=22423:0.4")
    assert 'filename="bundle.csv"' in answer.headers["Content-Disposition"]
    rows = read(answer.get_data(as_text=True))
    assert [(row["product"], row["margin"]) for row in rows] == [("22423", "0.4"), ("85123A", "")]
    # every order holds the one, every other order both
    assert [row["orders_lacking_only_it"] for row in rows] == ["0", rows[0]["bundle_one_short"]]
    assert int(rows[0]["bundle_orders"]) + int(rows[0]["bundle_one_short"]) == int(rows[0]["orders"])
    assert (rows[0]["bundle_profit"], rows[0]["break_even_orders"]) == ("", "")


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", "Add another product"),
        ("bundle=22423", "Add another product"),
        ("bundle=22423&bundle=none", "No order of this release holds the product"),
        ("bundle=22423&bundle=85123A&bundle_price=-1", "A bundle costs more than 0"),
    ],
)
def test_what_is_no_bundle_gives_no_file_and_a_sentence(tmp_path, query, why):
    answer = client(tmp_path).get(f"/export/bundle.csv?{query}")
    assert answer.status_code == 400
    assert why in answer.get_data(as_text=True)
