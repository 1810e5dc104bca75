"""What other databases would be told: the same steps, exact, and as they stood when last looked at."""

import re
from functools import partial

import pytest

from services.training.lines.engine import materialise, table
from tests.engines.recorder import DIALECTS, FOLDER, recorded, written
from tests.engines.steps import digests, ledger
from tests.training.lines.ledgers import engine_of

pytestmark = pytest.mark.slow

#: What counts by and by, or only nearly, in some database.
NOT_EXACT = re.compile(r"\b(approx\w*|uniq\w*|hll\w*|median\w*|quantile\w*|percentile\w*|topk\w*)\s*\(", re.I)


@pytest.fixture(scope="module")
def steps():
    return recorded()


def test_steps_compiled_by_ibis_give_what_the_engine_gives(steps):
    engine = engine_of(ledger())
    found, _ = digests(table(engine, "read_lines"), partial(materialise, engine))
    assert steps[0] == found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_other_databases_are_told_the_same_as_before_and_count_exactly(steps, dialect):
    sql = written(steps[1], dialect)
    assert not NOT_EXACT.findall(sql)
    before = (FOLDER / f"{dialect}.sql").read_text("utf-8")
    assert sql == before, "Look at what changed; python -m tests.engines.recorder writes it down."
