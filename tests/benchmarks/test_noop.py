import json
import os

import pytest

from benchmarks import serving
from benchmarks.recorder import Exchange
from benchmarks.replay import compare, load

BODY = json.dumps(
    {
        "output": "counted.children",
        "outputs": {"id": "counted", "property": "children"},
        "inputs": [{"id": "count", "property": "n_clicks", "value": 1}],
        "changedPropIds": ["count.n_clicks"],
    }
).encode()
ONE = Exchange("counted.children", BODY, 52)


@pytest.mark.slow
def test_a_no_op_takes_as_long_as_itself_and_three_of_them_take_longer(tmp_path):
    with serving.noop(tmp_path)() as server:
        once = compare((server.port, BODY), server.port, [ONE], 60)
        thrice = compare((server.port, BODY), server.port, [ONE] * 3, 60)
        loaded = load(server.port, [ONE], 5)
        pss, own = serving.worker_memory(server)
    assert 0.5 < once.ratio < 2
    assert thrice.ratio > once.ratio * 1.5
    assert loaded["requests"] == 40
    assert loaded["per_second"] > 0
    assert 0 < own < pss
    with pytest.raises(ProcessLookupError):
        os.kill(server.pid, 0)


@pytest.mark.slow
def test_an_answer_that_is_no_success_is_no_measurement(tmp_path):
    with serving.noop(tmp_path)() as server, pytest.raises(RuntimeError, match="500"):
        compare((server.port, BODY), server.port, [Exchange("", b'{"output": "none.children"}', 0)], 1)
