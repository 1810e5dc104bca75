"""The tables behind the charts of the tab Data: sent as text, built by the browser.

A component for each of some hundred cells would cost more than all the rest of the page together.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from dash import dcc, html

from layouts.components import Column
from layouts.ids import Data


def written(
    key: str, columns: Sequence[Column | str], rows: Sequence[Sequence[str]], name: str, products: str = ""
) -> html.Div:
    """Make a table of text alone; ``layouts.components.table`` takes components as well.

    Parameters
    ----------
    key : str
        Names the table among those of the page.
    columns : sequence of Column or str
    rows : sequence of sequences of str
        Cells ready to show; the first of each row is its heading.
    name : str
        What the table lists, for readers.
    products : str, optional
        The column whose cells are names of products, which readers see in sentence case.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    sent = {
        "name": name,
        "columns": [[head.name, head.style, head.name == products] for head in heads],
        "rows": rows,
    }
    text = json.dumps(sent, ensure_ascii=False, separators=(",", ":"))
    return html.Div([dcc.Store(id=Data.rows(key), data=text), html.Div(id=Data.table(key))])
