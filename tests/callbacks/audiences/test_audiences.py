"""The tab Campaigns as plain functions: from a view to a form, to a saved audience, to its result."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from dash import no_update

from callbacks.audiences.rehearsing import rehearse
from callbacks.audiences.saving import save
from callbacks.audiences.view import in_file, show, try_out, usual_owner
from callbacks.audiences.wiring import PAGE
from callbacks.movement.wiring import LISTED as MOVEMENT
from callbacks.segments.wiring import LISTED as SEGMENTS
from layouts.audiences import frame as page
from services.campaigns.saving import LONGEST, first_day
from services.site.customers.audiences import Audiences
from services.site.customers.opt_outs import OptOuts
from services.site.state import State
from services.web.exports import audiences as audience_exports
from tests.callbacks.segments.test_segments import text_of
from tests.campaigns.listed import NOBODY_OUT
from tests.serving.shops import shop, table_shop

GRID = {"startRow": 0, "endRow": 500}
FILLED = {
    "name": "Win back",
    "owner": "Ana",
    "playbook": "",
    "starts_on": "2025-01-02",
    "ends_on": "2025-01-31",
    "share": "20",
}


CELLS = "map_cell=1-1&map_cell=2-2&map_cell=5-5"


def search_of(address: str) -> str:
    return f"?{urlsplit(address).query}"


def test_the_frame_offers_the_columns_that_a_file_can_have():
    assert set(page.COLUMNS) == set(audience_exports.COLUMNS)
    assert set(page.CHOSEN) <= set(page.COLUMNS)


def test_nothing_saved_says_how_to_begin(services):
    shown = show(services, shop(), "")
    assert "No campaigns yet" in text_of(shown["list"])
    assert (shown["form_hidden"], shown["opened_hidden"]) == (True, True)
    assert set(shown) == set(PAGE)


def test_what_several_segments_get_is_said_segment_by_segment_the_largest_first(services):
    release = shop()
    counts = np.bincount(release.customers["segment"], minlength=len(release.segments))
    assert 2 * counts.max() <= release.count
    order = sorted(np.flatnonzero(counts), key=lambda place: (-counts[place], place))
    every = [f"{release.segments[place].name}: {release.segments[place].playbook}" for place in order]
    said = show(services, release, "?save=segments")["playbook"]
    assert len(said) <= LONGEST["playbook"]
    *told, last = said.split(" · ")
    assert told == every[: len(told)]
    assert last == (every[-1] if len(every) == len(told) + 1 else "Others: see Playbooks")
    # two of them fit
    names = [release.segments[place].id for place in order[:2]]
    few = show(services, release, f"?save=segments&segment={names[0]}&segment={names[1]}")["playbook"]
    assert few in (" · ".join(every[:2]), release.segments[order[0]].playbook)


def test_the_owner_is_at_first_who_is_signed_in_and_then_who_was_typed():
    assert usual_owner(None, "mia") == usual_owner("", "mia") == "mia"
    assert usual_owner("Ana", "mia") is usual_owner("", None) is no_update


@pytest.mark.parametrize("query", ["", "segment=lost&f_max=3", "country=France&m_min=10", CELLS])
def test_the_list_of_segments_leads_to_a_form_for_exactly_its_customers(services, query):
    release = shop()
    listed = SEGMENTS.rows(release, GRID, f"?{query}", NOBODY_OUT, "1")
    shown = show(services, release, search_of(listed["audience"]))
    assert shown["form_hidden"] is False
    assert "ID contains “1”" in shown["finding"]
    saved = save(services, None, search_of(listed["audience"]), FILLED)
    members = Audiences(services.state).members(int(saved["search"].removeprefix("?audience=")))
    assert {each.customer_id for each in members} == {
        each["customer_id"] for each in listed["rows"]["rowData"]
    }


def test_a_list_of_nobody_offers_no_audience():
    assert SEGMENTS.rows(shop(), GRID, "?segment=lost", NOBODY_OUT)["audience_class"] == "sd-btn"
    nobody = SEGMENTS.rows(shop(), GRID, "?f_min=99999", NOBODY_OUT)
    assert (nobody["rows"]["rowCount"], nobody["audience_class"]) == (0, "d-none")


def test_a_flow_leads_to_a_form_for_exactly_its_customers(services):
    release = shop()
    listed = MOVEMENT.rows(release, GRID, "?from=2024-05-31&to=2024-12-31", NOBODY_OUT)
    search = search_of(listed["audience"])
    moved = f"{listed['rows']['rowCount']} customers changed segment."
    assert show(services, release, search)["finding"] == moved
    number = int(save(services, None, search, FILLED)["search"].removeprefix("?audience="))
    store = Audiences(services.state)
    assert {each.customer_id for each in store.members(number)} == {
        each["customer_id"] for each in listed["rows"]["rowData"]
    }
    draft = store.one(number).draft
    assert (draft.source, draft.described) == ("movement", moved)
    assert parse_qs(draft.query) == {"from": ["2024-05-31"], "to": ["2024-12-31"]}


def test_a_segment_brings_what_to_do_with_it_and_days_after_the_data(services):
    release = shop()
    wanted = release.segments[0]
    shown = show(services, release, f"?save=segments&segment={wanted.id}")
    assert shown["playbook"] == wanted.playbook
    assert date.fromisoformat(shown["starts_on"]) == first_day(release)
    assert (date.fromisoformat(shown["ends_on"]) - first_day(release)).days == 29


@pytest.mark.parametrize(
    ("search", "said", "hidden"),
    [
        ("?save=segments&segmnt=lost", "There is no parameter “segmnt” here, so it was left out.", False),
        ("?save=segments&segment=", "segment has no value, so it was left out.", False),
        ("?save=colour", "There is no view “colour” that could be saved.", True),
    ],
)
def test_no_view_is_saved_that_is_wider_than_the_address_without_a_word(services, search, said, hidden):
    shown = show(services, shop(), search)
    assert said in text_of(shown["notes"])
    assert shown["form_hidden"] is hidden


def test_sizes_and_that_no_effect_would_show_are_said_before_saving_and_are_what_is_saved(services):
    preview = text_of(try_out(services, shop(), "?save=segments", FILLED)["preview"])
    number = int(save(services, None, "?save=segments", FILLED)["search"].removeprefix("?audience="))
    saved = Audiences(services.state).one(number)
    assert saved.treated + saved.holdout == 40
    assert preview.startswith(
        f"{saved.treated} of 40 customers would get the campaign; {saved.holdout} would"
    )
    # seven held out are too few for any verdict
    assert "Groups this small cannot show any effect" in preview
    assert "in the same segments earlier" in preview


def test_trials_on_past_customers_are_the_same_whatever_the_name(services):
    values = {name: FILLED[name] for name in ("starts_on", "ends_on", "share")}
    shown = rehearse(services, shop(), "?save=segments", values)
    said = text_of(shown)
    assert said.startswith("What is it worth?")
    assert "500 trials on your own past customers, audiences of 40 customers often had too few" in said
    assert rehearse(services, shop(), "?save=segments", values | {"name": "Other"}) == shown


@pytest.mark.parametrize(("search", "share"), [(None, "20"), ("?audience=1", "20"), ("?save=segments", "90")])
def test_where_the_form_says_what_is_wrong_nothing_is_tried(services, search, share):
    assert rehearse(services, shop(), search, FILLED | {"share": share}) == []


def test_a_result_says_both_verdicts_and_computes_the_one_on_revenue_once(services, monkeypatch):
    values = FILLED | {"share": "50"}
    number = int(save(services, None, "?save=segments", values)["search"].removeprefix("?audience="))
    found = Audiences(services.state).one(number)
    past = replace(found.draft, starts_on=date(2024, 6, 1), ends_on=date(2024, 12, 15))
    monkeypatch.setattr(Audiences, "listed", lambda _store: [replace(found, draft=past)])
    opened = text_of(show(services, shop(), f"?audience={number}")["opened"])
    assert "Revenue per customer: cannot tell, too few customers or buyers." in opened
    assert "of the campaign group bought" in opened
    monkeypatch.setattr("callbacks.audiences.view.revenue_of", None)
    assert text_of(show(services, shop(), f"?audience={number}")["opened"]) == opened


@pytest.mark.parametrize(
    ("changed", "place", "word"),
    [
        ({"name": "  "}, "name", "name"),
        ({"owner": ""}, "owner", "responsible"),
        ({"name": "x" * 81}, "name", "80 characters"),
        ({"name": "a\u202eb"}, "name", "invisible"),
        ({"starts_on": "soon"}, "starts_on", "2026-01-31"),
        ({"starts_on": "2024-12-01"}, "starts_on", "cannot also count as a result"),
        ({"ends_on": "2025-01-01"}, "ends_on", "within a year"),
        ({"ends_on": "2027-01-01"}, "ends_on", "within a year"),
        ({"share": "80"}, "share", "between 5 and 50 %"),
        ({"share": "nan"}, "share", "between 5 and 50 %"),
        ({"share": None}, "share", "between 5 and 50 %"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(services, changed, place, word):
    answer = save(services, None, "?save=segments", FILLED | changed)
    assert word in text_of(answer["errors"][place])
    assert [name for name, line in answer["errors"].items() if line] == [place]
    assert answer["search"] is no_update
    assert Audiences(services.state).listed() == []


def test_a_view_of_nobody_or_of_too_few_is_not_saved(services):
    nobody = save(services, None, "?save=segments&r_min=99999", FILLED)
    assert "Nobody is in this view" in text_of(nobody["errors"]["save"])
    one = save(services, None, "?save=segments&containing=00123", FILLED)
    assert "nothing to compare" in text_of(one["errors"]["save"])


def test_a_saved_audience_is_opened_and_listed_and_waits_for_its_days(services):
    saved = save(services, None, "?save=segments", FILLED)
    shown = show(services, shop(), saved["search"])
    assert (shown["form_hidden"], shown["opened_hidden"]) == (True, False)
    assert "Nothing to compare yet" in text_of(shown["opened"])
    assert "Planned" in text_of(shown["list"])
    assert saved["name"] == ""
    json.dumps({name: value for name, value in shown.items() if value is not no_update})


def test_the_same_name_holds_out_the_same_people_again(services):
    first, second = (
        int(save(services, None, "?save=segments", FILLED | {"name": name})["search"][10:])
        for name in ("Win back", " WIN  back ")
    )
    store = Audiences(services.state)
    assert store.members(first) == store.members(second)


def test_an_audience_that_is_not_there_is_said(services):
    shown = show(services, shop(), "?audience=9")
    assert "no campaign with the number “9”" in text_of(shown["notes"])
    assert shown["opened_hidden"] is True


def test_a_table_of_customers_has_no_result_and_no_base(services):
    release = table_shop()
    services.releases = SimpleNamespace(at=lambda _asked: release)
    start = first_day(release).isoformat()
    filled = FILLED | {"starts_on": start, "ends_on": start}
    assert "unknown" in text_of(try_out(services, release, "?save=segments", filled)["preview"])
    saved = save(services, None, "?save=segments", filled)
    assert "holds no orders" in text_of(show(services, release, saved["search"])["opened"])


@pytest.mark.parametrize("search", [None, "", "?audience=3", "?segment=lost"])
def test_without_a_view_to_save_nothing_is_saved(services, search):
    answer = save(services, None, search, FILLED)
    assert "nothing to save" in text_of(answer["errors"]["save"])
    assert Audiences(services.state).listed() == []


def test_the_file_of_the_treated_is_counted_anew_when_somebody_opts_out(services):
    search = save(services, None, "?save=segments", FILLED)["search"]
    before = show(services, shop(), search)["file"]
    assert in_file(services, shop(), search) == before
    assert "opted out" not in before
    number = int(search.removeprefix("?audience="))
    reached = next(each for each in Audiences(services.state).members(number) if not each.held_out)
    OptOuts(services.state).add([reached.customer_id], "ana", reached.customer_id)
    assert in_file(services, shop(), search).endswith(" 1 opted out and is excluded.")
    assert in_file(services, shop(), search) == show(services, shop(), search)["file"]
    assert in_file(services, shop(), "?audience=99") == in_file(services, shop(), None) == ""


def test_records_that_cannot_be_read_are_a_state_of_the_page(services, tmp_path):
    (tmp_path / "taken").write_text("a file, no folder")
    services.state = State(tmp_path / "taken")
    shown = show(services, shop(), "")
    assert "cannot be read or written" in text_of(shown["list"])
    answer = save(services, None, "?save=segments", FILLED)
    assert "cannot be read or written" in text_of(answer["errors"]["save"])
