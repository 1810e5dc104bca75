"""The light of drift: how far customers shifted, which figures say so, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.parts.lights import Light
from services.core.language.messages import _, later

if TYPE_CHECKING:
    from services.core.drift import Drifted, Shift

COLOURS: dict[Shift, Light] = {"none": "ok", "some": "warn", "large": "bad"}
NAMES: dict[Shift, later] = {
    "none": later("No shift"),
    "some": later("Some shift"),
    "large": later("Large shift"),
}
EXPLAINED = later(
    "PSI, the population stability index, compares the shares of customers between tenths of the active "
    "release’s values. From 0.1 the shift counts as some, from 0.25 as large, unless chance explains it."
)
_FIGURES = {
    "recency": later("Recency"),
    "frequency": later("Frequency"),
    "monetary": later("Spend"),
    "segments": later("Segments"),
}
_WITHIN = {
    "recency": later("recency"),
    "frequency": later("frequency"),
    "monetary": later("spend"),
    "segments": later("segments"),
}
"""The same in the middle of a sentence."""


def figure(name: str) -> str:
    """Name what may drift."""
    return _FIGURES[name]()


def reason(drift: Drifted) -> str:
    """Say which figures shifted, and how far."""
    large, some = (
        [_WITHIN[name]() for name, each in drift.figures.items() if each.shift == shift]
        for shift in ("large", "some")
    )
    if large and some:
        return _(
            "Customers differ from those of the active release: {large} a lot and {some} somewhat.",
            large=words.listing(large),
            some=words.listing(some),
        )
    if large:
        return _(
            "Customers differ from those of the active release: {large} a lot.", large=words.listing(large)
        )
    if some:
        return _(
            "Customers differ from those of the active release: {some} somewhat.", some=words.listing(some)
        )
    return _("No figure shows a shift.")


def advice(shift: Shift, *, due: bool) -> str:
    """Say what to do with a newer release whose customers shifted like this.

    Parameters
    ----------
    shift : {"none", "some", "large"}
    due : bool
        Whether that is as far as the site's rule says.
    """
    if shift == "none":
        return _("Publish it when you want its newer sales.")
    if due:
        return _("Check that its file is complete, then publish it.")
    return _("There is no hurry to publish it: this site’s rule waits for a large shift.")


def rule(retrain_at: Shift) -> str:
    """Say the site's rule."""
    if retrain_at == "large":
        return _("This site’s rule: publish a newer release when it shows a large shift (RETRAIN_AT).")
    return _("This site’s rule: publish a newer release when it shows some shift (RETRAIN_AT).")
