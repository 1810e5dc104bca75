"""Banners above the top bar: local mode, data that ends too long ago, money of another kind, releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Shell
from layouts.parts import banner, button, icon
from layouts.parts.attributes import attributes
from services.core.language.messages import _, later, plural

LOCAL = later(
    "Only this computer can open the site, and nobody has to sign in. Keep it off the network in this mode."
)


@dataclass(frozen=True)
class Old:
    """Data that ends too long ago.

    Attributes
    ----------
    data_to, as_of : datetime
        The newest order, and the moment to which days since are counted.
    days : int
        From the newest order to today.
    may_train : bool
        Whether the reader is one of those who bring newer sales.
    """

    data_to: datetime
    as_of: datetime
    days: int
    may_train: bool


def banners(local: bool, note: str | None, other_currency: str | None, old: Old | None) -> list[Component]:
    """Return the banners of a page, as ``layouts.shell.frame.shell`` is told of them."""
    shown: list[Component] = []
    if local:
        shown.append(
            _hideable(
                "mode",
                banner(_("Local mode."), LOCAL(), "warn", _hide("mode", _("Hide the note on local mode"))),
            )
        )
    if old:
        shown.append(_hideable("old-data", _old(old)))
    if other_currency:
        shown.append(
            html.Div(banner(_("Wrong currency."), _currency(other_currency), "warn"), className="sd-banner")
        )
    if note:
        shown.append(
            html.Div(
                banner(_("Another release."), note, "info"),
                className="sd-banner sd-banner-info",
                role="status",
            )
        )
    shown.append(html.Div(id=Shell.NEWER, className="sd-banner sd-banner-info", role="status"))
    return shown


def _hideable(name: str, parts: list[Component]) -> html.Div:
    """Make a banner that ``assets/desk.js`` hides until the browser's tab is closed."""
    return html.Div(parts, className="sd-banner", **attributes(data_banner=name))


def _old(old: Old) -> list[Component]:
    """Say how far the data reaches, and what the reader can do about it."""
    to_do = (
        _("Bring newer sales and train on them.")
        if old.may_train
        else _("Ask an analyst or admin for newer sales.")
    )
    as_of = _("All figures are as of {day}.", day=words.date(old.as_of))
    said = banner(
        plural(
            "The data ends on {day}, {n} day ago.",
            "The data ends on {day}, {n} days ago.",
            old.days,
            n=words.number(old.days),
            day=words.date(old.data_to),
        ),
        f"{as_of} {to_do}",
        "warn",
        _hide("old-data", _("Hide the note on old data")),
    )
    if old.may_train:
        said.append(dcc.Link(_("Open Data"), href="/data", className="sd-btn sd-btn-sm"))
    return said


def _currency(of_file: str) -> str:
    """Say that money is written with a sign that is not its own."""
    shown = _(
        "The amounts in this data are in {currency}, but the site shows them with {sign}. "
        "Nothing is converted.",
        currency=of_file,
        sign=words.currency_symbol(),
    )
    to_do = (
        _("To correct it, set {setting} and start the site again.", setting=f"CURRENCY={of_file}")
        if len(of_file) == len("EUR")
        else _("To correct it, set CURRENCY to its code and start the site again.")
    )
    return f"{shown} {to_do}"


def newer(made: str) -> list[Component]:
    """Return the banner of a release that became active while the page was open.

    Parameters
    ----------
    made : str
        How the release is named to readers.
    """
    show = button(_("Show this release"), small=True, **attributes(data_newest="true"))
    return banner(
        _("The release made on {made} is now active.", made=made),
        _("This page keeps showing another release until you switch."),
        "info",
        show,
    )


def _hide(name: str, label: str) -> html.Button:
    return html.Button(
        icon("close"),
        type="button",
        className="sd-iconbtn",
        **attributes(aria_label=label, data_hide_banner=name),
    )
