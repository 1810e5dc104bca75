"""“Any order before that day keeps the customer”: true of every amount, and said wherever it is true."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.rfm.outlook import with_order
from services.serving.customers.page import standing
from services.serving.customers.profile import at
from tests.serving.shops import shop, table_shop

SHOPS = {preset: lambda preset=preset: shop(preset) for preset in ("standard", "ten-segment", "four-group")}


@pytest.mark.parametrize("name", [*SHOPS, "a table of customers"])
def test_an_order_of_any_amount_keeps_those_of_whom_it_is_said_and_nobody_else(name):
    release = SHOPS.get(name, table_shop)()
    amounts = np.unique(np.concatenate([np.arange(0, 400, 0.5), np.geomspace(400, 1e9, 400)]))
    said = []
    for row in range(release.count):
        profile = at(release, row)
        here = int(release.customers["segment"][row])
        after = {with_order(release.segmentation, profile.values, float(amount)) for amount in amounts}
        keeps = standing(release, profile).any_order_keeps
        assert keeps == (after == {here}), release.id_of(row)
        said.append(keeps)
    assert {True, False} == set(said)


def test_where_lines_are_counted_an_order_adds_more_than_one_and_nothing_is_promised():
    release = shop("quartile")
    assert not any(standing(release, at(release, row)).any_order_keeps for row in range(release.count))
