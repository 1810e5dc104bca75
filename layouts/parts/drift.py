"""The light of drift: how far customers shifted, which figures say so, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.parts.lights import Light

if TYPE_CHECKING:
    from services.core.drift import Drifted, Shift

COLOURS: dict[Shift, Light] = {"none": "ok", "some": "warn", "large": "bad"}
NAMES: dict[Shift, str] = {"none": "No shift", "some": "Some shift", "large": "Large shift"}
EXPLAINED = (
    "PSI, the population stability index, compares the shares of customers between tenths of the active "
    "release’s values. From 0.1 the shift counts as some, from 0.25 as large, unless chance explains it."
)
_FIGURES = {"recency": "Recency", "frequency": "Frequency", "monetary": "Spend", "segments": "Segments"}


def figure(name: str) -> str:
    """Name what may drift."""
    return _FIGURES[name]


def reason(drift: Drifted) -> str:
    """Say which figures shifted, and how far."""
    told = {
        shift: [figure(name).lower() for name, each in drift.figures.items() if each.shift == shift]
        for shift in ("large", "some")
    }
    if not any(told.values()):
        return "No figure shows a shift."
    said = [
        f"{words.listing(names)} {how}"
        for names, how in ((told["large"], "a lot"), (told["some"], "somewhat"))
        if names
    ]
    return f"Customers differ from those of the active release: {words.listing(said)}."


def advice(shift: Shift, *, due: bool) -> str:
    """Say what to do with a newer release whose customers shifted like this.

    Parameters
    ----------
    shift : {"none", "some", "large"}
    due : bool
        Whether that is as far as the site's rule says.
    """
    if shift == "none":
        return "Publish it when you want its newer sales."
    if due:
        return "Check that its file is complete, then publish it."
    return "There is no hurry to publish it: this site’s rule waits for a large shift."


def rule(retrain_at: Shift) -> str:
    """Say the site's rule."""
    which = "a large shift" if retrain_at == "large" else "some shift"
    return f"This site’s rule: publish a newer release when it shows {which} (RETRAIN_AT)."
