"""The first visit: what it offers, and its five steps over the pages themselves."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from dash import html
from dash.development.base_component import Component

from layouts.ids import Audiences, Baskets, Customers, Segments, Shell
from layouts.parts import button
from layouts.parts.attributes import attributes
from services.core.language.messages import _, later


class Step(NamedTuple):
    """One step: the tab it opens, what it points at there (the first that is shown), and what it says."""

    tab: str
    at: tuple[str, ...]
    title: later
    says: later


STEPS = (
    Step(
        "segments",
        (Segments.MAP_CARD, Segments.SIZES),
        later("See who your customers are"),
        later(
            "This page groups customers by how recently, how often and for how much they bought. Press a "
            "group, and the figures, charts and list show only its customers."
        ),
    ),
    Step(
        "customers",
        (Shell.LOOKUP,),
        later("Find a customer"),
        later(
            "Type a customer’s ID into the search at the top and press Enter. It is on every page; the / "
            "key takes you there."
        ),
    ),
    Step(
        "customers",
        (Customers.REASON, Customers.ANSWER),
        later("Ask why a customer is where they are"),
        later(
            "A customer’s page begins with their segment and the numbers that put them there. Further down "
            "it says which other cluster they are closest to, if there is one."
        ),
    ),
    Step(
        "baskets",
        (Baskets.RULES_CARD, Baskets.INSTEAD_CARD),
        later("See what sells together"),
        later(
            "A rule says how often baskets with some products hold another one as well. If there are no "
            "rules, this page says why."
        ),
    ),
    Step(
        "audiences",
        (Audiences.LIST,),
        later("Take a list of customers with you"),
        later(
            "On Segments, filter for the customers you want and press “Save as audience” at the top, if "
            "your role lets you. The audience is then listed here, with its file and, later, how the "
            "campaign went."
        ),
    ),
)
TITLE = later("First visit")
OFFERED = 0
"""What shows by itself, once: the offer, in place of a step."""
_SPOKEN, _SAID = "shell-visit-title", "shell-visit-says"


def panel(step: int | None) -> list[Component]:
    """Return what the panel shows.

    Parameters
    ----------
    step : int or None
        From 1; ``OFFERED`` for the offer. Nothing is shown of a step that there is not.
    """
    if step == OFFERED:
        return [_offer()]
    if step is None or not 0 < step <= len(STEPS):
        return []
    shown = STEPS[step - 1]
    last = step == len(STEPS)
    buttons = [
        *([_to(step - 1, _("Back"))] if step > 1 else []),
        _leave(_("Finish"), "primary") if last else _to(step + 1, _("Next"), "primary"),
        *([] if last else [_leave(_("Skip"), "quiet")]),
    ]
    place = _("First visit, {step} of {all}", step=step, all=len(STEPS))
    where = attributes(data_tab=Shell.tab(shown.tab), data_at=" ".join(shown.at))
    return [_box(shown.title(), shown.says(), buttons, place, where)]


def _offer() -> Component:
    buttons = [_to(1, _("Start"), "primary"), _leave(_("Not now"), "quiet")]
    says = _("Five short steps show what the main pages do. You can find them under Help at any time.")
    return _box(_("New to Segment Desk?"), says, buttons, TITLE(), {})


def _box(title: str, says: str, buttons: list[Component], place: str, where: dict[str, Any]) -> Component:
    return html.Div(
        [
            html.P(place, className="sd-muted"),
            html.B(title, id=_SPOKEN),
            html.P(says, id=_SAID),
            html.Div(buttons, className="sd-visit-buttons"),
        ],
        role="group",
        tabIndex="-1",
        **attributes(aria_labelledby=_SPOKEN, aria_describedby=_SAID),
        **where,
    )


def _to(step: int, label: str, kind: Literal["", "primary"] = "") -> Component:
    return button(label, small=True, kind=kind, **attributes(data_visit=str(step)))


def _leave(label: str, kind: Literal["primary", "quiet"]) -> Component:
    return button(label, small=True, kind=kind, **attributes(data_visit=""))
