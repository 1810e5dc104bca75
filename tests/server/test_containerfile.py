"""The Containerfile, carried out line by line over a copy of this computer's root, without an engine.

Each RUN runs as it stands, each COPY copies, in a layer that is thrown away; then CMD runs as USER with ENV,
while the root is read-only and `/tmp` and VOLUME are memory, as `run --read-only --tmpfs /tmp` has it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

from services.site.settings import Settings
from tests.running import ROOT
from tests.servers import free_port, missing, program, running

HELD = (ROOT / "docs" / "deployment" / "Containerfile").read_text("utf-8")
BASE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Step(NamedTuple):
    """A line of the Containerfile: its first word, and the rest."""

    word: str
    rest: str


def steps() -> list[Step]:
    """Return the lines in their order; one that goes on below is one."""
    whole = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^\s*#.*\n", "", HELD))
    return [Step(*line.split(maxsplit=1)) for line in whole.splitlines() if line.strip()]


def last(word: str) -> str:
    return [step.rest for step in steps() if step.word == word][-1]


def environment() -> dict[str, str]:
    """Return what ENV says."""
    return dict(part.split("=", 1) for part in shlex.split(last("ENV")))


def health() -> str:
    """Return the command that HEALTHCHECK runs."""
    return last("HEALTHCHECK").split("CMD ", 1)[1]


def test_all_that_runs_is_copied_and_nothing_else():
    copied = {
        word.removeprefix("./")
        for step in steps()
        if step.word == "COPY" and not step.rest.startswith("--from")
        for word in shlex.split(step.rest)[:-1]
    }
    code = {"app.py", "gunicorn.conf.py", "assets", "callbacks", "layouts", "services"}
    assert copied == code | {"requirements.txt", "docs/deployment"}


def test_the_image_has_a_user_by_number_who_is_not_root_and_a_command_of_the_site():
    user, group = last("USER").split(":")
    assert int(user) > 999 < int(group)
    assert json.loads(last("CMD")) == ["gunicorn", "app:create_server()"]
    assert "/healthz" in health()
    volume = last("VOLUME")
    assert all(environment()[name].startswith(f"{volume}/") for name in ("STATE_DIR", "MODELS_DIR"))


def test_the_first_start_makes_keys_a_certificate_and_the_proxys_file_and_the_next_keeps_the_keys(tmp_path):
    program("openssl", "openssl")
    text = (ROOT / "docs" / "deployment" / "first-start").read_text("utf-8")
    for name in ("keys", "database-key", "proxy"):
        (tmp_path / name).mkdir()
        text = text.replace(f"/{name}/", f"{tmp_path}/{name}/")
    (tmp_path / "first-start").write_text(text, "utf-8")
    held = []
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    for _ in range(2):
        subprocess.run(
            ["sh", tmp_path / "first-start", "keys"],
            cwd=ROOT,
            env=os.environ | {"DESK_NAME": "shop.example.org", "PATH": path},
            check=True,
        )
        held.append({file: file.read_text("utf-8") for file in tmp_path.glob("*/*")})
    assert held[0] == held[1]
    assert {file.name for file in held[0]} == {
        *("secret_key", "database_url", "password", "desk.pem", "desk.key", "desk.conf")
    }
    given = {"SECRET_KEY_FILE": "secret_key", "DATABASE_URL_FILE": "database_url"}
    settings = Settings.from_environment({name: f"{tmp_path}/keys/{file}" for name, file in given.items()})
    assert settings.database_url is not None
    assert (tmp_path / "database-key" / "password").read_text("utf-8").strip() in settings.database_url
    proxy = (tmp_path / "proxy" / "desk.conf").read_text("utf-8")
    assert "desk.example.com" not in proxy
    for line in ("server web:8050;", "listen 8443 ssl;", "server_name shop.example.org;", "conf.d/desk.pem;"):
        assert line in proxy, line


@pytest.mark.long
def test_the_steps_lead_from_nothing_to_a_page_without_root_on_a_read_only_root(models, tmp_path):
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        missing("The steps of an image take root, and unshare of the package util-linux.")
    port = free_port()
    script = tmp_path / "steps"
    script.write_text(_script(models, tmp_path, port), "utf-8")
    log = tmp_path / "log"
    with running(["unshare", "--mount", "bash", script], port, log, seconds=1_800) as master:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert b"Segment Desk" in page.read()
        assert _of(master.pid, "Uid") == _of(master.pid, "Gid") == {"10001"}
        assert _of(master.pid, "CapEff") == {"0" * 16}
    assert "Read-only file system" in log.read_text("utf-8")


def _of(process: int, name: str) -> set[str]:
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return set(re.findall(rf"(?m)^{name}:\s+(.*)$", status)[0].split())


def _script(models: Path, folder: Path, port: int) -> str:
    """Return the steps as a script for a mount namespace of its own."""
    lines = [
        "set -eu",
        f"mkdir {folder}/layer && mount -t tmpfs tmpfs {folder}/layer",
        f"cd {folder}/layer && mkdir upper work root",
        "mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root",
        "for each in proc sys dev; do mount --rbind /$each root/$each; done",
        "mkdir -p root/context root/models",
        f"mount --bind {ROOT} root/context && mount --bind {models} root/models",
    ]
    place, variables = "/", f"PATH={BASE_PATH}"
    passed = " ".join(f"{name}={shlex.quote(os.environ[name])}" for name in os.environ if name == "PIP_CERT")
    for word, rest in steps():
        if word == "WORKDIR":
            place = rest
            lines.append(f"mkdir -p root{place}")
        elif word == "RUN":
            lines.append(_within(f"cd {place} && {rest}", f"{variables} {passed}"))
        elif word == "COPY" and not rest.startswith("--from"):
            *given, target = shlex.split(rest)
            lines += [f"mkdir -p root{place}/{target}"] if target.endswith("/") else []
            lines += [f"mkdir -p $(dirname root{place}/{target})", *_copies(given, place, target)]
    variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment().items())
    user, group = last("USER").split(":")
    volume, command = last("VOLUME"), shlex.join(json.loads(last("CMD")))
    mounted = f"mount -t tmpfs -o uid={user},gid={group},mode=750 tmpfs root{volume}"
    drop = f"setpriv --reuid={user} --regid={group} --clear-groups --no-new-privs --bounding-set=-all"
    inside = f"cd {place}; touch x; set -e; cp -r /models $MODELS_DIR; exec {command}"
    return "\n".join(
        [
            *lines,
            f"{mounted} && mount -t tmpfs tmpfs root/tmp && mount -o remount,ro root",
            f"exec chroot root {drop} env -i {variables} PORT={port} sh -c {shlex.quote(inside)}",
        ]
    )


def _within(command: str, variables: str) -> str:
    return f"chroot root env -i {variables} DEBIAN_FRONTEND=noninteractive sh -c {shlex.quote(command)}"


def _copies(given: list[str], place: str, target: str) -> list[str]:
    into = f"root{place}/{target}"
    if target.endswith("/"):
        return [f"cp -r root/context/{each} {into}" for each in given]
    return [f"cp -rT root/context/{each} {into}" for each in given]
