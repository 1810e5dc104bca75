"""The products that a bundle may hold, and the orders that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.language.again import again
from services.core.language.messages import later
from services.releases.lines import unpack_rows
from services.releases.lookup import ANY_PRODUCT
from services.serving.release.loaded import Loaded
from services.serving.release.once import once
from services.serving.release.tables import tables
from services.serving.rules.names import ProductNames, compared, labelled

TABLE = "held_in"
EARLIER = later(
    "This release was made by an earlier version, which did not keep which orders hold a product. Train "
    "again to build bundles."
)


@dataclass(frozen=True)
class Offered(ProductNames):
    """Every product that an order holds, by code.

    Attributes
    ----------
    codes, names : list of str
    prices : list of float or None
        What a piece of each usually costs: the median of its lines, shop currency. None: not known.
    places : dict of str to int
        Code to place in the lists.
    orders : int
        Orders that hold any product.
    """

    codes: list[str]
    names: list[str]
    prices: list[float | None]
    places: dict[str, int]
    orders: int


@once
def offered(release: Loaded) -> Offered:
    """Return what may be in a bundle; nothing in a release from before it was kept, or without products."""
    rows = []
    if TABLE in tables(release):
        rows = (
            release.lookup()
            .execute(
                f"SELECT h.product, coalesce(p.description, h.product) AS name, p.price FROM {TABLE} AS h "
                "LEFT JOIN products AS p ON p.product = h.product WHERE h.product <> ? ORDER BY h.product",
                (ANY_PRODUCT,),
            )
            .fetchall()
        )
    codes, names = [row["product"] for row in rows], [row["name"].strip() for row in rows]
    named = list(zip(codes, names, strict=True))
    return Offered(
        labels=labelled(named),
        texts=compared(named),
        codes=codes,
        names=names,
        prices=[row["price"] for row in rows],
        places={code: place for place, code in enumerate(codes)},
        orders=len(_held(release, ANY_PRODUCT)) if rows else 0,
    )


def no_orders(release: Loaded) -> str:
    """Say why no order of a release holds a product that may be in a bundle."""
    stored = release.overview.baskets_missing
    return again(stored) if stored else EARLIER()


@dataclass(frozen=True)
class Counted:
    """Orders by how many products of a set they hold.

    Attributes
    ----------
    each : list of int
        Orders that hold each product.
    together : int
        Orders that hold all.
    short : list of int
        Orders that hold all but this one, of each product.
    """

    each: list[int]
    together: int
    short: list[int]


def counted(release: Loaded, codes: Sequence[str]) -> Counted:
    """Count the orders that hold all of some products, or all but one.

    Parameters
    ----------
    release : Loaded
    codes : sequence of str
        Of :func:`offered`, each once; one at least.
    """
    lists = [_held(release, code) for code in codes]
    held = np.zeros((len(codes), 1 + max(int(each[-1]) for each in lists)), dtype=bool)
    for place, orders in enumerate(lists):
        held[place, orders] = True
    number = held.sum(axis=0, dtype=np.int8)
    lacking = number == len(codes) - 1
    return Counted(
        each=[len(orders) for orders in lists],
        together=int((number == len(codes)).sum()),
        short=[int((lacking & ~own).sum()) for own in held],
    )


def _held(release: Loaded, code: str) -> npt.NDArray[np.int64]:
    asked = f"SELECT orders FROM {TABLE} WHERE product = ?"
    return np.asarray(unpack_rows(release.lookup().execute(asked, (code,)).fetchone()[0]), np.int64)
