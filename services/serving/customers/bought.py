"""Who bought a product, and which product is meant by what was typed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _, later
from services.core.refusals import NotFound, Refusal
from services.releases.lines import unpack_rows
from services.serving.customers.near_ids import writable
from services.serving.release.loaded import Loaded
from services.serving.release.tables import tables

MOST_FOUND = 20
LONGEST = 200
"""Characters of a product that is looked for."""
MOST_WORDS = 12
EARLIER = later(
    "This release was made by an earlier version, which did not keep who bought what. Train again to look "
    "for products."
)
_ASKED = (
    "SELECT i.item, i.name, coalesce(p.description, i.name) AS description FROM line_items AS i "
    "JOIN bought AS b ON b.item = i.item LEFT JOIN products AS p ON p.product = i.name WHERE "
)


@dataclass(frozen=True)
class Product:
    """A product that somebody bought.

    Attributes
    ----------
    item : int
        Its number in the release.
    name : str
        Its code; its description in a file without codes.
    description : str
    """

    item: int
    name: str
    description: str


def products_like(release: Loaded, typed: str) -> list[Product]:
    """Return the product with a code or a description, else those whose description holds each word.

    The most often bought first, 20 at most; none in a release from before this was kept.
    """
    wanted = writable(typed).strip()
    words = wanted.split()
    if not 0 < len(words) <= MOST_WORDS or len(wanted) > LONGEST or "bought" not in tables(release):
        return []
    exact = _found(release, "folded(i.name) = folded(?) OR folded(p.description) = folded(?)", [wanted] * 2)
    holds = " AND ".join(["instr(folded(coalesce(p.description, i.name)), folded(?))"] * len(words))
    return exact or _found(release, holds, words)


def product_named(release: Loaded, name: str) -> Product:
    """Return a product by its code, or its description in a file without codes, whatever blanks are around.

    Raises
    ------
    NotFound
        If nobody bought it.
    Refusal
        If the release does not keep who bought what.
    """
    if "bought" not in tables(release):
        raise Refusal(EARLIER(), "bought")
    named = writable(name)
    found = _found(release, "i.name = ?", [named]) or _found(release, "trim(i.name) = ?", [named.strip()])
    if not found:
        raise NotFound(
            _("Nobody bought “{product}”. Search for the product at the top.", product=name[:60]), "bought"
        )
    return found[0]


def buyers_of(release: Loaded, product: Product) -> npt.NDArray[np.intp]:
    """Return the rows of the customers whose orders hold a product, after returns; ascending."""
    asked = "SELECT customers FROM bought WHERE item = ?"
    found = release.lookup().execute(asked, (product.item,)).fetchone()
    return np.asarray(unpack_rows(found["customers"]), dtype=np.intp)


def best_of(release: Loaded, rows: npt.NDArray[np.intp], most: int) -> list[int]:
    """Return those of some customers who spent most, most first."""
    spent = np.asarray(release.customers["monetary"])[rows]
    found: list[int] = rows[np.argsort(-spent, kind="stable")[:most]].tolist()
    return found


def _found(release: Loaded, fits: str, asked: list[str]) -> list[Product]:
    rows = release.lookup().execute(f"{_ASKED}({fits}) ORDER BY i.item LIMIT {MOST_FOUND}", asked)
    return [Product(each["item"], each["name"], each["description"].strip()) for each in rows]
