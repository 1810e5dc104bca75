"""The section on campaigns, on a sample and with few trials: it says what it counted."""

from __future__ import annotations

import re

import pytest

from benchmarks.evidence import campaigns
from services.training.sample import write_sample


@pytest.mark.slow
@pytest.mark.usefixtures("little_evidence")
def test_the_section_has_a_row_for_each_size_and_holdout_and_counts_what_held(tmp_path, monkeypatch):
    monkeypatch.setattr(campaigns, "SIZES", (300,))
    monkeypatch.setattr(campaigns, "SHARES", (0.2, 0.5))
    monkeypatch.setattr(campaigns, "DRAWS", 20)
    file = tmp_path / "sample.csv"
    write_sample(file, customers=600)
    text = campaigns.section(file, tmp_path)
    rows = re.findall(r"^\| 300 \| (20|50) % \| (\d+\.\d) % \| (\d+\.\d) % \|", text, re.MULTILINE)
    assert [share for share, _, _ in rows] == ["20", "50"]
    assert all(float(wrong) + float(held) == pytest.approx(100, abs=0.2) for _, wrong, held in rows)
    made, held = map(int, re.search(r"of (\d+) expectations .*, (\d+) ranges held", text).groups())
    assert made / 2 < held <= made
