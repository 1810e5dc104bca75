"""Files as a real server receives them: the largest that may be sent, and one whose rest never comes."""

from __future__ import annotations

import http.client
import logging
from pathlib import Path

import pytest

from services.site.settings import Settings
from tests.releases.tiny import make_tiny_release
from tests.running import serve
from tests.server.wire import PATIENCE, address, answer, opened, workers

log = logging.getLogger(__name__)
MB = 1_000_000
MOST_MB = 50
"""What the process may take beyond what it had; the file is larger."""
HEAD, ROW = b"customer;date;amount\n", b"K12345;2024-01-05;12,50\n"


def peak_mb(pid: int) -> float:
    """Return the most memory that a process held since it began, or since its peak was forgotten."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (peak,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) * 1024 / MB


pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("received")
    make_tiny_release(folder / "models")
    with serve(folder / "models", folder, WEB_CONCURRENCY="1") as running:
        yield running


def test_a28_a_file_of_200_mb_takes_no_more_memory_in_the_web_process_than_its_blocks(site):
    most = Settings().max_upload_mb
    block = ROW * (MB // len(ROW))
    size = len(HEAD) + len(block) * most
    (pid,) = workers(site)
    Path(f"/proc/{pid}/clear_refs").write_text("5")  # forgets the peak
    before = peak_mb(pid)
    connection = http.client.HTTPConnection(*address(site), timeout=PATIENCE)
    connection.request(
        "POST", "/uploads?name=year.csv", (HEAD, *[block] * most), {"Content-Length": str(size)}
    )
    found = connection.getresponse()
    assert (found.status, most) == (201, 200)
    connection.close()
    grown = peak_mb(pid) - before
    log.info("%.0f MB sent: %.0f MB before, at most %.1f MB more", size / MB, before, grown)
    assert 0 <= grown < MOST_MB


def test_a36_whoever_sends_nothing_any_more_is_let_go_and_nothing_stays(site):
    before = set((site.state / "uploads").glob("*"))
    head = b"POST /uploads?name=half.csv HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
    with opened(site, head + HEAD) as connection:
        assert connection.recv(65_536).startswith(b"HTTP/1.1 400 ")
    left = {path for path in (site.state / "uploads").glob("*") if path.is_dir()} - before
    assert left == set()
    assert answer(site, "/healthz")[0] == 200
