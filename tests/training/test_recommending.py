"""The track record of recommendations on real data, and ledgers that give none."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from services.core import presets
from services.training.ledger.transactions import Ledger, read_ledger
from services.training.lines.taken import Returns
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.recommending import clusters_before, evaluate, purchases_of, recommend

STANDARD = presets.load("standard")


def ledger(orders: list[tuple[str, str, str]], *, sold: str = "AB", coded: bool = True) -> Ledger:
    """Make a ledger of orders (customer, day, products as letters) with what recommendations read of it."""
    items = sorted({item for _, _, held in orders for item in held})
    customers = sorted({customer for customer, _, _ in orders})
    frame = pd.DataFrame(
        {
            "customer_id": [customer for customer, _, _ in orders],
            "invoice": [str(number) for number in range(len(orders))],
            "bought_at": pd.to_datetime([day for _, day, _ in orders]),
            "lines": 1,
            "amount": 10.0,
        }
    )
    matrix = sparse.csr_array(np.array([[item in held for item in items] for _, _, held in orders]))
    return SimpleNamespace(
        report=SimpleNamespace(ledger={"product": coded}),
        customers=pd.DataFrame({"customer_id": customers}),
        orders=frame,
        returns=Returns(),
        products=pd.DataFrame({"product": items, "sold": [item in sold for item in items]}),
        baskets=SimpleNamespace(
            matrix=matrix,
            items=items,
            customers=frame["customer_id"].to_numpy(),
            invoices=frame["invoice"].to_numpy(),
        ),
    )


YEAR = [
    ("x", "2011-01-03", "AP"),
    ("y", "2011-01-05", "BP"),
    ("x", "2011-06-01", "BP"),
    ("y", "2011-06-02", "AP"),
]


@pytest.mark.parametrize(
    ("made", "word"),
    [
        (ledger(YEAR, coded=False), "no product codes"),
        (ledger(YEAR[::2]), "two customers"),
        (ledger([("x", "2011-01-03", "A"), ("y", "2011-02-01", "B")]), "more than 60 days"),
        (ledger([("x", "2011-01-03", "A"), ("y", "2011-06-01", "B")]), "bought a product new"),
    ],
)
def test_a_ledger_that_gives_no_recommendations_says_why(made, word):
    found = recommend(made, np.zeros(2, int), STANDARD, 1, 1)
    assert word in found.report["missing"]
    assert found.columns == found.metrics == {}


def test_codes_that_are_no_product_are_never_offered():
    found = recommend(ledger(YEAR), np.zeros(2, int), STANDARD, 1, 1)
    assert found.report["missing"] is None
    assert found.report["products"] == ["A", "B"]
    assert found.metrics["customers"] == 2
    assert found.columns["offer_personal_frequency"][:, :2].tolist() == [[0, 1], [0, 1]]


@pytest.mark.slow
def test_the_linear_model_beats_both_baselines_on_the_real_sample(real_data, tmp_path):
    # what a method is worth must not depend on how the clusters of the whole ledger came out
    # the measured figures are those of orders as they were bought
    cleaning = STANDARD.cleaning.model_copy(update={"returns": "ignore"})
    bought = STANDARD.model_copy(update={"cleaning": cleaning})
    made = read_ledger([real_data / "online_retail.csv.gz"], bought, TrainOptions(), tmp_path, Progress())
    cut = np.datetime64("2011-10-10T00:00:00")
    found = evaluate(purchases_of(made), cut, clusters_before(made, pd.Timestamp(cut), STANDARD, 4, 42), 42)
    recall = {method: each["recall"] for method, each in found["new"].items()}
    assert found["customers"] == 1701
    assert recall["recent-popularity"] == pytest.approx(0.067, abs=0.001)
    assert recall["item-cosine"] == pytest.approx(0.083, abs=0.001)
    assert recall["linear-items"] == pytest.approx(0.110, abs=0.001)
    assert recall["cluster-popularity"] == pytest.approx(0.047, abs=0.003)
    assert found["repeat"]["personal-frequency"]["recall"] == pytest.approx(0.556, abs=0.002)
    assert found["default"] == "linear-items"
    assert recall["linear-items"] >= 1.6 * recall["recent-popularity"]
    assert recall["linear-items"] >= 2 * recall["cluster-popularity"]
