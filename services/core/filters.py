"""The filters of a list of customers, each declared once: the one place that names them.

Menu, chip, fields, address, file, HTTP API and its document, words of the audit log and the mask over the
customers are derived from these entries: one more entry is one more filter in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Unit = Literal["days", "count", "money", "per cent"]
End = Literal["min", "max"]
ENDS: tuple[End, ...] = ("min", "max")
_FITS: dict[End, str] = {"min": "at least", "max": "at most"}


@dataclass(frozen=True)
class Choice:
    """One of several values that the release lists; a customer with any of those chosen fits.

    Attributes
    ----------
    name : str
        The parameter, repeated for several values, and the column of the release: indices, -1 for none.
    label : str
        Of menu and chip.
    listed : str
        The entries of the overview that can be chosen, in the order of their indices.
    key : {"id", "name"}
        What of an entry the parameter holds; its name is shown.
    """

    name: str
    label: str
    listed: str
    key: Literal["id", "name"] = "id"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that make it up."""
        return (self.name,)


@dataclass(frozen=True)
class Range:
    """A number between two bounds, either of which may be left open; both are inclusive.

    Attributes
    ----------
    name : str
        Its parameters are this with ``_min`` and ``_max``.
    label : str
        Of field and chip.
    unit : {"days", "count", "money", "per cent"}
    column : str
        Of the release; one that a release lacks cannot be asked for there, and is said to be left out. Of an
        estimate with the ends of its interval, the estimate counts.
    amount : str
        A number of it in words, ``{} days since the last order``: “at least” or “at most” comes before it.
    example : float
        For those who are asked to type one.
    """

    name: str
    label: str
    unit: Unit
    column: str
    amount: str
    example: float

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that make it up."""
        return tuple(f"{self.name}_{end}" for end in ENDS)

    @property
    def typed(self) -> str:
        """What is typed into its fields, in the middle of a sentence."""
        return "days" if self.unit == "days" else self.label.lower()

    def numbers(self, column: npt.ArrayLike) -> npt.NDArray[Any]:
        """Return what bounds are compared with, shape (n,): shares in per cent, with one decimal.

        Parameters
        ----------
        column : array_like, shape (n,) or (n, 3)
            As the release has it.
        """
        values = np.asarray(column)
        first = values[:, 0] if values.ndim > 1 else values
        return np.round(100 * first.astype(np.float64), 1) if self.unit == "per cent" else first

    def fits(self, end: End, number: str) -> str:
        """Say in words what a bound asks for: ``at least 30 days since the last order``."""
        return f"{_FITS[end]} {self.amount.format(number)}"


Filter = Choice | Range
CUSTOMER_FILTERS: tuple[Filter, ...] = (
    Choice("segment", "Segment", listed="segments"),
    Choice("cluster", "Cluster", listed="clusters"),
    Choice("country", "Country", listed="countries", key="name"),
    Choice("rhythm", "Rhythm", listed="rhythms"),
    Range("r", "Recency", "days", "recency", "{} days since the last order", 30),
    Range("f", "Orders", "count", "frequency", "{} orders (or lines, where the preset counts lines)", 4),
    Range("m", "Spend", "money", "monetary", "{} spent", 1234.5),
    Range("overdue", "Days overdue", "days", "overdue_days", "{} days overdue", 14),
    Range(
        "expected_spend",
        "Expected spend",
        "money",
        "expected_spend_quarter",
        "{} expected spend in 90 days",
        250,
    ),
    Range("no_order", "Chance of no order", "per cent", "churn", "{} % chance of no order in 90 days", 60),
)

CHOICES = {each.name: each for each in CUSTOMER_FILTERS if isinstance(each, Choice)}
RANGES = {each.name: each for each in CUSTOMER_FILTERS if isinstance(each, Range)}
#: Which bound of which range each parameter of a range is.
BOUNDS: dict[str, tuple[Range, End]] = {
    f"{each.name}_{end}": (each, end) for each in RANGES.values() for end in ENDS
}
#: All parameters, in the order in which they are written.
PARAMETERS = (*CHOICES, *BOUNDS)
