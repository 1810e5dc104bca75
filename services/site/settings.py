"""Settings of the site. The only module that reads the environment."""

from __future__ import annotations

import difflib
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies

from services.core.refusals import Refusal
from services.site.language_model import LanguageModel

PREFIX = "SEGMENT_DESK_"
_MAKE_ONE = "what python -c 'import secrets; print(secrets.token_hex(32))' prints"


@dataclass(frozen=True)
class Settings:
    """What differs between two places that run the same code.

    Parameters
    ----------
    host, port : str, int
        Where the server listens; port 0 takes a free one.
    web_concurrency : int
        Worker processes.
    models_dir, state_dir : Path
        Releases; what the site itself writes.
    data : Path or None
        The file that ``make run`` trains on.
    preset : str
        The preset that ``make run`` trains with.
    train_options : str
        Options of ``train`` that ``make run`` trains with.
    allow_open : bool
        Whether somebody at this computer may use the site without signing in, as long as there is no account.
    secret_key : str or None
        Keys what is kept of sessions; needed as soon as anybody signs in.
    database_url : str or None
        A PostgreSQL database for the site's state, instead of a file in ``state_dir``.
    trusted_proxies : int
        How many proxies in front of the site may say who asks, and by which scheme and name.
    trusted_hosts : tuple of str
        Names that the site answers to; any when empty.
    redis_url : str or None
        A shared cache for several hosts.
    currency, locale, time_zone : str
        ISO 4217 code, Babel locale, IANA zone.
    llm_base_url, llm_api_key, llm_model : str or None
        Where a language model may be asked for texts, and which; nothing is asked without the address.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    web_concurrency: int = 2
    models_dir: Path = Path("models")
    state_dir: Path = Path("var")
    data: Path | None = None
    preset: str = "standard"
    train_options: str = ""
    allow_open: bool = True
    secret_key: str | None = field(default=None, repr=False)
    database_url: str | None = field(default=None, repr=False)
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    redis_url: str | None = None
    currency: str = "GBP"
    locale: str = "en_GB"
    time_zone: str = "Europe/London"
    llm_base_url: str | None = None
    llm_api_key: str | None = field(default=None, repr=False)
    llm_model: str | None = None

    @property
    def language_model(self) -> LanguageModel | None:
        """Who may be asked for texts; None where nobody is."""
        if self.llm_base_url is None or self.llm_model is None:
            return None
        return LanguageModel(self.llm_base_url, self.llm_model, self.llm_api_key)

    @property
    def local(self) -> bool:
        """Whether only this computer can reach the site."""
        return _is_loopback(self.host)

    @property
    def hosted(self) -> bool:
        """Whether everybody signs in: others can reach the site, or nobody may use it openly."""
        return not self.local or self.trusted_proxies > 0 or not self.allow_open

    @property
    def address(self) -> str:
        """Where a browser on this computer finds the site."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read ``NAME`` or ``SEGMENT_DESK_NAME``; the prefixed spelling wins, an empty one counts as unset.

        Raises
        ------
        Refusal
            For an unknown prefixed name, a value that cannot be read, or an address open to others.
        """
        _refuse_unknown(environment)
        given: dict[str, Any] = {}
        for name, read in _READERS.items():
            text = environment.get(PREFIX + name) or environment.get(name)
            if text:
                given[name.lower()] = read(name, text.strip())
        settings = cls(**given)
        if settings.hosted and not settings.secret_key:
            raise Refusal(
                f"With HOST {settings.host}, TRUSTED_PROXIES {settings.trusted_proxies} and ALLOW_OPEN "
                f"{settings.allow_open:d} everybody has to sign in: set SECRET_KEY to {_MAKE_ONE}, or use "
                "HOST 127.0.0.1 without a proxy and with ALLOW_OPEN 1.",
                "HOST",
            )
        if settings.llm_base_url and not settings.llm_model:
            raise Refusal("LLM_BASE_URL is set: say with LLM_MODEL which model is to be asked.", "LLM_MODEL")
        return settings


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    for name in sorted(environment):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in _READERS:
            close = difflib.get_close_matches(name.removeprefix(PREFIX), _READERS, n=1)
            hint = f"did you mean {PREFIX}{close[0]}?" if close else f"known are {', '.join(_READERS)}."
            raise Refusal(f"{name} is no setting: {hint}", name)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _text(_name: str, text: str) -> str:
    return text


def _path(_name: str, text: str) -> Path:
    return Path(text)


def _whole(lowest: int, highest: int) -> Callable[[str, str], int]:
    def read(name: str, text: str) -> int:
        if not (text.isascii() and text.isdigit() and lowest <= int(text[:9]) <= highest and len(text) < 10):
            raise Refusal(f"{name} is {text!r}: give a whole number from {lowest} to {highest}.", name)
        return int(text)

    return read


def _switch(name: str, text: str) -> bool:
    if text not in ("0", "1"):
        raise Refusal(f"{name} is {text!r}: give 1 for yes or 0 for no.", name)
    return text == "1"


def _secret(name: str, text: str) -> str:
    if len(text) < 32 or len(set(text)) < 10:
        raise Refusal(f"{name} is too easy to guess: set it to {_MAKE_ONE}.", name)
    return text


def _database(name: str, text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise Refusal(f"{name} does not start with postgresql://.", name)
    return text


def _names(_name: str, text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _host(name: str, text: str) -> str:
    if any(sign in text for sign in "/ @"):
        raise Refusal(
            f"{name} is {text!r}: give an address such as 127.0.0.1, without http:// or a path.", name
        )
    return text.strip("[]")


def _redis(name: str, text: str) -> str:
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise Refusal(f"{name} does not start with redis://, rediss:// or unix://.", name)
    return text


def _web_address(name: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise Refusal(f"{name} is no address such as https://example.com/v1.", name)
    return text


def _currency(name: str, text: str) -> str:
    if text not in list_currencies():
        raise Refusal(f"{name} is {text!r}: give an ISO 4217 code such as GBP or EUR.", name)
    return text


def _locale(name: str, text: str) -> str:
    try:
        return str(Locale.parse(text.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise Refusal(f"{name} is {text!r}: give a locale such as en_GB or de_DE.", name) from None


def _time_zone(name: str, text: str) -> str:
    if text not in available_timezones():
        raise Refusal(f"{name} is {text!r}: give a zone such as Europe/London.", name)
    return text


_READERS: dict[str, Callable[[str, str], object]] = {
    "HOST": _host,
    "PORT": _whole(0, 65535),
    "WEB_CONCURRENCY": _whole(1, 64),
    "MODELS_DIR": _path,
    "STATE_DIR": _path,
    "DATA": _path,
    "PRESET": _text,
    "TRAIN_OPTIONS": _text,
    "ALLOW_OPEN": _switch,
    "SECRET_KEY": _secret,
    "DATABASE_URL": _database,
    "TRUSTED_PROXIES": _whole(0, 9),
    "TRUSTED_HOSTS": _names,
    "REDIS_URL": _redis,
    "CURRENCY": _currency,
    "LOCALE": _locale,
    "TIME_ZONE": _time_zone,
    "LLM_BASE_URL": _web_address,
    "LLM_API_KEY": _text,
    "LLM_MODEL": _text,
}
