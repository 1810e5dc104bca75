"""``predict --file``: the file with its answers whole or not at all, and a receipt."""

from __future__ import annotations

import csv

import pytest

from tests.cli.commands import run
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder)
    return folder


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("customer,recency,orders,spend\na,30,2,100\nb,x,2,100\n", encoding="utf-8")
    return file


def test_a_file_is_answered_as_one_row_is_and_the_receipt_names_the_rest(models, source, tmp_path):
    target = tmp_path / "out.csv"
    receipt = run("predict", "--file", source, "--out", target, "--models", models, "--json").json
    first = [{"line": 3, "error": "recency: “x” is not a number."}]
    assert receipt == {"rows": 2, "refused": 1, "first": first, "out": str(target)}
    with target.open(encoding="utf-8-sig", newline="") as file:
        good, bad = csv.DictReader(file)
    values = ("--recency", "30", "--frequency", "2", "--monetary", "100")
    alone = run("predict", *values, "--models", models, "--json").json
    assert good["predicted_cluster_id"] == alone["cluster"]["id"]
    assert good["predicted_segment"] == alone["segment"]
    assert float(good["predicted_margin"]) == alone["margin"]
    assert [int(good[f"predicted_{axis}"]) for axis in "rfm"] == list(alone["scores"].values())
    assert (bad["customer"], bad["predicted_error"]) == ("b", "recency: “x” is not a number.")
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["in.csv", "out.csv"]


def test_a_person_reads_the_receipt_too(models, source, tmp_path):
    said = run("predict", "--file", source, "--out", tmp_path / "out.csv", "--models", models).out
    assert said.startswith("2 rows, 1 without an answer:")
    assert "line 3: recency: “x” is not a number." in said


def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing_behind(models, source, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    long = tmp_path / "long.csv"
    long.write_text(f"customer,recency,orders,spend\n{'x' * 131_073},30,2,100\n", encoding="utf-8")
    target = tmp_path / "out.csv"
    for words, sentence in (
        (("--file", tmp_path / "none.csv", "--out", target), "cannot be read"),
        (("--file", tmp_path, "--out", target), "cannot be read"),
        (("--file", long, "--out", target), "A cell that begins on line 2 has more than 131,072"),
        (("--file", bad, "--out", target), "No column was found for recency"),
        (("--file", source, "--out", source), "Name another one"),
        (("--file", source, "--out", tmp_path / "none" / "out.csv"), "cannot be written"),
        (("--file", source), "or --file and --out"),
        (("--recency", "3"), "or --file and --out"),
        (("--file", source, "--out", target, "--recency", "3"), "or --file and --out"),
    ):
        ran = run("predict", *words, "--models", models)
        assert (ran.code, ran.out) == (2, ""), words
        assert sentence in ran.err
        assert ran.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "in.csv", "long.csv"]
    assert source.read_text(encoding="utf-8").startswith("customer,recency")


@pytest.mark.parametrize("cell", ["x" * 140_000, '"' + "x " * 70_000 + '"'])
def test_a_cell_longer_than_the_reader_of_csv_takes_is_told_and_no_traceback(models, tmp_path, cell):
    file = tmp_path / "long.csv"
    file.write_text(f"customer,recency,orders,spend\na,30,2,100\n{cell},30,2,100\n", encoding="utf-8")
    ran = run("predict", "--file", file, "--out", tmp_path / "o", "--models", models)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "A cell that begins on line 3 has more than 131,072 characters." in ran.err
    file.write_text(f"{cell},recency,orders,spend\na,30,2,100\n", encoding="utf-8")
    ran = run("predict", "--file", file, "--out", tmp_path / "o", "--models", models)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_a_list_of_ids_with_such_a_cell_is_refused_in_a_sentence(tmp_path):
    file = tmp_path / "ids.csv"
    file.write_text("a\n" + "x" * 140_000 + "\n", encoding="utf-8")
    ran = run("optout", "add", "--file", file, STATE_DIR=str(tmp_path / "state"))
    assert (ran.code, ran.out) == (2, "")
    assert "a cell of more than 131,072 characters" in ran.err
