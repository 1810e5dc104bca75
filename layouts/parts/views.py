"""Saved views: a menu beside what a page can do, with the views to open and a form that saves this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.attributes import attributes
from layouts.parts.cards import button
from layouts.parts.forms import field
from services.core.language.messages import _, later, sense

LONGEST_NAME = 80
TEAM, PINNED = "team", "pinned"
_CHOICES = {TEAM: later("For the whole team"), PINNED: later("Always with the numbers shown now")}


@dataclass(frozen=True)
class ViewsMenu:
    """Ids of the menu on one tab.

    Attributes
    ----------
    tab : str
        Its key.
    """

    tab: str

    @property
    def asked(self) -> str:
        """Id of the store that holds what the reader asks for: ``assets/views.js``."""
        return f"{self.tab}-views-store"

    @property
    def listed(self) -> str:
        """Id of the place of the list."""
        return f"{self.tab}-views-div"

    @property
    def name(self) -> str:
        """Id of the field with the name of a new view."""
        return f"{self.tab}-views-name-input"

    @property
    def choices(self) -> str:
        """Id of what else is said of a new view."""
        return f"{self.tab}-views-checklist"

    @property
    def error(self) -> str:
        """Id of the line that says why a view was not saved."""
        return f"{self.tab}-views-error"

    @property
    def change(self) -> str:
        """Id of the form that renames and deletes a view; hidden until one is chosen."""
        return f"{self.tab}-views-change-div"

    @property
    def new_name(self) -> str:
        """Id of that form's field."""
        return f"{self.tab}-views-new-input"

    @property
    def change_error(self) -> str:
        """Id of the line that says why a view was not changed."""
        return f"{self.tab}-views-change-error"


class Listed(NamedTuple):
    """A view as the menu shows it.

    Attributes
    ----------
    id : int
    name : str
    page : str
        The tab that it opens.
    address : str
    by : str
        Who saved it; empty where that is not said.
    changes : bool
        Whether the reader may change it.
    """

    id: int
    name: str
    page: str
    address: str
    by: str
    changes: bool


def views_menu(tab: str) -> html.Details:
    """Return the menu of a tab as first shown; what it lists comes as it is opened."""
    of = ViewsMenu(tab)
    save: list[Component] = [
        field(_("Save this view as"), _text(of.name), error_id=of.error),
        dbc.Checklist(id=of.choices, options=choices(for_team=False), value=[]),
        _asks(_("Save view"), "save", "primary"),
    ]
    change: list[Component] = [
        field(_("New name"), _text(of.new_name), error_id=of.change_error),
        html.Div(
            [_asks(_("Rename"), "rename", "primary"), _asks(_("Delete"), "delete")], className="sd-views-do"
        ),
    ]
    return html.Details(
        [
            html.Summary(_("Views"), className="sd-btn"),
            html.Div(
                [
                    html.Div(html.P("…", className="sd-muted"), id=of.listed, className="sd-views-list"),
                    html.Div(change, id=of.change, hidden=True, className="sd-views-form"),
                    html.Div(save, className="sd-views-form"),
                ],
                className="sd-pop",
            ),
            dcc.Store(id=of.asked),
        ],
        className="sd-add sd-views",
        **attributes(data_views=tab),
    )


def choices(*, for_team: bool) -> list[dict[str, str]]:
    """Return what can be said of a new view; whether it is the team's only by who may save for the team."""
    offered = (TEAM, PINNED) if for_team else (PINNED,)
    return [{"value": value, "label": _CHOICES[value]()} for value in offered]


def listed(own: Sequence[Listed], team: Sequence[Listed] = ()) -> list[Component]:
    """Return the views to open.

    Parameters
    ----------
    own, team : sequence of Listed
        Each by name.
    """
    if not own and not team:
        return [
            html.P(
                _(
                    "No saved views yet. A view keeps this page’s filters and how its charts and list are "
                    "shown."
                ),
                className="sd-muted",
            )
        ]
    return [*_group(_("Your views"), own), *_group(_("The team’s views"), team)]


def _group(name: str, views: Sequence[Listed]) -> list[Component]:
    if not views:
        return []
    rows = html.Ul([html.Li(_row(view)) for view in views], **attributes(aria_label=name))
    return [html.P(name, className="sd-views-group"), rows]


def _row(view: Listed) -> list[Component]:
    where = _("{page}, saved by {name}", page=view.page, name=view.by) if view.by else view.page
    link = html.A(
        [html.Bdi(view.name), " ", html.Small(where)], href=view.address, **attributes(data_view="1")
    )
    if not view.changes:
        return [link]
    named = attributes(
        data_change_view=str(view.id),
        data_name=view.name,
        aria_label=_("Change the view {name}", name=view.name),
    )
    return [link, button(sense("verb", "Change"), kind="quiet", small=True, **named)]


def _text(name: str) -> dbc.Input:
    return dbc.Input(id=name, type="text", autocomplete="off", maxLength=LONGEST_NAME)


def _asks(label: str, what: str, kind: str = "") -> html.Button:
    return button(label, kind=kind, small=True, **attributes(data_views_ask=what))  # type: ignore[arg-type]


def columns_menu(grid: str) -> html.Details:
    """Offer to leave columns out of a list; ``assets/looks.js`` writes the entries.

    Parameters
    ----------
    grid : str
        Id of the list.
    """
    return html.Details(
        [
            html.Summary(_("Columns"), className="sd-btn sd-btn-sm"),
            html.Div(
                html.Div(className="sd-menu", role="group", **attributes(aria_label=_("Columns"))),
                className="sd-pop",
            ),
        ],
        className="sd-add sd-columns",
        **attributes(data_columns_of=grid),
    )
