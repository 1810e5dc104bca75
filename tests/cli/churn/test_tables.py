"""``train-churn`` and ``predict-churn``: the public table to its figures, and what is refused."""

from __future__ import annotations

import csv
import subprocess
import sys

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.commands import run
from tests.running import ROOT
from tests.training.labelled.tables import rows, write

TRAINED = {
    "release", "file", "target", "churned", "id", "rows", "kept", "rejected", "target_rate", "copies",
    "columns", "left_out", "candidates", "served", "keeps_rows", "threshold", "objective", "folds",
    "leak_meter", "published", "warnings", "insight",
}  # fmt: skip
PREDICTED = {
    "release", "rows", "answered", "refused", "reasons", "first", "predicted", "threshold", "ignored",
    "warnings", "id", "shown", "out",
}  # fmt: skip
SHOP = "ecommerce_churn.xlsx"


@pytest.fixture(scope="module")
def trained(real_data, tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    ran = run("train-churn", real_data / SHOP, "--target", "Churn", "--models", models, "--json")
    assert ran.code == 0, ran.err
    return models, ran.json


@pytest.mark.long
def test_the_public_table_is_learned_from_to_its_figures(trained):
    found = trained[1]
    assert set(found) == TRAINED
    assert (found["rows"], found["kept"], found["copies"], found["folds"]) == (5_630, 5_630, 556, 5)
    assert found["target_rate"] == pytest.approx(0.1684, abs=5e-5)
    assert len(found["candidates"]) == 9
    served = next(each for each in found["candidates"] if each["id"] == found["served"])
    assert served["grouped"]["f1"] >= 0.89
    assert served["grouped"]["roc_auc"] >= 0.985
    assert served["plain"]["f1"] >= 0.93
    assert served["plain"]["roc_auc"] >= 0.99
    assert found["leak_meter"]["plain"] - found["leak_meter"]["grouped"] > 0.05
    assert found["published"]["f1"] == 0.9819
    assert found["published"]["f1"] > served["plain"]["f1"] > served["grouped"]["f1"]
    assert len(found["insight"]) == 18
    strongest = max(found["insight"], key=lambda each: abs(each["test"]["effect"]))
    assert strongest["name"] == "Tenure"


@pytest.mark.long
def test_a_csv_of_that_table_with_a_mark_rounded_numbers_and_a_new_word_is_answered(
    trained, real_data, tmp_path
):
    with CalamineWorkbook.from_path(str(real_data / SHOP)) as workbook:
        header, *table = workbook.get_sheet_by_name("E Comm").to_python()
    cells = [
        [str(round(cell)) if isinstance(cell, float) else str(cell) for cell in row] for row in table[:200]
    ]
    cells[0][header.index("MaritalStatus")] = "Widowed"
    path = write(tmp_path / "shop.csv", cells, header, mark="\ufeff")
    found = run("predict-churn", path, "--out", tmp_path / "out.csv", "--models", trained[0], "--json").json
    assert set(found) == PREDICTED
    assert (found["rows"], found["answered"], found["refused"]) == (200, 200, 0)
    assert found["warnings"] == [
        "“MaritalStatus”: 1 cell holds a value that the model did not see in training: “Widowed”."
    ]
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        told = [row["churn_predicted"] == "yes" for row in csv.DictReader(file)]
    happened = [row[header.index("Churn")] == 1 for row in table[:200]]
    assert sum(map(bool.__eq__, told, happened)) > 190


def test_two_ways_to_choose_a_threshold_are_refused(tmp_path):
    path = write(tmp_path / "table.csv", rows())
    both = ("--recall", "0.9", "--profit", "100", "5")
    ran = run("train-churn", path, "--target", "Churn", *both, "--models", tmp_path, "--json")
    assert ran.code == 2
    assert ran.json["refused"]["message"].startswith(
        "--recall and --profit choose the threshold in two ways."
    )


def test_without_a_model_nothing_is_predicted(tmp_path):
    path = write(tmp_path / "table.csv", rows())
    ran = run("predict-churn", path, "--out", tmp_path / "out.csv", "--models", tmp_path)
    assert ran.code == 1
    assert "No churn model has been trained on a table yet. Make one with train-churn." in ran.err


@pytest.mark.slow
def test_the_boosters_are_not_loaded_before_one_is_made():
    script = (
        "import sys, services.core.labelled.candidates, services.releases.labelled.store\n"
        "sys.exit(bool({'xgboost', 'lightgbm'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
