"""The tables behind the charts of the tab Data: sent as text, built by the browser when they are asked for.

Dash looks at each component of a page whenever anything changes: some hundred cells made of components
would slow the page down, seen or not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from dash import html

from layouts.parts import Column
from layouts.parts.attributes import attributes


def written(
    columns: Sequence[Column | str],
    rows: Sequence[Sequence[str]],
    name: str,
    products: str = "",
    leads: str = "",
) -> html.Div:
    """Make a table of text alone, for a card's second view; see ``assets/late-tables.js``.

    Parameters
    ----------
    columns : sequence of Column or str
    rows : sequence of sequences of str
        Cells ready to show; the first of each row is its heading.
    name : str
        What the table lists, for readers.
    products : str, optional
        The column whose cells are names of products, which readers see in sentence case.
    leads : str, optional
        Where the heading of each row leads: an address that ends before the heading's text.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    sent = {
        "name": name,
        "columns": [
            {"name": head.name, "style": head.style} | ({"product": True} if head.name == products else {})
            for head in heads
        ],
        "rows": rows,
    } | ({"leads": leads} if leads else {})
    text = json.dumps(sent, ensure_ascii=False, separators=(",", ":"))
    return html.Div(**attributes(data_written=text))
