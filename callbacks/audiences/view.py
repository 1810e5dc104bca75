"""What the tab Campaigns shows for an address: plain functions, values in, components out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dash import no_update

from callbacks.audiences.listing import key_of, outcome, stand
from callbacks.audiences.listing import shown as list_shown
from callbacks.audiences.pushing import CARD, NONE, card, card_of
from callbacks.audiences.tools import files_for_tools, reachable_in
from callbacks.cohorts.view import of_listed
from callbacks.shared.remembered import remembered
from layouts import words
from layouts.audiences import intervals, list_words, parts
from layouts.audiences import words as said
from layouts.churn import words as churn_words
from layouts.movement.listed import of_list
from layouts.parts import refusal
from layouts.plain import plain
from layouts.segments.filters import told
from services.campaigns.revenue import revenue_of
from services.campaigns.saving import Plan, Typed, days_from, first_day, planned, usual_playbook
from services.campaigns.selection import ONCE, SAVE, SEVERAL, Selection, selected
from services.campaigns.standings import wanted
from services.campaigns.treated import treated
from services.campaigns.trying import USUAL_DAYS
from services.core.language.messages import _
from services.core.parameters import odd_on_page, with_values
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.serving.lists.filters import names as names_of
from services.serving.lists.filters import read_filters
from services.site.customers.audiences import Audience, Audiences
from services.site.customers.opt_outs import OptOuts
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
FIELDS = ("name", "owner", "playbook", "starts_on", "ends_on", "share")
# What stands in its fields is left alone: filling them, too, would ask for what the form says.
_FILLED = dict.fromkeys(("playbook", "starts_on", "ends_on"), no_update)
#: Parameters of the list, and of what is opened.
_OWN = ("audience", "state", "sort", "release")
CHANGES = ("start_hidden", "start_said", "rename", "archive_hidden", "restore_hidden", "delete_said", "seen")
#: Everything that :func:`show` answers.
ANSWERS = (
    *("notes", "form_hidden", "finding", "playbook", "starts_on", "ends_on", "opened_hidden", "opened"),
    *("file", "tools", "list", *CHANGES, *CARD),
)
_HIDDEN = {"form_hidden": True, "finding": "", **_FILLED}


def show(
    services: Services, release: Loaded, search: str | None, by_contacts: ByContacts | None = None
) -> Shown:
    """Return the page for an address: a form for a view, an audience, and the list of all.

    Parameters
    ----------
    services : Services
    release : Loaded
    search : str or None
        The address's query, with its question mark.
    by_contacts : ByContacts, optional
        As of ``services.campaigns.selection.selected``.
    """
    asked = query_of(search, blanks=True)
    query = with_values(asked)
    store = Audiences(services.state)
    order = wanted(query)
    odd = [*odd_on_page(asked, (*ONCE, *_OWN), SEVERAL), *order.left_out]
    notes = [each.noted for each in odd]
    form = _form(release, query, OptOuts(services.state), by_contacts, notes)
    try:
        audiences = store.listed()
        listed = stand(services, release, store, audiences)
        named = query.get("audience", [""])[-1]
        found = _named(audiences, named)
        opened = _opened(services, release, store, found) if found else []
        file = _file(services, release, store, found) if found else ""
        sent = _sent(services, release, found) if found else {}
    except Refusal as refused:
        shown = plain(parts.failed(str(refused)))
        return form | _unopened() | {"notes": [], "list": shown}
    if named and found is None:
        notes.append(
            _("There is no campaign with the number “{number}”. It may have been deleted.", number=named[:20])
        )
    page: Shown = (
        {"opened": opened, "file": file, **sent, **_changes(release, found)} if found else _unopened()
    )
    noted = [each for note in notes for each in plain(parts.unknown(note))]
    return form | page | {"notes": noted, "list": list_shown(listed, order)}


def _unopened() -> Shown:
    nothing: Shown = {"opened": [], "file": "", "tools": [], **dict.fromkeys(CHANGES)}
    return nothing | {"opened_hidden": True, "start_hidden": True} | NONE


def _sent(services: Services, release: Loaded, audience: Audience) -> Shown:
    """Return the two cards of how an audience's contacts leave the site."""
    reached = reachable_in(services, release, audience.id)
    return {
        "tools": files_for_tools(release, audience, reached),
        **card(services, audience.id, asking(), (release, reached)),
    }


def _changes(release: Loaded, audience: Audience) -> Shown:
    """Return what can be done with an audience, and as what it is seen."""
    start, end = (each.isoformat() for each in days_from(release, audience.draft))
    return {
        "opened_hidden": False,
        "start_hidden": audience.started,
        "start_said": list_words.of_start(audience, (start, end)),
        "rename": audience.draft.name,
        "archive_hidden": audience.archived,
        "restore_hidden": not audience.archived,
        "delete_said": list_words.of_deleting(audience),
        "seen": {"audience": audience.id, "name": audience.draft.name},
    }


def again(services: Services, release: Loaded, search: str | None) -> Shown:
    """Return what of an opened audience changes by itself: who is in its file, and how far it is sent."""
    number = query_of(search).get("audience", [""])[-1]
    try:
        shown = card_of(services, number, asking())
    except Refusal:
        shown = dict.fromkeys(CARD, no_update)
    return {"file": in_file(services, release, search), **shown}


def in_file(services: Services, release: Loaded, search: str | None) -> str:
    """Say who is in the file of the audience that an address opens; nothing where it opens none."""
    store = Audiences(services.state)
    wanted = query_of(search).get("audience", [""])[-1]
    try:
        found = _named(store.listed(), wanted)
        return _file(services, release, store, found) if found else ""
    except Refusal as refused:
        return str(refused)


def _named(audiences: list[Audience], wanted: str) -> Audience | None:
    return next((each for each in audiences if str(each.id) == wanted), None)


def _opened(services: Services, release: Loaded, store: Audiences, audience: Audience) -> Any:
    def compute() -> Any:
        members = store.members(audience.id)
        result = outcome(release, audience, members)
        revenue = None if isinstance(result, str) else revenue_of(release, audience, members, result)
        pictures = [] if isinstance(result, str) else intervals.result(result, revenue)
        return [parts.opened(audience, result, revenue), *pictures]

    return remembered(services, key_of("audience", release, audience), compute)


def _file(services: Services, release: Loaded, store: Audiences, audience: Audience) -> str:
    """Say who is in the file now: people opt out after an audience is saved."""
    found = treated(release, store.members(audience.id), OptOuts(services.state))
    return said.of_file(len(found.rows), found.left_out)


def _form(
    release: Loaded,
    query: dict[str, list[str]],
    opt_outs: OptOuts,
    by_contacts: ByContacts | None,
    notes: list[str],
) -> Shown:
    if SAVE not in query:
        return _HIDDEN
    try:
        selection = selected(release, query, opt_outs, by_contacts)
    except Refusal as refused:
        notes.append(str(refused))
        return _HIDDEN
    notes += _noted(release, query, selection, by_contacts)
    start = first_day(release)
    return {
        "form_hidden": False,
        "finding": described(release, selection),
        "playbook": usual_playbook(release, selection),
        "starts_on": start.isoformat(),
        "ends_on": (start + timedelta(days=USUAL_DAYS - 1)).isoformat(),
    }


def _noted(
    release: Loaded, query: dict[str, list[str]], selection: Selection, by_contacts: ByContacts | None
) -> list[str]:
    """Return what of an address was left out."""
    if selection.at_risk is not None:
        return [each.noted for each in selection.at_risk.asked.left_out]
    answered = selection.cohort or selection.found
    return answered.asked.notes if answered else read_filters(query, release, by_contacts).notes


def usual_owner(typed: str | None, account: str | None) -> Any:
    """Return what the field of the owner begins with: who is signed in, where nobody is named yet.

    Parameters
    ----------
    typed : str or None
        What the field says; a browser keeps who was named last.
    account : str or None
        None on a site that nobody signs in to.
    """
    return no_update if typed or account is None else account


def try_out(
    services: Services,
    release: Loaded,
    search: str | None,
    values: Shown,
    by_contacts: ByContacts | None = None,
) -> Shown:
    """Return what saving would make of the form as it stands, or what is wrong with a field."""
    query = query_of(search)
    if SAVE not in query:
        return {"preview": [], "errors": no_errors()}
    try:
        selection = selected(release, query, OptOuts(services.state), by_contacts)
        plan: Plan = planned(release, selection, typed(values))
    except Refusal as refused:
        return {"preview": [], "errors": errors(refused)}
    return {"preview": plain(parts.preview(plan)), "errors": no_errors()}


def described(release: Loaded, selection: Selection) -> str:
    """Say in words which customers a view is."""
    customers = len(selection.rows)
    if selection.rule is not None:
        names = {item.product: item.description for item in release.overview.items}
        return said.of_rule(selection.rule, names, filters_of(release, selection))
    if selection.product is not None:
        return said.of_product(selection.product.description, filters_of(release, selection))
    if selection.at_risk is not None:
        asked, threshold = selection.at_risk.asked, selection.at_risk.best.percent
        filters = said.of_view(filters_of(release, selection), "")
        return churn_words.of_audience(asked.band, asked.fifth, threshold, filters)
    if selection.cohort is not None:
        return of_listed(release, selection.cohort)
    if selection.found is None:
        return said.of_view(filters_of(release, selection), selection.containing)
    moved = selection.found.asked
    names = {group.id: group.name for group in selection.found.moved.groups}
    then, now = (names.get(each or "") for each in (moved.then, moved.now))
    flow = of_list(customers, then, now, moved.cause, moved.by)
    told_of = filters_of(release, selection)
    return f"{said.of_view(told_of, '')}: {flow}" if told_of else flow


def filters_of(release: Loaded, selection: Selection) -> list[tuple[str, str]]:
    """Return label and value of each filter of a view."""
    return list(told(selection.filters, names_of(release)).values())


def typed(values: Shown) -> Typed:
    """Return the form's fields as texts, whatever a browser sent."""
    return Typed(**{name: str(values.get(name) or "") for name in FIELDS}, written=words.written())


def errors(refused: Refusal) -> Shown:
    """Return the error lines with a refusal beside its field, or beside the button."""
    place = refused.field if refused.field in FIELDS else "save"
    return no_errors() | {place: plain(refusal(str(refused)))}


def no_errors() -> Shown:
    """Return the error lines, empty."""
    return {name: [] for name in (*FIELDS, "save")}
