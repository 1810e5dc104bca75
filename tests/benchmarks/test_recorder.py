import json

import pytest

from benchmarks.recorder import Exchange, NotRecorded, is_counted, main_of, output_of
from layouts.ids import Shell

EXCHANGES = [
    Exchange("_pages_content.children", b"{}", 700),
    Exchange("..customer-figures.children...customer-orders.children..", b"{}", 9_000),
    Exchange("customer-figures.title", b"{}", 10),
]


def test_what_a_timer_asks_is_not_counted():
    assert not is_counted(f"{Shell.NEWER}.children")
    assert is_counted("segments-grid.rowData")


def test_the_main_part_is_the_first_request_that_fills_it():
    assert main_of(EXCHANGES, "customer-figures") is EXCHANGES[1]


def test_a_main_part_that_nothing_fills_is_told():
    with pytest.raises(NotRecorded, match="segments-grid"):
        main_of(EXCHANGES, "segments-grid")


def test_a_body_tells_its_output():
    assert output_of(json.dumps({"output": "a.children", "inputs": []}).encode()) == "a.children"
