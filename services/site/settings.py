"""Settings of the site. The only module that reads the environment."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from services.core.refusals import Refusal
from services.site import setting_values as values
from services.site.given import FILE, SECRETS, given
from services.site.language_model import LanguageModel
from services.site.missing import missing
from services.site.oidc_settings import OidcSettings
from services.site.push_settings import PushSettings
from services.site.setting_readers import READERS

PREFIX = "SEGMENT_DESK_"
STALE_DAYS = 7
Shift = Literal["some", "large"]
Tls = Literal["starttls", "tls", "none"]
_NO_LONGER = {"REDIS_URL": "every worker now keeps answers in its own memory"}


@dataclass(frozen=True)
class Settings(OidcSettings, PushSettings):
    """What differs between two places that run the same code; what both others have, too.

    Parameters
    ----------
    host, port : str, int
        Where the server listens; port 0 takes a free one.
    web_concurrency : int
        Worker processes.
    models_dir, state_dir : Path
        Releases; what the site itself writes.
    models_url : str or None
        A store of releases that several hosts share; each keeps its ``models_dir`` like it.
    data : Path or None
        The file that ``make run`` trains on.
    preset : str
        The preset that ``make run`` trains with, and the worker after a source has changed.
    train_options : str
        Options of ``train`` that ``make run`` trains with.
    training_memory_mb : int
        How much memory the worker lets a training take, in megabytes.
    engine_memory_mb : int
        How much of it the reading of files may fill before it goes on on the disk, in megabytes.
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
    currency, locale, time_zone : str
        ISO 4217 code, Babel locale, IANA zone.
    phone_country : str or None
        The country whose phone numbers are written without its prefix, ISO 3166-1; the locale's without it.
    max_upload_mb : int
        How large a file may be that is sent to the site, in millions of bytes.
    ledger_months : int or None
        How long after its last day a file stays in the ledger; as long as nobody removes it when None.
    source_folder : Path or None
        A folder whose new files the worker adds to the ledger.
    source_url, source_query : str or None
        A database, and the table or the SELECT whose rows the worker keeps in the ledger.
    source_every : str
        How often the database is asked, such as ``12h``.
    source_train : bool
        Whether the worker trains after a source has changed the ledger.
    data_max_age_days : int or None
        After how many days data counts as old, 0 for never; None for seven on a hosted site, else never.
    retrain_at : {"some", "large"}
        From which shift of the customers on a newer release is to be published.
    alert_error_percent, alert_slow_ms, alert_disk_percent : int
        Alerts: the share of answers that fail, how long one in twenty takes, how little of a disk is free.
    alert_webhook_url, alert_webhook_secret : str or None
        Who is told of alerts, and what messages are signed with.
    smtp_host, smtp_port, smtp_tls : str or None, int, {"starttls", "tls", "none"}
        The server that takes mail; nobody gets any without it.
    smtp_user, smtp_password, smtp_from : str or None
        Who signs in there, and the address that mail comes from.
    digest_hosts : tuple of str
        Hosts that digests may be sent to by webhook, with a port where it is not the usual one.
    digest_secret : str or None
        What webhooks of digests are signed with; they are not without it.
    mcp : bool
        Whether assistants may ask what the API reads, at ``/mcp``.
    llm_base_url, llm_api_key, llm_model : str or None
        Where a language model may be asked for texts, and which; nothing is asked without the address.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    web_concurrency: int = 2
    models_dir: Path = Path("models")
    models_url: str | None = None
    state_dir: Path = Path("var")
    data: Path | None = None
    preset: str = "standard"
    train_options: str = ""
    training_memory_mb: int = 4000
    engine_memory_mb: int = 750
    allow_open: bool = True
    secret_key: str | None = field(default=None, repr=False)
    database_url: str | None = field(default=None, repr=False)
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    currency: str = "GBP"
    locale: str = "en_GB"
    time_zone: str = "Europe/London"
    phone_country: str | None = None
    max_upload_mb: int = 200
    ledger_months: int | None = None
    source_folder: Path | None = None
    source_url: str | None = field(default=None, repr=False)
    source_query: str | None = None
    source_every: str = "1d"
    source_train: bool = False
    data_max_age_days: int | None = None
    retrain_at: Shift = "large"
    alert_error_percent: int = 5
    alert_slow_ms: int = 2000
    alert_disk_percent: int = 5
    alert_webhook_url: str | None = field(default=None, repr=False)
    alert_webhook_secret: str | None = field(default=None, repr=False)
    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_tls: Tls = "starttls"
    smtp_user: str | None = None
    smtp_password: str | None = field(default=None, repr=False)
    smtp_from: str | None = None
    digest_hosts: tuple[str, ...] = ()
    digest_secret: str | None = field(default=None, repr=False)
    mcp: bool = False
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
    def dialled_from(self) -> str:
        """The country whose phone numbers are written without its prefix, ISO 3166-1."""
        return self.phone_country or values.territory(self.locale)

    @property
    def local(self) -> bool:
        """Whether only this computer can reach the site."""
        return values.is_loopback(self.host)

    @property
    def hosted(self) -> bool:
        """Whether everybody signs in: others can reach the site, it is closed, or a provider is set."""
        return (
            not self.local or self.trusted_proxies > 0 or not self.allow_open or self.oidc_issuer is not None
        )

    @property
    def stale_after(self) -> int | None:
        """Days after which data counts as old; None where it never does.

        Who tries the site on their own computer does so with data of any age; a hosted one is worked with.
        """
        if self.data_max_age_days is None:
            return STALE_DAYS if self.hosted else None
        return self.data_max_age_days or None

    @property
    def address(self) -> str:
        """Where a browser on this computer finds the site."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read ``NAME`` or ``SEGMENT_DESK_NAME``; the prefixed spelling wins, an empty one counts as unset.

        A secret may stand in a file instead, which ``NAME_FILE`` names.

        Raises
        ------
        Refusal
            For an unknown prefixed name, a value that cannot be read, or an address open to others.
        """
        settings, mistakes = cls.read(environment)
        if mistakes:
            raise mistakes[0]
        return settings

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> tuple[Self, list[Refusal]]:
        """Read all that can be read.

        Returns
        -------
        tuple
            The settings, with defaults where a value cannot be used, and every mistake.
        """
        found: dict[str, Any] = {}
        mistakes = _unknown(environment)
        for name, read in READERS.items():
            try:
                text = given(name, environment, PREFIX)
                if text:
                    values.check_text(name, text)
                    values.check_no_comment(name, text)
                    found[name.lower()] = read(name, text.strip())
            except Refusal as refusal:
                mistakes.append(refusal)
        settings = cls(**found)
        wrong = {mistake.field for mistake in mistakes}
        mistakes += [each for each in missing(settings, wrong) if each.field not in wrong]
        return settings, mistakes


def socket_given(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the server gets a socket that listens already, from systemd or from the server before it."""
    return not {"LISTEN_FDS", "GUNICORN_PID"}.isdisjoint(environment)


def counters(*, made: bool = False) -> Path | None:
    """Return the folder in which the workers of this server count, for ``/metrics``.

    Parameters
    ----------
    made : bool
        Make one where there is none, before anything imports prometheus-client, which looks for it once. A
        reload finds what there is.
    """
    name = "PROMETHEUS_MULTIPROC_DIR"
    if made and name not in os.environ:
        os.environ[name] = tempfile.mkdtemp(prefix="segment-desk-counters-")
    return Path(os.environ[name]) if name in os.environ else None


def environment_with(**further: str) -> dict[str, str]:
    """Return this process's environment with some values more, for a process that it starts."""
    return {**os.environ, **further}


def no_longer_used(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return a sentence for each setting of an earlier version that is set but not read any more."""
    return [
        f"{spelled} is no longer used: {why}. Remove it."
        for name, why in _NO_LONGER.items()
        for spelled in (name, PREFIX + name)
        if environment.get(spelled)
    ]


def _unknown(environment: Mapping[str, str]) -> list[Refusal]:
    found = []
    known = {*READERS, *_NO_LONGER, *(secret + FILE for secret in SECRETS)}
    for name in sorted(environment):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known:
            close = difflib.get_close_matches(name.removeprefix(PREFIX), READERS, n=1)
            hint = f"did you mean {PREFIX}{close[0]}?" if close else f"known are {', '.join(READERS)}."
            found.append(Refusal(f"{name} is not a setting: {hint}", name))
    return found
