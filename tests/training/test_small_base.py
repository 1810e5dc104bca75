"""Few customers, and changes of a ledger that must change nobody's figures."""

from collections import Counter
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.core import presets
from services.core.clusters.kmeans import fit_kmeans
from services.core.features import fit_transform, parameters
from services.core.rfm.scoring import fit_scale
from services.core.rfm.segments import Segmentation
from services.core.rfm.table import reference_date, rfm_table
from services.releases import open_release
from services.training.customers.columns import raw_values, segment_customers
from services.training.lines.aggregates import customers
from services.training.options import TrainOptions
from services.training.run import train
from tests.drawn import drawn
from tests.training.lines.ledgers import kept, row
from tests.training.test_run import ledger, write

PRESETS = ("standard", "ten-segment", "four-group")
LINES = st.lists(
    st.builds(
        lambda who, order, day, pieces, pence: row(
            f"{who:02}", f"{who:02}-{order}", day=f"2011-03-{day:02} 10:00", quantity=2 * pieces,
            price=Decimal(pence) / 100,
        ),
        st.integers(0, 11), st.integers(0, 3), st.integers(1, 28), st.integers(1, 9), st.integers(0, 5_000),
    ),
    min_size=2,
    max_size=40,
    unique_by=lambda line: tuple(map(str, line.values())),
)  # fmt: skip


def placed(lines):
    """R, F, M, scores and segment of each customer, under three presets."""
    bought = customers(kept(lines))
    rfm = rfm_table(bought, reference_date(bought["last_purchase"]), "orders")
    found = {}
    for name in PRESETS:
        preset = presets.load(name)
        scale = fit_scale(rfm, preset.scoring.classes, "high") if preset.scoring else None
        transform = parameters(fit_transform(raw_values(rfm), list(preset.clusters.features)))
        seen = segment_customers(rfm, Segmentation(preset.segments, scale, transform, np.zeros((1, 3))))
        scores = seen.scores or {}
        for place, customer in enumerate(bought["customer_id"]):
            given_scores = [int(each[place]) for each in scores.values()]
            found[name, customer] = (*rfm.iloc[place], *given_scores, int(seen.segment[place]))
    return found


@drawn(7)
@given(LINES, st.randoms())
def test_shuffled_rows_place_everybody_alike(lines, random):
    assert placed(random.sample(lines, len(lines))) == placed(lines)


@drawn(7)
@given(LINES, st.data())
def test_an_invoice_line_split_in_two_places_everybody_alike(lines, data):
    place = data.draw(st.integers(0, len(lines) - 1))
    whole = lines[place]
    half = whole | {"quantity": whole["quantity"] / 2, "amount": whole["amount"] / 2}
    parts = [half | {"description": name} for name in ("first half", "second half")]
    assert placed([*lines[:place], *parts, *lines[place + 1 :]]) == placed(lines)


@drawn(7)
@given(LINES)
def test_renamed_customers_are_placed_as_before(lines):
    def renamed(customer):
        return f"z{99 - int(customer):02}"

    moved = [line | {"customer_id": renamed(line["customer_id"])} for line in lines]
    expected = {(name, renamed(customer)): figures for (name, customer), figures in placed(lines).items()}
    assert placed(moved) == expected


@given(st.integers(0, 2**16))
def test_clusters_do_not_depend_on_the_order_of_the_points(seed):
    drawn = np.random.default_rng(seed)
    points = np.round(drawn.normal(size=(20, 3)), 1)
    shuffled = points[drawn.permutation(len(points))]
    one, other = (fit_kmeans(each, 3, n_init=1, tol=0.0, seed=42) for each in (points, shuffled))
    assert np.array_equal(one.cluster_centers_, other.cluster_centers_)


def test_a_base_too_small_for_the_scale_says_so_and_keeps_its_grid(tmp_path):
    manifest = train(write(tmp_path / "few.csv", ledger(12)), tmp_path / "models", TrainOptions(k=2))
    release = open_release(tmp_path / "models", manifest.id)
    assert [w for w in manifest.warnings if "too few" in w] == [
        "12 customers are too few for 5 scores of 5 customers or more: only the scores 1, 5 are given."
    ]
    assert set(np.unique([release.customers[score] for score in "rfm"])) <= {1, 5}
    cells = release.overview.grid.cells
    assert len(cells) == 25
    filled = Counter()
    for row_score, column, segment, count, _ in cells:
        filled[segment] += count
        assert not count or (row_score in (1, 5) and column in (1, 3, 5))
    sizes = [segment.customers for segment in release.overview.segments]
    assert [filled[index] for index in range(len(sizes))] == sizes
