"""The customers of a view as a list: sorted by what training sorted already, a portion at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.lists.filters import Filters
from services.serving.release.expected import spend_of, valued
from services.serving.release.loaded import Loaded

_COLUMNS = (
    "customer_id",
    "segment",
    "cluster",
    "country",
    "recency",
    "frequency",
    "monetary",
    "last_purchase",
)
SORTABLE = (*_COLUMNS, "rfm", "rhythm", "expected_spend")
DEFAULT_SORT = "monetary:desc"
#: Characters of an id that a list is narrowed by.
LONGEST_PART = 64
#: Rows of a file of customers; a spreadsheet takes 1,048,576 and drops the rest without a word.
MOST_IN_FILE = 1_000_000


def read_sort(text: str) -> tuple[str, bool]:
    """Return the column and whether it falls, from ``monetary:desc``, which is meant by an empty text, too.

    Raises
    ------
    Refusal
        For anything else than a column that can be sorted by and a direction.
    """
    name, _colon, direction = (text or DEFAULT_SORT).partition(":")
    if name not in SORTABLE or direction not in ("asc", "desc"):
        raise Refusal(
            _(
                "Customers cannot be sorted by “{order}”: write a column and a direction, such as {example}. "
                "The columns are {columns}.",
                order=text[:60],
                example=DEFAULT_SORT,
                columns=", ".join(SORTABLE),
            ),
            "sort",
        )
    return name, direction == "desc"


def sort_at(query: Mapping[str, Sequence[str]]) -> tuple[tuple[str, bool], list[str]]:
    """Return the order that an address asks for, else the usual one and the sentence that says so."""
    try:
        return read_sort(query.get("sort", ("",))[-1]), []
    except Refusal as refused:
        kept = _("The list keeps its usual order.")
        return read_sort(""), [f"{refused} {kept}"]


def sort_text(text: str) -> str:
    """Return an order as :func:`read_sort` understands it: ``monetary:desc``."""
    name, falling = read_sort(text)
    return f"{name}:{'desc' if falling else 'asc'}"


def rows_of(release: Loaded, filters: Filters, sort: str, containing: str = "") -> npt.NDArray[np.int32]:
    """Return the rows of the customers that fit, in order; ties follow the id.

    Parameters
    ----------
    release : Loaded
    filters : Filters
    sort : str
        ``column:asc`` or ``column:desc``.
    containing : str
        Only customers whose id holds this text.
    """
    fits = filters.mask(release)
    if containing:
        ids = release.customers["customer_id"]
        found = np.char.find(ids, containing.encode()) >= 0
        if (small := containing.lower()) != containing:
            # e-mails are stored in small letters
            found |= (np.char.find(ids, small.encode()) >= 0) & (np.char.find(ids, b"@") > 0)
        # the end of a short id is stored as NUL, which no id has
        fits &= found & ("\0" not in containing)
    return in_order(release, fits, sort)


def in_order(release: Loaded, fits: npt.NDArray[np.bool_], sort: str) -> npt.NDArray[np.int32]:
    """Return the rows of the customers marked in ``fits``, shape (n,), in order; ties follow the id."""
    name, falling = read_sort(sort)
    own = {"rfm": _by_class, "rhythm": _by_days_overdue, "expected_spend": _by_expected_spend}.get(name)
    order: npt.NDArray[Any] = own(release) if own else release.customers[f"order_{name}"]
    if falling:
        order = order[::-1]
    found: npt.NDArray[np.int32] = order[fits[order]].astype(np.int32, copy=False)
    return found


def listed(release: Loaded, rows: npt.NDArray[np.int32]) -> list[dict[str, Any]]:
    """Return customers as values for a table or a file.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        Rows of the release's columns; a portion.
    """
    column = {name: release.customers[name][rows] for name in (*_COLUMNS, "r", "f", "m")}
    segments, clusters, countries = release.segments, release.clusters, release.overview.countries
    plain = {name: values.tolist() for name, values in column.items() if name != "last_purchase"}
    states = [each.name.lower() for each in release.overview.rhythms]
    if states:
        state, late = (release.customers[name][rows].tolist() for name in ("rhythm", "overdue_days"))
    spend = _cents(release, rows) if valued(release) else None
    dates = np.datetime_as_string(column["last_purchase"], unit="D").tolist()
    return [
        {
            "customer_id": plain["customer_id"][place].decode(),
            "segment": segments[plain["segment"][place]].id if plain["segment"][place] >= 0 else None,
            "cluster": clusters[plain["cluster"][place]].id,
            "country": countries[plain["country"][place]].name if plain["country"][place] >= 0 else None,
            "recency": plain["recency"][place],
            "frequency": plain["frequency"][place],
            "monetary": plain["monetary"][place],
            "rfm": _digits(plain["r"][place], plain["f"][place], plain["m"][place]),
            "last_purchase": dates[place],
            "rhythm": states[state[place]] if states else None,
            "overdue_days": late[place] if states else None,
            "expected_spend": spend[place] if spend else None,
        }
        for place in range(len(rows))
    ]


def _by_class(release: Loaded) -> npt.NDArray[np.intp]:
    """Return the rows by their three scores, read as one number; ties follow the id."""
    r, f, m = (release.customers[score].astype(np.int16) for score in "rfm")
    return np.argsort(100 * r + 10 * f + m, kind="stable")


def _by_days_overdue(release: Loaded) -> npt.NDArray[np.intp]:
    """Return the rows by the days that customers are overdue; ties follow the id."""
    known = release.customers.get("overdue_days")
    return np.arange(release.count) if known is None else np.argsort(known, kind="stable")


def _by_expected_spend(release: Loaded) -> npt.NDArray[np.intp]:
    """Return the rows by what customers are expected to spend; ties follow the id."""
    return np.argsort(spend_of(release), kind="stable") if valued(release) else np.arange(release.count)


def _cents(release: Loaded, rows: npt.NDArray[np.int32]) -> list[float]:
    return [round(each, 2) for each in spend_of(release)[rows].tolist()]


def _digits(r: int, f: int, m: int) -> str | None:
    return f"{r}{f}{m}" if r else None
