"""Pictures of one customer: plotly takes them, and they say no more than there is."""

from __future__ import annotations

from contextvars import copy_context

import plotly.graph_objects as go
import pytest

from layouts import words
from layouts.customers import figures
from layouts.customers.sign import Sign, sign

POUND = Sign("£", "")


@pytest.mark.parametrize(
    "figure",
    [
        figures.NOTHING,
        figures.months([("2011-11", 0.0), ("2011-12", 12.345)], ["", "£12"], "red", POUND),
        figures.gaps([(50, "2011-01-26"), (0, "2011-04-07")], [33, 72]),
        figures.gaps([(0, "2011-01-26")], []),
        figures.order_values([("2011-01-26", 0.0)], 0.0, "Loyal £0", "red", POUND),
        figures.order_values([("2011-01-26", 5.0), ("2011-01-27", 9.0)], 7.0, "Loyal £7", "red", POUND),
    ],
)
def test_plotly_accepts_every_picture(figure):
    coloured = {"data": figure["data"], "layout": _without_names(figure["layout"])}
    go.Figure(_without_names(coloured))


def _without_names(value):
    """Give colours that Python's plotly knows instead of the browser's names."""
    if isinstance(value, str):
        return "red" if value.startswith("var(") else value
    if isinstance(value, dict):
        return {name: _without_names(each) for name, each in value.items()}
    return [_without_names(each) for each in value] if isinstance(value, list) else value


def test_of_few_months_each_is_named_once():
    spent = [(f"2011-{month:02d}", 1.0) for month in range(1, 13)]
    axes = [
        figures.months(spent[:count], [""] * count, "red", POUND)["layout"]["xaxis"] for count in (1, 8, 9)
    ]
    assert [axis.get("dtick") for axis in axes] == ["M1", "M1", None]


def test_cut_offs_beyond_the_picture_are_left_out():
    shapes = figures.gaps([(2, "2011-01-26")], [1, 33])["layout"]["shapes"]
    assert [shape["x0"] for shape in shapes] == [1]


def test_a_sign_stands_where_the_language_puts_it():
    def in_germany() -> Sign:
        words.use(words.Manner("de_DE", "EUR", "Europe/Berlin"))
        return sign()

    assert sign() == POUND
    assert sign().ticks == {"tickprefix": "£", "ticksuffix": ""}
    assert copy_context().run(in_germany).beside("%{x}") == "%{x}\u00a0€"
