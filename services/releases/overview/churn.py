"""Who may not order within the horizon, in an overview: what was predicted earlier, and what happened.

A customer *left* at a cut who had ordered by the end of that day and did not order in the ``horizon`` days
after it; who did *came back*. Everybody who had ordered by then is counted. At each cut the models knew what
was known at the end of that day and nothing else.

Customers' columns (none of them where ``missing`` says why):

``churn``, ``churn_low``, ``churn_high``
    The chance of no order in the ``horizon`` days after ``seen``, 0 to 1, and its interval of ``level`` per
    cent. A customer's band is the last of ``bands`` that begins at ``churn`` or below.
``churn_reason``, shape (n, 4)
    What moves the chance most, most first: a place in ``reasons``, −1 padded.
``churn_weight``, shape (n, 4)
    By how much, in log-odds against what is usual: above 0 raises the chance, below 0 lowers it; 0 padded.
``churn_fact``, shape (n, 4)
    The customer's own figure, in the unit of the reason; 0 padded.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from services.releases.overview.strict import Count, Part, Share

Percent = Annotated[int, Field(ge=0, le=100)]


class Flagged(Part):
    """Whom a model would contact if so many were contacted, the likeliest to leave first.

    Attributes
    ----------
    customers : int
    left : int
        Of them.
    """

    customers: Count
    left: Count


class Score(Part):
    """A model at a cut.

    Attributes
    ----------
    model : str
        The id of one of ``Churn.models``.
    auc, auc_low, auc_high : float
        Area under the ROC curve, with its interval of 95 %.
    precision, precision_low, precision_high : float
        Average precision (area under the PR curve), with its interval of 95 %.
    brier : float or None
        Mean squared error of the probabilities; None for a rule, which states none.
    """

    model: str
    auc: Share
    auc_low: Share
    auc_high: Share
    precision: Share
    precision_low: Share
    precision_high: Share
    brier: Share | None


class Cut(Part):
    """What was predicted at an earlier day, and what happened in the horizon after it.

    Attributes
    ----------
    day : str
        The last day that was known, ISO 8601.
    customers, left : int
    predicted : float
        Mean chance of the served model; ``left / customers`` happened.
    slope : float
        Of the calibration line in log-odds: 1 is right, below 1 the chances are too extreme.
    brier : float
        Of the served model.
    brier_base : float
        The same, had everybody been given the share that left.
    scores : list of Score
        In the order of ``Churn.models``.
    """

    day: str
    customers: Count
    left: Count
    predicted: Share
    slope: float
    brier: Share
    brier_base: Share
    scores: list[Score]


class Band(Part):
    """Customers of all cuts by the chance that the served model gave them.

    Attributes
    ----------
    begin, end : int
        Per cent, ``from`` and ``to`` in JSON; the end is not in the band, except 100.
    customers, left : int
    predicted : float or None
        Mean chance; None where nobody was in the band, as are the next two.
    low, high : float or None
        Interval of 95 % of the share that left.
    """

    begin: Percent = Field(alias="from")
    end: Percent = Field(alias="to")
    customers: Count
    left: Count
    predicted: Share | None
    low: Share | None
    high: Share | None


class Model(Part):
    """A model or a rule that was tried.

    Attributes
    ----------
    id, name : str
    kind : {"candidate", "baseline"}
        A baseline is never served.
    curve : list of Flagged
        At the last cut, from nobody to everybody, in about a hundred steps at which no two equal scores are
        parted: ROC, PR and lift follow from it.
    """

    id: str
    name: str
    kind: Literal["candidate", "baseline"]
    curve: list[Flagged]


class Reason(Part):
    """What the chance of a customer is told by.

    Attributes
    ----------
    id, name : str
    unit : {"days", "count", "money", "share"}
        Of the customer's own figure; money in shop currency.
    """

    id: str
    name: str
    unit: Literal["days", "count", "money", "share"]


class Churn(Part):
    """How likely customers are not to order, and what such claims were worth.

    Attributes
    ----------
    missing : str or None
        The sentence that says why no chance is given; ``cuts`` and ``models`` may still say what was tried,
        all else is empty.
    horizon : int
        Days.
    seen : str or None
        The last day that is known whole, ISO 8601: the horizon begins after it.
    level : int
        Per cent of ``churn_low`` and ``churn_high``.
    served : str or None
        The id of the model that customers are scored by.
    season : str or None
        The sentence that says whether the level is shifted by what happened a year before, and why (not).
    cuts : list of Cut
        Oldest first, four at most.
    models : list of Model
        Candidates first.
    thresholds : list of Flagged
        At the last cut by the served model: whose chance was at least 0, 1, … 100 per cent.
    bands : list of Band
        By tens of per cent, all ten.
    reasons : list of Reason
        A customer's ``churn_reason`` is a place in it.
    """

    missing: str | None
    horizon: Count
    seen: str | None
    level: Percent
    served: str | None
    season: str | None
    cuts: list[Cut]
    models: list[Model]
    thresholds: list[Flagged]
    bands: list[Band]
    reasons: list[Reason]
