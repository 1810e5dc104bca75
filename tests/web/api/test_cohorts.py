"""Cohorts for programs: the numbers of the page, and nothing of a cell that is left out."""

import pytest

from services.core.refusals import Refusal
from services.serving.cohorts.address import answer
from services.serving.cohorts.contract import as_contract
from tests.serving.shops import shop


def test_every_cell_is_that_of_the_matrix_and_one_left_out_is_null_throughout():
    found = answer(shop(), {"every": ["quarter"]})
    told = as_contract(found)
    left_out = 0
    for row, cohort in enumerate(told):
        assert cohort["customers"] == cohort["periods"][0]["customers"]
        for since, period in enumerate(cohort["periods"]):
            values = [period[name] for name in ("customers", "orders", "revenue")]
            if found.out[row, since]:
                assert values == [None] * 3
                left_out += 1
            else:
                assert values == [
                    found.found.people[row, since],
                    found.found.orders[row, since],
                    found.found.revenue[row, since],
                ]
    assert left_out > 0
    assert told[-1]["periods"][-1]["complete"] == found.complete


def test_what_is_not_known_is_refused():
    with pytest.raises(Refusal, match="There is no country “Atlantis”"):
        as_contract(answer(shop(), {"country": ["Atlantis"]}))
