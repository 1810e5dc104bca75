"""D1 at the start: what a supervisor sees of a site whose releases are all damaged."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.releases.tiny import make_tiny_release
from tests.running import ROOT


def test_d1_without_any_good_release_the_start_ends_with_one_line(tmp_path):
    release = make_tiny_release(tmp_path)
    (tmp_path / "releases" / release / "scaler.pkl").write_bytes(b"")
    started = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--check-config", "app:create_server()"],
        cwd=ROOT,
        env=os.environ | {"STATE_DIR": str(tmp_path / "state"), "MODELS_DIR": str(tmp_path), "PORT": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    said = [line for line in started.stderr.splitlines() if not line.startswith("{")]
    assert len(said) == 1
    assert f"Release {release} cannot be used: scaler.pkl" in said[0]
