"""The page on churn learned from a table: before a model, with one, and one customer by the address."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from callbacks.labelled.view import show, show_column
from layouts.labelled import figures, words
from services.releases.labelled.store import labelled_root, open_model
from services.serving.labelled.churning import customer
from services.serving.predictions.rows_answers import MOST_ROWS
from services.training.labelled.refusing import MAX_ROWS
from services.training.labelled.run import TableOptions, train_table
from tests.training.labelled.tables import rows, write


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labelled")
    path = write(folder / "table.csv", rows())
    options = TableOptions("Churn", candidates=("k_nn",))
    train_table(path, folder / "models", options, folder / "s", lambda _what: None)
    return folder / "models"


def text(models, search=""):
    return json.dumps(show(models, search), ensure_ascii=False)


def test_before_a_model_is_made_the_page_says_how(tmp_path):
    assert "python -m services train-churn TABLE --target COLUMN" in text(tmp_path)


def test_the_page_shows_the_form_the_kinds_of_models_and_what_goes_with_churning(models):
    shown = text(models)
    for said in (
        "Learned from table.csv: 120 customers, of whom",
        "The fields start with the middle values of the table, and its most common words.",
        "k nearest neighbours is in use: F1 of",
        "40 rows copy another one; the main figures keep copies on one side.",
        "1 column of 3 differs between those who churned and those who stayed by more than chance.",
        "Tenure is lower among customers who churned:",
    ):
        assert said in shown
    assert "Published for this table" not in shown


def test_the_card_of_one_column_says_its_sentence_draws_it_and_lists_the_same_numbers(models):
    opened = show(models, "")
    assert opened["options"][0]["value"] == opened["column"] == "Tenure"
    drawn = show_column(models, "City")
    described = open_model(models).insight["columns"]
    city = next(each for each in described if each["name"] == "City")
    assert drawn["finding"] == city["sentence"]
    (points,) = go.Figure(drawn["rates"]).data
    assert list(points.x) == [each["rate"] for each in city["rates"]]
    assert list(points.error_x.array) == [each["high"] - each["rate"] for each in city["rates"]]
    stayed, churned = go.Figure(drawn["spread"]).data
    assert sum(churned.customdata) + sum(stayed.customdata) == 120
    assert sum(churned.x) == pytest.approx(1, abs=1e-3)
    table = json.dumps(drawn["table"], ensure_ascii=False)
    for each in city["rates"]:
        assert f"{100 * each['low']:.1f}\u00a0% to {100 * each['high']:.1f}\u00a0%" in table
    assert "40 rows that copy another one count, too" in drawn["note"]
    tenure = go.Figure(show_column(models, "Tenure")["spread"]).data
    assert [each.type for each in tenure] == ["bar", "scatter"]
    assert show_column(models, "Nobody") is None


def test_a_model_without_intervals_is_drawn_without_them_and_says_so(models):
    column = {
        "name": "City", "kind": "category", "blank": 0, "histogram": None, "sentence": "",
        "rates": [{"value": "<b>York</b>", "rows": 30, "churned": 3, "rate": 0.1}],
    }  # fmt: skip
    figure = figures.rates(column, 0.2)
    assert go.Figure(figure).data[0].error_x.array is None
    assert figure["layout"]["yaxis"]["ticktext"] == ["&lt;b&gt;York&lt;/b&gt;"]
    assert "this model was made before they were kept" in words.of_column(column, open_model(models).report)


def test_the_page_says_what_the_model_keeps_of_customers_and_what_a_file_may_be(models):
    shown = text(models)
    assert "The model holds values of single rows, and no IDs: the command forget cannot find" in shown
    assert "with the 3 columns that the model uses. At most 200,000 rows, 40 MB." in shown
    assert MAX_ROWS == MOST_ROWS


def test_an_address_asks_for_one_customer_and_says_what_the_model_says(models):
    model = open_model(models)
    found = customer(model, {"Tenure": "2", "City": "Rome"})
    shown = text(models, "?of.Tenure=2&of.City=Rome&of.Spend=")
    side = "likely" if found.likely else "not likely"
    assert f": {side} to churn. The line is drawn at " in shown
    assert "City has a value that the model has not seen, so the answer is a guess there." in shown
    assert "Spend is empty but was always filled in the table, so the answer is a guess." in shown
    assert customer(model, {"Tenure": "99"}).beyond == ["Tenure"]


@pytest.mark.parametrize("search", ["?of.Tenure=1,5", "?of.Tenure=many"])
def test_a_value_that_is_no_number_is_refused_beside_its_field(models, search):
    shown = text(models, search)
    assert "A value cannot be used; the reason is shown next to it." in shown
    assert "Write the number with a point and without thousands" in shown


def test_a_model_that_cannot_be_used_is_said(models, tmp_path):
    broken = labelled_root(tmp_path / "models")
    (broken / "releases").mkdir(parents=True)
    (broken / "CURRENT").write_text(f"{open_model(models).manifest.id}\n", "ascii")
    assert "The churn model" in text(tmp_path / "models")
