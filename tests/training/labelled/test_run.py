"""A training on a small table, its model, and what the model says of other tables."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from services.core.refusals import NotFound, Refusal, ReleaseUnusable
from services.releases.labelled.store import labelled_root, open_model, save_model
from services.releases.locks import training_lock
from services.training.labelled.predicting import answer_table, predict_table
from services.training.labelled.run import TableOptions, train_table
from tests.training.labelled.tables import HEADER, rows, write

OPTIONS = TableOptions("churn", candidates=("k_nn",))


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The models folder, and what the training said."""
    folder = tmp_path_factory.mktemp("labelled")
    told: list[str] = []
    table = [*rows(), ["9001", "", "5", "York", "9.00"], ["9002", "1", "5", "York", "9.00", "too", "many"]]
    path = write(folder / "table.csv", table, mark="\ufeff")
    return folder / "models", train_table(path, folder / "models", OPTIONS, folder / "s", told.append)


def answers(trained, path, tmp_path):
    return answer_table(open_model(trained[0]), path, tmp_path / "s")


def test_rows_are_kept_or_left_out_for_a_reason_and_copies_are_counted(trained):
    found = trained[1]
    assert (found["rows"], found["kept"], found["rejected"]) == (
        122,
        120,
        {"unreadable": 1, "unlabelled": 1, "forgotten": 0},
    )
    assert (found["target"], found["churned"], found["id"]) == ("Churn", "1", "CustomerID")
    assert found["copies"] == 40
    assert found["target_rate"] == pytest.approx(sum(row[1] == "1" for row in rows()) / 120)
    assert "1 row does not say who churned and was left out." in found["warnings"]
    assert found["columns"] == [
        {"name": "Tenure", "kind": "number"},
        {"name": "City", "kind": "category"},
        {"name": "Spend", "kind": "number"},
    ]


def test_copies_make_plain_folds_look_better_than_grouped_ones(trained):
    (one,) = trained[1]["candidates"]
    assert set(one["plain"]) == {"accuracy", "recall", "precision", "f1", "roc_auc", "pr_auc"}
    assert one["plain"]["roc_auc"] > one["grouped"]["roc_auc"]
    assert trained[1]["leak_meter"]["plain"] > trained[1]["leak_meter"]["grouped"]
    assert one["score"] == pytest.approx(one["grouped"]["f1"])


def test_the_order_of_the_rows_changes_nothing(trained, tmp_path):
    path = write(tmp_path / "turned.csv", rows()[::-1])
    other = train_table(path, tmp_path / "models", OPTIONS, tmp_path / "s", lambda _what: None)
    for same in ("threshold", "leak_meter", "insight"):
        assert other[same] == trained[1][same]
    assert other["candidates"][0]["grouped"] == trained[1]["candidates"][0]["grouped"]
    assert open_model(tmp_path / "models").report["release"] == other["release"]


def test_a_mark_rounded_numbers_other_spellings_and_unknown_words_are_answered(trained, tmp_path):
    table = [["1", "5", "Rome", "20", "new"], ["2", "many", "York", "", ""]]
    header = ["customerid", "TENURE", "city", "Spend", "Extra"]
    told = answers(trained, write(tmp_path / "new.csv", table, header, mark="\ufeff"), tmp_path)
    assert len(told.chances) == 2
    assert told.ignored == ["Extra"]
    assert told.warnings == [
        "The column “Extra” is not used by the model.",
        "“Tenure”: 1 cell is not a number and counted as blank.",
        "“City”: 1 cell holds a value that the model did not see in training: “Rome”.",
        "“Spend”: 1 cell is blank; in training none was, so the answer is a guess.",
    ]


def test_every_row_is_written_with_its_answer_or_why_there_is_none(trained, tmp_path):
    table = [row[:1] + row[2:] for row in rows()[:3]]
    table.insert(1, ["=1+1", "3", "York", "7", "", "too", "many"])
    table.append(["=cmd()", "3", "York", "7"])
    path = write(tmp_path / "new.csv", table, [HEADER[0], *HEADER[2:]])
    model = open_model(trained[0])
    receipt = predict_table(model, path, tmp_path / "out.csv", tmp_path / "s")
    assert (receipt["rows"], receipt["answered"], receipt["refused"]) == (5, 4, 1)
    text = (tmp_path / "out.csv").read_text("utf-8")
    assert text.startswith("\ufeffCustomerID,Tenure,City,Spend,churn_probability,churn_predicted,churn_error")
    written = list(csv.DictReader(io.StringIO(text[1:])))
    assert [row["churn_error"] != "" for row in written] == [False, True, False, False, False]
    assert written[1]["churn_error"] == "Line 3: 7 fields instead of 4."
    assert written[4]["CustomerID"] == "'=cmd()"
    for row in (row for row in written if not row["churn_error"]):
        reaches = float(row["churn_probability"]) >= model.manifest.threshold
        assert row["churn_predicted"] == ("yes" if reaches else "no")
    with pytest.raises(Refusal, match="already has a column churn_probability"):
        predict_table(model, tmp_path / "out.csv", tmp_path / "again.csv", tmp_path / "s")
    with pytest.raises(Refusal, match="--out is the same file as the table"):
        predict_table(model, path, path, tmp_path / "s")


def test_rows_without_any_value_are_refused_and_what_lies_beyond_the_training_is_said(trained, tmp_path):
    table = [
        ["1", "99", "York", "20"],
        ["2", "", "", "-"],
        ["3", "5", "York", "20", "more"],
        ["4", "?", "", ""],
    ]
    path = write(tmp_path / "new.csv", table, ["CustomerID", "Tenure", "City", "Spend"])
    receipt = predict_table(open_model(trained[0]), path, tmp_path / "out.csv", tmp_path / "s")
    assert (receipt["rows"], receipt["answered"], receipt["refused"]) == (4, 1, 3)
    assert receipt["reasons"] == {"no column that the model uses has a value": 2, "5 fields instead of 4": 1}
    assert [each["line"] for each in receipt["first"]] == [3, 4, 5]
    assert receipt["warnings"][-1] == "“Tenure”: 1 cell lies outside what the model saw in training, 0 to 30."
    (row,) = receipt["shown"]
    assert (receipt["id"], row["line"], row["id"]) == ("CustomerID", 2, "1")
    assert row["values"] == {"Tenure": "99", "City": "York", "Spend": "20"}
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    written = list(csv.DictReader(io.StringIO(text)))
    assert written[0]["churn_probability"] == f"{row['probability']:.6f}"
    assert written[1]["churn_error"] == "Line 3: no column that the model uses has a value."


def test_a_decimal_comma_is_answered_with_one(trained, tmp_path):
    path = tmp_path / "comma.csv"
    path.write_text("CustomerID;Tenure;City;Spend\n1;5;York;20,55\n", "utf-8")
    told = answers(trained, path, tmp_path)
    assert f";{told.chances[0]:.6f}".replace(".", ",") in told.text()


def test_a_missing_column_is_named(trained, tmp_path):
    path = write(tmp_path / "new.csv", [["1", "York"]], ["CustomerID", "City"])
    with pytest.raises(Refusal, match="The file lacks the columns “Tenure”, “Spend”, by which the model"):
        answers(trained, path, tmp_path)
    path = write(tmp_path / "other.csv", [["1", "x"]], ["a", "b"])
    with pytest.raises(Refusal, match="The file has no column of the table that the model was trained on"):
        answers(trained, path, tmp_path)


@pytest.mark.parametrize(
    ("table", "header", "options", "sentence"),
    [
        (
            rows(),
            HEADER,
            TableOptions("Left"),
            "There is no column “Left”. The table has “CustomerID”, “Churn”",
        ),
        (rows(), HEADER, TableOptions("Churn", id_column="Nr"), "There is no column “Nr”."),
        (rows(), HEADER, TableOptions("Churn", id_column="Churn"), "cannot be that of the IDs as well"),
        (rows(), [*HEADER[:4], "city"], TableOptions("Churn"), "The header “City” appears twice."),
        ([*rows(), rows()[0]], HEADER, TableOptions("Churn"), "The customer “1000” appears in several rows"),
        (rows()[:30], HEADER, TableOptions("Churn"), "a model needs 20 of each at least"),
        ([row[:2] for row in rows()], HEADER[:2], TableOptions("Churn"), "No column is left that could tell"),
    ],
)
def test_a_table_that_teaches_nothing_is_refused_and_the_model_in_use_stays(
    trained, tmp_path, table, header, options, sentence
):
    before = open_model(trained[0]).manifest.id
    path = write(tmp_path / "bad.csv", table, header)
    with pytest.raises(Refusal) as told:
        train_table(path, trained[0], options, tmp_path / "s", lambda _what: None)
    assert sentence in str(told.value)
    assert open_model(trained[0]).manifest.id == before


def test_a_second_training_of_a_table_waits_for_nobody(trained, tmp_path):
    with (
        training_lock(labelled_root(trained[0])),
        pytest.raises(Refusal, match="A training is running"),
    ):
        train_table(tmp_path / "none.csv", trained[0], OPTIONS, tmp_path / "s", lambda _what: None)


def test_a_model_that_cannot_be_stored_leaves_the_one_in_use(trained, monkeypatch):
    model = open_model(trained[0])
    before = model.manifest.id
    kept = {"id", "made_at", "files", "libraries"}
    fields = {name: value for name, value in model.manifest.model_dump().items() if name not in kept}

    def broken(*_anything):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("services.releases.labelled.store.sync_tree", broken)
    with pytest.raises(Refusal, match="The disk is full: no model was written"):
        save_model(trained[0], datetime.now(UTC), fields, model.pipeline, model.report, model.insight)
    assert open_model(trained[0]).manifest.id == before
    assert [each.name for each in (labelled_root(trained[0]) / "releases").iterdir()] == [before]


def test_a_candidate_whose_library_is_missing_is_left_out_and_named(trained, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "lightgbm", None)
    options = TableOptions("Churn", candidates=("lightgbm",))
    path = write(tmp_path / "table.csv", rows())
    with pytest.raises(Refusal, match="LightGBM was not tried: lightgbm cannot be loaded"):
        train_table(path, tmp_path / "models", options, tmp_path / "s", lambda _what: None)
    with pytest.raises(NotFound, match="No churn model has been trained on a table yet"):
        open_model(tmp_path / "models")


@pytest.mark.parametrize("name", ["pipeline.pkl", "report.json", "insight.json", "manifest.json"])
def test_a_changed_file_is_refused(trained, name):
    model = open_model(trained[0]).manifest
    file = labelled_root(trained[0]) / "releases" / model.id / name
    before = file.read_bytes()
    file.write_bytes(before[:-2] + b"x\n")
    try:
        with pytest.raises(ReleaseUnusable, match=f"cannot be used: {name}"):
            open_model(trained[0])
    finally:
        file.write_bytes(before)
    assert open_model(trained[0]).manifest == model


def test_another_version_of_a_library_is_refused(trained, monkeypatch):
    monkeypatch.setattr("services.releases.labelled.store.version", lambda _name: "0.1")
    with pytest.raises(ReleaseUnusable, match=r"names scikit-learn [0-9.]+, and 0.1 is installed"):
        open_model(trained[0])
