"""Imports point one way, files stay small, and no file knows where it was written."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.circles import circles
from tests.imports import offences
from tests.running import ROOT

LONGEST = 300
MODULES_OF_A_FOLDER = 20


def files(*patterns: str) -> list[Path]:
    """All files of the project that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_imports_point_one_way():
    sources = files("*.py", ":!tests", ":!benchmarks")
    assert len(sources) > 20
    found = [line for path in sources for line in offences(module_name(path), path.read_text("utf-8"))]
    assert not found, "\n".join(found)


def test_no_folder_holds_more_than_twenty_modules():
    # migrations are kept for ever, and nobody reads all of them
    read = files("*.py", ":!services/site/state/migrations/versions")
    counted = Counter(path.parent.relative_to(ROOT).as_posix() for path in read if path.name != "__init__.py")
    assert counted["services/releases"]
    crowded = {folder: modules for folder, modules in counted.items() if modules > MODULES_OF_A_FOLDER}
    assert not crowded


def test_no_rooms_import_each_other_in_a_circle():
    sources = {
        module_name(path): path.read_text("utf-8") for path in files("*.py", ":!tests", ":!benchmarks")
    }
    assert not circles(sources), "\n".join(circles(sources))


def test_a_circle_between_rooms_is_named_though_no_two_modules_make_one():
    sources = {
        "services.web.access.gate": "import services.web.pages.audit",
        "services.web.pages.audit": "from services.web.answers import errors",
        "services.web.answers.errors": "import flask",
        "services.web.answers.failure": "def failure():\n    from services.web.access.person import name",
        "services.web.access.person": "",
    }
    (told,) = circles(sources)
    assert told.startswith("services.web: ")
    for arrow in ("access imports services.web.pages", "pages imports services.web.answers"):
        assert arrow in told + told.removeprefix("services.web: ").partition(" ")[2]
    del sources["services.web.pages.audit"]
    assert circles(sources) == []


@pytest.mark.parametrize(
    "sources",
    [
        {
            "layouts.ids": "import layouts.data.ids",
            "layouts.data.ids": "",
            "layouts.data.frame": "import layouts.ids",
        },
        {"app": "import callbacks", "callbacks": "if TYPE_CHECKING:\n    import app"},
        {"callbacks": "import callbacks.data.view", "callbacks.data.view": "import layouts", "layouts": ""},
    ],
)
def test_directories_types_and_parents_make_no_circle(sources):
    assert circles(sources) == []


@pytest.mark.parametrize(
    ("module", "source", "word"),
    [
        ("layouts.clusters.frame", "import pandas", "pandas"),
        ("layouts.clusters.frame", "from services.desk import Services", "services.desk"),
        ("services.serving.rules.find", "from services.desk import Services", "services.desk"),
        (
            "layouts.clusters.frame",
            "from services.core.rfm.table import rfm_table",
            "services.core.rfm.table",
        ),
        ("layouts.clusters.frame", "from services.core import rfm", "services.core.rfm"),
        ("layouts.clusters.figures", "import plotly.express as px", "plotly"),
        ("layouts.clusters.ids", "from layouts import words", "nothing of ours"),
        ("layouts.ids", "from layouts import words", "layouts.*.ids"),
        ("callbacks.baskets.wiring", "def rules():\n    import sklearn.cluster", "sklearn"),
        ("callbacks.baskets.wiring", "from services.training import train", "services.training"),
        ("callbacks.baskets.wiring", "import pickle", "pickle"),
        ("callbacks.baskets.wiring", "from dash import Input, callback", "register"),
        ("callbacks.baskets.wiring", "import dash\n@dash.callback()\ndef f(): ...", "register"),
        ("services.core.rfm.table", "import os", "os"),
        ("services.core.rfm.table", "from pathlib import Path", "pathlib"),
        ("services.core.rfm.table", "import dash", "dash"),
        ("services.training.steps", "import duckdb", "services.training.lines.engine"),
        ("services.training.steps", "import narwhals.stable.v2 as nw", "services.training.lines"),
        ("services.training.steps", "from services.serving.rules.find import find", "services.serving"),
        (
            "services.serving.rules.find",
            "from services.training.sample import write_sample",
            "services.training",
        ),
        ("services.serving.rules.find", "from pickle import load", "services.releases"),
        ("services.releases.reading", "import app", "nothing imports app"),
        ("services.releases.reading", "from . import writing", "relative"),
        ("services.web.access.gate", "import os\nos.environ['A']", "settings.py alone"),
        ("services.web.access.gate", "from os import getenv\ngetenv('A')", "settings.py alone"),
        (
            "services.worker.digests",
            "from callbacks.digests.sending import Sender",
            "services.worker may import",
        ),
        ("callbacks.digests.sections", "import callbacks.movement.view", "callbacks.movement.view"),
        ("services.reports", "import numpy", "no room"),
        ("app", "app = Dash(__name__, suppress_callback_exceptions=True)", "wiring"),
    ],
)
def test_what_the_table_forbids_is_named(module, source, word):
    (line,) = offences(module, source)
    assert line.startswith(f"{module}:")
    assert word in line


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("layouts.clusters.frame", "from dash import dcc, html\nfrom layouts import ids, words"),
        ("layouts.clusters.frame", "from services.core.vocabulary import Axis"),
        ("layouts.clusters.frame", "if TYPE_CHECKING:\n    from services.desk.find import Customer"),
        (
            "callbacks.baskets.wiring",
            "import layouts.baskets.frame\nfrom services.core.refusals import Refusal",
        ),
        ("services.training.lines.engine", "import duckdb"),
        ("services.releases.pickles", "import pickle"),
        ("services.site.settings", "import os\nos.environ['A']"),
        ("services.cli.train", "import click\nfrom services.training import train"),
        ("app", "import dash\nfrom callbacks import register"),
    ],
)
def test_what_the_table_allows_passes(module, source):
    assert offences(module, source) == []


def test_no_file_is_longer_than_a_reader_holds_in_mind():
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files("*.py", "*.js", "*.css")}
    long = [f"{path.relative_to(ROOT)}: {lines}" for path, lines in lengths.items() if lines > LONGEST]
    assert not long, "\n".join(long)


def places_of(text: str, folders: tuple[Path, ...] = (ROOT, ROOT.parent, Path.home())) -> list[str]:
    """Return the paths in ``text`` that exist on one machine only."""
    # A folder directly under / may share its name with an address of the site.
    known = [re.escape(str(folder)) + r"(?![\w.-])" for folder in folders if len(folder.parts) > 2]
    return re.findall("|".join([*known, r"/(?:home|root|Users)/\w+"]), text)


def test_no_file_knows_where_it_was_written():
    found = []
    for path in files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        found += [f"{path.relative_to(ROOT)}: {place}" for place in places_of(text)]
    assert not found, "\n".join(found)


def test_a_path_of_one_machine_is_noticed():
    folders = (Path("/srv/anna/desk"), Path("/srv"))
    assert places_of("open('/srv/anna/desk/app.py')", folders) == ["/srv/anna/desk"]
    assert places_of("see /" + "home/anna/desk", folders) == ["/" + "home/anna"]
    assert places_of("GET /srv, /srv/anna/desktop", folders) == []
