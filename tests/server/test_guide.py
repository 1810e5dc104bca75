"""The guide from its first command to a sign-in, as a newcomer types it, below a folder of the test's own.

What only the system can do (packages, users, owners, services) is replaced by programs that do nothing, or
only look whether what they need came before.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.training.sample import write_sample
from tests.running import ROOT
from tests.server.front import GUIDE, NAME, PASSWORD, SHOWN_FILE, Front, nginx, shown_files
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
    """Return the commands and files of the guide, in its order, with the paths of the test."""
    told = GUIDE[: GUIDE.index("and back, `restore`")]
    told = SHOWN_FILE.sub(lambda shown: f"    cat > {shown[1]} <<'END'\n{shown[2]}    END\n\n", told)
    blocks = [re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in BLOCK.findall(told)]
    assert len(blocks) > 8
    for number, block in enumerate(blocks):
        if re.search("(?m)^SECRET_KEY=", block):
            held = re.sub("(?m)^SECRET_KEY=.*", f"SECRET_KEY={'0123456789abcdef' * 4}", block)
            blocks[number] = f"cat > /etc/segment-desk.env <<'END'\n{held}PORT={port}\nEND\n"
    script = "\n".join(blocks).replace("git clone …", "git clone ADDRESS")
    script = script.replace("cp sales.csv.gz", f"cp {root}/sales.csv.gz")
    script = script.replace("--role admin", "--role admin --password-stdin")  # there is no terminal
    for place in PLACES:
        script = script.replace(place, f"{root}{place}")
    return script


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
        ),
        running(command, secure, folder / "nginx.log"),
    ):
        certificate = typed.root / f"etc/ssl/{NAME}.pem"
        front = Front(SimpleNamespace(url=f"http://127.0.0.1:{typed.port}"), secure, plain, certificate)
        cookie = front.signed_in()
        assert front.ask("/", Cookie=cookie).status == 200
        assert front.ask("/healthz").status == 200


def test_the_service_is_closed_off_from_the_rest_of_the_machine(tmp_path):
    unit = tmp_path / "segment-desk.service"
    held = shown_files()["/etc/systemd/system/segment-desk.service"]
    unit.write_text(re.sub(r"(?m)^ExecStart=.*", "ExecStart=/bin/true", held), "utf-8")
    analyze = program("systemd-analyze", "systemd")
    told = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", "--threshold=20", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout  # 2.0 of 10 at most; a service without any of it has 9.6
