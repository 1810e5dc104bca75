"""What the outputs of a failed callback show."""

from __future__ import annotations

from callbacks.shared.failures import reset

STAND_IN = "what is shown instead"


def test_the_first_content_says_so_and_the_others_become_a_dash():
    outputs = [{"id": "a-map-div", "property": "children"}, {"id": "a-name-span", "property": "children"}]
    assert reset(outputs, STAND_IN) == [
        ("a-map-div", {"children": STAND_IN}),
        ("a-name-span", {"children": "–"}),
    ]


def test_options_and_error_lines_are_emptied():
    outputs = [
        {"id": "shell-lookup-options", "property": "children"},
        {"id": "a-orders-error", "property": "children"},
    ]
    assert reset(outputs, STAND_IN) == [
        ("shell-lookup-options", {"children": []}),
        ("a-orders-error", {"children": []}),
    ]


def test_pictures_and_rows_are_emptied_and_what_the_reader_typed_is_kept():
    outputs = [
        {"id": "a-graph", "property": "figure"},
        {"id": "a-answered-store", "property": "data@1f"},
        {"id": "a-input", "property": "value"},
    ]
    nothing = {"request": None, "rows": {"rowData": [], "rowCount": 0}, "beside": None}
    figure = {"data": [], "layout": {}}
    assert reset(outputs, STAND_IN) == [
        ("a-graph", {"figure": figure}),
        ("a-answered-store", {"data": nothing}),
    ]


def test_outputs_by_wildcard_and_duplicates_count_as_well():
    outputs = [
        [{"id": {"type": "a", "index": 1}, "property": "children"}],
        {"id": "b", "property": "rowData@1f"},
    ]
    assert reset(outputs, STAND_IN) == [
        ({"type": "a", "index": 1}, {"children": STAND_IN}),
        ("b", {"rowData": []}),
    ]


def test_a_callback_without_outputs_changes_nothing():
    assert reset([None], STAND_IN) == []
