"""Settings of sending audiences to another tool, and what is wrong with them together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from services.core.contacts.receivers import RECEIVERS, Receiver, receivers
from services.core.refusals import Refusal
from services.site import setting_values as values
from services.site.oidc_settings import secure

_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")


@dataclass(frozen=True)
class PushSettings:
    """Where audiences are sent; nowhere without a layout (decision 108).

    Parameters
    ----------
    push_layout : str or None
        One of ``services.core.contacts.receivers.RECEIVERS``: what a request looks like.
    push_url : str or None
        Where to, instead of the address that the layout knows.
    push_key : str or None
        The key of the receiver's API.
    push_secret : str or None
        What requests are signed with; they are not without it.
    push_list : int or None
        Number of the list that contacts are put on.
    push_property : str or None
        What says of a contact with which audience it was sent.
    """

    push_layout: str | None = None
    push_url: str | None = field(default=None, repr=False)
    push_key: str | None = field(default=None, repr=False)
    push_secret: str | None = field(default=None, repr=False)
    push_list: int | None = None
    push_property: str | None = None

    @property
    def push_receiver(self) -> Receiver | None:
        """Who takes audiences; None where nobody does."""
        return None if self.push_layout is None else receivers()[self.push_layout]

    @property
    def push_address(self) -> str | None:
        """Where to; None where nobody takes audiences."""
        receiver = self.push_receiver
        return None if receiver is None else self.push_url or receiver.url

    @property
    def push_called(self) -> str | None:
        """What the receiver is called: its product, or the host of a webhook; None where there is none."""
        receiver = self.push_receiver
        if receiver is None:
            return None
        return receiver.name if receiver.url is not None else urlsplit(self.push_url or "").hostname


def missing(settings: PushSettings) -> Iterator[Refusal]:
    """Give what is wrong with these settings together, under the name that is missing or too many."""
    given = {
        "PUSH_URL": settings.push_url,
        "PUSH_KEY": settings.push_key,
        "PUSH_SECRET": settings.push_secret,
        "PUSH_LIST": settings.push_list,
        "PUSH_PROPERTY": settings.push_property,
    }
    layout, receiver = settings.push_layout, settings.push_receiver
    if receiver is None:
        for name in [name for name, value in given.items() if value is not None][:1]:
            yield Refusal(
                f"{name} is set: say what the receiver takes with PUSH_LAYOUT: {' or '.join(RECEIVERS)}.",
                "PUSH_LAYOUT",
            )
        return
    needed = {
        "PUSH_URL": (receiver.url is None, "the address that audiences are sent to"),
        "PUSH_KEY": (receiver.key is not None, "the key of the receiver’s API"),
        "PUSH_SECRET": (receiver.signed, f"{values.MAKE_ONE}, and have the receiver check the signature"),
        "PUSH_LIST": (bool(receiver.list), "the number of the list that contacts are added to"),
        "PUSH_PROPERTY": (
            receiver.marked,
            "the internal name of a contact property of text that says which audience it was sent with",
        ),
    }
    useless = {
        "PUSH_KEY": receiver.key is None,
        "PUSH_LIST": not receiver.list,
        "PUSH_PROPERTY": not receiver.address,
    }
    for name, (is_needed, what) in needed.items():
        if is_needed and given[name] is None:
            yield Refusal(f"PUSH_LAYOUT is {layout}: set {name} to {what}.", name)
    for name, is_useless in useless.items():
        if is_useless and given[name] is not None:
            yield Refusal(f"PUSH_LAYOUT {layout} has no use for {name}: remove it.", name)


def address(name: str, given: str) -> str:
    """Take an address that nobody on the way can read what is sent to; it may hold a key: not repeated."""
    if not values.is_web_address(given) or not secure(given) or "#" in given:
        raise Refusal(f"{name} is not an address such as https://hooks.example.com/audiences.", name)
    return given


def key(name: str, given: str) -> str:
    """Take the key of an API: what a header can hold, and not repeated."""
    if not given.isascii() or not given.isprintable() or " " in given:
        raise Refusal(f"{name} contains a space or a character that no key has: copy it again.", name)
    return given


def named(name: str, given: str) -> str:
    """Take the internal name of a property."""
    if not _PROPERTY.fullmatch(given):
        raise Refusal(
            f"{name} is {given[:60]!r}: give an internal name such as segment_desk_audience, of letters, "
            "digits and underscores.",
            name,
        )
    return given


READERS: dict[str, Callable[[str, str], object]] = {
    "PUSH_LAYOUT": values.one_of(*RECEIVERS),
    "PUSH_URL": address,
    "PUSH_KEY": key,
    "PUSH_SECRET": values.secret,
    "PUSH_LIST": values.whole(1, 999_999_999),
    "PUSH_PROPERTY": named,
}
