"""Pictures of many customers: every name lies inside, and on nobody else's dot."""

from types import SimpleNamespace

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.segments import figures
from layouts.segments.label_figures import Label
from layouts.segments.release import width_of_names
from tests.drawn import drawn
from tests.overviews import segment

SCALE = figures.Scale((0, 29), ("1", "365"), "days", 60)
LONG = "Inactive But Potentially Returning"


LETTER = 1.15  # cells that a letter takes on a narrow screen
DOT = 1.3  # and half of the largest dot
LOOKS = [figures.Look("Loyal", "red", "segment=loyal"), figures.Look("Lost", "blue", "segment=lost")]


def dots(*groups):
    """Each group is a list of cells (across, up)."""
    cells = [cell for group in groups for cell in group]
    ends = np.cumsum([0, *map(len, groups)]).tolist()
    across, up = (np.array([cell[side] for cell in cells], "u1") for side in (0, 1))
    return SimpleNamespace(across=across, up=up, counts=np.arange(1, len(cells) + 1), starts=ends)


def pictured(*labels, held=None):
    held = held or dots([(3, 3), (40, 4)], [])
    return figures.dots(held, LOOKS, [Label(*label, 0) for label in labels], (SCALE, SCALE))


def labels_of(figure):
    """The names in a picture; behind them the vertical axis is named above it."""
    *names, axis = figure["layout"]["annotations"]
    assert (axis["text"], axis["xref"], axis["y"]) == (SCALE.title, "paper", 1)
    return names


def box(label):
    """The cells that a label takes on a narrow screen: left, right, low, high."""
    wide = len(label["text"]) * LETTER
    left = label["x"] - wide * {"left": 0, "right": 1}.get(label.get("xanchor"), 0.5)
    return left, left + wide, label["y"] - 1, label["y"] + 1


def on(cells, label):
    left, right, low, high = box(label)
    return [cell for cell in cells if left - DOT <= cell[0] <= right + DOT and low <= cell[1] <= high]


@pytest.mark.parametrize("across", [0, 1, 20, 30, 45, 59])
def test_a_long_name_stays_between_the_ends_of_its_axis(across):
    figure = pictured((LONG, across, 20))
    (label,) = labels_of(figure)
    first, last, *_ = box(label)
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= first
    assert last <= high


def test_plotly_takes_the_dots_for_a_scatter_that_says_what_it_filters():
    figure = pictured(("Loyal", 30, 20))
    (trace,) = go.Figure(figure).data  # a group without dots is not drawn
    assert (trace.type, trace.meta) == ("scatter", "segment=loyal")


@drawn(50)
@given(
    own=st.lists(st.tuples(st.integers(0, 47), st.integers(0, 27)), unique=True, max_size=30),
    others=st.lists(st.tuples(st.integers(0, 47), st.integers(0, 27)), unique=True, max_size=30),
    across=st.floats(0, 47),
    up=st.floats(0, 27),
)
def test_no_label_lies_on_a_dot_of_another_group_or_on_another_label(own, others, across, up):
    scale = figures.Scale((), (), SCALE.title, 48)
    asked = [Label("Loyal", across, up, 0), Label("Lost", across, up, 1)]
    figure = figures.dots(dots(own, others), LOOKS, asked, (scale, scale._replace(length=28)))
    written = {label["text"]: label for label in labels_of(figure)}
    assert not (on(others, written["Loyal"]) if "Loyal" in written else [])
    assert not (on(own, written["Lost"]) if "Lost" in written else [])
    if len(written) == 2:
        (left, right, low, high), (start, end, bottom, top) = map(box, written.values())
        assert right <= start or end <= left or high <= bottom or top <= low


@pytest.mark.parametrize("aside", [-4, 4])
def test_a_label_keeps_half_of_the_largest_dot_away_from_one_beside_it(aside):
    other = (20 + aside, 10)
    (label,) = labels_of(pictured(("Loyal", 20, 10), held=dots([(20, 10)], [other])))
    assert on([other], label) == []


def test_a_label_stands_on_its_own_dots_and_one_without_a_place_is_left_to_the_legend():
    everywhere = [(across, up) for across in range(60) for up in range(60)]
    assert len(labels_of(pictured(("Loyal", 30, 20), held=dots(everywhere, [])))) == 1
    assert labels_of(pictured(("Loyal", 30, 20), held=dots([], everywhere))) == []


def test_a_wide_letter_takes_the_place_of_two():
    assert Label("休眠顧客", 0, 0, 0).half == Label("Dormancy", 0, 0, 0).half


def test_a_long_name_takes_several_lines_of_its_area_as_text():
    looks = [figures.Look("Very frequent <b> spenders", "red", ""), figures.Look("Lost", "blue", "")]
    (area,) = figures.treemap(looks, [30.0, 10.0], ["£30, 75 %", ""])["data"]
    long = "<b>Very frequent &lt;b&gt;<br>spenders</b><br>£30, 75 %"
    assert area["text"] == [long, "<b>Lost</b><br>"]


def test_areas_and_bars_say_what_each_of_them_filters():
    (area,) = figures.treemap(LOOKS, [30.0, 10.0], ["£30", ""])["data"]
    assert area["meta"] == ["segment=loyal", "segment=lost"]
    filters = ["r_min=&r_max=9", "r_min=10&r_max="]
    figure = figures.distribution([5, 1], figures.Scale((0,), ("0",), "days", 2), filters)
    assert list(go.Figure(figure).data[0].meta) == filters


def test_a_column_of_names_is_as_wide_as_the_longest_within_bounds():
    assert width_of_names([]) == width_of_names([segment(name="Loyal")]) == 110
    assert width_of_names([segment(name="Loyal"), segment(name="Loyal Customers")]) == 153
    assert width_of_names([segment(name=LONG)]) == 160
