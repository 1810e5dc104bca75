"""What may stand in a setting: each function gives the value, or refuses in a sentence that names it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import list_currencies
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from services.core.refusals import Refusal

_WITH_NAMES = ("DATA", "TRAIN_OPTIONS", "SOURCE_QUERY")
_DATABASES = ("postgresql", "postgres", "mysql", "mariadb", "sqlite")
_TABLE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)?")
_SECONDS = {"m": 60, "h": 3_600, "d": 86_400}
_LONGEST = 31 * _SECONDS["d"]

MAKE_ONE = "what python -c 'import secrets; print(secrets.token_hex(32))' prints"


def check_text(name: str, given: str) -> None:
    """Refuse bytes that are no text: no file, log or database could hold them."""
    try:
        given.encode()
    except UnicodeEncodeError:
        raise Refusal(f"{name} contains invalid UTF-8. Please retype it.", name) from None


def check_no_comment(name: str, given: str) -> None:
    """Refuse a comment behind a value: site and commands would go by two values.

    A file or a column may be called ``Order #1``; no other setting holds a number sign after a blank.
    """
    if re.search(r"\s#(\s|$)" if name in _WITH_NAMES else r"\s#", given):
        raise Refusal(
            f"{name} ends in a comment, which systemd takes for part of the value and a shell does not: put "
            "the comment on a line of its own.",
            name,
        )


def text(_name: str, given: str) -> str:
    """Take any text."""
    return given


def path(_name: str, given: str) -> Path:
    """Take the path of a file or folder."""
    return Path(given)


def whole(lowest: int, highest: int) -> Callable[[str, str], int]:
    """Return a reader of whole numbers within bounds."""

    def read(name: str, given: str) -> int:
        if not (
            given.isascii() and given.isdigit() and lowest <= int(given[:9]) <= highest and len(given) < 10
        ):
            raise Refusal(f"{name} is {given!r}: give a whole number from {lowest} to {highest}.", name)
        return int(given)

    return read


def switch(name: str, given: str) -> bool:
    """Take 1 or 0."""
    if given not in ("0", "1"):
        raise Refusal(f"{name} is {given!r}: give 1 for yes or 0 for no.", name)
    return given == "1"


def in_ascii(name: str, given: str) -> str:
    """Take a text without letters that mail servers cannot be sent when somebody signs in."""
    if not given.isascii():
        raise Refusal(
            f"{name} has a letter such as ä or é, which cannot be sent to mail servers: choose another one.",
            name,
        )
    return given


def secret(name: str, given: str) -> str:
    """Take a text that nobody guesses, and that is read alike wherever it stands."""
    if not given:
        raise Refusal(f"{name} is empty: set it to {MAKE_ONE}.", name)
    if any(sign.isspace() for sign in given):
        raise Refusal(
            f"{name} contains a space, a tab or a line break, which not every program keeps: set it to "
            f"{MAKE_ONE}.",
            name,
        )
    if len(given) < 32 or len(set(given)) < 10:
        raise Refusal(f"{name} is too easy to guess: set it to {MAKE_ONE}.", name)
    return given


def database(name: str, given: str) -> str:
    """Take the address of a PostgreSQL database."""
    if not given.startswith(("postgresql://", "postgres://")):
        raise Refusal(f"{name} does not start with postgresql://.", name)
    try:
        make_url(given)
    except (ArgumentError, ValueError):
        raise Refusal(
            f"{name} is not an address such as postgresql://desk:password@db:5432/desk; in a password, "
            f"write @ "
            "as %40, : as %3A and / as %2F.",
            name,
        ) from None
    return given


def source_database(name: str, given: str) -> str:
    """Take the address of a database that sales are read from."""
    try:
        address = make_url(given)
    except (ArgumentError, ValueError):
        address = None
    known = address is not None and address.drivername in _DATABASES and bool(address.database)
    if not known:
        raise Refusal(
            f"{name} is not an address such as postgresql://reader:password@db:5432/shop, "
            "mysql://reader:password@db/shop or sqlite:////srv/shop.sqlite; in a password, write @ as %40, "
            ": as %3A and / as %2F.",
            name,
        )
    return given


def store(name: str, given: str) -> str:
    """Take the address of a place that several hosts reach: a bucket, or a folder that all of them mount."""
    parts = urlsplit(given)
    bucket = parts.scheme == "s3" and parts.netloc and "@" not in parts.netloc
    folder = parts.scheme == "file" and not parts.netloc and parts.path.strip("/")
    if not (bucket or folder) or parts.query or parts.fragment or any(sign.isspace() for sign in given):
        raise Refusal(
            f"{name} is not an address such as s3://bucket/segment-desk or file:///mnt/segment-desk; keys "
            "go in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
            name,
        )
    return given.rstrip("/")


def query(name: str, given: str) -> str:
    """Take the name of a table, or a SELECT."""
    asked = given.rstrip("; \t\r\n")
    if not _TABLE.fullmatch(asked) and not is_select(asked):
        raise Refusal(
            f"{name} is neither the name of a table, such as orders or shop.orders, nor a SELECT.", name
        )
    return asked


def is_select(asked: str) -> bool:
    """Whether a query is a SELECT, which may begin with WITH; else it is the name of a table."""
    return re.match(r"(select|with)\s", asked, re.IGNORECASE) is not None


def interval(name: str, given: str) -> str:
    """Take an interval such as ``30m``, ``12h`` or ``1d``."""
    if not re.fullmatch(r"[1-9][0-9]{0,4}[mhd]", given) or seconds_of(given) > _LONGEST:
        raise Refusal(
            f"{name} is {given!r}: give minutes, hours or days such as 30m, 12h or 1d, 31d at most.", name
        )
    return given


def seconds_of(given: str) -> int:
    """Return how many seconds an interval has."""
    return int(given[:-1]) * _SECONDS[given[-1]]


def names(_name: str, given: str) -> tuple[str, ...]:
    """Take names, separated by commas."""
    return tuple(name.strip() for name in given.split(",") if name.strip())


def hosts(name: str, given: str) -> tuple[str, ...]:
    """Take names of hosts, separated by commas, each with a port where it is not the usual one."""
    found = tuple(each.lower() for each in names(name, given))
    for each in found:
        if not re.fullmatch(r"(\[[0-9a-f:.]+\]|[^\s/@:\[\]]+)(:[0-9]{1,5})?", each):
            raise Refusal(
                f"{name} holds {each!r}: give names such as hooks.slack.com, without https:// or a path, "
                "separated by commas.",
                name,
            )
    return found


def mail_address(name: str, given: str) -> str:
    """Take a mail address in plain letters, without a name before it."""
    if not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", given):
        raise Refusal(f"{name} is {given!r}: give an e-mail address such as desk@example.org.", name)
    return given


def host(name: str, given: str) -> str:
    """Take an address to listen on."""
    if any(sign in given for sign in "/ @"):
        raise Refusal(
            f"{name} is {given!r}: give an address such as 127.0.0.1, without http:// or a path.", name
        )
    return given.strip("[]")


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this computer."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def web_address(name: str, given: str) -> str:
    """Take an http or https address without a name, a password and a query."""
    if not is_web_address(given) or urlsplit(given).query:
        raise Refusal(f"{name} is not an address such as https://example.com/v1.", name)
    return given


def receiver(name: str, given: str) -> str:
    """Take an http or https address without a name and a password; it may hold a key and is not repeated."""
    if not is_web_address(given):
        raise Refusal(f"{name} is not an address such as https://example.com/alerts.", name)
    return given


def is_web_address(given: str) -> bool:
    """Whether a text is an http or https address without a name and a password."""
    try:
        parts = urlsplit(given)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket or a port that is none
        return False
    return usable and "@" not in parts.netloc and not any(sign.isspace() for sign in given)


def one_of(*choices: str) -> Callable[[str, str], str]:
    """Return a reader of one of a few words."""

    def read(name: str, given: str) -> str:
        if given not in choices:
            raise Refusal(f"{name} is {given!r}: give {' or '.join(choices)}.", name)
        return given

    return read


def currency(name: str, given: str) -> str:
    """Take an ISO 4217 code."""
    if given not in list_currencies():
        raise Refusal(f"{name} is {given!r}: give an ISO 4217 code such as GBP or EUR.", name)
    return given


def locale(name: str, given: str) -> str:
    """Take a locale that Babel knows."""
    try:
        return str(Locale.parse(given.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise Refusal(f"{name} is {given!r}: give a locale such as en_GB or de_DE.", name) from None


def territory(locale: str) -> str:
    """Give the country of a locale, ISO 3166-1; that of a language's name alone is where most speak it."""
    parsed = Locale.parse(locale)
    likely = parsed.territory or Locale.parse(get_global("likely_subtags").get(locale, "en_GB")).territory
    return likely or "GB"


def country(name: str, given: str) -> str:
    """Take a country's two letters."""
    code = given.upper()
    if len(code) != 2 or not code.isalpha() or code not in Locale("en").territories:
        raise Refusal(f"{name} is {given!r}: give a country’s two letters, such as GB or DE.", name)
    return code


def time_zone(name: str, given: str) -> str:
    """Take an IANA zone."""
    if given not in available_timezones():
        raise Refusal(f"{name} is {given!r}: give a zone such as Europe/London.", name)
    return given
