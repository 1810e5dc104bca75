"""The tables' versions: which there are, which a database has, and how it is brought to one of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from services.core.refusals import Refusal

_MIGRATIONS = Path(__file__).parent / "migrations"


class TooNew(Refusal):
    """Records that a later version of this program wrote.

    Parameters
    ----------
    what : str
        Begins the sentence.
    found : str
        The version of the tables.
    """

    def __init__(self, what: str, found: str) -> None:
        super().__init__(
            f"{what} comes from a newer version of Segment Desk (tables {found}; this one knows {newest()}), "
            "so nothing was done. Use that version or a newer one."
        )


@cache
def known() -> frozenset[str]:
    """Return the versions that this program can bring up to date."""
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(script.revision for script in scripts.walk_revisions())


@cache
def newest() -> str:
    """Return the version that this program works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None  # there is a first migration
    return head


def version_of(connection: Connection) -> str | None:
    """Return the version of a database's tables; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(connection: Connection, version: str = "head") -> None:
    """Bring a database's tables to a version, within the transaction that is open.

    Raises
    ------
    TooNew
        If the database is newer than this program.
    """
    found = version_of(connection)
    if found == (newest() if version == "head" else version):
        return
    if found is not None and found not in known():
        raise TooNew("The database with the site's own records", found)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
