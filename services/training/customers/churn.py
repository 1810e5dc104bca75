"""Who may not order in the coming days: learned at earlier days, tried at the last four of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from services.core.churn import bands, scoring
from services.core.churn.cuts import HORIZON, least_days, tried_cuts
from services.core.churn.features import stand
from services.core.churn.models import BASELINES, CANDIDATES, NAMES, chance_of, fit
from services.core.churn.reasons import REASONS, reasons
from services.core.churn.trying import (
    Days,
    Tried,
    beaten_by,
    choose,
    season_helps,
    season_of,
    shifted,
    try_out,
)
from services.core.language.messages import later
from services.training.customers.bought import parts_of
from services.training.customers.columns import Columns

#: Customers who left, and customers who came back, that each cut needs.
ENOUGH = 50
_DAY = pd.Timedelta(days=1)
#: Stored in English, and said when shown.
_TABLE = later("A table of customers has no individual orders, so nobody’s chance of no order is known.").text
_SHORT = (
    f"The orders span fewer than {least_days() + 1} days: saying who may leave takes {HORIZON} days to learn "
    f"from, {HORIZON} to test on, and some days before them."
)
_FEW = (
    f"Fewer than {ENOUGH} customers left or fewer than {ENOUGH} came back after an earlier day, too few to "
    "learn who may leave."
)


@dataclass(frozen=True)
class ChurnFound:
    """The chances of all customers.

    Attributes
    ----------
    columns : dict of str to ndarray, n_customers entries each
        As ``services.releases.overview.churn`` lists them; none where no chance is given.
    summary : dict
        The fields of ``services.releases.overview.churn.Churn``.
    metrics : dict
        What the manifest says of it; empty where nothing was tried.
    """

    columns: Columns
    summary: dict[str, Any]
    metrics: dict[str, Any]


def find_churn(
    customers: pd.DataFrame, orders: pd.DataFrame, taken: pd.DataFrame, as_of: pd.Timestamp, seed: int
) -> ChurnFound:
    """Learn who leaves, try it at earlier days, and give each customer a chance where that held.

    Parameters
    ----------
    customers, orders, taken : DataFrame
        As ``services.training.customers.snapshots.timed_orders`` takes them; ``customers`` with
        ``last_purchase``.
    as_of : Timestamp
        The release's reference moment.
    seed : int
    """
    if orders.empty:
        return _without(_TABLE)
    parts = parts_of(customers, orders, taken)
    seen = max(orders["bought_at"].max(), as_of - _DAY + pd.Timedelta(seconds=1)).normalize()
    now = (seen - pd.Timestamp(0)).days
    days = Days(parts, int(parts.day.min()))
    cuts = tried_cuts(days.first, now)
    if not cuts:
        return _without(_SHORT)
    if any(min(flags.sum(), (~flags).sum()) < ENOUGH for _, flags in map(days.at, cuts)):
        return _without(_FEW)
    # so small a task takes longer on several threads, and far longer where others compute beside it
    with threadpool_limits(limits=1):
        found = [try_out(days, cut, seed) for cut in cuts]
    tried = [each for each in found if each]
    if len(tried) < len(found):
        return _without(_FEW)
    served = choose(tried)
    helps = season_helps(tried, served)
    summary = _tried(tried, served, bool(helps)) | {"season": _season(helps)}
    if (rule := beaten_by(tried, served)) is not None:
        return ChurnFound({}, _nothing(_loses(served, rule)) | summary, _metrics(summary))
    with threadpool_limits(limits=1):
        model = fit(served, *days.learned(now), seed)
    here = stand(parts, now).of(len(customers))
    shift = (season_of(days, now, model) if helps else None) or 0.0
    chance = shifted(chance_of(model, here.points), shift)
    since = (as_of - customers["last_purchase"]).dt.days.to_numpy(np.float64)
    told = reasons(lambda points: chance_of(model, points), here.points, here.raw, since)
    off = bands.off_by([(each.chance(served, bool(helps)), each.left) for each in tried])
    low, high = bands.interval(chance, off)
    columns = {"churn": chance, "churn_low": low, "churn_high": high}
    everybody = np.concatenate([each.chance(served, bool(helps)) for each in tried])
    summary = _nothing(None) | summary
    summary |= {
        "seen": seen.date().isoformat(),
        "level": bands.LEVEL,
        "served": served,
        "bands": bands.bands(everybody, np.concatenate([each.left for each in tried])),
        "reasons": [{"id": id, "name": name, "unit": unit} for id, (name, unit, _) in REASONS.items()],
    }
    return ChurnFound(
        {name: values.astype(np.float32) for name, values in columns.items()}
        | {"churn_reason": told.reason, "churn_weight": told.weight, "churn_fact": told.fact},
        summary,
        _metrics(summary),
    )


def _nothing(missing: str | None) -> dict[str, Any]:
    empty: dict[str, Any] = {
        name: [] for name in ("cuts", "models", "thresholds", "bands", "reasons")
    } | dict.fromkeys(("seen", "served", "season"))
    return {"missing": missing, "horizon": HORIZON, "level": bands.LEVEL} | empty


def _without(sentence: str) -> ChurnFound:
    return ChurnFound({}, _nothing(sentence), {})


def _loses(served: str, rule: str) -> str:
    what = {
        "frequency": "the number of days with an order",
        "recency": "the days since the last order",
        "rhythm": "the days since the last order by the customer’s own gaps",
    }[rule]
    return (
        f"No chances are given: on earlier days {what} alone told who left as well as the best model "
        f"({NAMES[served].lower()}) did, or better."
    )


def _season(helps: bool | None) -> str:
    if helps is None:
        return "No correction for the season: the orders do not reach back a year before the days tested."
    if helps:
        return (
            "The level is corrected by what happened in the same season a year before: on the days tested, "
            "that brought it nearer to what happened."
        )
    return (
        "No correction for the season: what happened a year before did not bring the level nearer on the "
        "days tested."
    )


def _tried(tried: Sequence[Tried], served: str, season: bool) -> dict[str, Any]:
    last = tried[-1]
    ranked = {name: last.chance(name, season and name == served) for name in CANDIDATES} | last.scores
    return {
        "cuts": [_cut(each, served, season) for each in tried],
        "models": [
            {
                "id": name,
                "name": NAMES[name],
                "kind": "candidate" if name in CANDIDATES else "baseline",
                "curve": scoring.curve(score, last.left),
            }
            for name, score in ranked.items()
        ],
        "thresholds": scoring.thresholds(ranked[served], last.left),
    }


def _cut(tried: Tried, served: str, season: bool) -> dict[str, Any]:
    chance, happened = tried.chance(served, season), float(tried.left.mean())
    return {
        "day": _date(tried.cut),
        "customers": len(tried.left),
        "left": int(tried.left.sum()),
        "predicted": float(chance.mean()),
        "slope": scoring.slope(chance, tried.left),
        "brier": scoring.brier(chance, tried.left),
        "brier_base": happened * (1 - happened),
        "scores": [
            *(
                _score(name, tried.chance(name, season and name == served), tried, True)
                for name in CANDIDATES
            ),
            *(_score(name, tried.scores[name], tried, False) for name in BASELINES),
        ],
    }


def _score(name: str, score: scoring.Floats, tried: Tried, states: bool) -> dict[str, Any]:
    area, precision = scoring.auc(score, tried.left), scoring.precision(score, tried.left)
    return {
        "model": name,
        **{"auc": area.value, "auc_low": area.low, "auc_high": area.high},
        **{
            "precision": precision.value,
            "precision_low": precision.low,
            "precision_high": precision.high,
        },
        "brier": scoring.brier(score, tried.left) if states else None,
    }


def _metrics(summary: dict[str, Any]) -> dict[str, Any]:
    """Return the last cut as docs/contract.md names it, and the same of all of them."""
    cuts = [_metric(cut, summary.get("served")) for cut in summary["cuts"]]
    return cuts[-1] | {"horizon_days": HORIZON, "served": summary.get("served"), "cuts": cuts}


def _metric(cut: dict[str, Any], served: str | None) -> dict[str, Any]:
    scores = {each["model"]: each for each in cut["scores"]}
    own = scores.get(served or "")
    return {
        "cut": cut["day"],
        "customers": cut["customers"],
        **{name: own[name] if own else None for name in ("auc", "auc_low", "auc_high")},
        **{name: cut[name] for name in ("brier", "slope")},
        "mean_predicted": cut["predicted"],
        "observed": cut["left"] / cut["customers"],
        "baselines": {name: scores[name]["auc"] for name in BASELINES},
    }


def _date(day: int) -> str:
    return (pd.Timestamp(0) + day * _DAY).date().isoformat()
