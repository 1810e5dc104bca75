"""The baskets of a scope: of whom and of which days, one an invoice or one a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.training.lines.baskets import Baskets

BasketsOf = Literal["invoices", "customers"]


@dataclass(frozen=True)
class Scope:
    """A group whose baskets are mined: everybody, a cluster, a segment, a period.

    Attributes
    ----------
    id, name : str
        ``@customers`` ends the id where a basket is everything a customer bought.
    customers : ndarray of object (str) or None
        Whose baskets; everybody's when None.
    days : (datetime64, datetime64) or None
        First and last day of a period; all days when None.
    """

    id: str
    name: str
    customers: npt.NDArray[np.object_] | None = None
    days: tuple[np.datetime64, np.datetime64] | None = None

    @property
    def group(self) -> str:
        """The id without what its baskets are of."""
        return self.id.partition("@")[0]

    @property
    def baskets_of(self) -> BasketsOf:
        """What one basket holds: an invoice, or everything a customer bought."""
        return "customers" if self.id.endswith("@customers") else "invoices"


class ScopeBaskets:
    """Baskets to mine, and the parts of them that show whether a rule held up.

    Parameters
    ----------
    whole : csr_array of bool, shape (n_baskets, n_products)
    before, after : csr_array of bool, optional
        What the same customers bought in the scope's days before the later period, and in that period;
        none without them.
    """

    def __init__(
        self,
        whole: sparse.csr_array,
        before: sparse.csr_array | None = None,
        after: sparse.csr_array | None = None,
    ) -> None:
        self.whole = whole
        self.before = whole[:0] if before is None else before
        self.after = whole[:0] if after is None else after


def baskets_of(
    scope: Scope,
    baskets: Baskets,
    moments: npt.NDArray[np.datetime64] | None,
    later_from: np.datetime64 | None,
) -> ScopeBaskets:
    """Select a scope's baskets.

    Parameters
    ----------
    scope : Scope
    baskets : Baskets
        One an invoice.
    moments : ndarray of datetime64, shape (n_baskets,), or None
        When each was bought; needed for a period and for ``later_from``.
    later_from : datetime64 or None
        First day of the later period. A scope of earlier days meets the same customers' baskets there.
    """
    of_group = np.ones(len(baskets.customers), bool)
    if scope.customers is not None:
        of_group = pd.Index(baskets.customers).isin(list(scope.customers))
    chosen = of_group
    if scope.days is not None and moments is not None:
        day = moments.astype("datetime64[D]")
        chosen = of_group & (day >= scope.days[0]) & (day <= scope.days[1])
    parts = [chosen]
    if later_from is not None and moments is not None:
        parts += [chosen & (moments < later_from), of_group & (moments >= later_from)]
    collect = _by_customer if scope.baskets_of == "customers" else _by_invoice
    return ScopeBaskets(*(collect(baskets, part) for part in parts))


def _by_invoice(baskets: Baskets, chosen: npt.NDArray[np.bool_]) -> sparse.csr_array:
    return baskets.matrix[chosen]


def _by_customer(baskets: Baskets, chosen: npt.NDArray[np.bool_]) -> sparse.csr_array:
    """Merge the chosen baskets of each customer into one."""
    matrix = baskets.matrix[chosen]
    codes, customers = pd.factorize(baskets.customers[chosen])
    owner = sparse.csr_array(
        (np.ones(len(codes), np.int32), (codes, np.arange(len(codes)))), shape=(len(customers), len(codes))
    )
    return sparse.csr_array((owner @ matrix.astype(np.int32)).astype(bool))
