"""What to do for each group: the field's strategies, as data, and which group begins with which."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.core.clusters.positions import Level
from services.core.language.messages import _
from services.core.vocabulary import Axis

REGULAR = "regular"
_GOOD = ("high", "top")
_Text = Annotated[str, Field(min_length=1)]


class Strategy(BaseModel):
    """What a shop does with customers in one situation.

    Attributes
    ----------
    id, name : str
        The texts are in English; :meth:`shown` says them.
    goal, message, offer : str
        Sentences that staff may replace by their own.
    channel : str
        How these customers are reached.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: _Text
    goal: _Text
    message: _Text
    offer: _Text
    channel: _Text

    def shown(self) -> Strategy:
        """Return it in the language that holds: ``make messages`` extracts its texts."""
        return self.model_copy(
            update={
                "name": _(self.name),
                "goal": _(self.goal),
                "message": _(self.message),
                "offer": _(self.offer),
                "channel": _(self.channel),
            }
        )


@cache
def strategies() -> Mapping[str, Strategy]:
    """Return the strategies by id."""
    found = _read("strategies.toml")
    return {name: Strategy.model_validate({"id": name, **texts}) for name, texts in found.items()}


@cache
def assigned() -> Mapping[str, Mapping[str, str]]:
    """Return the strategy's id of each segment of each preset that ships and names its segments."""
    return _read("assigned.toml")


def _read(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def situation(level: Mapping[Axis, Level]) -> str:
    """Return the id of the strategy for a group by where its customers lie in the base.

    Parameters
    ----------
    level : dict of axis to str
        Of ``services.core.clusters.positions.levels``. A high recency is an order long ago.

    Examples
    --------
    >>> situation({"recency": "low", "frequency": "one", "monetary": "low"})
    'new'
    """
    often, much = level["frequency"] in _GOOD, level["monetary"] in _GOOD
    if level["recency"] in _GOOD:
        if often and much:
            return "cannot-lose"
        if often or much:
            return "at-risk"
        return "lost" if level["recency"] == "top" else "hibernating"
    if level["recency"] == "low":
        if often and much:
            return "vip"
        if often or much:
            return "loyal"
        return {"one": "new", "low": "promising"}.get(level["frequency"], "potential-loyalists")
    if often and much:
        return "loyal"
    if often or much or level["frequency"] == "middle":
        return "need-attention"
    return "about-to-sleep"
