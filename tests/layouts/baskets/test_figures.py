"""The picture of rules: names stand above it, where no point lies."""

import numpy as np
import plotly.graph_objects as go

from layouts.baskets import figures
from services.serving.rules.scatter import Points

DRAWN = Points(
    counts=np.array([20, 400, 90], np.int32),
    baskets=1_000,
    confidence=np.array([1.0, 0.4, 0.7]),
    classes=np.array([0, 1, 2], np.uint8),
    rows=np.arange(3),
    left_out=0,
)


def test_each_name_has_a_row_above_the_picture_and_a_line_to_its_point():
    figure = figures.scatter(DRAWN, [(2, "TEA <b>CUP</b>"), (1, "CAKE STAND")])
    axis, *others = figure["layout"]["annotations"]
    assert axis["text"] == "confidence"
    names = others[::-1]  # the highest is drawn first, its line behind the others
    assert [each["text"] for each in names] == ["Tea &lt;b&gt;cup&lt;/b&gt;", "Cake stand"]
    top = figure["layout"]["yaxis"]["range"][1]
    assert [each["ay"] >= top for each in names] == [True, True]
    assert names[0]["ay"] < names[1]["ay"]
    assert [round(10 ** each["x"]) for each in names] == [90, 400]
    assert [(each["y"], each["ax"] == each["x"]) for each in names] == [(7_000, True), (4_000, True)]
    go.Figure(figure)


def test_without_names_no_room_is_left_above():
    bare = figures.scatter(DRAWN)["layout"]["margin"]["t"]
    assert figures.scatter(DRAWN, [(1, "CAKE")])["layout"]["margin"]["t"] > bare
