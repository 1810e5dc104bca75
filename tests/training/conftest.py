"""An engine and a reader for the tests of reading, and trainings without what none of them is about."""

import pytest

from services.training.lines.engine import open_engine
from services.training.reading import ReadOptions, read_files


@pytest.fixture(scope="module", autouse=True)
def _little_evidence(request):
    if request.path.name != "test_clusters.py":
        request.getfixturevalue("little_evidence")


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with open_engine(tmp_path_factory.mktemp("engine")) as opened:
        yield opened


@pytest.fixture
def read(engine, tmp_path):
    """Write bytes or text to a file, read it, give the report."""

    def reading(content, name="sales.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_files([path], engine, ReadOptions(**options), tmp_path / "scratch")

    return reading
