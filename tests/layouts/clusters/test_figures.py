"""Pictures of the clusters: names of lines do not lie on one another."""

import plotly.graph_objects as go
import pytest

from layouts.clusters import figures

KS = (2, 3, 4)


@pytest.mark.parametrize(
    ("silhouette", "stability", "silhouette_above", "stability_above"),
    [
        (0.4, 0.95, True, True),
        (0.5, 0.52, False, True),
        (0.95, 0.9, True, False),
        (0.6, 0.6, True, False),
        (0.5, None, True, None),
    ],
)
def test_the_names_of_two_lines_that_end_close_by_stand_on_different_sides(
    silhouette, stability, silhouette_above, stability_above
):
    ends = [0.3, 0.3, silhouette], [0.3, None, stability]
    figure = figures.quality(KS, *ends, 3)
    above = {each["text"]: each["yshift"] > 0 for each in figure["layout"]["annotations"]}
    assert above["silhouette"] is silhouette_above
    if stability is not None:
        assert above["stability"] is stability_above
    go.Figure(figure)
