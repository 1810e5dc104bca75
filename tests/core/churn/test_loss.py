"""What is expected to be lost with a customer, by hand."""

from __future__ import annotations

from services.core.churn.loss import expected_loss, usual_spend


def test_what_was_spent_is_brought_to_the_horizon_and_never_beyond_it():
    # 360 days with 400, 45 days with 100, of which a whole horizon is taken to have had 100
    assert usual_spend([400.0, 100.0], [360, 45], 90).tolist() == [100.0, 100.0]


def test_the_loss_is_the_chance_times_the_value():
    assert expected_loss([0.25, 0.5], [100.0, -3.0]).tolist() == [25.0, 0.0]
