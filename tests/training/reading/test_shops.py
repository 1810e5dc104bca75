"""Whatever the form: a question, or every penny written is kept or told with the rule that took it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from random import Random

import pytest

from services.core import presets
from services.core.refusals import Refusal
from services.training.ledger.cleaned import clean_transactions
from services.training.lines.engine import open_engine
from services.training.lines.shown import count_customers
from services.training.options import TrainOptions
from services.training.progress import Progress
from tests.training.reading.shops import write_shop

# Returned goods taken off the purchases would move money between rows.
PRESET, OPTIONS = presets.load("standard"), TrainOptions(returns="ignore")
#: What a small file may leave open: no day over 12, no number that tells the sign.
OPEN = ("date_order", "decimal")


def understood(path, folder):
    """Read and clean a file; give what was found, the money of each rule and the customers, or a Refusal."""
    scratch = folder / "scratch"
    engine = open_engine(scratch)
    try:
        found = clean_transactions([path], engine, PRESET, OPTIONS, scratch, Progress())
        told = {each.rule: Decimal(each.amount or 0) for each in found.left_out}
        return found, told, count_customers(found.rows)
    except Refusal as refusal:
        return refusal
    finally:
        engine.close()
        shutil.rmtree(scratch, ignore_errors=True)


def reconcile(seed, folder):
    """Say whether a shop was read, to the penny; where it asks, that it may."""
    shop = write_shop(seed, folder)
    outcome = understood(shop.path, folder)
    if isinstance(outcome, Refusal):
        assert outcome.field in OPEN, (seed, shop.form, str(outcome))
        return False
    found, told, customers = outcome
    assert Decimal(found.revenue) + sum(told.values()) == shop.money, (seed, shop.form, found.revenue, told)
    assert Decimal(found.revenue) == shop.kept, (seed, shop.form, told)
    assert customers == shop.customers, (seed, shop.form, told)
    return True


def read_damaged(seed, folder):
    """Read a shop's file with bytes lost, doubled or changed: a question, or every row is accounted for."""
    random = Random(-seed)
    path = write_shop(seed, folder).path
    content = bytearray(path.read_bytes())
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(content) + 1)
        end = min(len(content), at + random.randint(1, 40))
        piece = bytes(content[at:end])
        change = random.choice(("lose", "double", "noise", "quote", "cut"))
        if change == "lose":
            del content[at:end]
        elif change == "double":
            content[at:at] = piece * random.randint(1, 3)
        elif change == "noise":
            content[at:end] = random.randbytes(len(piece))
        elif change == "quote":
            content[at:at] = random.choice((b'"', b"'", b"\n", b";", b",", b"\x00", b"\xff", b"="))
        else:
            del content[max(at, 1) :]
    path.write_bytes(content)
    outcome = understood(path, folder)
    if isinstance(outcome, Refusal):
        assert str(outcome).endswith((".", "?")), (seed, str(outcome))
        return
    found = outcome[0]
    assert found.report.rows == found.kept + sum(found.rejected.values()), seed


@pytest.mark.parametrize("seeds", [range(12), range(12, 24)], ids=["first", "second"])
def test_a_random_shop_is_read_to_the_penny_or_asks(seeds, tmp_path):
    read = sum(reconcile(seed, tmp_path) for seed in seeds)
    assert read >= 0.7 * len(seeds)


def test_a_damaged_file_is_no_crash(tmp_path):
    for seed in range(12):
        read_damaged(seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("start", range(1_000, 1_500, 100))
def test_many_random_shops_are_read_to_the_penny(start, tmp_path):
    for seed in range(start, start + 100):
        reconcile(seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("start", range(10_000, 15_000, 500))
def test_many_damaged_files_are_no_crash(start, tmp_path):
    for seed in range(start, start + 500):
        read_damaged(seed, tmp_path)
