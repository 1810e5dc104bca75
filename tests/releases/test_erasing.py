"""A customer is taken out of every release: nothing of theirs stays, everything else does."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import numpy as np
import pytest

from services.core.refusals import ReleaseUnusable
from services.releases import erasing, list_releases, open_release, read_current
from services.releases.columns import ORDERED_BY
from services.releases.lines import unpack, unpack_rows
from tests.releases.forging import forge_overview
from tests.releases.tiny import make_tiny_release
from tests.releases.tiny_lines import gift

GONE = "A-001"
AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def two(models):
    """The tiny release, and a later one of more customers that is active; both hold the customer."""
    first = read_current(models)
    second = make_tiny_release(models, 9, made_at=AT, previous=first)
    return first, second


def orders(release):
    with closing(sqlite3.connect(release.lookup)) as base:
        found = base.execute("SELECT * FROM orders ORDER BY customer, bought_at").fetchall()
    ids = release.customers["customer_id"]
    return [(bytes(ids[row]).decode(), *rest) for row, *rest in found]


def held(release):
    """What orders hold and who bought what, by ids and names, as the look-up tables have it."""
    with closing(sqlite3.connect(release.lookup)) as base:
        items = {
            item: (name, json.loads(prices))
            for item, name, prices in base.execute("SELECT * FROM line_items")
        }
        packed = base.execute("SELECT customer, held FROM lines").fetchall()
        bought = base.execute("SELECT item, customers FROM bought").fetchall()
    ids = [bytes(each).decode() for each in release.customers["customer_id"]]
    lines = {
        (ids[row], invoice): [
            (items[item][0], items[item][1][price], quantity)
            for item, price, quantity in zip(*order, strict=True)
        ]
        for row, text in packed
        for invoice, order in unpack(text).orders.items()
    }
    return lines, {items[item][0]: [ids[row] for row in unpack_rows(rows)] for item, rows in bought}


def ordered(release):
    ids, table = release.customers["customer_id"], release.orders
    rows = zip(ids[table["customer"]].tolist(), table["day"].tolist(), table["amount"].tolist(), strict=True)
    return list(rows)


def test_rows_left_out_of_the_customer_are_no_longer_shown_wherever_they_stand(models, two):
    own = {"line": 2, "reason": None, "customer": GONE, "invoice": "C1", "amount": "-1.00"}
    other = own | {"line": 3, "customer": "only-returned"}
    taken = {"rule": "cancellation", "rows": 2, "amount": "-2.00", "first": [own, other]}
    for each in two:
        forge_overview(open_release(models, each).folder, lambda o: o.update(left_out=[taken]))
    for customer, rest in ((GONE, [other]), ("only-returned", [])):
        done = erasing.erase(models, customer, "forgotten-1", AT)
        assert len(done) == 2
        for each in done:
            (left,) = open_release(models, each.new).overview.left_out
            assert [row.model_dump(exclude={"file"}) for row in left.first] == rest
            assert (left.rows, left.amount) == (2, "-2.00")


def test_nothing_of_the_customer_stays_and_all_else_does(models, two):
    before = {each: open_release(models, each) for each in two}
    kept = {each: [line for line in orders(release) if line[0] != GONE] for each, release in before.items()}
    had = {each: held(release) for each, release in before.items()}
    done = erasing.erase(models, GONE, "forgotten-1", AT)
    assert [each.old for each in done] == [two[1], two[0]]
    for each in done:
        old, new = before[each.old], open_release(models, each.new)
        ids = [bytes(each).decode() for each in new.customers["customer_id"]]
        assert ids == [
            name.decode() for name in old.customers["customer_id"].tolist() if name != GONE.encode()
        ]
        assert orders(new) == kept[each.old]
        assert ordered(new) == [order for order in ordered(old) if order[0] != GONE.encode()]
        (lines, bought), (had_lines, had_bought) = held(new), had[each.old]
        assert lines == {key: value for key, value in had_lines.items() if key[0] != GONE}
        left = {name: [one for one in who if one != GONE] for name, who in had_bought.items()}
        assert bought == {name: who for name, who in left.items() if who}
        for name in ORDERED_BY:
            in_order = new.customers["customer_id"][new.customers[f"order_{name}"]].tolist()
            was = old.customers["customer_id"][old.customers[f"order_{name}"]].tolist()
            assert in_order == [one for one in was if one != GONE.encode()]
        assert new.manifest.customers == len(ids) == sum(one.customers for one in new.overview.clusters)
        assert new.manifest.revenue == f"{new.customers['monetary'].sum():.2f}"
        assert sum(cell[3] for cell in new.overview.grid.cells) == len(ids)
        for axis, sizes in new.overview.scoring.sizes.items():
            scores = new.customers[axis[0]].tolist()
            assert sizes == {score: scores.count(int(score)) for score in sizes}
        assert "1 customer was erased on request" in new.manifest.warnings[-1]
        stored = b"".join(path.read_bytes() for path in new.folder.rglob("*") if path.is_file())
        assert GONE.encode() not in stored
        row = old.customers["customer_id"].tolist().index(GONE.encode())
        assert gift(row).encode() not in new.lookup.read_bytes()
        assert gift(row) in had_bought
        (own_price,) = {price for (who, _), one in had_lines.items() if who == GONE for _, price, _ in one}
        with closing(sqlite3.connect(new.lookup)) as base:
            kept_prices = [json.loads(text) for (text,) in base.execute("SELECT prices FROM line_items")]
        assert own_price not in {price for prices in kept_prices for price in prices}
    assert {each.id for each in list_releases(models)} == {each.new for each in done}
    assert read_current(models) == done[0].new
    assert open_release(models, done[0].new).manifest.previous == done[1].new


def test_who_has_no_order_left_is_taken_out_of_every_release_too(models, two):
    before = {each: open_release(models, each) for each in two}
    listed = {each: orders(release) for each, release in before.items()}
    assert erasing.holders(models, "all-back") == [two[1], two[0]]
    done = erasing.erase(models, "all-back", "forgotten-1", AT)
    assert [each.rows for each in done] == [{"returned_all": 1}] * 2
    for each in done:
        old, new = before[each.old], open_release(models, each.new)
        assert new.customers["customer_id"].tolist() == old.customers["customer_id"].tolist()
        assert orders(new) == listed[each.old]
        assert (new.manifest.customers, new.manifest.revenue) == (
            old.manifest.customers,
            old.manifest.revenue,
        )
        stored = b"".join(path.read_bytes() for path in new.folder.rglob("*") if path.is_file())
        assert b"all-back" not in stored
    assert erasing.holders(models, "all-back") == []


def test_a_second_customer_is_counted_in_one_note(models, two):
    erasing.erase(models, GONE, "forgotten-1", AT)
    erasing.erase(models, "NA", "forgotten-2", AT)
    warnings = open_release(models, read_current(models)).manifest.warnings
    assert [each[:40] for each in warnings if "erased" in each] == [
        "2 customers were erased on request, the "
    ]


@pytest.mark.parametrize("step", ["set_current", "copy_lookup"])
def test_who_is_stopped_half_way_leaves_the_old_release_serving_and_goes_on_next_time(
    models, two, monkeypatch, step
):
    def stop(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(erasing, step, stop)
        with pytest.raises(KeyboardInterrupt):
            erasing.erase(models, GONE, "forgotten-1", AT)
    assert read_current(models) == two[1]
    assert GONE.encode() in open_release(models, two[1]).customers["customer_id"]
    erasing.erase(models, GONE, "forgotten-1", AT)
    assert len(list_releases(models)) == 2
    assert erasing.holders(models, GONE) == []


def test_a_release_in_which_a_customer_is_a_whole_cluster_is_removed(models, two, monkeypatch):
    alone = {"cluster": np.array([0, 1, 1, 1, 1, 1], "i2")}
    opened = open_release(models, two[0])
    gone = bytes(opened.customers["customer_id"][0]).decode()
    customers = dict(opened.customers) | alone
    changed = type(opened)(**{**vars(opened), "customers": customers})
    monkeypatch.setattr(
        erasing,
        "open_release",
        lambda models, each: changed if each == two[0] else open_release(models, each),
    )
    done = erasing.erase(models, gone, "forgotten-1", AT)
    assert {each.old: each.new is None for each in done} == {two[0]: True, two[1]: False}
    assert two[0] not in {each.id for each in list_releases(models)}


def test_a_release_that_cannot_be_opened_stops_everything(models, two):
    (models / "releases" / two[0] / "overview.json").write_bytes(b"{}")
    with pytest.raises(ReleaseUnusable):
        erasing.erase(models, GONE, "forgotten-1", AT)
    assert read_current(models) == two[1]
    assert len(list_releases(models)) == 2
