"""The guide from its first command to a sign-in, as a newcomer types it, below a folder of the test's own.

What only the system can do (packages, users, owners, services) is replaced by programs that do nothing, or
only look whether what they need came before.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.site.people.accounts import Accounts
from services.site.state import State
from services.training.sample import write_sample
from tests.running import ROOT
from tests.server.front import FILES, GUIDE, NAME, PASSWORD, Front, nginx
from tests.servers import free_port, program, running

PLACES = (
    "/srv/segment-desk",
    "/etc/segment-desk.env",
    "/etc/ssl/",
    "/etc/nginx/",
    "/etc/systemd/",
    "/backup",
)
NOTHING = ("apt-get", "systemctl", "nginx")
NOT_COPIED = (".git", ".venv", "models", "var", "screenshots", ".*_cache", "__pycache__")
BLOCK = re.compile(r"(?:^ {4}.*\n(?:\n(?= {4}))?)+", re.MULTILINE)
START = 300
"""Seconds to start a site that nothing is warm for, on a machine that has other work."""
NEWCOMER = """#!/bin/bash
set -eu
cd {root}
{commands}
"""


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    """What there is after all commands of the guide up to the proxy, and one backup."""
    root = tmp_path_factory.mktemp("newcomer")
    for folder in ("srv", "etc/ssl", "etc/nginx/conf.d", "etc/systemd/system", "bin"):
        (root / folder).mkdir(parents=True)
    write_sample(root / "sales.csv", customers=300)
    subprocess.run(["gzip", root / "sales.csv"], check=True)
    for name in NOTHING:
        _program(root / "bin" / name, "exit 0")
    _program(root / "bin" / "useradd", f"touch {root}/owned")
    _program(root / "bin" / "chown", f'test -e {root}/owned && echo "$@" >> {root}/owned')
    # -u desk --: the user, and folders that it may write to
    _program(root / "bin" / "runuser", f'grep -q "desk.* var models" {root}/owned && shift 3 && exec "$@"')
    shutil.copytree(ROOT, root / "clone", ignore=shutil.ignore_patterns(*NOT_COPIED))
    for file in (root / "clone" / "docs" / "deployment").iterdir():
        file.write_text(_below(root, file.read_text("utf-8")), "utf-8")
    (root / "clone" / "models").mkdir()  # a clone has it already, with a README.md
    (root / "clone" / ".venv").symlink_to(ROOT / ".venv")
    _program(root / "clone" / ".ci" / "venv", "exit 0")
    _program(root / "bin" / "git", f'test "$1" = clone && cp -a {root}/clone "$3"')
    port = free_port()
    script = root / "typed"
    script.write_text(NEWCOMER.format(root=root, commands=_commands(root, port)), "utf-8")
    done = subprocess.run(
        ["bash", script],
        env={"PATH": f"{root / 'bin'}:{os.environ['PATH']}", "LANG": "C.UTF-8"},
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(root=root, port=port, said=done.stdout + done.stderr)


def _commands(root: Path, port: int) -> str:
    """Return the commands of the guide, in its order, with the paths of the test."""
    told = GUIDE[: GUIDE.index("    desk_services restore")]
    blocks = [re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in BLOCK.findall(told)]
    assert len(blocks) > 7
    for number, block in enumerate(blocks):
        if re.search("(?m)^SECRET_KEY=", block):
            held = re.sub("(?m)^SECRET_KEY=.*", f"SECRET_KEY={'0123456789abcdef' * 4}", block)
            blocks[number] = f"cat > /etc/segment-desk.env <<'END'\n{held}PORT={port}\nEND\n"
    script = "\n".join(blocks).replace("git clone …", "git clone ADDRESS")
    script = script.replace("cp sales.csv.gz", f"cp {root}/sales.csv.gz")
    script = script.replace("--role admin", "--role admin --password-stdin")  # there is no terminal
    return _below(root, script)


def _below(root: Path, text: str) -> str:
    for place in PLACES:
        text = text.replace(place, f"{root}{place}")
    return text


def _program(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _service(root: Path) -> dict[str, str]:
    held = (root / "etc/systemd/system/segment-desk.service").read_text("utf-8")
    return dict(line.split("=", 1) for line in held.splitlines() if re.match(r"\w+=", line))


def _environment(path: str) -> dict[str, str]:
    """Read the settings as systemd does."""
    lines = Path(path).read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_commands_of_the_guide_run_in_its_order(typed):
    assert "ana: added, with the role admin." in typed.said
    assert (typed.root / "srv/segment-desk/models/CURRENT").is_file()
    assert len(list((typed.root / "backup").iterdir())) == 1


@pytest.mark.slow  # with what it finds made
def test_the_settings_are_read_by_nobody_else(typed):
    assert stat.S_IMODE((typed.root / "etc/segment-desk.env").stat().st_mode) == 0o640
    for folder in ("var", "models"):
        assert stat.S_IMODE((typed.root / "srv/segment-desk" / folder).stat().st_mode) == 0o750


def test_what_the_guide_ends_with_takes_a_sign_in_on_any_port(typed):
    service, folder = _service(typed.root), typed.root / "proxy"
    folder.mkdir()
    environment = _environment(service["EnvironmentFile"])
    secure, plain = free_port(), free_port()
    shown = (typed.root / "etc/nginx/conf.d/segment-desk.conf").read_text("utf-8")
    command = nginx(shown, folder, secure, plain, {"127.0.0.1:8050": f"127.0.0.1:{typed.port}"})
    own = {name: value for name, value in os.environ.items() if name not in ("STATE_DIR", "MODELS_DIR")}
    with (
        running(
            service["ExecStart"].split(),
            typed.port,
            folder / "site.log",
            cwd=service["WorkingDirectory"],
            env=own | environment,
            seconds=START,
        ),
        running(command, secure, folder / "nginx.log"),
    ):
        certificate = typed.root / f"etc/ssl/{NAME}.pem"
        front = Front(SimpleNamespace(url=f"http://127.0.0.1:{typed.port}"), secure, plain, certificate)
        cookie = front.signed_in()
        assert front.ask("/", Cookie=cookie).status == 200
        assert front.ask("/healthz").status == 200


UNITS = (
    "segment-desk.service",
    "segment-desk-worker.service",
    "segment-desk-releases.service",
    "segment-desk-backup.service",
)


@pytest.mark.slow
def test_no_file_of_the_guide_is_forgotten(typed):
    units = {path.name for path in (typed.root / "etc/systemd/system").iterdir()}
    assert units == {*UNITS, "segment-desk.socket", "segment-desk-backup.timer"}
    assert (typed.root / "etc/systemd/journald@segment-desk.conf").is_file()


def test_a_backup_as_the_unit_makes_it_is_served_on_a_new_machine(typed, tmp_path):
    unit = (typed.root / "etc/systemd/system/segment-desk-backup.service").read_text("utf-8")
    lines = dict(re.findall(r"(?m)^(\w+)=(.*)", unit))
    own = {name: value for name, value in os.environ.items() if name not in ("STATE_DIR", "MODELS_DIR")}
    environment = own | _environment(lines["EnvironmentFile"])
    how = {"cwd": lines["WorkingDirectory"], "env": environment, "check": True}
    there = set((typed.root / "backup").iterdir())
    old = typed.root / "backup" / "desk-2020-01-01T000000.backup"
    old.touch()
    os.utime(old, (0, 0))
    for command in (lines["ExecStart"], lines["ExecStartPost"]):
        subprocess.run(shlex.split(command.replace("%%", "%")), **how)
    (made,) = set((typed.root / "backup").iterdir()) - there
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    fresh = environment | {"STATE_DIR": str(tmp_path / "var")}
    subprocess.run([sys.executable, "-m", "services", "restore", made], **how | {"env": fresh})
    state = State(tmp_path / "var")
    assert [each.name for each in Accounts(state).listed()] == ["ana"]
    state.close()
    port = free_port()
    site = running(
        _service(typed.root)["ExecStart"].split(),
        port,
        tmp_path / "site.log",
        cwd=lines["WorkingDirectory"],
        env=fresh | {"PORT": str(port)},
        seconds=START,
    )
    with site, urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
        assert answer.status == 200


@pytest.mark.parametrize("name", UNITS)
def test_each_service_is_closed_off_from_the_rest_of_the_machine(tmp_path, name):
    unit = tmp_path / name
    held = re.sub(r"(?m)^ExecStartPost=.*\n", "", (FILES / name).read_text("utf-8"))
    unit.write_text(re.sub(r"(?m)^ExecStart=.*", "ExecStart=/bin/true", held), "utf-8")
    analyze = program("systemd-analyze", "systemd")
    told = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", "--threshold=16", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout  # 1.6 of 10 at most; a service without any of it has 9.6


def test_systemd_takes_every_unit(tmp_path):
    for path in FILES.glob("segment-desk*"):
        held = re.sub(r"(?m)^(ExecStart|ExecStartPost)=.*", r"\1=/bin/true", path.read_text("utf-8"))
        (tmp_path / path.name).write_text(held, "utf-8")
    told = subprocess.run(
        [program("systemd-analyze", "systemd"), "verify", "--man=no", *tmp_path.iterdir()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")
