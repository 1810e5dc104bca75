"""When a customer orders next: a law learned from all spans between days with an order.

A customer's pace is shrunk towards the base's, as in NBD: after ``before`` repeats in ``age`` days a rate
follows the gamma law (r + k before, alpha + age), where k says how alike a customer's spans are: regular
customers tell more of their pace with each (condensed NBD; Chatfield and Goodhardt, 1973). What has passed
of a span at that pace is its Cox–Snell residual; the Nelson–Aalen estimate of the residuals' hazard says how
customers really wait, and how many stay away. With fewer than four days with an order a customer has no
pace yet: then it is the base's, of customers with as many.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.value.fitting import Floats, histories
from services.core.value.nbd import fit_nbd
from services.core.value.spans import Spans, Whole

#: Repeats before a span from which the customer's own pace counts: four days with an order.
OWN = 3
#: Spans that ended which a curve needs.
ENOUGH = 30
_FROM = (0, 1, 2, 3, 6, 11)  # curves by repeats before the span
_AT_RISK = 10
_REGULAR = (0.5, 20.0)
_FITTED = 50_000  # more customers would move no rate by a hundredth
_FAR = 1_000.0
_LONGEST = 20.0
HALF = 0.5  # an order on a day is one in the middle of it


@dataclass(frozen=True)
class Curve:
    """The cumulative hazard of residuals: straight between its knots, and beyond them as steep as overall."""

    residual: Floats
    hazard: Floats


@dataclass(frozen=True)
class NextOrder:
    """The law of the next order.

    Attributes
    ----------
    r, alpha : float
        Rates of the base follow this gamma law, ``alpha`` in days.
    k : float
        How many orders of chance one order stands for.
    curves : list of Curve
        By the group of ``before``; groups with too few spans share one.
    """

    r: float
    alpha: float
    k: float
    curves: list[Curve]

    def hazard(self, of: Spans, days: npt.ArrayLike) -> Floats:
        """Return the cumulative hazard ``days`` after the beginning of each span, shape (n,)."""
        shape, rate = self._gamma(of)
        residual = shape * np.log1p(np.asarray(days, np.float64) / rate)
        found = np.empty(len(of.before))
        for group, curve in enumerate(self.curves):
            inside = _group(of.before) == group
            found[inside] = np.interp(residual[inside], curve.residual, curve.hazard)
        return found

    def days(self, of: Spans, hazard: Floats) -> Floats:
        """Return after how many days each span has come to a cumulative hazard, shape (n,)."""
        residual = np.empty(len(of.before))
        for group, curve in enumerate(self.curves):
            inside = _group(of.before) == group
            residual[inside] = np.interp(hazard[inside], curve.hazard, curve.residual)
        shape, rate = self._gamma(of)
        found: Floats = rate * np.expm1(np.minimum(residual / shape, _LONGEST))
        return found

    def _gamma(self, of: Spans) -> tuple[Floats, Floats]:
        own = of.before >= OWN
        return self.r + self.k * np.where(own, of.before, 0), self.alpha + np.where(own, of.age, 0)


def learn(spans: Spans) -> NextOrder | None:
    """Learn the law from all spans of a base; None where fewer than ``ENOUGH`` have ended.

    Parameters
    ----------
    spans : Spans
        As known at one moment; those still running count as not ended yet.
    """
    if int(spans.ended.sum()) < ENOUGH:
        return None
    k = _regularity(spans)
    now = spans.running
    some = now.of(slice(None, None, len(now.days) // _FITTED + 1))
    rates = fit_nbd(histories(k * some.before, some.age, some.age + some.days + HALF))
    plain = NextOrder(
        rates.r, rates.alpha, k, [Curve(np.array([0.0, _FAR]), np.array([0.0, _FAR]))] * len(_FROM)
    )
    residual = plain.hazard(spans, spans.days + np.where(spans.ended, 0.0, HALF))
    curves: list[Curve] = []
    for groups in _joined(np.bincount(_group(spans.before[spans.ended]), minlength=len(_FROM))):
        inside = np.isin(_group(spans.before), groups)
        curves += [_curve(residual[inside], spans.ended[inside])] * len(groups)
    return NextOrder(rates.r, rates.alpha, k, curves)


def _regularity(spans: Spans) -> float:
    """Return 1 over the squared coefficient of variation of a customer's spans: 1 for chance."""
    _, who = np.unique(spans.customer[spans.ended], return_inverse=True)
    days = spans.days[spans.ended].astype(np.float64)
    count = np.bincount(who)
    mean = np.bincount(who, days) / count
    varied = np.bincount(who, (days - mean[who]) ** 2) / np.maximum(count - 1, 1) / mean**2
    several = count >= OWN
    if not several.any():
        return 1.0
    scatter = float(varied[several].mean())
    unbiased = float((1 - varied[several] / count[several]).mean())
    return float(np.clip(unbiased / max(scatter, 1e-6), *_REGULAR))


def _group(before: Whole) -> npt.NDArray[np.intp]:
    return np.searchsorted(_FROM, before, side="right") - 1


def _joined(ended: npt.NDArray[np.intp]) -> list[list[int]]:
    """Join neighbouring groups until each has enough spans that ended; the last ones go to those before."""
    found: list[list[int]] = []
    waiting: list[int] = []
    for group in range(len(ended)):
        waiting.append(group)
        if ended[waiting].sum() >= ENOUGH:
            found.append(waiting)
            waiting = []
    found[-1] += waiting
    return found


def _curve(residual: Floats, ended: npt.NDArray[np.bool_]) -> Curve:
    knots, events = np.unique(residual[ended], return_counts=True)
    at_risk = len(residual) - np.searchsorted(np.sort(residual), knots)
    known = at_risk >= _AT_RISK
    knots, hazard = knots[known], np.cumsum(events / at_risk)[known]
    overall = ended.sum() / residual.sum()
    return Curve(np.r_[0.0, knots, knots[-1] + _FAR], np.r_[0.0, hazard, hazard[-1] + _FAR * overall])
