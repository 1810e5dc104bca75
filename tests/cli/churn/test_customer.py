"""``churn ID``: what it refuses; what it prints stands in ``tests/cli/exact/test_standard.py``."""

from __future__ import annotations

import pytest

from tests.cli.commands import run
from tests.releases.tiny import make_tiny_release


@pytest.mark.parametrize(
    ("id", "code", "sentence"),
    [
        ("nobody", 1, "No customer nobody in this release"),
        ("12346", 2, "This release was made by an earlier version, which did not say who may leave."),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence(tmp_path, monkeypatch, id, code, sentence):
    monkeypatch.setattr("tests.releases.tiny_overview.tiny_churn", lambda: None)
    monkeypatch.setattr("tests.releases.tiny.churn_columns", lambda _customers: {})
    make_tiny_release(tmp_path)
    asked = run("churn", id, "--models", tmp_path)
    assert (asked.code, asked.out) == (code, "")
    assert sentence in asked.err
