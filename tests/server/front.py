"""The guide's proxy in front of a site: the very text of the guide, run by nginx."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.state import State
from tests.running import ROOT, Site, serve
from tests.server.wire import PATIENCE
from tests.servers import free_port, program, running

GUIDE = (ROOT / "docs" / "deployment.md").read_text("utf-8")
NAME = "desk.example.com"
PASSWORD = "four words and more"
FILES = ROOT / "docs" / "deployment"
"""What the guide has one copy."""
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
    types {{ application/javascript js; }}
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

    @property
    def name(self) -> str:
        """The site's name as browsers send it: with the port, because it is not 443."""
        return f"{NAME}:{self.secure}"

    def opened(self, sent: bytes = b"", unread: int | None = None) -> ssl.SSLSocket:
        """Open a connection and send ``sent`` and no more; ``unread`` bytes may wait to be read."""
        plain = socket.socket()
        plain.settimeout(PATIENCE)
        if unread is not None:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, unread)
        plain.connect(("127.0.0.1", self.secure))
        connection = self._trusting().wrap_socket(plain)
        if sent:
            connection.sendall(sent)
        return connection

    def ask(self, path: str, body: bytes | None = None, method: str = "GET", **headers: str) -> Answer:
        """Ask as a browser that knows the site's name."""
        context = self._trusting()
        connection = http.client.HTTPSConnection("127.0.0.1", self.secure, context=context, timeout=PATIENCE)
        return answered(connection, path, body, method, {"Host": self.name, **headers})

    def sign_in(self, next_page: str = "/") -> Answer:
        """Sign in as a browser does, and return the answer."""
        body = urlencode({"name": "ana", "password": PASSWORD, "next": next_page}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{self.name}"}
        given = self.ask("/sign-in", body, "POST", **kind)
        assert given.status == 302, given.body
        return given

    def signed_in(self) -> str:
        """Sign in and return the cookie."""
        cookie = self.sign_in().headers["Set-Cookie"]
        assert "Secure" in cookie
        assert cookie.startswith("__Host-")
        ((name, held),) = SimpleCookie(cookie).items()
        return f"{name}={held.value}"

    def _trusting(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.certificate)
        # the name stands in the certificate and in Host; the address is this computer's
        context.check_hostname = False
        return context


@contextmanager
def behind_nginx(site: Site, folder: Path, other: Site | None = None) -> Iterator[Front]:
    """Run nginx with the guide's text in front of a site until the block ends, on free ports.

    With two sites their hosts stand in it as the guide's page on hosts says.
    """
    key, certificate = folder / "key", folder / "pem"
    made = [program("openssl", "openssl"), *f"req -x509 -newkey rsa:2048 -nodes -subj /CN={NAME}".split()]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    secure, plain = free_port(), free_port()
    replaced = {
        "/etc/ssl/desk.example.com.pem": str(certificate),
        "/etc/ssl/desk.example.com.key": str(key),
    }
    shown = (FILES / "nginx.conf").read_text("utf-8")
    if other is None:
        replaced["127.0.0.1:8050"] = site.url.removeprefix("http://")
    else:
        (both,) = re.findall("(?m)^ {4}(upstream .*)", (FILES / "hosts.md").read_text("utf-8"))
        shown = re.sub("(?m)^upstream .*", both, shown)
        replaced |= {
            f"10.0.0.{number}:8050": each.url.removeprefix("http://")
            for number, each in ((11, site), (12, other))
        }
    with running(nginx(shown, folder, secure, plain, replaced), secure, folder / "nginx.log"):
        yield Front(site, secure, plain, certificate)


def nginx(shown: str, folder: Path, secure: int, plain: int, replaced: dict[str, str]) -> list[str | Path]:
    """Write the guide's text where nginx reads it, and return what starts nginx with it."""
    replaced = replaced | {
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "/var/log/nginx/access.log": str(folder / "access.log"),
    }
    for example, real in replaced.items():
        assert shown.count(example) == 1, example
        shown = shown.replace(example, real)
    # it would take another user's rights, who may not enter the folder of the tests
    user = "user root;" if os.geteuid() == 0 else ""
    written = folder / "nginx.conf"
    written.write_text(AROUND.format(folder=folder, servers=shown, user=user), "utf-8")
    return [program("nginx", "nginx-light"), "-p", folder, "-e", "stderr", "-c", written]


@contextmanager
def hosted(models: Path, folder: Path) -> Iterator[Front]:
    """Run a site with the guide's settings and one account behind the guide's proxy."""
    program("nginx", "nginx-light")
    state = State(folder / "state")
    Accounts(state).add("ana", Role.EXPORTER, PASSWORD)
    state.close()
    settings = dict(re.findall(r"^    ([A-Z_]+)=(\S+)", GUIDE, re.MULTILINE))
    settings |= {"SECRET_KEY": "0123456789abcdef" * 4, "WEB_CONCURRENCY": "2"}
    with serve(models, folder, **settings) as site, behind_nginx(site, folder) as front:
        yield front
