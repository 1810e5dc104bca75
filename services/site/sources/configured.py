"""Which sources the settings name, in words that hold no password."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from services.site.setting_values import seconds_of

if TYPE_CHECKING:
    from services.site.settings import Settings

FOLDER, DATABASE = "folder", "database"
LOOK_SECONDS = 60
"""How often a folder is looked at."""

_KINDS = {"sqlite": "SQLite", "mysql": "MySQL", "mariadb": "MariaDB"}


@dataclass(frozen=True)
class Source:
    """A source that the settings name.

    Attributes
    ----------
    name : str
        ``folder`` or ``database``.
    where : str
        The folder; what is asked of which database.
    every : int
        Seconds between two tries that succeed.
    about : str
        A digest of what is set, the password left out: another one is tried at once.
    """

    name: str
    where: str
    every: int
    about: str

    @property
    def brings(self) -> str:
        """Who its files are added by, in the ledger and in the log; no account has such a name."""
        return f"source:{self.name}"


def configured(settings: Settings) -> list[Source]:
    """Return the sources that the settings name."""
    found = []
    if settings.source_folder is not None:
        found.append(_source(FOLDER, str(settings.source_folder), LOOK_SECONDS))
    if settings.source_url is not None and settings.source_query is not None:
        where = f"{settings.source_query} in {without_password(settings.source_url)}"
        found.append(_source(DATABASE, where, seconds_of(settings.source_every)))
    return found


def without_password(url: str) -> str:
    """Say which database it is: kind, host and name, neither user nor password.

    Examples
    --------
    >>> without_password("postgresql://reader:secret@db:5432/shop?sslmode=require")
    'PostgreSQL shop on db:5432'
    """
    address = make_url(url)
    kind = _KINDS.get(address.drivername, "PostgreSQL")
    port = f":{address.port}" if address.port else ""
    return f"{kind} {address.database}" + (f" on {address.host}{port}" if address.host else "")


def _source(name: str, where: str, every: int) -> Source:
    where = where.encode(errors="backslashreplace").decode()
    return Source(name, where, every, hashlib.sha256(f"{where}\n{every}".encode()).hexdigest())
