"""Figures as plain dicts: what Plotly makes of them."""

from __future__ import annotations

import base64

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from layouts.parts import charts as theme


def unpacked(sent: dict[str, str]) -> np.ndarray:
    values = np.frombuffer(base64.b64decode(sent["bdata"]), dtype=np.dtype(sent["dtype"]).newbyteorder("<"))
    return values.reshape([int(part) for part in sent["shape"].split(",")]) if "shape" in sent else values


def test_the_template_is_one_that_plotly_knows():
    template = go.layout.Template(theme.template())
    assert template.layout.font.color == "var(--sd-ink)"
    assert template.layout.colorscale.sequential[0] == (0, "var(--seq-1)")


def test_a_figure_with_packed_arrays_is_one_that_plotly_knows():
    figure = go.Figure(
        {
            "data": [
                {"type": "bar", "x": theme.packed([1, 2]), "y": theme.packed(np.array([0.5, 1.5]))},
                {"type": "heatmap", "z": theme.packed(np.ones((2, 3)))},
            ]
        }
    )
    assert figure.data[1].type == "heatmap"


TYPES = st.sampled_from(["f8", "f4", "i8", "i4", "i2", "i1", "u1", "u2", ">i4"])


@given(arrays.arrays(TYPES, arrays.array_shapes(max_dims=2)))
def test_packing_keeps_every_value(values):
    sent = unpacked(theme.packed(values))
    assert sent.shape == values.shape
    np.testing.assert_array_equal(sent, values.astype(sent.dtype))


@pytest.mark.parametrize("values", [["a"], [True], [None]])
def test_what_is_no_number_is_not_packed(values):
    with pytest.raises(TypeError, match="plotly"):
        theme.packed(values)


def test_a_graph_has_a_name_and_no_button_that_uploads_it():
    placed = theme.graph("segments-sizes-graph", "Customers by segment", height=200).to_plotly_json()["props"]
    assert placed["aria-label"] == "Customers by segment"
    assert placed["children"].config["showSendToCloud"] is False
