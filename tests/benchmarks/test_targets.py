from copy import deepcopy

import pytest

from benchmarks import interactions, miners, report, targets


def row(name, ratio, size):
    return {
        "name": name,
        "requests": [{"output": "a.children", "bytes": size}],
        "bytes": size,
        "seconds": ratio / 1000,
        "noop": 0.001,
        "ratio": ratio,
    }


def trained(name, seconds, peak):
    steps = {"rules": 1.0, "read": 2.0}
    return {"name": name, "rows": 1_000, "seconds": seconds, "peak_mb": peak, "steps": steps}


RESULTS = {
    "made_at": "2026-11-22T00:00:00+00:00",
    "machine": {"cores": 2, "load": 0.5, "python": "3.11.7", "versions": {"dash": "4.4.1"}},
    "data": {"name": "a file", "rows": 1_000},
    "serving": {
        "noop_seconds": 0.001,
        "noop_load": {"name": "No-op callback", "requests": 480, "per_second": 800.0, "p99": 0.02},
        "site": {
            "start": 1.6,
            "pss": 60.0,
            "own": 20.0,
            "rows": [
                row(interactions.LOOK_UP, 12.5, 90_000),
                row(interactions.PREDICT, 1.5, 4_000),
                {"name": interactions.FILTER, "missing": "no filter found"},
            ],
            "load": [],
        },
        "naive": {
            "start": 4.0,
            "pss": 300.0,
            "own": 200.0,
            "rows": [row(interactions.PREDICT, 30.0, 70_000)],
            "load": [],
        },
    },
    "transfers": {
        "counted_at": "2026-11-29T00:00:00+00:00",
        "site": [
            {"name": "Segments", "first": 1_900_000, "again": 40_000},
            {"name": "Baskets", "first": 1_990_000, "again": 61_000},
        ],
        "naive": [{"name": "Naive dashboard", "first": 6_000_000, "again": 5_000_000}],
    },
    "training": {
        "ours": [
            trained("quartile", 14.0, 400.0),
            trained("standard", 61.0, 500.0),
            trained("copies", 40.0, 480.0),
        ],
        "beside": [
            {
                "name": "plain DuckDB",
                "seconds": 1.5,
                "ours": 6.5,
                "peak_mb": 290.0,
                "same": True,
                "steps": {},
            }
        ],
        "forms": [
            {"name": "CSV", "ours": 2.0, "plain": 0.5, "peak_mb": 500.0, "same": True},
            {"name": "Excel workbook", "ours": 9.0, "plain": 6.0, "peak_mb": 520.0, "same": False},
        ],
        "miners": [
            {"name": "hmine", "seconds": 1.1, "peak_mb": 300.0, "same": True},
            {"name": "wrong", "seconds": 0.1, "peak_mb": 300.0, "same": False},
            {"name": miners.TOOLS[miners.OURS][0], "seconds": 4.4, "peak_mb": 100.0, "same": True},
        ],
        "rfm": {"ours": 0.6, "plain": 0.5, "lines": 900, "same": True},
    },
}


@pytest.fixture
def judged():
    return {target.name: (target.measured, target.met) for target in targets.of(RESULTS)}


def test_ratios_are_judged_by_their_interaction(judged):
    assert judged[interactions.LOOK_UP] == (12.5, False)
    assert judged[interactions.PREDICT] == (1.5, True)


def test_what_was_not_measured_is_neither_met_nor_missed(judged):
    assert judged[interactions.FILTER] == (None, None)
    assert judged[interactions.FIGURES] == (None, None)


def test_start_and_memory_are_shares_of_the_naive_dashboard(judged):
    assert judged["Start to first answer"] == (0.4, True)
    assert judged["Memory another worker adds"] == (0.1, True)


def test_training_is_judged_by_seconds_peak_and_growth(judged):
    assert judged["Train, preset quartile"] == (14.0, True)
    assert judged["Train, preset standard"] == (61.0, False)
    assert judged["Peak memory of training"] == (500.0, True)
    assert judged["Peak memory of a file 3 times as long"] == (1.2, True)


def test_each_form_of_a_file_is_judged_beside_plain_duckdb(judged):
    assert judged["Read, clean and aggregate: CSV"] == (4.0, False)
    assert judged["Read, clean and aggregate: Excel workbook"] == (1.5, True)
    (table,) = [table for table in report.tables(RESULTS) if "by form" in table.title]
    assert table.rows[1] == ("Excel workbook", "9.00", "6.00", "1.5", "520", "no")


def test_lines_and_sets_are_judged_beside_others_that_find_the_same(judged):
    assert judged["RFM over lines, seconds of the processor"] == (1.2, True)
    assert judged["Everybody's frequent sets"] == (4.0, False)
    before = deepcopy(RESULTS)
    del before["training"]["rfm"], before["training"]["miners"][2]
    older = {target.name: target.met for target in targets.of(before)}
    assert older["RFM over lines, seconds of the processor"] is None
    assert older["Everybody's frequent sets"] is None
    assert not [table for table in report.tables(before) if table.title.startswith("Recency")]


def test_the_heaviest_interaction_counts(judged):
    assert judged["Data of the heaviest interaction"] == (90_000, True)
    heavier = deepcopy(RESULTS)
    heavier["serving"]["site"]["rows"].append(row("Open Data", 5.0, 100_001))
    (heaviest,) = [target for target in targets.of(heavier) if target.unit == "bytes"]
    assert (heaviest.measured, heaviest.met) == (100_001, False)


def test_the_heaviest_page_load_counts_and_results_from_before_have_none(judged):
    assert judged["First load of the heaviest page"] == (1_990, True)
    assert judged["Second load of the heaviest page"] == (61, False)
    before = {name: part for name, part in RESULTS.items() if name != "transfers"}
    without = {target.name: target.met for target in targets.of(before)}
    assert without["First load of the heaviest page"] is None
    assert [table.title for table in report.tables(before) if "transfers" in table.title] == []


def test_every_table_has_as_many_cells_as_heads_and_says_what_failed():
    tables = report.tables(RESULTS)
    assert all(len(cells) == len(table.heads) for table in tables for cells in table.rows)
    text = "\n".join(report.as_text(table) for table in tables)
    assert f"{interactions.FILTER} was not measured: no filter found." in text
    assert "not met" in text


def test_steps_stand_in_the_order_of_the_work():
    (training,) = [table for table in report.tables(RESULTS) if table.title.startswith("Training")]
    assert list(training.heads) == ["", "Lines", "Whole program", "Read", "Rules", "Peak, MB"]


def test_a_busy_machine_is_told():
    busy = RESULTS | {"machine": RESULTS["machine"] | {"load": 1.7}}
    assert "kept it busy" in report.circumstances(busy)
    assert "kept it busy" not in report.circumstances(RESULTS)
