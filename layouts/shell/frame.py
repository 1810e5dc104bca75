"""What surrounds the tabs: banners, top bar, main landmark, status line, toasts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

import dash_bootstrap_components as dbc
from dash import dcc, html, page_container

from layouts.ids import Shell
from layouts.parts import button, icon, unseen
from layouts.parts.attributes import HIDDEN, attributes
from layouts.shell import visit
from layouts.shell.banners import Old, banners
from services.core.language.messages import _, language
from services.site.tabs import TABS, Place, Tab

TITLE = "Segment Desk"


def shell(
    *,
    release: str | None,
    status: str,
    local: bool,
    person: tuple[str, str] | None = None,
    own: Mapping[str, str] = MappingProxyType({}),
    exports: bool = True,
    note: str | None = None,
    other_currency: str | None = None,
    old: Old | None = None,
    languages: Mapping[str, str] = MappingProxyType({}),
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
    own : mapping of str to str
        Addresses that their menu leads to beside the status, and what these are called.
    exports : bool
        Whether what takes data away is shown.
    note : str, optional
        Why the page does not show what its address asks for.
    other_currency : str, optional
        What the release's money is in, where the site writes another currency.
    old : Old, optional
        How far the data reaches, where that is too long ago.
    languages : mapping of str to str
        Those that people can have, by code, and what these are called.
    """
    return html.Div(
        [
            html.A(_("Skip to content"), href=f"#{Shell.MAIN}", className="sd-skip"),
            html.A(
                _("Skip to the list"),
                href=f"#{Shell.MAIN}",
                className="sd-skip sd-skip-list",
                **attributes(data_skip_list="1"),
            ),
            html.Aside(banners(local, note, other_currency, old), **attributes(aria_label=_("Notices"))),
            _visit(person),
            _bar(person, own),
            html.Main(
                [page_container, _meaning()],
                id=Shell.MAIN,
                className="sd-main",
                tabIndex="-1",
                **attributes(data_release=release or ""),
            ),
            html.Footer([html.P(status), *_languages(languages)], className="sd-status"),
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
        id=Shell.VISIT, className="sd-visit", **attributes(aria_label=visit.TITLE(), data_person=mark)
    )


def _meaning() -> html.Div:
    """Return the tooltip of all dotted words."""
    return html.Div(id=Shell.MEANING, role="tooltip", hidden=True, className="sd-meaning")


def _bar(person: tuple[str, str] | None, own: Mapping[str, str]) -> html.Header:
    return html.Header(
        [
            html.Button(
                icon("menu"),
                id=Shell.MENU,
                type="button",
                className="sd-iconbtn sd-menu-button",
                **attributes(aria_label=_("Menu"), aria_expanded="false", aria_controls=Shell.NAVIGATION),
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
                **attributes(aria_label=_("Tabs")),
            ),
            html.Div(
                [_lookup(), _theme_switch(), *([_menu(*person, own)] if person else [])],
                className="sd-bar-right",
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
            html.Label(unseen(_("Find a customer")), htmlFor=Shell.LOOKUP),
            dbc.Input(
                id=Shell.LOOKUP,
                type="search",
                placeholder=_("Find a customer"),
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


def _menu(name: str, role: str, own: Mapping[str, str]) -> html.Details:
    """Return who is signed in, what they may open, and the way out."""
    status = dcc.Link(_("Status of the site"), href="/status")
    pages = [status, *(html.A(each, href=address) for address, each in own.items())]
    first = button(visit.TITLE(), small=True, **attributes(data_visit="1"))
    out = html.Form(
        html.Button(_("Sign out"), type="submit", className="sd-btn sd-btn-sm"),
        action="/sign-out",
        method="post",
    )
    return html.Details(
        [
            html.Summary(
                [html.Span(name[:2].upper(), **HIDDEN), unseen(_("Signed in as {name}", name=name))]
            ),
            html.Div([html.B(name), html.Span(role, className="sd-account-role"), *pages, first, out]),
        ],
        className="sd-account",
    )


def _languages(there: Mapping[str, str]) -> Iterator[html.Form]:
    """Return the choice of a language, where there are several; ``assets/desk.js`` adds where one is."""
    if len(there) < 2:
        return
    held = language().code
    choices = [
        html.Button(
            name,
            type="submit",
            name="language",
            value=code,
            lang=code,
            className="sd-link",
            **(attributes(aria_current="true") if code == held else {}),
        )
        for code, name in there.items()
    ]
    yield html.Form(
        choices,
        action="/language",
        method="post",
        className="sd-languages",
        **attributes(aria_label=_("Language")),
    )


def _theme_switch() -> html.Button:
    return html.Button(
        icon("theme"),
        id=Shell.THEME,
        type="button",
        className="sd-iconbtn",
        **attributes(aria_label=_("Switch between light and dark")),
    )
