"""What all tests share: the real data, a trained release, a running site."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from layouts import words
from services.training.sample import write_sample
from tests.forks import begin
from tests.gate import marks
from tests.order import measured
from tests.running import ROOT, Site, serve

# pytest runs two workers on two cores: more threads in each would only be in each other's way.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# What all workers of one run share, and nobody after them: who starts the run makes it, and they inherit it.
OWN_RUN = "TESTS_RUN_DIR" not in os.environ
if OWN_RUN:
    os.environ["TESTS_RUN_DIR"] = tempfile.mkdtemp(prefix="segment-desk-tests-")
# Commands and sites of the tests remember nothing in the folder of whoever runs them.
os.environ["STATE_DIR"] = tempfile.mkdtemp(prefix="state-", dir=os.environ["TESTS_RUN_DIR"])
# The gate draws the same examples every time; a search with FUZZED draws new ones.
settings.register_profile("project", deadline=None, derandomize="FUZZED" not in os.environ)
settings.load_profile("project")


def pytest_unconfigure() -> None:
    """Leave nothing behind; pytest's workers end without what ``atexit`` would call."""
    if OWN_RUN:
        shutil.rmtree(os.environ["TESTS_RUN_DIR"], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what the gate leaves out, and begin with the files that take longest.

    So no worker is left alone with one at the end.
    """
    seconds = measured()
    marks.mark(items, seconds)
    items.sort(key=lambda item: -seconds.get(item.path.relative_to(ROOT).as_posix(), 0.0))


@pytest.fixture(autouse=True)
def writes_as_before() -> Iterator[None]:
    """Take back the language and notation of a site that a test asked within its own process."""
    yield
    words.use(words.Manner())


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with the public data sets: ``REAL_DATA_DIR``, else ``../shared/data`` beside the project."""
    folder = Path(os.environ.get("REAL_DATA_DIR") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("The real data is not here: set REAL_DATA_DIR to its folder.")
    return folder.resolve()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One temporary folder for all of pytest's workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def models(shared_folder: Path) -> Path:
    """A models folder with one active release, of a quarter of the built-in sample; only to be read."""
    folder = shared_folder / "models"
    with (shared_folder / "models.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "CURRENT").exists():
            sample = shared_folder / "sample.csv"
            write_sample(sample, customers=1_000)
            log = shared_folder / "models.log"
            training = begin("services", ["train", str(sample), "--models", str(folder)], os.environ, log)
            training.join()
            assert training.exitcode == 0, log.read_text()
    return folder


@pytest.fixture(scope="module")
def little_evidence() -> Iterator[None]:
    """Train without what is most of a small training: evidence on more clusters, and of more months.

    It is tested in ``tests/training/reports/test_clusters.py``, in ``tests/core/clusters`` and on the real
    data. A file that uses the shops of ``tests/serving/shops.py``, which all files share, does without.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("services.training.customers.months.MONTHS", 1)
        patched.setattr("services.core.clusters.evidence.RANGE", range(2, 5))
        patched.setattr("services.core.clusters.comparison.DRAWS", 1)
        yield


@pytest.fixture(scope="session")
def site(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with the release of ``models``."""
    with serve(models, tmp_path_factory.mktemp("site")) as running:
        yield running
