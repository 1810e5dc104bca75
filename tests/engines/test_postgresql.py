"""The steps on PostgreSQL, reached through Ibis: every table is the same to the last bit."""

import time
from functools import partial

import psycopg
import pytest

from services.training.lines.engine import materialise, table
from tests.engines.engines import OnIbis
from tests.engines.steps import digests, ledger
from tests.postgresql import postgresql
from tests.training.lines.ledgers import engine_of

pytestmark = [
    pytest.mark.long,
    # of an option that Ibis sets while it hands texts over
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]


@pytest.mark.parametrize("matched", [True, False])
def test_the_steps_give_the_same_tables_on_postgresql(matched):
    pytest.importorskip("pyarrow", reason="Ibis needs pyarrow to hand rows over: make test-engines has it.")
    ibis = pytest.importorskip("ibis")
    engine = engine_of(ledger(restarting=not matched))
    expected, shown = digests(table(engine, "read_lines"), partial(materialise, engine), matched)
    with postgresql() as server:
        on = OnIbis(_connected(ibis, server.url), engine)
        found, there = digests(on.read, on.keep, matched)
        on.connection.disconnect()
    assert {name: there[name] for name in found if found[name] != expected[name]} == {
        name: shown[name] for name in found if found[name] != expected[name]
    }


def _connected(ibis, url):
    """Connect as soon as the server answers: it listens before it does."""
    end = time.monotonic() + 60
    while True:
        try:
            return ibis.connect(url)
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
