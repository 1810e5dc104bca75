"""One customer's chance of no order within the horizon, what moves it, and what such chances were worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from services.core.churn.bands import band_of
from services.core.language.again import again
from services.core.language.messages import later
from services.core.refusals import Refusal
from services.releases.overview.churn import Band, Reason
from services.serving.release.loaded import Loaded
from services.serving.release.stake import at_stake

_OLDER = later(
    "This release was made by an earlier version, which did not say who may leave. Train again to see it."
)


@dataclass(frozen=True)
class Moved:
    """What moves the chance: by how much, in log-odds (above 0 raises it), and the customer's own figure."""

    reason: Reason
    weight: float
    fact: float


@dataclass(frozen=True)
class OwnChurn:
    """The chance that a customer does not order within the horizon.

    Attributes
    ----------
    chance, low, high : float
        0 to 1, and the interval of ``level`` per cent.
    level, horizon : int
        Per cent; days.
    seen : date
        The horizon begins after it.
    band : Band
        Customers at earlier days who were given a chance like it.
    reasons : list of Moved
        What moves most first.
    usual, loss : float
        Shop currency: the usual spend in a horizon, and how much of it is expected to be lost.
    """

    chance: float
    low: float
    high: float
    level: int
    horizon: int
    seen: date
    band: Band
    reasons: list[Moved]
    usual: float
    loss: float


def own_churn(release: Loaded, row: int) -> OwnChurn | None:
    """Return the chance of the customer in a row; None where the release gives none."""
    told, stake = release.overview.churn, at_stake(release, np.array([row]))
    if told is None or told.seen is None or stake is None:
        return None
    of = {name: release.customers[name][row] for name in ("churn", "churn_low", "churn_high")}
    seen, chance = date.fromisoformat(told.seen), float(of["churn"])
    moved = zip(
        *(release.customers[f"churn_{part}"][row].tolist() for part in ("reason", "weight", "fact")),
        strict=True,
    )
    return OwnChurn(
        chance=chance,
        low=float(of["churn_low"]),
        high=float(of["churn_high"]),
        level=told.level,
        horizon=told.horizon,
        seen=seen,
        band=told.bands[int(band_of(chance))],
        reasons=[Moved(told.reasons[place], weight, fact) for place, weight, fact in moved if place >= 0],
        usual=float(stake.usual[0]),
        loss=float(stake.loss[0]),
    )


def why_none(release: Loaded) -> str:
    """Return the sentence that says why no chance is given; empty where one is."""
    told = release.overview.churn
    return _OLDER() if told is None else again(told.missing or "")


def or_refuse(release: Loaded, row: int) -> OwnChurn:
    """Return the chance of the customer in a row.

    Raises
    ------
    Refusal
        Saying why the release gives none.
    """
    found = own_churn(release, row)
    if found is None:
        raise Refusal(why_none(release))
    return found


def as_contract(found: OwnChurn | None) -> dict[str, Any] | None:
    """Return ``churn`` of what ``customer ID --json`` prints: see docs/contract.md."""
    if found is None:
        return None
    return {
        "horizon_days": found.horizon,
        "probability": found.chance,
        "low": found.low,
        "high": found.high,
        "band": {
            "from": found.band.begin / 100,
            "to": found.band.end / 100,
            "customers": found.band.customers,
            "came_back": found.band.customers - found.band.left,
        },
        "reasons": [
            {
                "id": each.reason.id,
                "name": each.reason.name,
                "value": each.fact,
                "unit": each.reason.unit,
                "log_odds": each.weight,
            }
            for each in found.reasons
        ],
        "usual_spend": found.usual,
        "expected_loss": found.loss,
    }
