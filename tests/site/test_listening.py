"""E18: a place where the site cannot listen is said in one line that says what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from services.core.refusals import Refusal
from services.site.listening import check_free
from tests.running import ROOT


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_e18_a_port_in_use_is_refused_with_another_and_a_free_one_is_not(taken):
    with pytest.raises(Refusal, match=rf"PORT {taken} is in use .*such as PORT={taken + 1}\."):
        check_free("127.0.0.1", taken)
    check_free("127.0.0.1", 0)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "2001:db8::1", "a..b"])
def test_e18_an_address_of_another_computer_is_refused(host):
    with pytest.raises(Refusal, match=f"HOST {host} is not an address of this computer"):
        check_free(host, 0)


@pytest.mark.parametrize(
    ("program", "code"), [(("-m", "gunicorn", "app:create_server()"), 1), (("-m", "services.cli.prepare"), 2)]
)
def test_e18_the_start_ends_with_that_line_and_nothing_else(taken, program, code):
    done = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env=os.environ | {"PORT": str(taken)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert f"PORT {taken} is in use" in done.stderr
