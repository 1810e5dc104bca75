"""The guide's proxy in front of the site: the very text of the guide, run by nginx."""

from __future__ import annotations

import http.client
import os
import re
import ssl
import subprocess
import textwrap
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from services.serving.row_answers import MOST_BYTES
from services.site.accounts import Accounts
from services.site.roles import Role
from services.site.state import State
from tests.running import ROOT, Site, serve
from tests.server.wire import PATIENCE
from tests.servers import free_port, program, running

NAME = "desk.example.com"
PASSWORD = "four words and more"
AROUND = """
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}
}}
"""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Message
    body: bytes


def answered(
    connection: http.client.HTTPConnection,
    path: str,
    body: bytes | None,
    method: str,
    headers: dict[str, str],
) -> Answer:
    """Ask once, and close the connection."""
    with closing(connection):
        connection.request(method, path, body, headers)
        given = connection.getresponse()
        return Answer(given.status, given.headers, given.read())


@dataclass(frozen=True)
class Front:
    """A site behind the proxy, the proxy's ports, and its certificate."""

    site: Site
    secure: int
    plain: int
    certificate: Path

    def ask(self, path: str, body: bytes | None = None, method: str = "GET", **headers: str) -> Answer:
        """Ask as a browser that knows the site's name."""
        context = ssl.create_default_context(cafile=self.certificate)
        # the name stands in the certificate and in Host; the address is this computer's
        context.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", self.secure, context=context, timeout=PATIENCE)
        return answered(connection, path, body, method, {"Host": NAME, **headers})

    def signed_in(self) -> str:
        """Sign in and return the cookie."""
        body = urlencode({"name": "ana", "password": PASSWORD, "next": "/"}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{NAME}"}
        given = self.ask("/sign-in", body, "POST", **kind)
        assert given.status == 302, given.body
        cookie = given.headers["Set-Cookie"]
        assert "Secure" in cookie
        assert cookie.startswith("__Host-")
        ((name, held),) = SimpleCookie(cookie).items()
        return f"{name}={held.value}"


@pytest.fixture(scope="module")
def front(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    nginx, folder = program("nginx", "nginx-light"), tmp_path_factory.mktemp("proxy")
    key, certificate = folder / "key", folder / "pem"
    made = [program("openssl", "openssl"), *f"req -x509 -newkey rsa:2048 -nodes -subj /CN={NAME}".split()]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    state = State(folder / "state")
    Accounts(state).add("ana", Role.EXPORTER, PASSWORD)
    state.close()
    guide = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    settings = dict(re.findall(r"^    ([A-Z_]+)=(\S+)", guide, re.MULTILINE))
    settings |= {"SECRET_KEY": "0123456789abcdef" * 4, "WEB_CONCURRENCY": "2"}
    with serve(models, folder, **settings) as site:
        secure, plain = free_port(), free_port()
        shown = textwrap.dedent(guide.partition("For nginx:\n\n")[2].partition("\n\nWithout")[0])
        replaced = {
            "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
            "listen 80": f"listen 127.0.0.1:{plain}",
            "/etc/ssl/desk.example.com.pem": str(certificate),
            "/etc/ssl/desk.example.com.key": str(key),
            "http://127.0.0.1:8050": site.url,
        }
        for example, real in replaced.items():
            assert shown.count(example) == 1, example
            shown = shown.replace(example, real)
        # it would take another user's rights, who may not enter the folder of the tests
        user = "user root;" if os.geteuid() == 0 else ""
        written = folder / "nginx.conf"
        written.write_text(AROUND.format(folder=folder, servers=shown, user=user), "utf-8")
        command = [nginx, "-p", folder, "-e", "stderr", "-c", written]
        with running(command, secure, folder / "nginx.log"):
            yield Front(site, secure, plain, certificate)


def test_a_plain_address_leads_to_the_secure_one(front):
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=PATIENCE)
    given = answered(connection, "/customers?id=1", None, "GET", {"Host": NAME})
    assert (given.status, given.headers["Location"]) == (301, f"https://{NAME}/customers?id=1")


def test_one_signs_in_through_the_proxy(front):
    page = front.ask("/sign-in")
    assert page.status == 200
    assert "max-age=" in page.headers["Strict-Transport-Security"]
    cookie = front.signed_in()
    assert front.ask("/", Cookie=cookie).status == 200


def test_a_host_that_is_not_the_sites_is_refused(front):
    assert front.ask("/readyz", Host="other.example.com").status == 400


def test_a_password_that_did_not_come_through_the_proxy_is_refused(front):
    connection = http.client.HTTPConnection(front.site.url.removeprefix("http://"), timeout=PATIENCE)
    body = urlencode({"name": "ana", "password": PASSWORD, "next": "/"}).encode()
    headers = {"Host": NAME, "Content-Type": "application/x-www-form-urlencoded"}
    given = answered(connection, "/sign-in", body, "POST", headers)
    assert given.status == 403
    assert "Set-Cookie" not in given.headers


def test_the_largest_file_passes_and_a_larger_one_is_refused(front):
    line = b"75,4,1797.24\n"
    head = b"recency,orders,spend\n"
    kind = {"Content-Type": "text/csv", "Origin": f"https://{NAME}", "Cookie": front.signed_in()}
    few = front.ask("/predict/rows?name=a.csv", head + line * 1_000, "POST", **kind)
    assert few.status == 200, few.body[:300]
    large = head + line * (MOST_BYTES // len(line) - 2)
    given = front.ask("/predict/rows?name=a.csv", large, "POST", **kind)
    # three million rows are too many, which the site itself says, having read them
    assert given.status == 400
    assert b"200,000" in given.body
    # refused by what is announced, before any of it came
    announced = {"Content-Length": str(2 * MOST_BYTES)}
    assert front.ask("/predict/rows?name=a.csv", None, "POST", **kind, **announced).status == 413
