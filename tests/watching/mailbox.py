"""A mail server on this computer: it answers as it is told to, and keeps what it took."""

from __future__ import annotations

import socketserver
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread

_USUAL = {"STARTTLS": "220 go on", "DATA": "354 go on", "QUIT": "221 bye", "AUTH": "235 welcome"}


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every mail.

    Attributes
    ----------
    answers : dict of str to str
        What is answered to a word instead, such as ``{"RCPT": "550 no such person"}``; "END" is the end of a
        mail's content. An empty answer ends the connection.
    waits : dict of str to float
        Seconds before a word is answered.
    heard : list of str
        The lines of all connections, without contents.
    mails : list of (str, EmailMessage)
        To whom, and what was handed over whole.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, context: ssl.SSLContext | None = None, *, at_once: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Talking)
        self.context, self.at_once = context, at_once
        self.answers: dict[str, str] = {}
        self.waits: dict[str, float] = {}
        self.heard: list[str] = []
        self.mails: list[tuple[str, EmailMessage]] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Talking(socketserver.StreamRequestHandler):
    def handle(self):
        self.to = ""
        try:
            if self.server.at_once:
                self._secure()
            self._say("220 mail.example.org")
            while line := self.rfile.readline():
                if not self._answered(line.decode().strip()):
                    return
        except (ConnectionError, ssl.SSLError):
            return

    def finish(self):
        super().finish()
        self.request.close()

    def _secure(self):
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb", -1), self.request.makefile("wb", 0)

    def _answered(self, line):
        self.server.heard.append(line)
        word = line.split(" ")[0].split(":")[0].upper()
        if word == "RCPT":
            self.to = line.partition("<")[2].rstrip(">")
        usual = {"EHLO": self._offers(), **_USUAL}.get(word, "250 fine")
        said = self._said(word, usual)
        if not said:
            return False
        self._say(said)
        if word == "STARTTLS" and said.startswith("2"):
            self._secure()
        if word == "DATA" and said.startswith("354"):
            return self._taken()
        return word != "QUIT"

    def _taken(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append((self.to, message_from_bytes(b"".join(lines), policy=default)))
        said = self._said("END", "250 taken")
        if said:
            self._say(said)
        return bool(said)

    def _said(self, word, usual):
        time.sleep(self.server.waits.get(word, 0.0))
        return self.server.answers.get(word, usual)

    def _offers(self):
        secure = self.server.context is not None and not isinstance(self.request, ssl.SSLSocket)
        return "250-mail.example.org\r\n" + "250-STARTTLS\r\n" * secure + "250 AUTH PLAIN LOGIN"

    def _say(self, line):
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def mail_server(context: ssl.SSLContext | None = None, *, at_once: bool = False) -> Iterator[MailServer]:
    """Run one until the block ends; with a context it speaks TLS, ``at_once`` or when asked to."""
    server = MailServer(context, at_once=at_once)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
