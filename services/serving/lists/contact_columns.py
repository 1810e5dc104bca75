"""A column of the contacts in the order of a release's customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _
from services.core.language.written import number
from services.core.refusals import NotFound, Refusal
from services.serving.release.loaded import Loaded

Rows = npt.NDArray[np.intp]
#: Different values that a column can have to be filtered by; notes in a person's own words have more.
MOST_VALUES = 50_000
_SHOWN = 60


@dataclass(frozen=True)
class Column:
    """What the contacts' column says of a release's customers.

    Attributes
    ----------
    values : list of str
        Those that most customers of the release have come first.
    customers : list of int
        How many have each; 0 where only customers have it who are not in the release.
    without : int
        Customers of the release without a value, those without a contact among them.
    codes : ndarray of int, shape (n,)
        Place in ``values`` and 1; 0 for none.
    """

    values: list[str]
    customers: list[int]
    without: int
    codes: npt.NDArray[np.integer]


def column_of(release: Loaded, name: str, portions: Iterator[Sequence[Sequence[str]]]) -> Column:
    """Read a column.

    Parameters
    ----------
    release : Loaded
    name : str
    portions : iterator
        Pairs of value and customer's id, a customer once.

    Raises
    ------
    NotFound
        If there is no pair.
    Refusal
        If there are too many values.
    """
    place: dict[str, int] = {}
    codes = np.zeros(release.count, dtype=np.int32)
    for part in portions:
        said, ids = zip(*part, strict=True)
        numbers = np.fromiter((place.setdefault(each, len(place)) for each in said), np.int32, len(said))
        if len(place) > MOST_VALUES:
            why = _(
                "“{column}” has more than {n} different values, too many to filter by",
                column=name[:_SHOWN],
                n=number(MOST_VALUES),
            )
            raise Refusal(why)
        rows, at = places_of(release, ids)
        codes[rows] = numbers[at] + 1
    if not place:
        raise NotFound(_("The contacts have no column “{column}”", column=name[:_SHOWN]))
    counts = np.bincount(codes, minlength=len(place) + 1)
    values = list(place)
    ranked = sorted(range(len(values)), key=lambda at: (-counts[at + 1], values[at]))
    new = np.zeros(len(values) + 1, dtype=np.min_scalar_type(len(values)))
    new[np.array(ranked) + 1] = np.arange(1, len(values) + 1)
    return Column(
        [values[at] for at in ranked],
        [int(counts[at + 1]) for at in ranked],
        int(counts[0]),
        new[codes],
    )


def places_of(release: Loaded, ids: Sequence[str]) -> tuple[Rows, Rows]:
    """Return the rows of those of some ids that are in a release, and the places of these ids.

    Ids of contacts are spelled as today; a release from before e-mails were folded has other spellings.
    """
    known = release.customers["customer_id"]
    wanted = np.array([each.encode() for each in ids], dtype="S")
    rows = np.minimum(np.searchsorted(known, wanted), release.count - 1)
    at = np.flatnonzero(known[rows] == wanted)
    rows = rows[at]
    respelled = release.respelled
    older = [
        (row, here) for here, each in enumerate(ids if respelled else ()) for row in respelled.get(each, ())
    ]
    if older:
        more, places = (np.array(each, dtype=np.intp) for each in zip(*older, strict=True))
        rows, at = np.concatenate([rows, more]), np.concatenate([at, places])
    return rows, at
