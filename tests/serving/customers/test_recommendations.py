"""What is offered to a customer, and the words for why."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace

import numpy as np
import pytest

from services.core.refusals import Refusal
from services.desk import load_services
from services.releases import set_current
from services.serving.customers import recommendations
from services.serving.customers.recommendations import as_contract, recommend, report_of, track_record
from services.site.settings import Settings
from tests.serving.shops import shop

REPORT = {
    "missing": None,
    "default": "linear-items",
    "products": ["A", "B", "C"],
    "recent": [5, 1, 2],
    "clusters": [[3, 1, 2]],
}
EMPTY = [-1, -1]


class Release:
    """As much of a release as recommendations read; the second customer has bought nothing."""

    def __init__(self) -> None:
        self.customers = {
            "cluster": np.zeros(2, np.int16),
            "offer_linear_items": np.array([[1, 2], EMPTY], np.int16),
            "offer_linear_items_score": np.array([[0.5, 0.25], [0, 0]], np.float32),
            "offer_linear_items_with": np.array([[0, 0], EMPTY], np.int16),
            "offer_linear_items_by": np.array([[41, 0], [0, 0]], np.int32),
            "offer_recent_popularity": np.array([[2, 1], [0, 2]], np.int16),
            "offer_cluster_popularity": np.array([[2, 1], [0, 2]], np.int16),
            "offer_personal_frequency": np.array([[0, -1], EMPTY], np.int16),
            "offer_personal_frequency_score": np.array([[2.4, 0], [0, 0]], np.float32),
        }
        self.manifest = SimpleNamespace(files={}, metrics={})
        self.base = sqlite3.connect(":memory:")
        self.base.row_factory = sqlite3.Row
        self.base.execute("CREATE TABLE products (product TEXT, description TEXT, price REAL)")
        self.base.executemany(
            "INSERT INTO products VALUES (?, ?, ?)",
            [("A", "TIN", 1.5), ("B", "CUP", 2.0), ("C", "BAG", None)],
        )

    def lookup(self) -> sqlite3.Connection:
        return self.base


KEPT = f"{recommendations.__name__}.report_of"  # where ``once`` keeps it


@pytest.fixture
def release():
    found = Release()
    vars(found)[KEPT] = REPORT
    return found


def test_each_product_has_the_reason_of_its_method(release):
    assert as_contract(recommend(release, 0)) == [
        {
            "product": "B",
            "description": "CUP",
            "score": 0.5,
            "reason": "bought with A TIN, by 41 customers in the same cluster",
        },
        {
            "product": "C",
            "description": "BAG",
            "score": 0.25,
            "reason": "bought with A TIN, though not yet by anyone in the same cluster",
        },
    ]
    (first, _) = recommend(release, 0, method="cluster-popularity").products
    assert (first.score, first.reason) == (2, "bought by 2 customers in the same cluster")


def test_what_they_buy_again_counts_their_own_orders(release):
    (only,) = recommend(release, 0, replenish=True).products
    assert (only.product, only.score, only.reason) == ("A", 2, "in 2 orders of this customer")


def test_a_customer_without_products_gets_what_sells_best_and_is_told_so(release):
    offered = recommend(release, 1)
    assert offered.method == "recent-popularity"
    assert "best sellers of the last 56 days" in offered.note
    assert [each.reason for each in offered.products] == [
        "bought by 5 customers in the last 56 days",
        "bought by 2 customers in the last 56 days",
    ]


def test_n_cuts_the_list(release):
    assert [each.product for each in recommend(release, 0, 1).products] == ["B"]


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"method": "magic"}, "linear-items"),
        ({"method": "item-cosine", "replenish": True}, "method is personal-frequency"),
    ],
)
def test_a_method_that_does_not_fit_is_refused(release, asked, word):
    with pytest.raises(Refusal, match=word):
        recommend(release, 0, **asked)


def test_a_release_made_before_says_so():
    older = Release()
    assert track_record(older) is None
    assert "Train again" in report_of(older)["missing"]
    with pytest.raises(Refusal, match="Train again"):
        recommend(older, 0)


def test_a_site_has_read_the_lists_before_the_first_question(tmp_path):
    made = shop()
    models = made.folder.parents[1]
    set_current(models, made.id)
    active = load_services(Settings(models_dir=models, state_dir=tmp_path)).releases.current()
    assert KEPT in vars(active)


def test_the_product_that_a_reason_names_is_there_by_code_and_name(release):
    assert [each.companion for each in recommend(release, 0).products] == [("A", "TIN"), ("A", "TIN")]
    assert {each.companion for each in recommend(release, 0, replenish=True).products} == {None}
