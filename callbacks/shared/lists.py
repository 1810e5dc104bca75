"""A tab's list of customers, declared once: its first rows come with the page, others as its grid asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks.shared.grid_requests import (
    answer_outputs,
    answered,
    first_asked,
    first_rows,
    portion_of,
    register_portions,
    sort_of,
    told,
)
from callbacks.shared.left_out import left_out, register_left_out
from layouts.ids import Churn, Cohorts, Movement, Segments, Shell
from layouts.segments.frame import EXPORT
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.serving.lists.listing import sort_at
from services.site.customers.opt_outs import OptOuts
from services.web.access.asking import seen_contacts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

    Rows = npt.NDArray[np.int32]

Shown = dict[str, Any]


@dataclass(frozen=True)
class Chosen:
    """The customers that an address chooses.

    Attributes
    ----------
    pairs : sequence of (str, value)
        Keys and values of the address that chooses these and no others.
    ordered : callable
        Takes an order such as ``monetary:desc``, or an empty text, and returns their rows.
    told : callable
        Takes some of these rows and returns the grid's values of each.
    """

    pairs: Sequence[tuple[str, Any]]
    ordered: Callable[[str], Rows]
    told: Callable[[Rows], list[Shown]]


@dataclass(frozen=True)
class List:
    """What one tab's list has of its own.

    Attributes
    ----------
    tab : type
        Ids of the grid, of what stands beside it, and of its stores.
    page : str
        The tab's address, for the log.
    saving : str
        Where the list is saved as an audience.
    portion : int
        Rows that the grid asks for at once.
    chosen : callable
        Takes a release, an address's query, part of an id, and what contacts say, None for who may not see
        them; raises `Refusal` where the release has no such list.
    containing : str or None
        Id of the field with part of an id that narrows the list, where it has one.
    sorts : bool
        Whether readers choose its order.
    """

    tab: type[Segments] | type[Movement] | type[Cohorts] | type[Churn]
    page: str
    saving: str
    portion: int
    chosen: Callable[[Loaded, str | None, str, ByContacts | None], Chosen]
    containing: str | None = None
    sorts: bool = True

    @property
    def beside(self) -> dict[str, Output]:
        """What is written beside the list."""
        return {
            "export": Output(self.tab.EXPORT, "href"),
            "left_out": Output(self.tab.LEFT_OUT, "children"),
            "audience": Output(self.tab.AUDIENCE, "href"),
            "audience_class": Output(self.tab.AUDIENCE, "className"),
        }

    @property
    def with_page(self) -> Shown:
        """What the callback that answers the tab's address writes for the list, see :meth:`first`."""
        return {
            "list": self.beside | {"portion": Output(self.tab.PORTION, "data")},
            # as it is, unless the answer fails: then the grid gets nobody
            "rows": Output(self.tab.ANSWERED, "data", allow_duplicate=True),
        }

    @property
    def asking(self) -> Shown:
        """How Dash calls the callback that answers the grid, see :meth:`answer`."""
        return {
            "output": answer_outputs(self.tab, self.beside),
            "inputs": {
                "asked": Input(self.tab.ASKED, "data"),
                "search": State(Shell.ADDRESS, "search"),
                "release_id": State(Shell.RELEASE, "data"),
                **({"containing": State(self.containing, "value")} if self.containing else {}),
            },
            "prevent_initial_call": True,
        }

    def register(self, app: Dash, services: Services) -> None:
        """Attach what all lists have to ``app``; the tab's own callbacks answer its address and its grid."""
        register_left_out(app, services, self.tab.LEFT_OUT, self._rows_in, self.containing)
        register_portions(app, self.tab, self.beside, self.containing)
        app.clientside_callback(
            ClientsideFunction("desk", "purge"),
            Output(self.tab.PURGED, "data"),
            Input(Shell.ADDRESS, "search"),
            *([Input(self.containing, "value")] if self.containing else []),
            State(self.tab.GRID, "id"),
            prevent_initial_call=True,
        )

    def first(
        self,
        services: Services,
        release: Loaded,
        search: str | None,
        asked: Shown | None = None,
        containing: str | None = None,
    ) -> Shown:
        """Return the first rows of an address for :attr:`with_page`.

        Parameters
        ----------
        services : Services
        release : Loaded
        search : str or None
            The address's query.
        asked : dict or None
            The last request of a list that is there already; its order stays.
        containing : str or None
            Part of an id.
        """
        if self.sorts:
            request = first_asked(asked, self.portion, sort_at(query_of(search))[0])
        else:
            request = {"startRow": 0, "endRow": self.portion, "sortModel": []}
        part, opt_outs = containing or "", OptOuts(services.state)
        rows = self.rows(release, request, search, opt_outs, part, seen_contacts(services))
        shown = told(release, self.page, rows)
        shown["portion"] = first_rows(request, search, part, shown.pop("rows"))
        return {"list": shown, "rows": no_update}

    def answer(
        self,
        services: Services,
        asked: Shown | None,
        search: str | None,
        release_id: str | None,
        containing: str | None = None,
    ) -> Shown:
        """Return what :attr:`asking` writes; nothing where the grid did not ask."""
        if not asked:
            raise PreventUpdate
        release, opt_outs = services.releases.at(release_id), OptOuts(services.state)
        shown = self.rows(release, asked, search, opt_outs, containing or "", seen_contacts(services))
        return answered(asked, told(release, self.page, shown), self.beside)

    def rows(
        self,
        release: Loaded,
        asked: Shown,
        search: str | None,
        opt_outs: OptOuts,
        containing: str = "",
        by_contacts: ByContacts | None = None,
    ) -> Shown:
        """Return the portion that the grid asks for, and where the same list is a file.

        What it is narrowed by is among them, for the log.

        Parameters
        ----------
        release : Loaded
        asked : dict
            As AG Grid sends it.
        search : str or None
            The address's query.
        opt_outs : OptOuts
            Whose customers are in no file.
        containing : str
            Part of an id.
        by_contacts : ByContacts, optional
            As of ``services.serving.lists.filters.read_filters``.
        """
        try:
            found = self.chosen(release, search, containing, by_contacts)
        except Refusal:  # the page says why
            nobody = {"rowData": [], "rowCount": 0}
            links = dict.fromkeys(("export", "audience"), no_update)
            return {"rows": nobody, "left_out": "", "narrowed": [], "audience_class": "d-none", **links}
        sort = sort_of(asked) if self.sorts else ""
        ordered, portion = found.ordered(sort), portion_of(asked)
        in_file = [*found.pairs, *([("sort", sort)] if sort else []), ("release", release.id)]
        audience = [self.saving, urlencode(found.pairs, doseq=True)]
        return {
            "rows": {"rowData": found.told(ordered[portion]), "rowCount": len(ordered)},
            "export": f"{EXPORT}?{urlencode(in_file, doseq=True)}",
            # scrolling changes no view
            "left_out": no_update if portion.start else left_out(release, ordered, opt_outs),
            "audience": "&".join(filter(None, audience)),
            "audience_class": "sd-btn" if len(ordered) else "d-none",
            "narrowed": found.pairs,
        }

    def _rows_in(
        self, release: Loaded, search: str | None, containing: str, by_contacts: ByContacts | None
    ) -> Rows:
        return self.chosen(release, search, containing, by_contacts).ordered("")
