import json
from random import Random

import pytest

from benchmarks.load import report
from benchmarks.load.__main__ import minutes
from benchmarks.load.caller import Answer, Step
from benchmarks.load.crowd import Seen
from benchmarks.load.synthetic import FIRST, write_customers
from benchmarks.load.tabs import WEIGHTS, varied
from benchmarks.load.workers import Held, growth

RECORDED = Step(
    body=json.dumps(
        {"search": "?id=12347", "asked": {"typed": ["30", "5", "1,500"]}, "release": "r-12347"}
    ).encode()
)
GRID = Step(body=b'{"value":{"startRow":0,"endRow":100}}')


def test_every_repetition_asks_for_another_customer_and_other_values_of_the_same_release():
    asked = [
        json.loads(varied([RECORDED], "12347", ["é/7"], Random(seed))[0].body or b"") for seed in range(20)
    ]
    assert {each["search"] for each in asked} == {"?id=%C3%A9/7"}
    assert {each["release"] for each in asked} == {"r-12347"}
    assert len({tuple(each["asked"]["typed"]) for each in asked}) == 20


def test_a_page_of_the_list_is_a_whole_portion():
    portions = {varied([GRID], "1", ["2"], Random(seed))[0].body for seed in range(50)}
    assert portions == {
        b'{"value":{"startRow":%d,"endRow":%d}}' % (100 * page, 100 * page + 100) for page in range(10)
    }


def test_what_staff_do_adds_up_to_a_hundred():
    assert sum(WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("status", "content", "wrong"),
    [
        (200, b"{}", False),
        (204, b"", False),
        (500, b"{}", True),
        (200, b"Something went wrong on our side", True),
        (200, b"Not possible", True),
    ],
)
def test_an_answer_that_only_looks_well_counts_as_an_error(status, content, wrong):
    assert (Answer(status, {}, content, 0.1).fault is not None) == wrong


def test_times_are_counted_by_what_was_done_and_over_all():
    seen, other = Seen({"Open": [0.1]}, [0.1]), Seen({"Open": [0.3], "Predict": [0.2]}, [0.3, 0.2], ["late"])
    seen.add(other)
    rows = {row["name"]: row for row in seen.rows()}
    assert {name: row["times"] for name, row in rows.items()} == {
        "Open": 2,
        "Predict": 1,
        "Everything done": 3,
        "Every request": 3,
    }
    assert (rows["Open"]["p50"], rows["Everything done"]["p95"]) == (0.1, 0.3)
    assert seen.errors == ["late"]


def test_memory_grew_by_what_is_resident():
    assert growth(Held((1,), 100, 50, 20, 9, 1), Held((1,), 110, 51, 30, 9, 2)) == pytest.approx(0.1)


@pytest.mark.parametrize(("given", "found"), [("", 10), ("0.5", 0.5), ("60", 60)])
def test_staff_work_for_as_long_as_is_asked(monkeypatch, given, found):
    monkeypatch.setenv("LOAD_MINUTES", given)
    assert minutes() == found


@pytest.mark.parametrize("given", ["0", "61", "nan", "long"])
def test_any_other_time_is_refused(monkeypatch, given):
    monkeypatch.setenv("LOAD_MINUTES", given)
    with pytest.raises(SystemExit, match=r"from 0\.1 to 60"):
        minutes()


def test_drawn_customers_are_the_same_ids_with_other_values_for_another_seed(tmp_path):
    for seed in (0, 1):
        write_customers(tmp_path / f"{seed}.csv", 5, seed)
    one, other = ([*(tmp_path / f"{seed}.csv").read_text().splitlines()] for seed in (0, 1))
    assert [line.partition(",")[0] for line in one] == ["customer", *map(str, range(FIRST, FIRST + 5))]
    assert one != other
    assert one[0] == other[0]


def test_errors_and_torn_answers_are_faults_and_sections_left_out_are_not():
    results = {
        "swaps": {
            "swaps": 2,
            "errors": ["late"],
            "torn": ["mixed"],
            "releases": [],
            "answers": 4,
            "slowest": 0.1,
        }
    }
    assert report.faults(results) == ["late", "mixed"]
    assert [target.met for target in report.targets(results)] == [False, False]
    assert len(report.tables(results)) == 2
