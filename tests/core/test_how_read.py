"""How a file was read is one sentence."""

import pytest

from services.core.how_read import how_read


@pytest.mark.parametrize(
    ("columns", "ignored", "layout", "said"),
    [
        (
            {"customer": "Client", "date": "date", "order_total": "Sum"},
            ["Note", ""],
            None,
            "Read by its columns: customer from “Client”, date, order total from “Sum”; "
            "not used: Note, (no name).",
        ),
        (
            {"customer": "Email"},
            [],
            "shopify-orders",
            "Read as an export of the kind shopify-orders: customer from “Email”; every column is used.",
        ),
        ({"customer": "a"}, list("bcdefgh"), None,
         "Read by its columns: customer from “a”; not used: b, c, d, e, f and 2 more."),
    ],
)  # fmt: skip
def test_a_sentence_names_columns_and_what_is_left_aside(columns, ignored, layout, said):
    assert how_read(columns, ignored, layout) == said
