"""Sentences of the editor of presets: who would move, what a version changed, what is worth a warning."""

from types import SimpleNamespace

import dash_bootstrap_components as dbc
import pytest
from dash import html

from layouts.presets import form
from layouts.presets import preview as previewing
from layouts.presets.words import changed
from layouts.segments.release import segment_map
from services.core.presets.changes import Change
from services.serving.presets.preview import Flow, Part, Preview

PARTS = [
    Part("loyal", "Loyal", (600, 400), (9000.0, 6000.0)),
    Part("champions", "Champions", (300, 512), (90_000.0, 93_000.0)),
    Part("new", "New", (100, 88), (500.0, 400.0)),
]


def preview(*flows, parts=PARTS, warnings=()):
    moved = sum(flow.customers for flow in flows)
    revenue = sum(flow.revenue for flow in flows)
    return Preview(1000, 99_500.0, moved, revenue, list(parts), list(flows), {}, {}, list(warnings), None)


@pytest.mark.parametrize(
    ("flows", "sentence"),
    [
        ((), "Nobody would move: every customer stays in the same segment."),
        ((Flow(0, 1, 1, 84.0),), "1 customer with £84 would move, from Loyal to Champions."),
        ((Flow(0, 1, 212, 84_300.0),), "212 customers with £84,300 would move, all from Loyal to Champions."),
        (
            (Flow(0, 1, 200, 3000.0), Flow(2, 1, 12, 100.0)),
            "212 customers with £3,100 would move; most of them from Loyal to Champions.",
        ),
        (
            (Flow(0, 1, 10, 30.0), Flow(2, 1, 10, 10.0)),
            "20 customers with £40 would move, 2\u00a0% of all; "
            "the largest group, 10, from Loyal to Champions.",
        ),
    ],
)
def test_the_finding_says_who_moves(flows, sentence):
    assert previewing.finding(preview(*flows)) == sentence


def test_warnings_name_the_class_the_segment_left_empty_and_who_is_in_none():
    parts = [
        *PARTS[:2],
        Part("new", "New", (100, 0), (5.0, 0.0)),
        Part(None, "No segment", (0, 1), (0.0, 5.0)),
    ]
    seen = preview(parts=parts, warnings=[("frequency", 3, 0.0), ("monetary", 1, 0.53)])
    assert previewing.warnings(seen, "lines") == [
        "Lines, score 3: no customers.",
        "Spend, score 1: 53\u00a0% of the customers, more than 40\u00a0%.",
        "Nobody would be left in New.",
        "1 customer would have no segment.",
    ]


def test_sizes_stand_in_the_order_of_the_cut_points_whichever_end_is_best():
    counts = {1: 10, 2: 20, 3: 1_030}
    assert previewing.sizes(counts, "monetary", "high").endswith("10 · 20 · 1,030")
    assert previewing.sizes(counts, "recency", "high").endswith("1,030 · 20 · 10")
    assert previewing.sizes(counts, "recency", "low").endswith("10 · 20 · 1,030")


def test_changes_are_said_one_after_the_other_and_many_are_counted():
    every = [
        Change("cuts", "monetary", None, (100.0, 487.5)),
        Change("cuts", "recency", (7.0,), None),
        Change("renamed", "Loyal", "Loyal", "Fans"),
        Change("cells", "New", "New", "Lost", 2),
        Change("threshold", "VIP", 545, 540),
        Change("added", "First timers"),
    ]
    assert changed(every[:3]) == (
        "spend cut points at 100 and 487.50; recency set back to equal shares; Loyal renamed Fans"
    )
    assert changed(every[3:]) == (
        "2 cells of the map from New to Lost; VIP from score 540 instead of 545; First timers added"
    )
    assert changed([*every, Change("removed", "New")]).endswith(
        "VIP from score 540 instead of 545; 2 more changes"
    )
    assert changed([]) == "nothing changed"


@pytest.mark.parametrize(("best_high", "worst_first"), [(True, [1, 2, 3]), (False, [3, 2, 1])])
def test_the_map_stands_as_on_segments_the_latest_right_and_the_best_on_top(best_high, worst_first):
    cells = [[f"r{recency}b{buying}" for buying in (1, 2, 3)] for recency in (1, 2, 3)]
    rows = [form.Row(segment, segment, "") for row in cells for segment in row]
    made = form.segment_map(cells, rows, best_high)
    table = next(part for part in made._traverse() if isinstance(part, html.Table))
    heads = [part.children for part in table._traverse() if isinstance(part, html.Th) and part.scope == "col"]
    assert heads[0] == "Buying"
    assert heads[1].endswith(", longest ago")
    assert heads[-1] == f"Recency {worst_first[-1]}, latest"
    chosen = [part.value for part in table._traverse() if isinstance(part, dbc.Select)]
    assert chosen == [f"r{recency}b{buying}" for buying in reversed(worst_first) for recency in worst_first]
    overview = SimpleNamespace(
        scoring=SimpleNamespace(scale=3, best="high" if best_high else "low", edges={"recency": [10, 20]}),
        grid=SimpleNamespace(
            column="b", cells=[(recency, buying, 0) for recency in (1, 2, 3) for buying in (1, 2, 3)]
        ),
    )
    drawn = segment_map(overview)
    assert drawn["across"] == worst_first
    assert [f"r{cell[0]}b{cell[1]}" for cell in drawn["cells"]] == chosen
