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

LOCAL = (
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
                "mode", banner("Local mode.", LOCAL, "warn", _hide("mode", "Hide the note on local mode"))
            )
        )
    if old:
        shown.append(_hideable("old-data", _old(old)))
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


def _hideable(name: str, parts: list[Component]) -> html.Div:
    """Make a banner that ``assets/desk.js`` hides until the browser's tab is closed."""
    return html.Div(parts, className="sd-banner", **attributes(data_banner=name))


def _old(old: Old) -> list[Component]:
    """Say how far the data reaches, and what the reader can do about it."""
    to_do = (
        "Bring newer sales and train on them."
        if old.may_train
        else "Ask an analyst or admin for newer sales."
    )
    said = banner(
        f"The data ends on {words.date(old.data_to)}, {words.days(old.days)} ago.",
        f"All figures are as of {words.date(old.as_of)}. {to_do}",
        "warn",
        _hide("old-data", "Hide the note on old data"),
    )
    if old.may_train:
        said.append(dcc.Link("Open Data", href="/data", className="sd-btn sd-btn-sm"))
    return said


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


def _hide(name: str, label: str) -> html.Button:
    return html.Button(
        icon("close"),
        type="button",
        className="sd-iconbtn",
        **attributes(aria_label=label, data_hide_banner=name),
    )
