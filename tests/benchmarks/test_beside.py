import pytest

from benchmarks import beside, report, targets
from tests.benchmarks.test_targets import RESULTS

IDLE = {"Predict": [0.001] * 99 + [0.004], "Open Baskets": [0.010] * 100}
BUSY = {"Predict": [0.003] * 198 + [0.090] * 2, "Open Baskets": [0.025] * 200}


def test_what_99_of_100_took_is_compared_by_thing_and_over_all():
    rows = {row["name"]: row for row in beside.rows(IDLE, BUSY)}
    assert list(rows) == ["Predict", "Open Baskets", beside.ALL]
    assert (rows["Predict"]["times"], rows["Predict"]["ratio"]) == (200, pytest.approx(3))
    assert (rows[beside.ALL]["idle"], rows[beside.ALL]["busy"]) == (0.010, 0.025)


def test_the_figure_is_that_over_all_and_results_from_before_have_none():
    measured = {
        "measured_at": "2026-12-01T00:00:00+00:00",
        "seconds": 25.4,
        "rows": beside.rows(IDLE, BUSY),
        "missing": {"Open Data": "no link found"},
    }
    name = "99 of 100 interactions while a training runs"
    (target,) = (each for each in targets.of(RESULTS | {"beside": measured}) if each.name == name)
    assert (target.measured, target.met) == (pytest.approx(2.5), True)
    (before,) = (each for each in targets.of(RESULTS) if each.name == name)
    assert before.met is None
    (table,) = (
        each for each in report.tables(RESULTS | {"beside": measured}) if "runs as a job" in each.title
    )
    assert table.rows[-1] == (beside.ALL, "400", "10.0", "25.0", "2.5")
    assert table.notes == [
        "Open Data was not measured: no link found.",
        "The training took 25 s. Measured on 2026-12-01.",
    ]
