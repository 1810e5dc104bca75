"""The Predict tab as functions: every state, from an address to what the browser builds."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from dash import no_update
from dash._utils import to_json

from callbacks.predict import wiring as predict
from callbacks.predict.view import ask, parts, show, slide
from layouts import words
from services.core.vocabulary import AXES
from services.releases import read_current
from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release

GOOD = "?recency=30&frequency=2&monetary=100"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    models = tmp_path_factory.mktemp("tiny")
    make_tiny_release(models)
    return Loaded(models, read_current(models))


@pytest.fixture
def german():
    before = words.manner()
    words.use(words.Manner("de_DE", "EUR", "Europe/Berlin"))
    yield
    words.use(before)


def texts_of(release, customer):
    row = release.row_of(customer)
    return [f"{release.customers[axis][row].item():g}" for axis in AXES]


def test_a_link_is_its_own_answer(release):
    shown = show(release, GOOD)
    assert shown["state"] == []
    answer = shown["data"]["answer"]
    assert release.segments[answer["segment"]].name == "Recent"
    assert len(answer["distances"]) == len(release.clusters)
    assert len(answer["people"]) == release.count
    assert shown["data"]["refused"] == [False] * 3


def test_without_a_question_the_form_holds_the_medians_and_waits(release):
    shown = show(release, "")
    assert "Enter three numbers" in to_json(shown["state"])
    assert shown["data"]["answer"] is None
    assert shown["data"]["tracks"] is not None
    assert all(shown["data"]["texts"])


@pytest.mark.parametrize(
    ("axis", "typed", "words"),
    [
        ("recency", "", "whole number from 0 up"),
        ("recency", "12.5", "whole number from 0 up"),
        ("frequency", "0", "A customer has at least one order."),
        ("frequency", "9" * 5_000, "That is too large"),
        ("monetary", "12,5", "such as 1,797.24"),
        ("monetary", "NaN", "such as 1,797.24"),
        ("monetary", "-1", "such as 1,797.24"),
    ],
)
def test_a_refusal_stands_at_its_field_and_there_is_no_answer(release, axis, typed, words):
    good = {"recency": "30", "frequency": "2", "monetary": "100"}
    query = "&".join(f"{name}={text}" for name, text in (good | {axis: typed}).items())
    shown = show(release, f"?{query}")
    place = AXES.index(axis)
    assert shown["data"]["answer"] is None
    assert shown["data"]["tracks"] is None
    assert shown["data"]["refused"] == [name == axis for name in AXES]
    assert words in to_json(shown["data"]["errors"][place])
    assert [bool(line) for line in shown["data"]["errors"]] == shown["data"]["refused"]
    assert "No answer for these numbers" in to_json(shown["state"])


def test_b1_a_value_left_out_is_refused_too_and_every_refusal_is_told_at_once(release):
    shown = show(release, "?recency=30")
    assert shown["data"]["refused"] == [False, True, True]


# An address was read as what is typed, before: a link means the same under every locale now.
def test_an_address_is_read_by_the_point_and_shown_as_it_can_be_typed(release):
    shown = show(release, "?recency=30&frequency=2&monetary=1797.24")
    assert shown["data"]["texts"] == ["30", "2", "1,797.24"]
    assert shown["data"]["answer"] is not None
    refused = show(release, "?recency=30&frequency=2&monetary=1,797.24")["data"]
    assert (refused["refused"], refused["texts"][2]) == ([False, False, True], "1,797.24")


@pytest.mark.parametrize("written", ["1_000", "1e5", "nan", "inf", "0x10", "\u0661\u0662", "\uff11\uff12"])
def test_an_address_has_ascii_digits_and_a_point_alone(release, written):
    assert show(release, f"?recency=30&frequency=2&monetary={quote(written)}")["data"]["refused"][2]


def test_what_is_typed_is_read_by_the_sites_locale_and_goes_into_the_address_plainly(release, german):
    assert ask(release, "?customer=00123&release=x", ["1.030", "2", "1.797,24\u00a0€"])[0] == (
        "?recency=1030&frequency=2&monetary=1797.24&customer=00123&release=x"
    )
    search, shown = ask(release, "", ["30", "2", "1797.24"])
    assert (search, shown["data"]["answer"]) == (None, None)
    assert shown["data"]["texts"] == ["30", "2", "1797.24"]
    assert "such as 1.797,24." in to_json(shown["data"]["errors"][2])


def test_a_link_shows_its_numbers_as_the_site_writes_them(release, german):
    shown = show(release, "?recency=1030&frequency=2&monetary=1797.24")
    assert shown["data"]["texts"] == ["1.030", "2", "1.797,24"]
    assert ask(release, "", shown["data"]["texts"])[0] == "?recency=1030&frequency=2&monetary=1797.24"


def test_a_refused_text_leaves_the_address_and_a_read_one_asks_once(release):
    refused = predict.answered(release, {"search": GOOD, "by": "submit", "typed": ["30", "2", "12,5"]})
    assert refused["search"] is no_update
    assert refused["data"]["texts"][2] == "12,5"
    asked = predict.answered(release, {"search": GOOD, "by": "submit", "typed": ["31", "2", "100"]})
    assert asked["search"] == "?recency=31&frequency=2&monetary=100"
    assert asked["data"]["under"] == [GOOD, asked["search"]]
    assert asked["data"]["answer"] == show(release, asked["search"])["data"]["answer"]


def test_a_customer_and_reset_keep_the_release_that_is_asked_for(release):
    at = {"search": f"{GOOD}&release=x"}
    named = predict.answered(release, at | {"by": "customer", "customer": "a b"})
    assert named["search"] == "?customer=a+b&release=x"
    assert predict.answered(release, at | {"by": "reset"})["search"] == "?release=x"
    assert predict.answered(release, {"search": GOOD, "by": "reset"})["search"] == ""


@pytest.mark.parametrize("typed", [[None, 5, {"a": 1}], [True, [], ""], None, "30", ["30"]])
def test_fields_that_hold_no_text_are_refused(release, typed):
    assert ask(release, "", typed)[1]["data"]["refused"] == [True] * 3


def test_b7_a_value_beyond_the_data_is_answered_with_a_warning(release):
    shown = show(release, "?recency=9000&frequency=2&monetary=100")
    assert "The answer is an extrapolation: treat it with care." in to_json(shown["data"]["errors"][0])
    assert shown["data"]["answer"]["inside"] == "Recency is outside"
    assert shown["data"]["refused"] == [False] * 3


def test_a_warning_about_the_answer_is_not_given_without_one(release):
    assert show(release, "?recency=9000&frequency=0&monetary=100")["data"]["errors"][0] == []


def test_a_customer_fills_the_form_and_comes_first(release):
    shown = show(release, "?customer=00123")
    assert shown["data"]["texts"] == texts_of(release, "00123")
    assert shown["data"]["answer"]["people"][0][0] == "00123"
    assert shown["data"]["answer"]["people_finding"].startswith(
        "00123, the customer you started from, has exactly these values"
    )
    assert "; drag to try other values." in to_json(shown["data"]["started"])


def test_changed_values_keep_the_name_of_the_customer_they_began_with(release):
    shown = show(release, "?customer=00123&recency=1&frequency=1&monetary=1")
    assert "00123" in to_json(shown["data"]["started"])
    assert "; changed since then." in to_json(shown["data"]["started"])


def test_values_given_in_part_are_completed_by_the_customers(release):
    _recency, frequency, monetary = texts_of(release, "00123")
    assert show(release, "?customer=00123&recency=1")["data"]["texts"] == ["1", frequency, monetary]


@pytest.mark.parametrize(
    ("customer", "words"),
    [
        ("nobody", "No customer nobody in this release."),
        ("", "Type the ID of a customer."),
        ("%20", "Type the ID"),
    ],
)
def test_an_unknown_customer_is_told_at_the_box_and_there_is_no_answer(release, customer, words):
    shown = show(release, f"?customer={customer}", unnamed=not customer)
    assert words in to_json(shown["data"]["customer_error"])
    assert shown["data"]["customer_refused"]
    assert shown["data"]["answer"] is None
    assert "No customer to start from" in to_json(shown["state"])


def test_values_are_answered_although_the_customer_they_began_with_is_gone(release):
    shown = show(release, f"{GOOD}&customer=nobody")
    assert shown["data"]["answer"] is not None
    assert shown["data"]["customer_refused"]


@pytest.mark.parametrize("search", [None, 5, True, [], {"a": 1}, "?" + "&" * 100_000, "?%00=%ff", "?=&="])
def test_what_is_no_address_is_no_question(release, search):
    assert show(release, search)["data"]["answer"] is None


def test_an_address_that_contradicts_itself_is_refused_beside_the_field(release):
    data = show(release, f"{GOOD}&recency=31")["data"]
    assert (data["texts"][0], data["refused"], data["answer"]) == ("30, 31", [True, False, False], None)
    known = release.id_of(0)
    assert show(release, f"?customer={known}&customer={known}")["data"]["answer"] is not None
    data = show(release, f"?customer={known}&customer=x")["data"]
    assert f"No customer {known}, x in this release." in to_json(data["customer_error"])


def test_a_moved_slider_repaints_the_tracks(release):
    assert slide(release, ["30", "2", "100"]) == {
        "texts": ["30", "2", "100"],
        "values": [30.0, 2.0, 100.0],
        "tracks": show(release, GOOD)["data"]["tracks"],
    }


@pytest.mark.parametrize("typed", [None, "30", ["30"]])
def test_a_slider_that_says_nothing_readable_paints_nothing(release, typed):
    assert slide(release, typed) is None


@pytest.mark.parametrize("typed", [["x", "2", "12,5"], [30, "2", 100], [["30"], "2", True]])
def test_fields_that_cannot_be_read_move_no_handle_and_paint_nothing(release, typed):
    found = slide(release, typed)
    assert (found["values"], found["tracks"]) == ([None, 2.0, None], None)


def test_the_parts_name_every_segment_and_cluster(release):
    shown = parts(release)
    assert len(shown["parts"]["segments"]) == len(release.segments) + 1
    assert len(shown["parts"]["clusters"]) == len(release.clusters)
    assert shown["hints"]["recency"] == "10 to 90 in the data"
    assert shown["labels"]["frequency"] == "Orders"
    assert set(shown) == set(predict.OF_RELEASE)


def test_an_answer_holds_no_component_so_that_it_is_written_at_once(release):
    assert json.loads(json.dumps(show(release, GOOD))) == json.loads(to_json(show(release, GOOD)))
    assert len(json.dumps(show(release, GOOD))) < 4_000
