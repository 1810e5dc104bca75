"""The filters of a list of customers, each declared once: the one place that names them.

Menu, chip, fields, address, file, HTTP API and its document, words of the audit log and the mask over the
customers are derived from these entries: one more entry is one more filter in all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from services.core.language.messages import later

Unit = Literal["days", "count", "money", "per cent"]
End = Literal["min", "max"]
ENDS: tuple[End, ...] = ("min", "max")


@dataclass(frozen=True)
class Choice:
    """One of several values that the release lists; a customer with any of those chosen fits.

    Attributes
    ----------
    name : str
        The parameter, repeated for several values, and the column of the release: indices, -1 for none. Those
        of ``MAP_CELL`` follow from the scores.
    label : later
        Of menu and chip.
    listed : str
        The entries of the overview that can be chosen, in the order of their indices.
    key : {"id", "name"}
        What of an entry the parameter holds; its name is shown.
    """

    name: str
    label: later
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
    label : later
        Of field and chip.
    unit : {"days", "count", "money", "per cent"}
    column : str
        Of the release; one that a release lacks cannot be asked for there, and is said to be left out. Of an
        estimate with the ends of its interval, the estimate counts.
    least, most : later
        What the bounds ask for, with ``{n}``: ``at least {n} days since the last order``.
    example : float
        For those who are asked to type one.
    """

    name: str
    label: later
    unit: Unit
    column: str
    least: later
    most: later
    example: float

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that make it up."""
        return tuple(f"{self.name}_{end}" for end in ENDS)

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
        return (self.least if end == "min" else self.most)(n=number)


@dataclass(frozen=True)
class OfContacts:
    """What a file of contacts said of a customer: chosen and seen by those alone who may see contacts.

    Attributes
    ----------
    name : str
        The parameter, repeated for several values.
    label : later
        Of menu and chip.
    values : str
        What it takes, in the middle of a sentence.
    """

    name: str
    label: later
    values: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that make it up."""
        return (self.name,)


Filter = Choice | Range | OfContacts
ATTRIBUTE, AGREED, MAP_CELL = "attribute", "agreed", "map_cell"
#: Ways of reaching somebody that they can agree to; a customer who agreed to any of those chosen fits.
CHANNELS = {"email": later("e-mail"), "phone": later("phone or text message")}
CUSTOMER_FILTERS: tuple[Filter, ...] = (
    Choice("segment", later("Segment"), listed="segments"),
    Choice("cluster", later("Cluster"), listed="clusters"),
    Choice("country", later("Country"), listed="countries", key="name"),
    Choice("rhythm", later("Rhythm"), listed="rhythms"),
    Choice(MAP_CELL, later("Map cell"), listed="cells"),
    OfContacts(
        ATTRIBUTE,
        later("Attribute"),
        "a column of the contacts and a value, such as Tier:Gold, and Tier: for customers without a value; "
        "repeat the parameter for any of several values of a column, or for several columns, all of which "
        "have to fit",
    ),
    OfContacts(
        AGREED,
        later("Agreed to"),
        "email or phone, for customers who agreed to campaigns that way; repeat the parameter for either",
    ),
    Range(
        "r",
        later("Recency"),
        "days",
        "recency",
        later("at least {n} days since the last order"),
        later("at most {n} days since the last order"),
        30,
    ),
    Range(
        "f",
        later("Orders"),
        "count",
        "frequency",
        later("at least {n} orders (or lines, where the preset counts lines)"),
        later("at most {n} orders (or lines, where the preset counts lines)"),
        4,
    ),
    Range(
        "m",
        later("Spend"),
        "money",
        "monetary",
        later("at least {n} spent"),
        later("at most {n} spent"),
        1234.5,
    ),
    Range(
        "overdue",
        later("Days overdue"),
        "days",
        "overdue_days",
        later("at least {n} days overdue"),
        later("at most {n} days overdue"),
        14,
    ),
    Range(
        "expected_spend",
        later("Expected spend"),
        "money",
        "expected_spend_quarter",
        later("at least {n} expected spend in 90 days"),
        later("at most {n} expected spend in 90 days"),
        250,
    ),
    Range(
        "no_order",
        later("Chance of no order"),
        "per cent",
        "churn",
        later("at least {n} % chance of no order in 90 days"),
        later("at most {n} % chance of no order in 90 days"),
        60,
    ),
)

CHOICES = {each.name: each for each in CUSTOMER_FILTERS if isinstance(each, Choice)}
CONTACTS = {each.name: each for each in CUSTOMER_FILTERS if isinstance(each, OfContacts)}
RANGES = {each.name: each for each in CUSTOMER_FILTERS if isinstance(each, Range)}
#: Which bound of which range each parameter of a range is.
BOUNDS: dict[str, tuple[Range, End]] = {
    f"{each.name}_{end}": (each, end) for each in RANGES.values() for end in ENDS
}
#: Parameters that may be repeated.
REPEATED = (*CHOICES, *CONTACTS)
#: All parameters, in the order in which they are written.
PARAMETERS = (*REPEATED, *BOUNDS)
_WRITTEN = {"%": "%25", ":": "%3A"}


def attribute_text(column: str, value: str) -> str:
    """Return a column and a value as the parameter ``attribute`` holds them: ``Tier:Gold``.

    The first colon parts them: one in the column's name is written ``%3A``, and a per cent sign ``%25``. An
    empty value stands for customers without one.

    Examples
    --------
    >>> attribute_text("Tier", "Gold: since 2020"), attribute_text("Shop: size", "")
    ('Tier:Gold: since 2020', 'Shop%3A size:')
    """
    return f"{re.sub('[%:]', lambda sign: _WRITTEN[sign[0]], column)}:{value}"


def attribute_of(text: str) -> tuple[str, str] | None:
    """Return the column and the value that :func:`attribute_text` wrote; None where a colon is missing.

    Examples
    --------
    >>> attribute_of("Shop%3A size:100 %"), attribute_of("Tier")
    (('Shop: size', '100 %'), None)
    """
    column, colon, value = text.partition(":")
    signs = {written: sign for sign, written in _WRITTEN.items()}
    name = re.sub("%25|%3A", lambda found: signs[found[0].upper()], column, flags=re.IGNORECASE)
    return (name, value) if colon else None
