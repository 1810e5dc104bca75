"""What surrounds the tabs: banners, top bar, main landmark, status line, toasts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict

import dash_bootstrap_components as dbc
from dash import dcc, html, page_container
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Shell
from layouts.parts import banner, button, icon, unseen
from layouts.parts.attributes import HIDDEN, attributes
from layouts.parts.terms import meanings
from layouts.shell import visit
from services.site.tabs import TABS, Place, Tab

TITLE = "Segment Desk"
LOCAL = (
    "Only this computer can open the site, and nobody has to sign in. Keep it off the network in this mode."
)


def shell(
    *,
    release: str | None,
    status: str,
    local: bool,
    person: tuple[str, str] | None = None,
    exports: bool = True,
    note: str | None = None,
    other_currency: str | None = None,
) -> html.Div:
    """Return the whole page around a tab, as it is when the page is loaded.

    Parameters
    ----------
    release : str or None
        Id of the release that this page shows from now on.
    status : str
        The line at the foot: how far the data reaches.
    local : bool
        Whether only this computer can open the site, and nobody signs in.
    person : tuple of (name, role), optional
        Who is signed in.
    exports : bool
        Whether what takes data away is shown.
    note : str, optional
        Why the page does not show what its address asks for.
    other_currency : str, optional
        What the release's money is in, where the site writes another currency.
    """
    return html.Div(
        [
            html.A("Skip to content", href=f"#{Shell.MAIN}", className="sd-skip"),
            html.Aside(_banners(local, note, other_currency), **attributes(aria_label="Notices")),
            _visit(person),
            _bar(person),
            html.Main(
                [page_container, _meaning()],
                id=Shell.MAIN,
                className="sd-main",
                tabIndex="-1",
                **attributes(data_release=release or ""),
            ),
            html.Footer(html.P(status), className="sd-status"),
            html.P(id=Shell.WAITING, className="sd-unseen", role="status"),
            html.Div(id=Shell.TOASTS, className="sd-toasts"),
            dcc.Location(id=Shell.ADDRESS, refresh=False),
            dcc.Store(id=Shell.ACTIVE),
            dcc.Store(id=Shell.RELEASE, data=release),
            dcc.Store(id=Shell.TOAST),
            dcc.Store(id=Shell.MARKED),
            dcc.Store(id=Shell.SEEN),
            dcc.Store(id=Shell.VISIT_STEP),
        ],
        className="" if exports else "sd-no-exports",
    )


def _visit(person: tuple[str, str] | None) -> html.Section:
    """Return where the first visit stands, with the mark by which a browser remembers whom it was offered."""
    mark = hashlib.sha256(person[0].encode()).hexdigest()[:8] if person else "anybody"
    return html.Section(
        id=Shell.VISIT, className="sd-visit", **attributes(aria_label=visit.TITLE, data_person=mark)
    )


def _meaning() -> html.Div:
    """Return the tooltip of all dotted words, with what each means."""
    said = json.dumps(meanings(), ensure_ascii=False, separators=(",", ":"))
    return html.Div(
        id=Shell.MEANING,
        role="tooltip",
        hidden=True,
        className="sd-meaning",
        **attributes(data_meanings=said),
    )


def _banners(local: bool, note: str | None, other_currency: str | None) -> list[Component]:
    shown: list[Component] = []
    if local:
        first = banner("Local mode.", LOCAL, "warn", _hide("Hide the note on local mode"))
        shown.append(html.Div(first, className="sd-banner", **attributes(data_banner="mode")))
    if other_currency:
        shown.append(
            html.Div(banner("Wrong currency.", _currency(other_currency), "warn"), className="sd-banner")
        )
    if note:
        shown.append(
            html.Div(
                banner("Another release.", note, "info"), className="sd-banner sd-banner-info", role="status"
            )
        )
    shown.append(html.Div(id=Shell.NEWER, className="sd-banner sd-banner-info", role="status"))
    return shown


def _currency(of_file: str) -> str:
    """Say that money is written with a sign that is not its own."""
    known = len(of_file) == len("EUR")
    what = f"CURRENCY={of_file}" if known else "CURRENCY to its code"
    return (
        f"The amounts in this data are in {of_file}, but the site shows them with {words.currency_symbol()}. "
        f"Nothing is converted. To correct it, set {what} and start the site again."
    )


def newer(made: str) -> list[Component]:
    """Return the banner of a release that became active while the page was open.

    Parameters
    ----------
    made : str
        How the release is named to readers.
    """
    show = button("Show this release", small=True, **attributes(data_newest="true"))
    return banner(
        f"The release made on {made} is now active.",
        "This page keeps showing another release until you switch.",
        "info",
        show,
    )


def _hide(label: str) -> html.Button:
    return html.Button(
        icon("close"),
        type="button",
        className="sd-iconbtn",
        **attributes(aria_label=label, data_hide_banner="mode"),
    )


def _bar(person: tuple[str, str] | None) -> html.Header:
    return html.Header(
        [
            html.Button(
                icon("menu"),
                id=Shell.MENU,
                type="button",
                className="sd-iconbtn sd-menu-button",
                **attributes(aria_label="Menu", aria_expanded="false", aria_controls=Shell.NAVIGATION),
            ),
            dcc.Link(
                [html.Span(className="sd-mark", **HIDDEN), TITLE],
                href="/",
                className="sd-brand",
            ),
            html.Nav(
                html.Ul(list(_links())),
                id=Shell.NAVIGATION,
                className="sd-tabs",
                **attributes(aria_label="Tabs"),
            ),
            html.Div(
                [_lookup(), _theme_switch(), *([_menu(*person)] if person else [])], className="sd-bar-right"
            ),
        ],
        className="sd-bar",
    )


def _links() -> Iterator[html.Li]:
    """Write the tabs that the navigation names, each with the addresses on which it is marked.

    The first of these is its own. ``assets/navigation.js`` reads them, and which filters tabs share.
    """
    before = None
    for tab in TABS:
        if tab.place is Place.NOWHERE:
            continue
        yield html.Li(
            dcc.Link(tab.name, id=Shell.tab(tab.key), href=tab.path),
            className="sd-tabs-apart" if before not in (None, tab.place) else "",
            **attributes(
                data_marked_on=" ".join(marked_on(tab)),
                data_shared=json.dumps(asdict(tab.shared)) if tab.shared else "",
            ),
        )
        before = tab.place


def marked_on(tab: Tab) -> list[str]:
    """List the addresses on which the navigation marks ``tab``, its own first."""
    return [tab.path, *(each.path for each in TABS if each.within == tab.key)]


def _lookup() -> html.Div:
    return html.Div(
        [
            icon("search"),
            html.Label(unseen("Find a customer"), htmlFor=Shell.LOOKUP),
            dbc.Input(
                id=Shell.LOOKUP,
                type="search",
                placeholder="Find a customer",
                list=Shell.LOOKUP_OPTIONS,
                autocomplete="off",
                maxLength=20_000,
                className="sd-lookup-input",
            ),
            html.Datalist(id=Shell.LOOKUP_OPTIONS),
            html.Kbd("/", **HIDDEN),
        ],
        className="sd-lookup",
        role="search",
    )


def _menu(name: str, role: str) -> html.Details:
    """Return who is signed in, what they may open, and the way out."""
    log = [html.A("Audit log", href="/audit")] if role == "admin" else []
    first = button(visit.TITLE, small=True, **attributes(data_visit="1"))
    out = html.Form(
        html.Button("Sign out", type="submit", className="sd-btn sd-btn-sm"),
        action="/sign-out",
        method="post",
    )
    return html.Details(
        [
            html.Summary([unseen("Signed in as "), html.Span(name[:2].upper(), **HIDDEN), unseen(name)]),
            html.Div([html.B(name), html.Span(role, className="sd-account-role"), *log, first, out]),
        ],
        className="sd-account",
    )


def _theme_switch() -> html.Button:
    return html.Button(
        icon("theme"),
        id=Shell.THEME,
        type="button",
        className="sd-iconbtn",
        **attributes(aria_label="Switch between light and dark"),
    )
