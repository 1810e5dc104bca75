"""Where digests may go: a mail address, or a webhook at a host that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import urlsplit

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.setting_values import is_web_address

if TYPE_CHECKING:
    from services.site.settings import Settings

Channel = Literal["mail", "webhook", "slack"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
LONGEST = 500
_HERE = ("127.0.0.1", "::1", "localhost")


def offered(settings: Settings) -> tuple[Channel, ...]:
    """Return the ways that the settings open; none where they name neither a mail server nor a host."""
    mail: tuple[Channel, ...] = ("mail",) if settings.smtp_host else ()
    hooks: tuple[Channel, ...] = ("slack", "webhook") if settings.digest_hosts else ()
    return (*mail, *hooks)


def receiver_of(channel: str, given: str, settings: Settings) -> tuple[Channel, str]:
    """Return a channel and an address in the form in which they are kept.

    Raises
    ------
    Refusal
        If nothing can be sent there.
    """
    channels: dict[str, Channel] = {each: each for each in CHANNELS}
    if channel not in channels:
        raise Refusal(_("A digest goes by mail, webhook or slack."), "channel", choices=CHANNELS)
    address = given.strip()
    if channel == "mail":
        from services.core.contacts.addresses import email_of  # its libraries are for who asks alone

        mail = email_of(address)
        if mail is None or not _is_taken_everywhere(mail):
            raise Refusal(
                _(
                    "“{address}” is not an e-mail address that every server accepts, such as "
                    "ana@example.org.",
                    address=address[:60],
                ),
                "address",
            )
        address = mail
    if refused := why_not(channels[channel], address, settings):
        raise Refusal(refused, "address")
    return channels[channel], address


def why_not(channel: Channel, address: str, settings: Settings) -> str | None:
    """Say why nothing can be sent to an address now; None where it can."""
    if channel == "mail":
        return None if settings.smtp_host else _("This site sends no mail: SMTP_HOST is not set.")
    plain = address.isascii() and address.isprintable()  # no other goes out by http
    if len(address) > LONGEST or not plain or not is_web_address(address):
        return _(
            "Give an address such as https://example.com/hook, in plain letters and of {most} characters at "
            "most.",
            most=LONGEST,
        )
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _HERE:
        return _("Give an https address: what is sent to any other can be read on its way.")
    host = _host_of(address)
    if host not in settings.digest_hosts:
        return _("This site sends no digest to {host}: DIGEST_HOSTS does not name it.", host=host)
    return None


def shown(channel: Channel, address: str) -> str:
    """Return an address without what may be a key: a webhook's host alone.

    Examples
    --------
    >>> shown("slack", "https://hooks.slack.com/services/T0/B0/secret")
    'https://hooks.slack.com/…'
    """
    return address if channel == "mail" else f"{urlsplit(address).scheme}://{_host_of(address)}/…"


def _is_taken_everywhere(mail: str) -> bool:
    """Whether every server takes an address, and takes it for the same one.

    A local part may look like a header's coded word, which is read as another; and the older rule for hosts
    in letters of their own, by which mail is sent, makes another host of a few, as of “faß.example”.
    """
    local, _at, host = mail.partition("@")
    try:
        same = host.encode("idna").decode("idna") == host
    except UnicodeError:
        return False
    return same and local.isascii() and "=?" not in local


def _host_of(address: str) -> str:
    """Return the host as ``DIGEST_HOSTS`` writes it: with its port where that is not the usual one."""
    parts = urlsplit(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    usual = 443 if parts.scheme == "https" else 80
    return host if parts.port in (None, usual) else f"{host}:{parts.port}"
