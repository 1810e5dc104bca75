"""What to offer a customer: the lists a release keeps, each product with its reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.core.language.again import again
from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.recommending import (
    BASELINES,
    ITEM_METHODS,
    METHODS,
    NEW_METHODS,
    RECENT_DAYS,
    REPLENISH,
    column_of,
)
from services.core.refusals import Refusal
from services.releases.strictjson import from_json
from services.serving.release.loaded import Loaded
from services.serving.release.once import once

FILE = "recommendations.json"
OLDER = later(
    "This release was made by an earlier version, which did not store recommendations. Train again to see "
    "them."
)


@dataclass(frozen=True)
class Recommended:
    """A product to offer.

    Attributes
    ----------
    product, description : str
    price : float or None
        Median of its lines.
    score : float
        By the method: a sum of weights, or a number of customers or orders.
    reason : str
        A sentence part, such as ``bought with 22423 REGENCY CAKESTAND, by 41 customers of the same cluster``.
    companion : (str, str) or None
        Code and description of the product that the reason names.
    """

    product: str
    description: str
    price: float | None
    score: float
    reason: str
    companion: tuple[str, str] | None = None


@dataclass(frozen=True)
class Offered:
    """A list and how it came about.

    Attributes
    ----------
    method : str
    note : str
        Why another method stands in; empty for nothing to say.
    products : list of Recommended
        Best first.
    """

    method: str
    note: str
    products: list[Recommended]


@once
def report_of(release: Loaded) -> dict[str, Any]:
    """Return ``recommendations.json``, read once; with ``missing``, a sentence, where there are no lists."""
    there = FILE in release.manifest.files
    report: dict[str, Any] = (
        from_json((release.folder / FILE).read_bytes()) if there else {"missing": OLDER.text}
    )
    return report


def track_record(release: Loaded) -> dict[str, Any] | None:
    """Return ``metrics.recommendations`` of the manifest; None where no method was tried out."""
    return release.manifest.metrics.get("recommendations") or None


def recommend(
    release: Loaded, row: int, n: int = 10, method: str | None = None, *, replenish: bool = False
) -> Offered:
    """Return what to offer the customer in a row.

    Parameters
    ----------
    release : Loaded
    row : int
    n : int
        At most as many as the release keeps, 20.
    method : str, optional
        One of ``METHODS``; else the one that did best.
    replenish : bool
        What they buy again, instead of products new to them.

    Raises
    ------
    Refusal
        If the release has no lists, or there is no such method.
    """
    report = report_of(release)
    if report["missing"]:
        raise Refusal(again(report["missing"]), "method")
    if method is not None and method not in METHODS:
        raise Refusal(
            _(
                "There is no method “{method}”. Choose one of {methods}.",
                method=method[:60],
                methods=", ".join(METHODS),
            ),
            "method",
            choices=METHODS,
        )
    if replenish and method in NEW_METHODS:
        raise Refusal(
            _(
                "“{method}” finds new products. For products bought again, the method is {again}.",
                method=method,
                again=REPLENISH,
            ),
            "method",
            choices=(REPLENISH,),
        )
    chosen = REPLENISH if replenish else method or report["default"]
    products, note = _list(release, report, row, n, chosen), ""
    if chosen in ITEM_METHODS and not products:
        note = plural(
            "What this customer bought suggests no product, so these are the best sellers of the last "
            "{n} day.",
            "What this customer bought suggests no product, so these are the best sellers of the last "
            "{n} days.",
            RECENT_DAYS,
        )
        chosen = "recent-popularity"
        products = _list(release, report, row, n, chosen)
    return Offered(chosen, note, products)


def as_contract(offered: Offered) -> list[dict[str, Any]]:
    """Return a list as docs/contract.md has it."""
    return [
        {"product": each.product, "description": each.description, "score": each.score, "reason": each.reason}
        for each in offered.products
    ]


def _list(release: Loaded, report: dict[str, Any], row: int, n: int, method: str) -> list[Recommended]:
    name, columns = column_of(method), release.customers
    places = [place for place in columns[name][row][:n].tolist() if place >= 0]
    codes: list[str] = report["products"]
    cluster = int(columns["cluster"][row])
    if method in BASELINES:
        counts = report["recent"] if method == "recent-popularity" else report["clusters"][cluster]
        scores = [float(counts[place]) for place in places]
    else:
        scores = columns[f"{name}_score"][row][: len(places)].tolist()
    if method == REPLENISH:
        scores = [float(int(score)) for score in scores]
    sources = columns[f"{name}_with"][row].tolist() if method in ITEM_METHODS else []
    by = columns[f"{name}_by"][row].tolist() if method in ITEM_METHODS else []
    known = _products(release, {codes[place] for place in [*places, *sources[: len(places)]]})
    found = []
    for at, place in enumerate(places):
        description, price = known[codes[place]]
        companion = None
        if method in ITEM_METHODS:
            source = codes[sources[at]]
            companion = (source, known[source][0])
            reason = _together(*companion, by[at])
        else:
            reason = _alone(method, int(scores[at]))
        found.append(Recommended(codes[place], description, price, scores[at], reason, companion))
    return found


def _alone(method: str, count: int) -> str:
    """Say the reason of a product that goes with no other."""
    n = number(count)
    if method == REPLENISH:
        return plural("in {n} order of this customer", "in {n} orders of this customer", count, n=n)
    if method == "recent-popularity":
        return plural(
            "bought by {n} customer in the last {days} days",
            "bought by {n} customers in the last {days} days",
            count,
            n=n,
            days=RECENT_DAYS,
        )
    return plural(
        "bought by {n} customer in the same cluster",
        "bought by {n} customers in the same cluster",
        count,
        n=n,
    )


def _together(code: str, description: str, count: int) -> str:
    product = f"{code} {description}".rstrip()
    if not count:
        return _("bought with {product}, though not yet by anyone in the same cluster", product=product)
    return plural(
        "bought with {product}, by {n} customer in the same cluster",
        "bought with {product}, by {n} customers in the same cluster",
        count,
        n=number(count),
        product=product,
    )


def _products(release: Loaded, codes: set[str]) -> dict[str, tuple[str, float | None]]:
    marks = ", ".join("?" * len(codes))
    found = release.lookup().execute(
        f"SELECT product, description, price FROM products WHERE product IN ({marks})", sorted(codes)
    )
    return {row["product"]: (row["description"] or "", row["price"]) for row in found}
