"""What the HTTP API answers, as types: the document is written from them, tests hold the answers to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from services.core.vocabulary import Axis

Scores = dict[Literal["r", "f", "m"], int]


_EMPTY = "null where nobody is in the segment"


class Answer(BaseModel):
    """A part of an answer; later versions may add to it."""


class Health(Answer):
    """Whether the site can answer."""

    status: Literal["ready", "not ready"]
    release: str | None = Field(description="The active release.")
    reason: str | None = Field(description="Why it cannot be used.")


class Release(Answer):
    """A release of the models folder; what cannot be read from a damaged one is null."""

    id: str
    active: bool
    usable: bool
    why_not: str | None
    made_at: datetime | None
    preset: str | None
    source: str | None = Field(description="Name of the file it was made from.")
    as_of: str | None = Field(description="The moment up to which recency is counted, in the shop's time.")
    customers: int | None
    k: int | None = Field(description="Number of clusters.")


class Segment(Answer):
    """A segment, its customers and what they are like on average."""

    id: str
    name: str
    customers: int
    revenue: float = Field(description="In the shop's currency, like all amounts.")
    recency: float | None = Field(description=f"Mean of days since the last order; {_EMPTY}.")
    frequency: float | None = Field(
        description=f"Mean of orders (or lines, where the preset counts lines); {_EMPTY}."
    )
    monetary: float | None = Field(description=f"Mean of money spent; {_EMPTY}.")
    median_monetary: float | None = Field(description=f"Median of money spent; {_EMPTY}.")
    expected_spend: float | None = Field(
        description="Expected of its customers in 90 days; null where the release expects nothing."
    )
    playbook: str = Field(description="What to do, in a few words.")
    at_risk: bool


class Cluster(Answer):
    """A cluster by the id that it keeps across releases."""

    id: str
    name: str


class Expected(Answer):
    """Days, both inclusive, between which the next order is expected."""

    low: date
    high: date
    level: float = Field(description="Share of next orders that such an interval should hold, 0 to 1.")


class Record(Answer):
    """Intervals of the same level at earlier days, and those within which lay what happened."""

    intervals: int
    held: int


class Rhythm(Answer):
    """A customer against their own gaps between orders; docs/contract.md defines it."""

    state: Literal["in rhythm", "due", "overdue", "silent"]
    overdue_days: int = Field(ge=0)
    next: Expected | None = Field(description="Null where an order soon is too unlikely to name days.")
    record: Record | None


class Bounds(Answer):
    """What is expected on average, and the two ends of the interval, both inclusive."""

    expected: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)


class Value(Answer):
    """What a customer is expected to buy after a day; docs/contract.md defines it."""

    seen: date = Field(description="The last day that is known in full.")
    chance_of_order: float = Field(ge=0, le=1, description="Of one or more within 90 days.")
    orders: list[Bounds] | None = Field(
        description="Days with an order, within 90 days and within 365; null where value is refused."
    )
    spend: list[Bounds] | None
    level: float | None = Field(description="Share of customers that an interval is to hold, 0 to 1.")
    record: Record | None = Field(
        description="Intervals of spend in 90 days that were stated at earlier days, and those that held."
    )


class ChurnBand(Answer):
    """Customers at earlier days who were given a chance within these bounds, and those who came back."""

    from_: float = Field(alias="from", ge=0, le=1)
    to: float = Field(ge=0, le=1)
    customers: int
    came_back: int


class ChurnReason(Answer):
    """What moves the chance, by how much in log-odds (above 0 raises it), and the customer's own figure."""

    id: str
    name: str
    value: float
    unit: Literal["days", "count", "money", "share"]
    log_odds: float


class Churn(Answer):
    """How likely the customer is not to order within the horizon; docs/contract.md defines it."""

    horizon_days: int
    probability: float = Field(ge=0, le=1)
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    band: ChurnBand
    reasons: list[ChurnReason]
    usual_spend: float = Field(ge=0, description="In the horizon, by all that was spent so far; money.")
    expected_loss: float = Field(ge=0, description="Probability × usual spend.")


class Customer(Answer):
    """One customer."""

    customer_id: str
    recency: int = Field(description="Whole days since the last order.")
    frequency: int = Field(description="Orders (or lines, where the preset counts lines).")
    monetary: float
    scores: Scores | None = Field(description="Null where the preset has none.")
    rfm_class: str | None
    segment: str | None = Field(description="Name of the segment.")
    cluster: Cluster
    margin: float = Field(ge=0, le=1, description="0 on the border of two clusters, 1 in the middle of one.")
    orders: int
    first_purchase: str | None
    last_purchase: str
    rhythm: Rhythm | None = Field(description="Null where the release knows no rhythm.")
    value: Value | None = Field(description="Null where the release expects nothing of its customers.")
    churn: Churn | None = Field(description="Null where the release gives no chance of no order.")


class Prediction(Answer):
    """Where a customer with given values would fall."""

    cluster: Cluster
    segment: str | None
    scores: Scores | None
    distances: dict[str, float] = Field(description="To each cluster, by its id.")
    margin: float = Field(ge=0, le=1)
    in_range: dict[Axis, bool] = Field(description="Whether the value is within the range seen in training.")


class Rule(Answer):
    """A basket rule: buyers of the antecedents also buy the consequents. Infinite measures are null."""

    antecedents: list[str] = Field(description="Product codes.")
    consequents: list[str]
    antecedent_names: list[str]
    consequent_names: list[str]
    count: int = Field(description="Baskets that hold all of these products.")
    antecedent_count: int
    consequent_count: int
    support: float
    confidence: float
    lift: float
    leverage: float
    conviction: float | None
    zhangs_metric: float
    jaccard: float
    certainty: float
    kulczynski: float
    representativity: float
    redundant: bool = Field(description="A part of the antecedents already gives at least this confidence.")
    p_value: float | None = Field(
        description="Fisher's exact test on customers; null in releases from before it was added."
    )
    q_value: float | None = Field(description="The same, adjusted for the number of rules tested.")
    later_count: int | None = Field(description="Later baskets that hold all of these products.")
    later_antecedent_count: int | None
    later_consequent_count: int | None
    later_confidence: float | None
    held_up: int | None = Field(
        description="Whether it held up in the later period: 1 yes, 0 no, -1 cannot tell."
    )
    customers: int | None = Field(description="Customers who have a basket with all of them.")
    chance_lift: float | None = Field(description="The lift that chance gives in baskets of these sizes.")
    finding: bool | None = Field(description="Whether the lift is beyond what chance gives.")


class CohortPeriod(Answer):
    """What a cohort did in a period; all is null where the cell is left out: under five people."""

    since: int = Field(description="Periods after the first order; 0 is its own.")
    customers: int | None = Field(description="Customers of the cohort who ordered in it.")
    orders: int | None
    revenue: float | None
    complete: bool = Field(description="Whether the data covers the whole period.")


class Cohort(Answer):
    """Customers whose first order is in one period."""

    cohort: str = Field(description="Such as 2011-04, 2011-Q2 or 2011-W14.")
    first_day: str
    customers: int | None = Field(description="All of them; null where there are fewer than five.")
    periods: list[CohortPeriod]


class Problem(Answer):
    """Why there is no answer (RFC 9457)."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str = Field(description="A sentence that says what to do.")
    ref: str = Field(description="The reference of this error in the site's log.")
    field: str = Field("", description="The input that it is about; absent if there is none.")
