"""Pictures of many customers: every name lies inside."""

from types import SimpleNamespace

import numpy as np
import plotly.graph_objects as go
import pytest

from layouts.segments import figures
from layouts.segments.release import width_of_names
from tests.overviews import segment

SCALE = figures.Scale((0, 29), ("1", "365"), "days", 60)
LONG = "Inactive But Potentially Returning"


def drawn(*labels):
    held = SimpleNamespace(
        across=np.array([3, 40], "u1"),
        up=np.array([3, 4], "u1"),
        counts=np.array([1, 9]),
        starts=[0, 2],
    )
    return figures.dots(held, ["Loyal"], ["red"], [figures.Label(*label) for label in labels], (SCALE, SCALE))


@pytest.mark.parametrize("across", [0, 1, 20, 30, 45, 59])
def test_a_long_name_stays_between_the_ends_of_its_axis(across):
    figure = drawn((LONG, across, 20))
    (label,) = figure["layout"]["annotations"]
    wide = len(LONG) * 0.72
    first = label["x"] - wide * {"left": 0, "right": 1}.get(label.get("xanchor"), 0.5)
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= first
    assert first + wide <= high


def test_plotly_takes_the_dots_for_a_scatter():
    figure = drawn(("Loyal", 30, 20))
    assert go.Figure(figure["data"]).data[0].type == "scatter"


def test_a_column_of_names_is_as_wide_as_the_longest_within_bounds():
    assert width_of_names([]) == width_of_names([segment(name="Loyal")]) == 110
    assert width_of_names([segment(name="Loyal"), segment(name="Loyal Customers")]) == 153
    assert width_of_names([segment(name=LONG)]) == 160
