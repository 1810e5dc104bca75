"""A ledger from the text of a file, for the tests of this room."""

from datetime import UTC, datetime

import pytest

from services.core import presets
from services.training.ledger.transactions import read_ledger
from services.training.options import TrainOptions
from services.training.progress import Progress

TODAY = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def ledger_of(tmp_path):
    def reading(text, **options):
        path = tmp_path / "file.csv"
        path.write_text(text)
        preset, scratch = presets.load("standard"), tmp_path / f"scratch-{len(list(tmp_path.iterdir()))}"
        return read_ledger([path], preset, TrainOptions(**options), scratch, Progress(None), made_at=TODAY)

    return reading
