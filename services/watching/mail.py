"""Mail through the server that the settings name: encrypted, within a time limit, and handed over once.

Until the content is handed over nothing can arrive, so whatever fails before may be tried again. What fails
after that may have arrived all the same.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from threading import Lock, Thread
from typing import TYPE_CHECKING

from services.core.language.messages import later
from services.watching.webhook import Unsent

if TYPE_CHECKING:
    from services.site.settings import Settings

SECONDS = 30.0
"""How long one try may take in all."""
NAME = "Segment Desk"
# kept in English, and said in another language where somebody reads them
_WRONG_USER = later("the mail server does not accept SMTP_USER and SMTP_PASSWORD")
_NOT_OFFERED = later("the mail server does not offer what SMTP_TLS and SMTP_USER ask for")
_ANSWERED = later("the mail server answered {n}")
_BROKE = later("the connection to the mail server broke")
_NOT_ENCRYPTED = later("the connection to the mail server cannot be encrypted; see SMTP_TLS")
_UNREACHED = later("the mail server cannot be reached")
_SLOW = later("the mail server did not finish within {n} seconds")
_BROKE_TAKING = later("the connection to the mail server broke while it took the mail")
_SAID_NOTHING = later("the mail server did not say whether it took the mail")
_DONE, _MORE = 250, 251


def message(
    to: str,
    subject: str,
    text: str,
    html: str,
    *,
    language: str,
    sender: str,
    key: str,
    leave: str,
    at: float,
) -> EmailMessage:
    """Return a mail with a plain and an HTML part.

    Parameters
    ----------
    to, sender : str
        Addresses.
    subject, text, html : str
    language : str
        Of these texts, such as ``en-GB``.
    key : str
        The mail's own name: one that comes twice all the same is known by it.
    leave : str
        The address of the page on which such mail is ended.
    at : float
        When it is sent, seconds since 1970.

    Raises
    ------
    ValueError
        If a header would hold a line break.
    """
    made = EmailMessage(policy=SMTP)
    local, _at, host = sender.partition("@")
    made["From"] = Address(NAME, local, host)
    made["To"] = _ascii(to)
    made["Subject"] = subject
    made["Date"] = format_datetime(datetime.fromtimestamp(at, UTC))
    made["Message-ID"] = f"<{key}@{host}>"
    made["List-Unsubscribe"] = f"<{leave}>"
    made["Auto-Submitted"] = "auto-generated"
    # 7 bits: a server that says nothing of eight may drop them
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    made["Content-Language"] = language  # of both; set before, it would stay with the first
    return made


class Mail:
    """The server that takes mail.

    Parameters
    ----------
    settings : Settings
        With ``smtp_host`` and ``smtp_from``.
    seconds : float
        How long one try may take.
    """

    def __init__(self, settings: Settings, seconds: float = SECONDS) -> None:
        self._settings = settings
        self._seconds = seconds

    def send(self, mail: EmailMessage) -> Unsent | None:
        """Hand a mail over once.

        Returns
        -------
        Unsent or None
            Why it was not taken; None where it was.
        """
        handing = _Handing()
        said: list[Unsent | None] = []
        # a socket's time-out counts from the last byte; a server that drips would never reach it
        trying = Thread(target=lambda: said.append(self._tried(mail, handing)), daemon=True)
        trying.start()
        trying.join(self._seconds)
        if said:
            return said[0]
        return Unsent(self._slow, perhaps=handing.leave())

    def _tried(self, mail: EmailMessage, handing: _Handing) -> Unsent | None:
        try:
            with self._opened() as server:
                _expect(server.mail(self._settings.smtp_from or ""))
                _expect(server.rcpt(str(mail["To"])), _MORE)
                if not handing.begin():
                    return Unsent(self._slow)
                return _handed(server, mail)
        except smtplib.SMTPAuthenticationError:
            return Unsent(_WRONG_USER.text)
        except smtplib.SMTPNotSupportedError:
            return Unsent(_NOT_OFFERED.text)
        except smtplib.SMTPResponseException as answer:
            return Unsent(_ANSWERED.text.format(n=answer.smtp_code))
        except smtplib.SMTPException:
            return Unsent(_BROKE.text)
        except ssl.SSLError:
            return Unsent(_NOT_ENCRYPTED.text)
        except TimeoutError:
            return Unsent(self._slow)
        except (OSError, UnicodeError):  # no host has such a name
            return Unsent(_UNREACHED.text)

    @contextmanager
    def _opened(self) -> Iterator[smtplib.SMTP]:
        settings, secure = self._settings, ssl.create_default_context()
        where = (settings.smtp_host or "", settings.smtp_port)
        server = (
            smtplib.SMTP_SSL(*where, timeout=self._seconds, context=secure)
            if settings.smtp_tls == "tls"
            else smtplib.SMTP(*where, timeout=self._seconds)
        )
        try:
            server.ehlo_or_helo_if_needed()
            if settings.smtp_tls == "starttls":
                server.starttls(context=secure)
                server.ehlo_or_helo_if_needed()
            if settings.smtp_user and settings.smtp_password:
                server.login(settings.smtp_user, settings.smtp_password)
            yield server
        finally:
            server.close()

    @property
    def _slow(self) -> str:
        return _SLOW.text.format(n=f"{self._seconds:g}")


class _Handing:
    """Whether the content of a mail may go out: not any more once nobody waits for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begun = self._left = False

    def begin(self) -> bool:
        """Begin to hand over, unless it was left; return whether it may be."""
        with self._lock:
            self._begun = not self._left
            return self._begun

    def leave(self) -> bool:
        """Wait for it no longer, and return whether it had begun."""
        with self._lock:
            self._left = True
            return self._begun


def _handed(server: smtplib.SMTP, mail: EmailMessage) -> Unsent | None:
    """Hand the content over; 4xx and 5xx are the server's word that it has nothing."""
    try:
        code, said = server.data(mail.as_bytes())
    except smtplib.SMTPDataError:  # it did not want the content
        raise
    except (OSError, smtplib.SMTPException):
        return Unsent(_BROKE_TAKING.text, perhaps=True)
    if 400 <= code < 600:
        raise smtplib.SMTPResponseException(code, said)
    if code != _DONE:
        return Unsent(_SAID_NOTHING.text, perhaps=True)
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    return None


def _expect(answer: tuple[int, bytes], *also: int) -> None:
    code, said = answer
    if code not in (_DONE, *also):
        raise smtplib.SMTPResponseException(code, said)


def _ascii(address: str) -> str:
    """Return an address whose host is written as the mail servers of all hosts take it."""
    local, _at, host = address.rpartition("@")
    return f"{local}@{host.encode('idna').decode()}"
