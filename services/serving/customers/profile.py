"""One customer: who it is, what it bought, who is like it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.clusters.kmeans import assign
from services.core.language.messages import _, later
from services.core.language.written import number
from services.core.refusals import NotFound, Refusal
from services.core.text.customer_ids import MAX_LENGTH, canonical_id
from services.core.vocabulary import AXES, Axis
from services.releases.overview.groups import Cluster, Segment
from services.serving.customers import churn, rhythm
from services.serving.customers.near_ids import close_by, writable
from services.serving.customers.returns import returned_all
from services.serving.predictions.predict import Neighbour, nearest
from services.serving.release import expected
from services.serving.release.loaded import Loaded

NOBODY = later("No customer {customer} in this release")
TOO_LONG = later("An ID has at most {n} characters.")
COMPLETIONS = 8
SIMILAR = 5
MOST_IDS = 200
MOST_TYPED = 20_000
_SCORES: dict[Axis, str] = {"recency": "r", "frequency": "f", "monetary": "m"}
_COLUMNS = (
    "customer_id", *AXES, *_SCORES.values(), *(f"top_{axis}" for axis in AXES), "segment", "cluster",
    "country", "orders", "products", "first_purchase", "last_purchase",
)  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """What a release knows of one customer without its orders.

    Attributes
    ----------
    row : int
        Its place in the release's columns.
    customer_id : str
    values : dict of axis to number
        Whole days, orders (or lines), money.
    scores : dict of axis to int
        Empty where the preset has none.
    top : dict of axis to float
        Share of customers at least as good, 0–1.
    segment : Segment or None
    cluster : Cluster
        Entries of the overview.
    distances : list of float, length k
        To each cluster's centre, in the standardised space.
    margin : float
    country : str or None
    orders, products : int
    first_purchase, last_purchase : datetime
        The first is None where the release was made from a table of customers.
    """

    row: int
    customer_id: str
    values: dict[Axis, float]
    scores: dict[Axis, int]
    top: dict[Axis, float]
    segment: Segment | None
    cluster: Cluster
    distances: list[float]
    margin: float
    country: str | None
    orders: int
    products: int
    first_purchase: datetime | None
    last_purchase: datetime


def profile(release: Loaded, customer: str) -> Profile:
    """Return a customer typed in any form.

    Raises
    ------
    NotFound
        Saying that all orders were returned, or naming ids close by, where there are any.
    """
    customer = writable(customer)
    if _too_long(customer):
        raise NotFound(TOO_LONG(n=MAX_LENGTH), "customer")
    row = release.row_of(customer)
    if row is not None:
        return at(release, row)
    if returned := returned_all(release, customer):
        raise NotFound(f"{returned}.", "customer")
    raise NotFound(f"{NOBODY(customer=customer.strip())}.{_close_by(release, customer)}", "customer")


def at(release: Loaded, row: int) -> Profile:
    """Return the customer in a row."""
    return portion(release, [row])[0]


def portion(release: Loaded, rows: Sequence[int]) -> list[Profile]:
    """Return the customers in some rows, in this order; each as :func:`at` does."""
    chosen = np.asarray(rows, dtype=np.intp)
    column = {name: release.customers[name][chosen] for name in _COLUMNS}
    placed = assign(release.transform(np.stack([column[axis] for axis in AXES], axis=1)), release.centres)
    distances, margins = placed.distances.tolist(), placed.margin.tolist()
    plain = {name: values.tolist() for name, values in column.items()}
    countries = release.overview.countries
    found = []
    for place, row in enumerate(rows):
        of = {name: values[place] for name, values in plain.items()}
        scores = {axis: of[score] for axis, score in _SCORES.items()}
        found.append(
            Profile(
                row=row,
                customer_id=of["customer_id"].decode(),
                values={axis: of[axis] for axis in AXES},
                scores=scores if all(scores.values()) else {},
                top={axis: of[f"top_{axis}"] for axis in AXES},
                segment=release.segments[of["segment"]] if of["segment"] >= 0 else None,
                cluster=release.clusters[of["cluster"]],
                distances=distances[place],
                margin=margins[place],
                country=countries[of["country"]].name if of["country"] >= 0 else None,
                orders=of["orders"],
                products=of["products"],
                first_purchase=of["first_purchase"],
                last_purchase=of["last_purchase"],
            )
        )
    return found


def as_contract(release: Loaded, found: Profile) -> dict[str, Any]:
    """Return what ``customer ID --json`` prints: see docs/contract.md."""
    scores = {letter: found.scores.get(axis) for axis, letter in _SCORES.items()}
    return {
        "customer_id": found.customer_id,
        **{str(axis): value for axis, value in found.values.items()},
        "scores": scores if found.scores else None,
        "rfm_class": "".join(str(score) for score in scores.values()) if found.scores else None,
        "segment": found.segment.name if found.segment else None,
        "cluster": {"id": found.cluster.id, "name": found.cluster.name},
        "margin": found.margin,
        "orders": found.orders,
        "first_purchase": found.first_purchase and found.first_purchase.isoformat(),
        "last_purchase": found.last_purchase.isoformat(),
        "rhythm": rhythm.as_contract(release, found.row),
        "value": expected.as_contract(release, found.row),
        "churn": churn.as_contract(churn.own_churn(release, found.row)),
    }


def complete(release: Loaded, typed: str, most: int = COMPLETIONS) -> list[str]:
    """Return ids that begin with what was typed, then ids that hold it elsewhere; none for nothing.

    Where no id does, small letters are tried, which e-mails are stored in.
    """
    wanted = canonical_id(writable(typed)) or ""
    return _begun(release, wanted, most) or _begun(release, wanted.lower(), most)


def _begun(release: Loaded, wanted: str, most: int) -> list[str]:
    ids = release.customers["customer_id"]
    start = wanted.encode()
    if not start or len(start) > ids.dtype.itemsize:
        return []
    first = int(np.searchsorted(ids, np.bytes_(start)))
    following = (bytes(each) for each in ids[first : first + most])
    found = [each for each in following if each.startswith(start)]
    if len(found) < most:
        found += itertools.islice(_holding(ids, start), most - len(found))
    return [each.decode() for each in found]


def _holding(ids: npt.NDArray[np.bytes_], part: bytes) -> Iterator[bytes]:
    """Search the column as one text, which takes milliseconds for a million ids."""
    size = ids.dtype.itemsize
    last = -1
    for match in re.finditer(b"(?=" + re.escape(part) + b")", ids.view("u1").data):
        row = match.start() // size
        if row != last and part in (held := bytes(ids[row])) and not held.startswith(part):
            last = row
            yield held


def several(release: Loaded, typed: Iterable[str]) -> tuple[list[Profile], list[str]]:
    """Return the customers of pasted ids, each once and in the order given, and the ids nobody has.

    Parameters
    ----------
    release : Loaded
    typed : iterable of str
        Texts that hold one id, or several separated by line breaks, commas, semicolons or blanks. Ids may
        hold blanks: these separate where what they separate holds a customer and the whole is none.

    Raises
    ------
    Refusal
        For more than 200 ids, more text than they can take, or an id longer than an id can be.
    """
    typed = [writable(text) for text in typed]
    if sum(map(len, typed)) > MOST_TYPED:
        said = _("That is too much text. Up to {n} IDs can be looked up at once.", n=MOST_IDS)
        raise Refusal(said, "customer")
    rows = {part: row for text in typed for part, row in _split(release, text)}
    if len(rows) > MOST_IDS:
        said = _(
            "That is {n} IDs. Up to {most} can be looked up at once.", n=number(len(rows)), most=MOST_IDS
        )
        raise Refusal(said, "customer")
    if any(row is None and _too_long(part) for part, row in rows.items()):
        too_long, advice = TOO_LONG(n=MAX_LENGTH), _("Separate several IDs with commas.")
        raise Refusal(f"{too_long} {advice}", "customer")
    found = dict.fromkeys(row for row in rows.values() if row is not None)
    return portion(release, list(found)), [part for part, row in rows.items() if row is None]


def _split(release: Loaded, text: str) -> list[tuple[str, int | None]]:
    """Take a text, and each part of it, as one id where there is such a customer, else as several ids."""
    whole = release.row_of(text)
    if whole is not None:
        return [(text.strip(), whole)]
    parts = [part.strip() for part in re.split(r"[\r\n\t,;]+", text) if part.strip()]
    return [named for part in parts for named in _split_on_blanks(release, part)]


def _split_on_blanks(release: Loaded, part: str) -> list[tuple[str, int | None]]:
    whole = release.row_of(part)
    pieces = [(piece, release.row_of(piece)) for piece in part.split()] if whole is None else []
    return pieces if any(row is not None for _piece, row in pieces) else [(part, whole)]


def similar(release: Loaded, found: Profile) -> list[Neighbour]:
    """Return the customers nearest in the standardised space, nearest first, without the customer itself."""
    near = nearest(release, found.values, SIMILAR + 1)
    return [neighbour for neighbour in near if neighbour.row != found.row][:SIMILAR]


def _too_long(text: str) -> bool:
    return len(canonical_id(text) or "") > MAX_LENGTH


def _close_by(release: Loaded, customer: str) -> str:
    near = close_by(release, customer)
    said = _("Similar IDs: {customers}.", customers=", ".join(near))
    return f" {said}" if near else ""
