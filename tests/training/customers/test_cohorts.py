"""What training keeps for cohorts: every order in its place, and who of the newcomers came back."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy import sparse

from services.training.customers.cohorts import find_cohorts
from services.training.lines.baskets import Baskets

NEW = 120


def made(rows):
    """A ledger of (customer, invoice, day, amount, products), as far as cohorts read it."""
    frame = pd.DataFrame(rows, columns=["customer_id", "invoice", "bought_at", "amount", "held"])
    frame["bought_at"] = pd.to_datetime(frame["bought_at"])
    ids = sorted(set(frame["customer_id"]))
    items = sorted({item for held in frame["held"] for item in held})
    matrix = sparse.csr_array(np.array([[item in held for item in items] for held in frame["held"]]))
    baskets = Baskets(matrix, items, frame["customer_id"].to_numpy(), frame["invoice"].to_numpy())
    customers = pd.DataFrame({"customer_id": ids, "country": ["France"] * len(ids)})
    return SimpleNamespace(customers=customers, orders=frame.drop(columns="held"), baskets=baskets)


def shop():
    """Half of February’s newcomers spend 10 on a cup, half 100 on a lamp and a rug; the latter come back."""
    rows = [
        ("old", "0", "2024-01-10 09:00", 50.0, ["cup"]),
        ("old", "last", "2024-08-01 09:00", 5.0, ["cup"]),
    ]
    for number in range(NEW):
        who, dear = f"n{number:03}", number % 2
        held = ["lamp", "rug"] if dear else ["cup"]
        rows.append((who, f"{number}a", "2024-02-10 09:00", 100.0 if dear else 10.0, held))
        later = "2024-03-11 09:00" if dear else "2024-02-10 18:00"
        rows.append((who, f"{number}b", later, 7.0, ["rug"]))
    return rows


def test_every_order_stands_once_by_customer_and_time_whatever_the_order_of_the_rows():
    rows = shop()
    found = find_cohorts(made(rows), ["France"])
    again = find_cohorts(made(rows[::-1]), ["France"])
    assert found.orders.tolist() == again.orders.tolist()
    assert len(found.orders) == len(rows)
    assert found.orders["customer"][:2].tolist() == [0, 0]
    assert found.orders["amount"][:2].tolist() == [10.0, 7.0]
    assert found.orders["amount"].sum() == sum(row[3] for row in rows)
    assert found.columns["first_items"].tolist() == [1, 2] * (NEW // 2) + [1]


def test_who_comes_back_on_a_later_day_counts_and_who_came_in_the_first_month_does_not():
    told = find_cohorts(made(shop()), ["France"]).newcomers
    assert (told["from"], told["to"]) == ("2024-02-01", "2024-05-03")
    assert (told["customers"], told["back"], told["within"]) == (NEW, NEW // 2, 90)
    kinds = {(each["kind"], each["name"] or each["low"]): each for each in told["groups"]}
    assert {key: (each["customers"], each["back"]) for key, each in kinds.items()} == {
        ("value", None): (60, 0),
        ("value", 100.0): (60, 60),
        ("items", None): (60, 0),
        ("items", 2.0): (60, 60),
        ("product", "cup"): (60, 0),
        ("product", "lamp"): (60, 60),
        ("product", "rug"): (60, 60),
        ("country", "France"): (120, 60),
    }


def test_whose_first_order_held_a_product_is_listed_once():
    found = find_cohorts(made(shop()), ["France"])
    held = found.first_bought.groupby("product")["customer"].apply(list)
    # the old customer's first order held one, too; what was bought later is not of the first
    assert held["cup"] == [*range(0, NEW, 2), NEW]
    assert held["rug"] == held["lamp"] == list(range(1, NEW, 2))


def test_too_few_newcomers_are_not_told_apart():
    few = [row for row in shop() if row[0] == "old" or row[0] < "n049"]
    assert find_cohorts(made(few), ["France"]).newcomers is None


def test_without_orders_there_is_nothing():
    found = find_cohorts(made(shop()[:1]), [])
    nothing = made(shop()[:1])
    nothing.orders = nothing.orders.iloc[:0]
    assert len(found.orders) == 1
    assert len(find_cohorts(nothing, []).orders) == 0
