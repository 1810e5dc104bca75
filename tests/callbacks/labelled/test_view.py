"""The page on churn learned from a table: before a model, with one, and one customer by the address."""

from __future__ import annotations

import json

import pytest

from callbacks.labelled.view import show
from services.releases.labelled.store import labelled_root, open_model
from services.serving.labelled.churning import customer
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
        "The values are those in the middle of the table, and the commonest words.",
        "k nearest neighbours is in use: F1 of",
        "40 rows copy another one; the main figures keep copies on one side.",
        "1 column of 3 differs between who churned and who stayed by more than chance.",
        "Tenure is lower among customers who churned:",
    ):
        assert said in shown
    assert "Published for this table" not in shown


def test_an_address_asks_for_one_customer_and_says_what_the_model_says(models):
    model = open_model(models)
    found = customer(model, {"Tenure": "2", "City": "Rome"})
    shown = text(models, "?of.Tenure=2&of.City=Rome&of.Spend=")
    side = "likely" if found.likely else "not likely"
    assert f": {side} to churn. The line is drawn at " in shown
    assert "City has a value that the model has not seen, so the answer is a guess there." in shown
    assert "Spend is empty and was always filled in the table, so the answer is a guess." in shown
    assert customer(model, {"Tenure": "99"}).beyond == ["Tenure"]


@pytest.mark.parametrize("search", ["?of.Tenure=1,5", "?of.Tenure=many"])
def test_a_value_that_is_no_number_is_refused_beside_its_field(models, search):
    shown = text(models, search)
    assert "A value cannot be used; what is wrong stands beside it." in shown
    assert "Write the number with a point and without thousands" in shown


def test_a_model_that_cannot_be_used_is_said(models, tmp_path):
    broken = labelled_root(tmp_path / "models")
    (broken / "releases").mkdir(parents=True)
    (broken / "CURRENT").write_text(f"{open_model(models).manifest.id}\n", "ascii")
    assert "The churn model" in text(tmp_path / "models")
