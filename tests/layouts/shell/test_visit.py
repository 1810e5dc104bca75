"""The first visit: what its panel shows, and that each step points at something of the tab it opens."""

from __future__ import annotations

import pytest

from layouts import frame
from layouts.help.visit import visit_card
from layouts.ids import Shell
from layouts.shell.frame import shell
from layouts.shell.visit import OFFERED, STEPS, panel
from services.site.tabs import TABS, Place


def buttons(part):
    return {each.children: each.to_plotly_json()["props"].get("data-visit") for each in buttons_of(part)}


def buttons_of(part):
    return [each for each in part._traverse() if type(each).__name__ == "Button"]


def ids_in(part):
    return {str(each.id) for each in part._traverse() if getattr(each, "id", None) is not None}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.title.text)
def test_a_step_opens_a_tab_of_the_navigation_and_points_at_parts_that_its_page_has(step):
    (tab,) = [tab for tab in TABS if tab.key == step.tab]
    assert tab.place is not Place.NOWHERE
    placed = ids_in(frame(tab).layout()) | ids_in(shell(release=None, status="", local=True))
    assert set(step.at) <= placed


def test_steps_lead_to_each_other_and_the_last_one_out():
    assert buttons(panel(OFFERED)[0]) == {"Start": "1", "Not now": ""}
    assert buttons(panel(1)[0]) == {"Next": "2", "Skip": ""}
    assert buttons(panel(2)[0]) == {"Back": "1", "Next": "3", "Skip": ""}
    assert buttons(panel(5)[0]) == {"Back": "4", "Finish": ""}


@pytest.mark.parametrize("step", [None, -1, 6])
def test_nothing_is_shown_of_a_step_that_there_is_not(step):
    assert panel(step) == []


def test_a_panel_is_named_and_described_by_what_it_says():
    (shown,) = panel(4)
    given = shown.to_plotly_json()["props"]
    named = {part.id: part.children for part in shown._traverse() if getattr(part, "id", None)}
    assert named[given["aria-labelledby"]] == STEPS[3].title()
    assert named[given["aria-describedby"]] == STEPS[3].says()
    assert given["data-tab"] == Shell.tab("baskets")


def test_help_and_the_account_menu_lead_to_the_steps():
    assert buttons(visit_card()) == {step.title(): str(number) for number, step in enumerate(STEPS, 1)}
    signed_in = shell(release=None, status="", local=False, person=("ana", "viewer"))
    assert buttons(signed_in)["First visit"] == "1"


def test_browsers_remember_people_by_a_mark_and_not_by_their_name():
    marks = {
        name: shell(release=None, status="", local=False, person=name and (name, "viewer"))[
            Shell.VISIT
        ].to_plotly_json()["props"]["data-person"]
        for name in ("ana", "ben", None)
    }
    assert len(set(marks.values())) == 3
    assert "ana" not in marks["ana"]
