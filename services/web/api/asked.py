"""What the HTTP API is asked: parameters and bodies as types, read strictly; other names are refused.

A description completes “NAME takes …”: it stands in the document and in the sentence of a refusal.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, get_origin

from flask import request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from services.campaigns.standings import STATES
from services.core.filters import BOUNDS, CHOICES, CONTACTS
from services.core.parameters import odd_parameters
from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number, plain_text, plain_whole
from services.core.vocabulary import AXES, Axis
from services.serving.lists.listing import DEFAULT_SORT, SORTABLE

MOST_BYTES = 2_000_000
MOST_PREDICTIONS = 10_000
MOST_ON_A_PAGE = 1_000
OF_ID = "the ID of a customer, in any spelling"

Several = Annotated[list[str], Field(max_length=100)]


def _number(text: Any) -> Any:
    """Read what an address says by the rule of addresses; pydantic alone also takes 1_000 and 1e5."""
    return _or_no_value(plain_number, text)


def _whole(text: Any) -> Any:
    return _or_no_value(plain_whole, text)


def _or_no_value(read: Callable[[str], float], text: Any) -> Any:
    try:
        return read(text) if isinstance(text, str) else text
    except Refusal as refusal:
        raise ValueError(str(refusal)) from None


_OF_CONTACTS = {name: f"{of.values}; takes a role that sees contacts" for name, of in CONTACTS.items()}
Number = Annotated[float | None, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]


class Query(BaseModel):
    """Parameters of an address."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class OfRelease(Query):
    """Whose answer is wanted."""

    release: str | None = Field(
        None, description="the ID of a release that is still kept; the active one if left out"
    )


class Page(OfRelease):
    """A portion of a list."""

    limit: Whole = Field(
        100, ge=1, le=MOST_ON_A_PAGE, description=f"a whole number from 1 to {MOST_ON_A_PAGE:,}"
    )
    offset: Whole = Field(0, ge=0, le=10**9, description="how many entries to skip, from 0 up")


class Ordered(Page):
    """A portion of a list of customers, and in which order."""

    sort: str = Field(
        DEFAULT_SORT,
        pattern=f"^({'|'.join(SORTABLE)}):(asc|desc)$",
        description=f"a column and a direction, such as {DEFAULT_SORT}; columns are {', '.join(SORTABLE)}",
    )


def _filters() -> dict[str, Any]:
    """Return a field for each parameter of the filters of customers."""
    found: dict[str, Any] = {}
    for name, choice in CHOICES.items():
        said = f"{choice.key}s of {choice.listed}; repeat the parameter for customers of any of several"
        found[name] = (Several, Field([], description=said))
    for name, described in _OF_CONTACTS.items():
        found[name] = (Several, Field([], description=described))
    for name, (of, end) in BOUNDS.items():
        example = plain_text(of.example)
        said = f"a number in digits, with a point before any decimals: {example} for customers with "
        found[name] = (Number, Field(None, description=said + of.fits(end, example)))
    return found


#: Which customers are wanted.
Customers: type[Ordered] = create_model("Customers", __base__=Ordered, **_filters())


class Rules(Page):
    """Which rules are wanted."""

    cluster: str | None = Field(None, description="the ID of a cluster, for rules of its baskets")
    segment: str | None = Field(None, description="the ID of a segment, for rules of its baskets")
    period: str | None = Field(None, description="3-months, 12-months or season, for rules of its baskets")
    baskets: str = Field(
        "invoices",
        pattern="^(invoices|customers)$",
        description="invoices, or customers: a basket is then everything a customer bought",
    )
    held_up: str = Field(
        "",
        pattern="^(yes|no|unknown)$",
        description="yes, no or unknown: whether rules held up on later baskets",
    )
    item: Several = Field(
        [],
        description="a product code or part of a name; repeat the parameter for rules with all of several",
    )
    min_support: Number = Field(None, description="the lowest share of baskets, a number from 0 to 1")
    min_confidence: Number = Field(None, description="the lowest confidence, a number from 0 to 1")
    min_lift: Number = Field(None, description="the lowest lift, a number from 0 up")
    unpruned: bool = Field(
        False, description="1 to include rules that part of their antecedents explains just as well; else 0"
    )


class Cohorts(OfRelease):
    """Whose cohorts are wanted, and by what."""

    every: str = Field(
        "month", pattern="^(month|quarter|week)$", description="month, quarter or week of the first order"
    )
    country: str | None = Field(None, description="the name of a country, for cohorts of its customers")
    segment: str | None = Field(None, description="the ID of a segment, for cohorts of its customers")
    product: str | None = Field(None, description="a product code, for customers whose first order held it")
    first: str | None = Field(
        None,
        description="a band of first orders, such as value-140, for customers whose first order is in it",
    )
    attribute: Several = Field([], description=_OF_CONTACTS["attribute"])
    agreed: Several = Field([], description=_OF_CONTACTS["agreed"])


class Campaigns(OfRelease):
    """Which campaigns are wanted."""

    state: str = Field(
        "",
        pattern=f"^({'|'.join(STATES)})$",
        description=f"one of {', '.join(STATES)}; all but the archived ones if left out",
    )


class Values(BaseModel):
    """A customer's values; what they may be is the rule of the page and the command line."""

    model_config = ConfigDict(extra="forbid")

    recency: int = Field(ge=0, le=10**12, description="Whole days since the last order.")
    frequency: int = Field(ge=1, le=10**12, description="Orders (or lines, where the preset counts lines).")
    monetary: float = Field(ge=0, le=10**12, description="Money spent.")


Asked = TypeVar("Asked", bound=Query)


def query_of(kind: type[Asked]) -> Asked:
    """Read the parameters of the request that is being answered.

    Raises
    ------
    Refusal
        For a name that is none of ``kind``, one without a value, one given twice that stands for one value,
        or a value that does not fit; ``field`` is the name.
    """
    query = {name: list(values) for name, values in request.args.lists()}
    several = [name for name, known in kind.model_fields.items() if get_origin(known.annotation) is list]
    once = [name for name in kind.model_fields if name not in several]
    for odd in odd_parameters(query, once, several):
        raise Refusal(odd.refused, odd.name)
    given = {name: values if name in several else values[0] for name, values in query.items()}
    try:
        return kind.model_validate(given)
    except ValidationError as fault:
        name = str(fault.errors(include_url=False)[0]["loc"][0])
        raise Refusal(f"{name} takes {kind.model_fields[name].description}.", name) from None


def values_of() -> tuple[list[dict[Axis, object]], bool]:
    """Read the values of one customer, or of many, from the body of the request that is being answered.

    Returns
    -------
    rows : list of dict
        Each with the three axes and nothing else; their values are as they came.
    many : bool
        Whether the body was a list.

    Raises
    ------
    Refusal, RequestEntityTooLarge, UnsupportedMediaType
    """
    body = body_of_request()
    many = isinstance(body, list)
    rows = body if isinstance(body, list) else [body]
    if len(rows) > MOST_PREDICTIONS:
        raise Refusal(f"That is {len(rows):,} customers; send at most {MOST_PREDICTIONS:,} at once.")
    for place, row in enumerate(rows):
        where = f"[{place}]" if many else ""
        if not isinstance(row, dict):
            raise Refusal(
                "Send an object of recency, frequency and monetary, or a list of such objects.", where or None
            )
        odd = sorted(set(row) ^ set(AXES))
        if odd:
            known = "There is no" if odd[0] in row else "There has to be a"
            name = f"{where}.{odd[0][:60]}" if many else odd[0][:60]
            raise Refusal(f"{known} “{odd[0][:60]}”: give recency, frequency and monetary.", name)
    return rows, many


def body_of_request() -> Any:
    """Read the body of the request that is being answered as JSON.

    Raises
    ------
    Refusal, RequestEntityTooLarge, UnsupportedMediaType
    """
    if not request.is_json:
        raise UnsupportedMediaType("Send JSON with the header Content-Type: application/json.")
    request.max_content_length = MOST_BYTES
    try:
        return json.loads(request.get_data())
    except RequestEntityTooLarge:
        raise RequestEntityTooLarge(
            f"The body is larger than {MOST_BYTES // 1_000_000} MB. Send it in parts."
        ) from None
    except (ValueError, RecursionError):
        raise Refusal("The body is not valid JSON.") from None
