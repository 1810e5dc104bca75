"""Numbers and days as options: digits, a point, a minus, as in an address; click also takes 1_000 and nan."""

from __future__ import annotations

import math
from typing import Any

import click

from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number, plain_whole


class Number(click.ParamType):
    """A number with a point before its decimals."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> float:
        """Return the number of a text."""
        try:
            number = plain_number(str(value))
        except Refusal:
            number = math.nan
        if not math.isfinite(number):
            raise _refused("a number in plain digits, such as 0.015", param)
        return number


class Whole(click.IntRange):
    """A whole number within bounds."""

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        """Return the number of a text."""
        try:
            number = plain_whole(str(value))
        except Refusal:
            raise _refused("a whole number in plain digits, such as 40", param) from None
        return super().convert(number, param, context)


class DayOrMoment(click.DateTime):
    """A moment; a day without a time stays a day, and means all of it."""

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        """Return a date for a text without a time, else a datetime."""
        moment = super().convert(value, param, context)
        return moment.date() if ":" not in str(value) else moment


def _refused(what: str, param: click.Parameter | None) -> Refusal:
    if param is None:
        return Refusal(f"This takes {what}.")
    return Refusal(f"{param.opts[0]} takes {what}.", param.name, option=param.opts[0])
