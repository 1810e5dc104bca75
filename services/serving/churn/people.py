"""Who may not order again, what is lost then, and whom of them contacting pays for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.churn.profit import Best, best, percents, sums
from services.core.language.again import again
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.churn.asked import FIFTHS, WIDTH, Asked, read_asked
from services.serving.lists.by_contacts import ByContacts
from services.serving.lists.listing import listed
from services.serving.release.loaded import Loaded
from services.serving.release.stake import at_stake

Floats = npt.NDArray[np.float64]
#: Of the reasons that a release keeps, those that raise a customer's chance and are told.
MOST_REASONS = 2


@dataclass(frozen=True)
class Scores:
    """All customers of a release, one entry each.

    Attributes
    ----------
    chance : ndarray, shape (n,)
        Of no order within the horizon, 0 to 1.
    percent : ndarray of int, shape (n,)
        The same in whole per cent: thresholds are asked of this.
    band : ndarray of int, shape (n,)
        Place of the band of risk in the release, 0 the lowest.
    usual, loss : ndarray, shape (n,)
        Of ``services.serving.release.stake``, money.
    edges : ndarray, shape (FIFTHS - 1,)
        Usual spends at which the second to the last fifth begin.
    fifth : ndarray of int, shape (n,)
        1 the least; who usually spends the same is in one fifth.
    """

    chance: Floats
    percent: npt.NDArray[np.int64]
    band: npt.NDArray[np.int64]
    usual: Floats
    loss: Floats
    edges: Floats
    fifth: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Answer:
    """An address answered.

    Attributes
    ----------
    asked : Asked
    scores : Scores
    fits : ndarray of bool, shape (n,)
        Who is left by the filters.
    gain, cost : ndarray, shape (PERCENTS,)
        Of ``services.core.churn.profit.sums``, of these.
    best : Best
        The threshold that they give.
    chosen : ndarray of bool, shape (n,)
        Who is listed: from the threshold on, or in the part of the map that is asked for.
    """

    asked: Asked
    scores: Scores
    fits: npt.NDArray[np.bool_]
    gain: Floats
    cost: Floats
    best: Best
    chosen: npt.NDArray[np.bool_]

    @property
    def profit(self) -> Floats:
        """What contacting everybody from 0, 1, … 100 per cent on is expected to bring."""
        profit: Floats = self.asked.costs.success * self.gain - self.cost
        return profit

    @property
    def contacted(self) -> npt.NDArray[np.bool_]:
        """Whom contacting pays for, shape (n,)."""
        if self.best.percent is None:
            return np.zeros_like(self.fits)
        return self.fits & (self.scores.percent >= self.best.percent)


def why_not(release: Loaded) -> str:
    """Return the sentence that says why a release gives no chance; empty where it does."""
    churn = release.overview.churn
    if churn is None:
        return _("This release was made before churn was predicted. Train again to see who may not order.")
    return again(churn.missing or "")


def scores(release: Loaded) -> Scores:
    """Return what a release says of its customers.

    Raises
    ------
    Refusal
        If it gives no chance.
    """
    stake = at_stake(release)
    if stake is None:
        raise Refusal(why_not(release))
    chance = release.customers["churn"].astype(np.float64)
    edges = np.quantile(stake.usual, np.arange(1, FIFTHS) / FIFTHS)
    fifth = np.searchsorted(edges, stake.usual, side="right") + 1
    band = np.minimum(np.round(100 * chance, 4) // WIDTH, 100 // WIDTH - 1).astype(np.int64)
    return Scores(chance, percents(chance), band, stake.usual, stake.loss, edges, fifth)


def answer(
    release: Loaded, query: Mapping[str, Sequence[str]], by_contacts: ByContacts | None = None
) -> Answer:
    """Find whom contacting pays for among the customers that an address asks for.

    Parameters
    ----------
    release : Loaded
    query : mapping
        Keys to values, as ``services.core.text.addresses`` reads them.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.

    Raises
    ------
    Refusal
        If the release gives no chance.
    """
    of, asked = scores(release), read_asked(release, query, by_contacts)
    fits = asked.filters.mask(release)
    gain, cost = sums(of.percent[fits], of.chance[fits], of.usual[fits], asked.costs)
    threshold = best(asked.costs.success * gain - cost)
    found = Answer(asked, of, fits, gain, cost, threshold, fits)
    return Answer(asked, of, fits, gain, cost, threshold, _chosen(found) if asked.of_map else found.contacted)


def rows_by_loss(release: Loaded, found: Answer, *, by_cluster: bool = False) -> npt.NDArray[np.int32]:
    """Return the rows of who is listed, the highest expected loss first; ties follow the id.

    Parameters
    ----------
    release : Loaded
    found : Answer
    by_cluster : bool
        One cluster after the other.
    """
    rows = np.flatnonzero(found.chosen)
    keys = [-found.scores.loss[rows]]
    if by_cluster:
        keys.append(release.customers["cluster"][rows].astype(np.float64))
    return rows[np.lexsort(keys)].astype(np.int32)


def listed_at_risk(release: Loaded, found: Answer, rows: npt.NDArray[np.int32]) -> list[dict[str, Any]]:
    """Return customers as values for a table or a file, with chance, usual spend, loss and the band's record.

    ``left`` and ``of`` are those of the customer's band at the earlier cuts; ``reasons`` are a reason's place
    and the customer's own figure, of what raises the chance, most first.
    """
    churn = release.overview.churn
    if churn is None:
        raise Refusal(why_not(release))
    of = found.scores
    numbers = (of.chance[rows], of.usual[rows], of.loss[rows], of.band[rows], of.percent[rows])
    chance, usual, loss, band, percent = (each.tolist() for each in numbers)
    low, high = (
        release.customers[f"churn_{end}"][rows].astype(np.float64).tolist() for end in ("low", "high")
    )
    named = [release.customers[f"churn_{part}"][rows].tolist() for part in ("reason", "weight", "fact")]
    return [
        customer
        | {
            "churn": chance[place],
            "percent": percent[place],
            "churn_low": low[place],
            "churn_high": high[place],
            "usual_spend": usual[place],
            "expected_loss": loss[place],
            "left": churn.bands[band[place]].left,
            "of": churn.bands[band[place]].customers,
            "reasons": _raising(*(part[place] for part in named)),
        }
        for place, customer in enumerate(listed(release, rows))
    ]


def _raising(reasons: list[int], weights: list[float], facts: list[float]) -> list[tuple[int, float]]:
    told = [(r, f) for r, w, f in zip(reasons, weights, facts, strict=True) if r >= 0 and w > 0]
    return told[:MOST_REASONS]


def _chosen(found: Answer) -> npt.NDArray[np.bool_]:
    chosen = found.fits.copy()
    if found.asked.band:
        low, high = found.asked.band
        bands = found.scores.band * WIDTH
        chosen &= (bands >= low) & (bands < high)
    if found.asked.fifth:
        chosen &= found.scores.fifth == found.asked.fifth
    return chosen
