"""The keys that do something, and where: as the scripts in ``assets`` know them."""

from __future__ import annotations

from typing import NamedTuple

from dash import html

from layouts.parts import card
from services.core.language.messages import _, later, sense

ARROWS = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
_SIGNS = {"ArrowLeft": "←", "ArrowRight": "→", "ArrowUp": "↑", "ArrowDown": "↓", "j": "J", "k": "K"}


class Shortcut(NamedTuple):
    """Keys by the names that browsers give them, the place where they work, and what they do."""

    keys: tuple[str, ...]
    where: later
    does: later


SHORTCUTS = (
    Shortcut(("/",), later("Every page"), later("Go to “Find a customer”")),
    Shortcut(("Enter",), later("Find a customer"), later("Open the customer")),
    Shortcut(("Enter",), later("A cell of a list"), later("Follow its link or press its button")),
    Shortcut(("Tab",), later("A cell of a list"), later("Leave the list; arrow keys go from cell to cell")),
    Shortcut(("Enter",), later("Views, a name"), later("Save the view, or its new name")),
    Shortcut(
        ("Escape",),
        later("Every page"),
        later("Close the meaning of a word, a filter, the menu or the first visit"),
    ),
    Shortcut(("Enter",), later("Customers, the search"), later("Search; with Shift, start a new line")),
    Shortcut(
        ("j", "k"),
        later("A customer opened from a list"),
        later("Open the next or the previous one in the list"),
    ),
    Shortcut(ARROWS, later("Movement, the bands"), later("Go from band to band")),
    Shortcut(("Enter", " "), later("Movement, the bands"), later("List the customers of the band")),
    Shortcut(("Escape",), later("Churn, a cell of the map"), later("List those worth contacting again")),
    Shortcut(ARROWS, later("Predict, the sliders"), later("Move the value by a step")),
    Shortcut(("Enter",), later("Predict, the fields"), later("Predict, or take the customer’s values")),
)
"""What the site's own scripts listen for; browsers know more, such as Tab from control to control."""


def keys_card() -> html.Section:
    """Return the table of keys."""
    rows = [
        html.Div(
            [
                html.Dt([html.Kbd(_shown(key)) for key in each.keys]),
                html.Dd([each.does(), html.Small(each.where())]),
            ]
        )
        for each in SHORTCUTS
    ]
    note = _(
        "Tab goes from control to control, Shift with Tab back; Enter or Space presses the one in focus."
    )
    return card(_("Keys"), None, html.Dl(rows, className="sd-help-keys"), note=note, width=4)


def _shown(key: str) -> str:
    """Return what is printed on a key."""
    match key:
        case "Escape":
            return sense("key", "Esc")
        case " ":
            return sense("key", "Space")
        case "Enter":
            return sense("key", "Enter")
        case "Tab":
            return sense("key", "Tab")
    return _SIGNS.get(key, key)
