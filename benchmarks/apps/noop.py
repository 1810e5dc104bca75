"""A Dash app with one callback that does nothing: what Dash itself costs."""

from __future__ import annotations

from dash import Dash, Input, Output, html
from flask import Flask


def create_server() -> Flask:
    """Make what gunicorn runs."""
    app = Dash(__name__)
    app.layout = html.Div([html.Button("Count", id="count"), html.Div(id="counted")])

    @app.callback(Output("counted", "children"), Input("count", "n_clicks"))
    def on_click(clicks: int | None) -> int | None:
        return clicks

    return app.server
