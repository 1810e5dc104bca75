"""Who may be written to: every list of customers to be reached, or to leave the site, comes through here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from services.serving.release.loaded import Loaded
from services.site.customers.opt_outs import OptOuts


@dataclass(frozen=True)
class Reachable:
    """Customers without those who opted out.

    Attributes
    ----------
    rows : ndarray of int
        In the order they came.
    left_out : int
        How many opted out.
    """

    rows: npt.NDArray[Any]
    left_out: int


def opted_out(release: Loaded, store: OptOuts) -> npt.NDArray[np.bool_]:
    """Mark who opted out, by a column of the ledger or by the site's list.

    Parameters
    ----------
    release : Loaded
    store : OptOuts

    Returns
    -------
    ndarray of bool, shape (n_customers,)

    Raises
    ------
    StateUnusable
        If the list cannot be read: then nobody may be listed either.
    """
    marked = np.array(release.customers["opted_out"]) if "opted_out" in release.customers else None
    found = np.zeros(release.count, dtype=bool) if marked is None else marked
    listed = store.ids()
    if listed:
        ids = release.customers["customer_id"]
        wanted = np.array(sorted(each.encode() for each in listed))
        places = np.minimum(np.searchsorted(ids, wanted), release.count - 1)
        found[places[ids[places] == wanted]] = True
        found[[row for each in listed for row in release.respelled.get(each, [])]] = True
    return found


def reachable(release: Loaded, rows: npt.NDArray[Any], store: OptOuts) -> Reachable:
    """Leave out who opted out.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        Rows of the release.
    store : OptOuts

    Raises
    ------
    StateUnusable
    """
    kept = rows[~opted_out(release, store)[rows]]
    return Reachable(kept, len(rows) - len(kept))
