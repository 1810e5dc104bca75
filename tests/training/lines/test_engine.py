"""The engine's memory: whoever opens one says how much, the rest is spilled, and too little is said."""

import ast

import pytest

from services.core.refusals import Refusal
from services.site.settings import Settings
from services.training.lines.engine import MEMORY_MB, EngineError, open_engine, opened_engine
from services.training.reading.loading import linked
from tests.running import ROOT

#: Where files are read.
ROOMS = ("brought", "cli", "training", "worker")
LARGE = "CREATE TABLE t AS SELECT md5(range::VARCHAR) AS a, reverse(a) AS b FROM range({})"
TOO_LARGE = "SELECT string_agg(md5(range::VARCHAR), '') FROM range(1_000_000)"


def limit(engine):
    return engine.execute("SELECT current_setting('memory_limit')").fetchone()[0]


def test_a_bound_reaches_the_engine_and_the_settings_have_the_same_default(tmp_path):
    with open_engine(tmp_path, 300) as engine:
        assert limit(engine) == "286.1 MiB"
    with open_engine(tmp_path) as engine:
        assert limit(engine) == "715.2 MiB"
    assert Settings().engine_memory_mb == MEMORY_MB


@pytest.mark.slow
def test_what_does_not_fit_is_spilled_and_can_be_read(tmp_path):
    with opened_engine(tmp_path, 40) as engine:
        engine.execute(LARGE.format(1_000_000))
        assert sum(each.stat().st_size for each in (tmp_path / "spilled").iterdir()) > 20_000_000
        assert engine.execute("SELECT count(DISTINCT a) FROM t WHERE reverse(a) = b").fetchone() == (
            1_000_000,
        )


def test_too_little_memory_is_a_sentence_that_names_the_setting(tmp_path):
    said = r"needs more memory than it is allowed, 10 MB\. Set ENGINE_MEMORY_MB to more, then start again\.$"
    with pytest.raises(Refusal, match=said), opened_engine(tmp_path, 10) as engine:
        engine.execute(TOO_LARGE)


def test_a_parquet_file_that_does_not_fit_is_not_called_damaged(tmp_path):
    with (
        pytest.raises(Refusal, match="ENGINE_MEMORY_MB"),
        opened_engine(tmp_path / "engine", 10) as engine,
        linked(tmp_path / "x.parquet", tmp_path),
    ):
        engine.execute(TOO_LARGE)


def test_other_faults_of_the_engine_stay_what_they_are(tmp_path):
    with pytest.raises(EngineError, match="no_such_table"), opened_engine(tmp_path) as engine:
        engine.execute("SELECT * FROM no_such_table")


@pytest.mark.slow
def test_whoever_can_be_told_the_bound_is_told_it():
    files = [path for room in ROOMS for path in (ROOT / "services" / room).rglob("*.py")]
    trees = {path: ast.parse(path.read_text("utf-8")) for path in files}
    # how many arguments come before it
    places = {name: place for tree in trees.values() for name, place in takers(tree)}
    assert {"open_engine", "train", "inspect", "Bringing"} <= places.keys()
    untold = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in trees.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and len(call.args) <= places.get(ast.unparse(call.func), -1)
        and "memory_mb" not in {each.arg for each in call.keywords}
    ]
    assert untold == []


def takers(tree):
    """Give the functions and classes of a module that take ``memory_mb``, and where."""
    for each in tree.body:
        taken = []
        if isinstance(each, ast.FunctionDef):
            taken = [given.arg for given in (*each.args.args, *each.args.kwonlyargs)]
        elif isinstance(each, ast.ClassDef):
            taken = [field.target.id for field in each.body if isinstance(field, ast.AnnAssign)]
        # what is private has no default, and another module has a function without() that is no reading
        if "memory_mb" in taken and not each.name.startswith("_") and each.name != "without":
            yield each.name, taken.index("memory_mb")
