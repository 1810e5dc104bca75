"""D1 at the start: what a supervisor sees of a site whose releases are all damaged."""

from __future__ import annotations

from tests.releases.tiny import make_tiny_release
from tests.running import check_start


def test_d1_a_site_whose_only_release_is_damaged_starts_and_logs_why_it_serves_none(tmp_path):
    release = make_tiny_release(tmp_path)
    (tmp_path / "releases" / release / "scaler.pkl").write_bytes(b"")
    code, said = check_start(tmp_path, STATE_DIR=str(tmp_path / "state"), MODELS_DIR=str(tmp_path), PORT="0")
    assert code == 0, said
    assert f"Release {release} cannot be used: scaler.pkl" in said
