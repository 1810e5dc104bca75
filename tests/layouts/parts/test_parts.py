"""Parts of pages: what they say, and to whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import plotly.io.json
import pytest
from dash import html

from layouts import parts
from layouts.audiences import frame as audiences
from layouts.parts.forms import LONGEST_NUMBER
from layouts.predict import frame as predict
from layouts.segments import frame as segments
from tests.overviews import cluster, segment

CHAMPIONS = segment("champions", "Champions", cells=[(4, 5), (5, 4), (5, 5)])
CLUSTER = cluster("c2", "B", "Steady regulars", colour=4)


def tree(component: Any) -> Any:
    return json.loads(plotly.io.json.to_json_plotly(component))


def nodes(component: Any) -> Iterator[dict[str, Any]]:
    def walk(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, list):
            for item in value:
                yield from walk(item)
        elif isinstance(value, dict) and "props" in value:
            yield value
            yield from walk(value["props"].get("children"))

    yield from walk(tree(component))


def text(component: Any) -> str:
    def walk(value: Any) -> str:
        if isinstance(value, list):
            return "".join(walk(item) for item in value)
        if isinstance(value, dict):
            return walk(value["props"].get("children"))
        return value or ""

    return walk(tree(component))


def test_a_card_without_a_table_has_no_switch():
    plain = parts.card("Churn", body="nothing yet")
    switched = parts.card("Churn", "Two left.", "picture", table=parts.table(["Month"], [["Dec"]], "Churn"))
    assert "Chart" not in text(plain)
    assert text(switched).startswith("ChurnTwo left.ChartTable")


def test_a_badge_shows_place_name_and_colour():
    (badge, glyph, _name) = nodes(parts.segment_badge(CHAMPIONS))
    assert text(parts.segment_badge(CHAMPIONS)) == "Champions"
    assert badge["props"]["style"] == {"--c": "var(--seg-champions)"}
    assert glyph["props"]["style"]["backgroundPosition"] == "75% 0%, 100% 25%, 100% 0%"
    assert glyph["props"]["aria-hidden"] == "true"


def test_a_badge_can_be_a_link_or_say_that_there_is_no_segment():
    assert parts.segment_badge(CHAMPIONS, href="/?segment=champions").href == "/?segment=champions"
    assert text(parts.segment_badge(None)) == "No segment"


def test_a_cluster_always_carries_its_letter():
    assert text(parts.cluster_chip(CLUSTER)) == "BSteady regulars"
    assert parts.cluster_cells([CLUSTER])["c2"]["colour"] == "var(--cluster-4)"


@pytest.mark.parametrize(
    ("customer_id", "address"),
    [("12347", "/customers?id=12347"), ("A-001/x &é", "/customers?id=A-001%2Fx%20%26%C3%A9")],
)
def test_an_id_with_any_character_becomes_an_address(customer_id, address):
    assert parts.customer_link(customer_id).href == address


def test_scores_are_said_as_well_as_drawn():
    assert text(parts.score_dots(4)) == "4 of 5"
    assert sum("sd-dot-on" in node["props"].get("className", "") for node in nodes(parts.score_dots(4))) == 4


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 2.0], [1, 5, 3]])
def test_a_spark_line_of_any_length_is_hidden_from_readers(values):
    assert tree(parts.spark(values))["props"]["aria-hidden"] == "true"


@pytest.mark.parametrize(("share", "width"), [(0.5, "50.0%"), (1.7, "100.0%"), (-1, "0.0%")])
def test_a_bar_stays_inside_its_track(share, width):
    assert parts.track(share).children.style["width"] == width


def test_a_set_filter_says_that_pressing_removes_it():
    assert text(parts.chip("Country", "Iceland")) == "Country Iceland, remove"
    assert text(parts.chip("Country")) == "Country"


def test_a_key_figure_names_the_base_of_its_change():
    assert text(parts.kpi("Customers", "4,339", change="+247", judged="good", base="since 10 Nov")) == (
        "Customers4,339+247 since 10 Nov"
    )


def test_a_table_names_itself_its_columns_and_its_rows():
    shown = parts.table(["Segment", parts.Column("Customers", numeric=True)], [["New", "36"]], "Segments")
    scopes = [node["props"].get("scope") for node in nodes(shown) if node["type"] in ("Th", "Td")]
    assert scopes == ["col", "col", "row", None]
    assert tree(shown)["props"]["aria-label"] == "Segments, table"


def test_a_row_with_a_missing_cell_is_a_defect():
    with pytest.raises(ValueError, match="shorter"):
        parts.table(["Segment", "Customers"], [["New"]], "Segments")


def test_a_field_connects_its_label_and_leaves_room_for_a_refusal():
    shown = parts.field("Orders", html.Div(id="x"), hint="1 to 210", error_id="x-error", unit="orders")
    assert [node["props"]["htmlFor"] for node in nodes(shown) if node["type"] == "Label"] == ["x"]
    assert text(shown) == "Orders1 to 210orders"
    assert text(parts.refusal("Give a whole number from 1 up.")) == "Give a whole number from 1 up."
    assert parts.refusal(None) == parts.caution(None) == []


def test_empty_and_failed_parts_say_what_to_do():
    assert text(parts.empty("No customer", "Without it 318.", parts.button("Remove it"))) == (
        "No customerWithout it 318.Remove it"
    )
    assert "SD-7F3K2" in text(parts.failure("SD-7F3K2"))


@pytest.mark.parametrize("shape", ["map", "rows", "chart", "text"])
def test_a_skeleton_is_one_element_whose_style_sheet_draws_what_comes(shape):
    (shown,) = nodes(parts.skeleton(shape, 7))
    assert shown["props"]["className"] == f"sd-sk sd-sk-{shape}"
    assert shown["props"]["aria-busy"] == "true"
    assert shown["props"].get("style") == ({"--rows": 7} if shape == "rows" else None)


def test_a_path_of_links_ends_with_where_one_is():
    shown = parts.breadcrumb([("Segments", "/"), ("12347", None)])
    assert text(shown) == "Segments/12347"
    assert [node["props"]["href"] for node in nodes(shown) if node["type"] == "Link"] == ["/"]


@pytest.mark.parametrize("page", [segments, predict, audiences])
def test_no_field_for_a_number_cuts_what_is_typed_to_another_number(page):
    fields = [each for each in page.layout()._traverse() if "decimal" in _modes(each)]
    assert fields
    assert {getattr(each, "maxLength", None) or each.maxlength for each in fields} == {LONGEST_NUMBER}


def _modes(component):
    return [getattr(component, name, None) for name in ("inputMode", "inputmode")]
