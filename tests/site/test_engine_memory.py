"""ENGINE_MEMORY_MB reaches the engine: by a command, a look at an upload, and a training of the worker."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.cli import main
from services.core.presets import load
from services.site.settings import Settings
from services.training.lines import engine as engines
from services.web.uploads import children, looking
from services.worker.loop import TRAINING
from tests.worker.stage import Stage, until

SALES = "customer,order,date,product,quantity,price\n" + "".join(
    f"K{n},{n},2024-0{n % 8 + 1}-0{n % 9 + 1},P1,1,2.50\n" for n in range(1, 30)
)
#: Has a process note the limit of each engine that it opens.
NOTING = """
import os
import duckdb
connect = duckdb.connect
def noting(*given, **told):
    engine = connect(*given, **told)
    limit = engine.execute("SELECT current_setting('memory_limit')").fetchone()[0]
    with open(os.environ["NOTED"], "a") as file:
        file.write(limit + "\\n")
    return engine
duckdb.connect = noting
"""
OF_300 = {"286.1 MiB"}


@pytest.fixture
def noted(tmp_path, monkeypatch):
    """The limits of engines that were opened, also by processes that are started."""
    (tmp_path / "noting").mkdir()
    (tmp_path / "noting" / "sitecustomize.py").write_text(NOTING)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "noting"))
    monkeypatch.setenv("NOTED", str(tmp_path / "limits"))
    return lambda: set((tmp_path / "limits").read_text().split("\n")) - {""}


@pytest.fixture
def sales(tmp_path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text(SALES)
    return path


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Runs a command with 300 MB, and gives the limits of the engines that it opened."""
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("ENGINE_MEMORY_MB", "300")
    found: list[str] = []
    open_engine = engines.open_engine

    def noting(*given):
        engine = open_engine(*given)
        found.extend(engine.execute("SELECT current_setting('memory_limit')").fetchone())
        return engine

    monkeypatch.setattr(engines, "open_engine", noting)

    def run(*words, code=0):
        found.clear()
        ran = CliRunner().invoke(main, [str(word) for word in words])
        assert ran.exit_code == code, ran.output
        return set(found)

    return run


@pytest.mark.slow
def test_commands_that_read_a_file_take_it_from_the_environment(command, sales, tmp_path):
    assert command("inspect", sales) == OF_300
    assert command("clv", sales, "--until", "2024-05-01") == OF_300
    assert command("ledger", "add", sales, "--date-order", "ymd") == OF_300
    assert command("ledger", "alike", sales) == OF_300
    assert command("ledger", "compare", sales) == OF_300
    assert command("contacts", sales, code=2) == OF_300
    assert command("train-churn", sales, "--target", "gone", code=2) == OF_300
    assert command("forget", "K3") == OF_300
    sales.write_text("nothing,of,sales\n1,2,3\n")
    assert command("train", sales, code=2) == OF_300
    assert command("train", sales, "--table", code=2) == OF_300


def test_less_than_an_engine_needs_is_refused_with_a_sentence(command, sales, monkeypatch):
    monkeypatch.setenv("ENGINE_MEMORY_MB", "249")
    assert command("inspect", sales, code=2) == set()
    ran = CliRunner().invoke(main, ["inspect", str(sales)])
    assert ran.output == "ENGINE_MEMORY_MB is '249': give a whole number from 250 to 1000000.\n"


@pytest.mark.slow
def test_a_look_at_an_upload_takes_it_from_the_site(noted, sales, monkeypatch):
    monkeypatch.setenv("ENGINE_MEMORY_MB", "300")
    told = children.ask("services", ["inspect", "--json", "--", str(sales)], **looking.READING)
    assert told["rows"]["kept"] == 29
    assert noted() == OF_300


@pytest.mark.slow
def test_a_training_takes_it_from_its_worker(noted, sales, tmp_path):
    stage = Stage(tmp_path)
    try:
        most = Settings().training_memory_mb
        stage.settings = replace(stage.settings, training_memory_mb=most, engine_memory_mb=300)
        sales.write_text("nothing,of,sales\n1,2,3\n")
        asked = stage.jobs.ask(
            "ana", {"files": [str(sales)], "preset": load("standard").model_dump(mode="json"), "options": {}}
        )
        stage.worker(TRAINING)
        until(lambda: stage.jobs.find(asked).ended, 300)
        assert stage.jobs.find(asked).reason.startswith("No column was found for customer, date.")
    finally:
        stage.close()
    assert noted() == OF_300
