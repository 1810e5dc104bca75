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
    """Baskets to mine, whose they are, and the parts of them that show whether a rule held up.

    Parameters
    ----------
    whole : csr_array of bool, shape (n_baskets, n_products)
    before, after : csr_array of bool, optional
        What the same customers bought in the scope's days before the later period, and in that period;
        none without them.
    owners : ndarray of int, shape (n_baskets,), optional
        The customer's number of each basket of ``whole``, from 0 up without gaps; without it each basket
        has a customer of its own.
    """

    def __init__(
        self,
        whole: sparse.csr_array,
        before: sparse.csr_array | None = None,
        after: sparse.csr_array | None = None,
        owners: npt.NDArray[np.integer] | None = None,
    ) -> None:
        self.whole = whole
        self.before = whole[:0] if before is None else before
        self.after = whole[:0] if after is None else after
        self.owners = np.arange(whole.shape[0]) if owners is None else owners

    def of_customers(self) -> sparse.csr_array:
        """Return what each customer ever bought in ``whole``, shape (n_customers, n_products)."""
        return merged(self.whole, self.owners)


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
    owners = [pd.factorize(baskets.customers[part])[0] for part in parts]
    matrices = [baskets.matrix[part] for part in parts]
    if scope.baskets_of == "customers":
        return ScopeBaskets(*(merged(matrix, of) for matrix, of in zip(matrices, owners, strict=True)))
    whole, before, after = (*matrices, None, None)[:3]
    return ScopeBaskets(whole, before, after, owners[0])


def merged(matrix: sparse.csr_array, owners: npt.NDArray[np.integer]) -> sparse.csr_array:
    """Merge the baskets of each customer into one.

    Parameters
    ----------
    matrix : csr_array of bool, shape (n_baskets, n_products)
    owners : ndarray of int, shape (n_baskets,)
        The customer's number of each basket, from 0 up without gaps.
    """
    baskets = len(owners)
    owner = sparse.csr_array(
        (np.ones(baskets, np.int32), (owners, np.arange(baskets))),
        shape=(int(owners.max(initial=-1)) + 1, baskets),
    )
    return sparse.csr_array((owner @ matrix.astype(np.int32)).astype(bool))
