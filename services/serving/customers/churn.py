"""One customer's chance of no order within the horizon, what moves it, and what such chances were worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.core.churn.bands import band_of
from services.core.churn.loss import expected_loss, usual_spend
from services.core.refusals import Refusal
from services.releases.overview.churn import Band, Reason
from services.serving.release.loaded import Loaded

_OLDER = (
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
    value, loss : float
        Shop currency: what the customer spends in a horizon, going by all they have spent, and how much of it
        is expected to be lost.
    """

    chance: float
    low: float
    high: float
    level: int
    horizon: int
    seen: date
    band: Band
    reasons: list[Moved]
    value: float
    loss: float


def own_churn(release: Loaded, row: int) -> OwnChurn | None:
    """Return the chance of the customer in a row; None where the release gives none."""
    told = release.overview.churn
    if told is None or told.missing is not None or told.seen is None:
        return None
    of = {name: release.customers[name][row] for name in ("churn", "churn_low", "churn_high")}
    seen, chance = date.fromisoformat(told.seen), float(of["churn"])
    moved = zip(
        *(release.customers[f"churn_{part}"][row].tolist() for part in ("reason", "weight", "fact")),
        strict=True,
    )
    first = release.customers["first_purchase"][row].astype("datetime64[D]").item()
    value = usual_spend(release.customers["monetary"][row], (seen - first).days + 1, told.horizon)
    return OwnChurn(
        chance=chance,
        low=float(of["churn_low"]),
        high=float(of["churn_high"]),
        level=told.level,
        horizon=told.horizon,
        seen=seen,
        band=told.bands[int(band_of(chance))],
        reasons=[Moved(told.reasons[place], weight, fact) for place, weight, fact in moved if place >= 0],
        value=float(value),
        loss=float(expected_loss(chance, value)),
    )


def why_none(release: Loaded) -> str:
    """Return the sentence that says why no chance is given; empty where one is."""
    told = release.overview.churn
    return _OLDER if told is None else told.missing or ""


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
        "expected_loss": found.loss,
    }
