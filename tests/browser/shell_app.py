"""The shell around a page of trials: a callback that can fail, a chart, a grid, a card with two views.

Runs in the test's own process over a tiny release, which the tests call by other names.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import dash_ag_grid as dag
from dash import Dash, Input, Output, dcc, html
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from layouts import parts
from layouts.parts import charts as theme
from layouts.plain import plain
from services.desk import Services
from services.releases import list_releases
from services.serving.lists.by_contacts import ByContacts
from services.serving.release.cache import AnswerCache
from services.serving.release.loaded import Loaded
from services.serving.releases.drifting import Drifts
from services.site.customers.attributes import Attributes
from services.site.people.roles import Action
from services.site.settings import Settings
from services.site.state import State
from services.site.versions.preset_store import PresetVersions
from services.site.versions.presets import SavedPresets
from services.web.access.table import CALLBACKS
from tests.overviews import cluster, segment
from tests.releases.tiny import make_tiny_release

SEGMENTS = [segment("champions", "Champions", cells=[(4, 5), (5, 4), (5, 5)])]
CLUSTERS = [cluster("c1", "A", "Frequent big spenders")]


class Quiet(WSGIRequestHandler):
    """Writes no access log."""

    def log_request(self, *_args: Any) -> None:
        """Stay silent."""


@dataclass
class Trial:
    """A running shell: the release its pointer names, and what the trial callback raises."""

    models: Path
    url: str = ""
    active: str = "20111210T125000Z-aaaaaa"
    fault: Exception | None = None
    asked: int = 0
    releases: Any = field(init=False)

    def __post_init__(self) -> None:
        self.tiny = Loaded(self.models, make_tiny_release(self.models))
        self.releases = SimpleNamespace(
            current=lambda: self.at(self.active),
            at=self.at,
            listing=lambda: list_releases(self.models),
            problem=None,
        )

    def at(self, release_id: str) -> Loaded:
        """Return the tiny release under that name, or under the active one's."""
        named = copy(self.tiny)
        named.id = release_id if release_id.startswith("2011") else self.active
        dates = {
            "data_to": datetime(2011, 12, 9, 12, 50),
            "made_at": datetime(2026, 11, 21, 22, 45, tzinfo=UTC),
        }
        named.manifest = self.tiny.manifest.model_copy(update=dates)
        return named


@contextmanager
def serve_trial() -> Iterator[Trial]:
    """Serve the shell with the page of trials on a free port."""
    with TemporaryDirectory() as models:
        trial = Trial(Path(models))
        settings = Settings(state_dir=Path(models))
        state = State(settings.state_dir)
        app = create_app(
            settings,
            Services(
                trial.releases,
                settings,
                AnswerCache(),
                SavedPresets(PresetVersions(state)),
                state,
                Drifts(Path(models)),
                ByContacts(Attributes(state)),
            ),
        )
        _add_trials(app, trial)
        server = make_server("127.0.0.1", 0, app.server, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        trial.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield trial
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _add_trials(app: Dash, trial: Trial) -> None:
    CALLBACKS[__name__] = Action.LOOK
    shell = app.layout

    @app.callback(
        Output("trial-answer-div", "children"),
        Input("trial-ask-button", "n_clicks"),
        running=[(Output("trial-ask-button", "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_ask(_clicks: int) -> str:
        trial.asked += 1
        if trial.fault:
            raise trial.fault
        return f"answer {trial.asked}"

    @app.callback(Output("trial-echo-div", "children"), Input("trial-echo-input", "value"))
    def on_echo(value: str | None) -> str:
        return f"echo {value or ''}"

    def layout() -> html.Div:
        return html.Div([shell(), html.Section(_trials(), id="trials", **{"aria-label": "Trials"})])

    with app.server.test_request_context("/"):
        app.layout = layout
        app.validation_layout["props"]["children"].extend(plain(_trials()))


def _trials() -> list[Any]:
    bar = {"type": "bar", "x": ["a"], "y": theme.packed([1.0]), "marker": {"color": "var(--seg-champions)"}}
    segments = {"segments": parts.segment_cells(SEGMENTS)}
    clusters = {"clusters": parts.cluster_cells(CLUSTERS)}
    columns = [
        {"field": "id", "cellRenderer": "CustomerLink"},
        {
            "field": "segment",
            "cellRenderer": "SegmentCell",
            "cellRendererParams": segments,
        },
        {
            "field": "cluster",
            "cellRenderer": "ClusterCell",
            "cellRendererParams": clusters,
        },
        {"field": "spend", "valueFormatter": {"function": "money(params.value)"}, "type": "rightAligned"},
        {"field": "share", "valueFormatter": {"function": "share(params.value, 1)"}, "type": "rightAligned"},
        {"field": "last", "valueFormatter": {"function": "day(params.value)"}},
    ]
    row = {
        "id": "A/1",
        "segment": "champions",
        "cluster": "c1",
        "spend": -4310,
        "share": 0.204,
        "last": "2011-12-09",
    }
    return [
        parts.button("Ask", "trial-ask-button"),
        html.Div("old answer", id="trial-answer-div"),
        html.Label("Echo", htmlFor="trial-echo-input"),
        dcc.Input(id="trial-echo-input", value="one"),
        html.Div(id="trial-echo-div"),
        parts.copy_link_button(),
        parts.card(
            "Sizes",
            "One bar.",
            theme.graph("trial-graph", "One bar", 160, {"data": [bar], "layout": {}}),
            table=parts.table(
                ["Segment", parts.Column("Customers", numeric=True)], [["Champions", "1"]], "Sizes"
            ),
        ),
        parts.card(
            "Grid",
            body=dag.AgGrid(
                id="trial-grid",
                className="sd-ag",
                columnDefs=columns,
                rowData=[row],
                dashGridOptions={"theme": {"function": "themeQuartz"}, "domLayout": "autoHeight"},
            ),
        ),
    ]
