"""The table of keys names what the scripts listen for, and no other."""

from __future__ import annotations

import re

from layouts.help.keys import SHORTCUTS
from tests.running import ROOT

PLACES = {
    "desk.js": ("Every page", "Find a customer"),
    "grid.js": ("A cell of a list",),
    "terms.js": ("Every page",),
    "views.js": ("Views, a name",),
    "navigation.js": ("Every page",),
    "visit.js": ("Every page",),
    "baskets/baskets.js": ("Every page",),
    "churn/churn.js": ("Churn, a cell of the map",),
    "customers/customers.js": ("Customers, the search", "A customer opened from a list"),
    "movement/movement.js": ("Movement, the bands",),
    "predict/predict.js": ("Predict, the sliders", "Predict, the fields"),
}
"""Where the keys of each script work, in the table's words."""
NO_SHORTCUT = {"waiting/presses.js"}
"""Looks at Enter to know what was pressed, and does nothing with it."""
COMPARED = re.compile(r"\bevent\.key [!=]== \"([^\"]+)\"")
MAPPED = re.compile(r"\b(Arrow\w+): -?1")


def heard(script: str) -> set[str]:
    return {*COMPARED.findall(script), *MAPPED.findall(script)}


def test_the_table_has_the_keys_of_each_script_in_its_places_and_no_others():
    found: dict[tuple[str, ...], set[str]] = {}
    for path in (ROOT / "assets").rglob("*.js"):
        name = path.relative_to(ROOT / "assets").as_posix()
        if (keys := heard(path.read_text("utf-8"))) and name not in NO_SHORTCUT:
            assert name in PLACES, f"{name} listens for {keys}: the table of keys does not say so"
            found.setdefault(PLACES[name], set()).update(keys)
    told = {
        places: {key for each in SHORTCUTS if each.where.text in places for key in each.keys}
        for places in found
    }
    # the pages' own place is several scripts' one
    everywhere = set().union(*(keys for places, keys in found.items() if "Every page" in places))
    assert {
        key for each in SHORTCUTS if each.where.text in PLACES["desk.js"] for key in each.keys
    } == everywhere
    assert {where: keys for where, keys in told.items() if "Every page" not in where} == {
        where: keys for where, keys in found.items() if "Every page" not in where
    }


def test_every_place_of_the_table_is_some_scripts():
    assert {each.where.text for each in SHORTCUTS} == {
        place for places in PLACES.values() for place in places
    }


def test_ways_in_which_scripts_ask_for_a_key_are_all_seen():
    script = 'if (event.key === "a" || event.key !== "b") { ArrowUp: -1 }'
    assert heard(script) == {"a", "b", "ArrowUp"}
