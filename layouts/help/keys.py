"""The keys that do something, and where: as the scripts in ``assets`` know them."""

from __future__ import annotations

from typing import NamedTuple

from dash import html

from layouts.parts import card

ARROWS = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
_SHOWN = {
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "Escape": "Esc",
    " ": "Space",
    "j": "J",
    "k": "K",
}


class Shortcut(NamedTuple):
    """Keys by the names that browsers give them, the place where they work, and what they do."""

    keys: tuple[str, ...]
    where: str
    does: str


SHORTCUTS = (
    Shortcut(("/",), "Every page", "Go to “Find a customer”"),
    Shortcut(("Enter",), "Find a customer", "Open the customer"),
    Shortcut(("Enter",), "A cell of a list", "Follow its link or press its button"),
    Shortcut(("Tab",), "A cell of a list", "Leave the list; arrow keys go from cell to cell"),
    Shortcut(("Enter",), "Views, a name", "Save the view, or its new name"),
    Shortcut(("Escape",), "Every page", "Close the meaning of a word, a filter, the menu or the first visit"),
    Shortcut(("Enter",), "Customers, the search", "Search; with Shift, start a new line"),
    Shortcut(("j", "k"), "A customer opened from a list", "Open the next or the previous one in the list"),
    Shortcut(ARROWS, "Movement, the bands", "Go from band to band"),
    Shortcut(("Enter", " "), "Movement, the bands", "List the customers of the band"),
    Shortcut(("Escape",), "Churn, a cell of the map", "List those worth contacting again"),
    Shortcut(ARROWS, "Predict, the sliders", "Move the value by a step"),
    Shortcut(("Enter",), "Predict, the fields", "Predict, or take the customer’s values"),
)
"""What the site's own scripts listen for; browsers know more, such as Tab from control to control."""


def keys_card() -> html.Section:
    """Return the table of keys."""
    rows = [
        html.Div(
            [
                html.Dt([html.Kbd(_SHOWN.get(key, key)) for key in each.keys]),
                html.Dd([each.does, html.Small(each.where)]),
            ]
        )
        for each in SHORTCUTS
    ]
    note = "Tab goes from control to control, Shift with Tab back; Enter or Space presses the one in focus."
    return card("Keys", None, html.Dl(rows, className="sd-help-keys"), note=note, width=4)
