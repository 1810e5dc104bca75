"""Section B: what is typed for a prediction: at the page, in a file, and on the command line."""

from __future__ import annotations

import csv
import io
import logging
from urllib.parse import urlencode

import numpy as np
import pytest
from click.testing import CliRunner

from services.cli import main
from services.core.clusters.kmeans import assign
from services.core.refusals import Refusal
from services.core.text.numbers_typed import BRITISH, notation
from services.core.vocabulary import AXES
from services.releases import open_release, read_current
from services.serving.predictions.predict import checked_value, predict, typed_value
from services.serving.predictions.rows_answers import answer_rows
from services.serving.release.loaded import Loaded
from services.site.people.roles import Role
from tests.releases.tiny import make_tiny_release
from tests.web.people import guarded, sent

GOOD = {"recency": "30", "frequency": "2", "monetary": "100"}
ARABIC, FULL_WIDTH = "\u0661\u0662", "\uff11\uff12"
POINTS = 1_000_000

CASES = {
    "b1": [(axis, "") for axis in AXES],
    "b2": [(axis, text) for axis in AXES for text in ("NaN", "Infinity", "-Infinity", "inf", "nan")],
    "b3": [(axis, "-1") for axis in AXES] + [("frequency", "0"), ("frequency", "2.5"), ("recency", "2.5")],
    "b4": [
        (axis, text) for axis in AXES for text in ("1e308", "1" + "0" * 400, "9" * 5_000, "1000000000001")
    ],
    "b5": [(axis, text) for axis in AXES for text in ("true", "[30]", '{"a": 30}', "None", "[[1]]")],
    "b6": [(axis, text) for axis in AXES for text in ("abc", ARABIC, FULL_WIDTH, "1_000", "0x10", "1,2,3")],
}
ALL = [case for cases in CASES.values() for case in cases]


def cases_of(number):
    names = [f"{axis} {text[:12]}" for axis, text in CASES[number]]
    return pytest.mark.parametrize(("axis", "text"), CASES[number], ids=names)


def answered(client, text, separator):
    """Send a file of rows and return those that come back."""
    with client.post("/predict/rows", data=text.encode()) as answer:
        assert answer.status_code == 200, answer.text
        back = io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")
    return list(csv.DictReader(back, delimiter=separator))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    make_tiny_release(folder, 40)
    return folder


@pytest.fixture(scope="module")
def release(tiny):
    return Loaded(tiny, read_current(tiny))


@pytest.fixture(scope="module")
def site(tiny, tmp_path_factory):
    return guarded(tiny, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def viewer(site):
    return site.signed_in(Role.VIEWER)


@pytest.fixture(scope="module")
def file_answers(viewer):
    """What a file says of each bad cell: a good row first, then a row with one bad cell, as text."""
    text = io.StringIO()
    rows = [GOOD | {axis: typed} for axis, typed in ALL]
    table = csv.DictWriter(text, AXES)
    table.writeheader()
    table.writerows([GOOD, *rows])
    good, *others = answered(viewer, text.getvalue(), ",")
    assert good["predicted_error"] == ""
    return dict(zip(ALL, others, strict=True))


@pytest.fixture
def refused(site, viewer, file_answers, tiny, caplog):
    """Check that a value has its sentence at the page, in a file and on the command line, and no result."""

    def check(axis, text):
        caplog.set_level(logging.ERROR)
        values = GOOD | {axis: text}
        linked = {"search": f"?{urlencode(values)}", "by": None, "ask": 1}
        typed = {"search": "", "by": "submit", "typed": list(values.values()), "customer": None, "ask": 2}
        for asked in (linked, typed):
            given = {"predict-asked-store.data": asked}
            shown = sent(site, viewer, "callbacks.predict.wiring.on_question", given)["predict-data-store"][
                "data"
            ]
            assert (shown["answer"], shown["tracks"]) == (None, None)
            assert shown["refused"] == [name == axis for name in AXES]
            assert "Give" in str(shown["errors"][AXES.index(axis)])

        in_file = file_answers[axis, text]
        assert in_file["predicted_cluster"] == ""
        assert in_file["predicted_error"].startswith(axis)

        words = [f"--{name}={values[name]}" for name in AXES]
        ran = CliRunner().invoke(main, ["predict", *words, "--models", str(tiny)])
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert len(ran.stderr.splitlines()) == 1
        assert not caplog.records

    return check


@cases_of("b1")
def test_b1_a_value_left_empty_is_told_at_its_field(refused, axis, text):
    refused(axis, text)


@cases_of("b2")
def test_b2_what_is_not_finite_is_no_number(refused, axis, text):
    refused(axis, text)


@cases_of("b3")
def test_b3_a_number_below_what_a_customer_can_have_is_refused(refused, axis, text):
    refused(axis, text)


@cases_of("b4")
def test_b4_a_number_above_what_any_shop_counts_is_refused(refused, axis, text):
    refused(axis, text)


@cases_of("b5")
def test_b5_what_stands_for_another_type_is_refused(refused, axis, text):
    refused(axis, text)


@cases_of("b6")
def test_b6_what_the_rule_for_numbers_does_not_know_is_refused(refused, axis, text):
    refused(axis, text)


@pytest.mark.parametrize(
    "value", [True, False, None, "30", [30], {"a": 30}, [[1]], float("nan"), float("inf")]
)
@pytest.mark.parametrize("axis", AXES)
def test_b2_b5_programs_send_numbers_and_nothing_else(release, axis, value):
    with pytest.raises(Refusal, match="number") as refused:
        predict(release, {"recency": 30, "frequency": 2, "monetary": 100.0} | {axis: value})
    assert refused.value.field == axis


@pytest.mark.parametrize("axis", AXES)
def test_b4_a_whole_number_beyond_all_floats_is_a_range_message(axis):
    with pytest.raises(Refusal, match="below 1,000,000,000,000"):
        checked_value(axis, 10**400)


def test_b6_the_page_reads_numbers_by_the_sites_locale_and_refuses_all_others():
    german = notation("de_DE", "EUR")
    assert typed_value("monetary", " 12.5 ") == 12.5
    assert typed_value("monetary", "£1,797.24") == typed_value("monetary", "1.797,24 €", german) == 1797.24
    assert typed_value("recency", "1.797", german) == typed_value("recency", "1,797") == 1797
    for text in ("12,5", "0,123", "1 234", "1.234,5", "1e3", "+5", ".5", "5."):
        with pytest.raises(Refusal, match=r"such as 1,797\.24"):
            typed_value("monetary", text)
    for text in ("12.5", "1797.24", "0.123", "1 234", "1,234.5", "1e3", "£5"):
        with pytest.raises(Refusal, match=r"such as 1\.797,24"):
            typed_value("monetary", text, german)


def test_b6_the_sign_before_decimals_is_one_for_a_whole_file(viewer):
    table = "recency;frequency;monetary\n30;2;12,5\n30;2;12.50\n30;2;1.797,24\n"
    rows = answered(viewer, table, ";")
    assert [bool(row["predicted_error"]) for row in rows] == [False, True, False]


def test_b8_a_tie_goes_to_the_first_centre_alone_and_among_a_million():
    centres = np.array([[0.0, 0, 0], [2, 0, 0], [1, 1, 0], [1, -1, 0]])
    tie = np.array([[1.0, 0, 0]])
    for many in (1, 7, 4_096):
        placed = assign(np.repeat(tie, many, axis=0), centres)
        assert set(placed.nearest.tolist()) == {0}
        assert set(placed.second.tolist()) == {1}
        assert set(placed.margin.tolist()) == {0.0}
    assert assign(tie, centres[::-1]).nearest[0] == 0


def test_b9_look_up_form_and_file_place_every_customer_alike(models):
    release = Loaded(models, read_current(models))
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(AXES)
    stored = []
    for row in range(release.count):
        values = {axis: release.customers[axis][row].item() for axis in AXES}
        typed = {axis: BRITISH.write(values[axis]) for axis in AXES}
        assert {axis: typed_value(axis, typed[axis]) for axis in AXES} == values
        answer = predict(release, {axis: typed_value(axis, typed[axis]) for axis in AXES})
        segment = release.segments[release.customers["segment"][row]].name
        stored.append((release.clusters[release.customers["cluster"][row]].name, segment))
        assert (answer.cluster.name, answer.segment.name) == stored[-1]
        table.writerow(values.values())
    whole = answer_rows(release, io.BytesIO(text.getvalue().encode()))
    file = csv.DictReader(io.StringIO("".join(whole.text()).removeprefix("\ufeff"), newline=""))
    assert [(row["predicted_cluster"], row["predicted_segment"]) for row in file] == stored


def test_b10_plain_parameters_and_the_pickles_agree_on_a_million_points(models):
    pickles = open_release(models, read_current(models))
    release = Loaded(models, pickles.id)
    drawn = np.random.default_rng(12_347)
    raw = np.stack(
        [
            drawn.integers(0, 1_000, POINTS),
            np.floor(np.exp(drawn.uniform(0, 8, POINTS))),
            np.exp(drawn.uniform(-2, 13, POINTS)),
        ],
        axis=1,
    ).astype(np.float64)
    ours = assign(release.transform(raw), release.centres)
    theirs = pickles.kmeans.predict(pickles.scaler.transform(raw))
    assert int((ours.nearest != theirs).sum()) == 0
    assert set(theirs) == set(range(len(release.clusters)))
