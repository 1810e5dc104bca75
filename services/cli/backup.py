"""Commands that save the site's own records and bring them back: ``backup`` and ``restore``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from services.cli.base import json_option, show
from services.cli.state import log_what_is_done, opened_state, operator
from services.site.backup import Receipt, backup, restore
from services.site.ledger import Ledger
from services.site.people.audit import What
from services.site.settings import Settings

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("backup")
@click.argument("file", type=_FILE)
@json_option
def backup_command(file: Path, as_json: bool) -> None:
    """Save all of the site's records but sessions, and its ledger, to FILE; the site can keep running."""
    settings = Settings.from_environment()
    with opened_state(settings) as state:
        receipt = backup(state, file, Ledger(settings.state_dir))
        rows = sum(receipt.rows.values())
        log_what_is_done(state, What.BACKUP, subject=file.name, rows=rows, result="made")
    show(asdict(receipt), as_json, lambda: _text(f"Wrote {file}", receipt))


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Replace the records the site has now.")
@json_option
def restore_command(file: Path, replace: bool, as_json: bool) -> None:
    """Restore the site's records and its ledger from FILE; everybody has to sign in again."""
    settings = Settings.from_environment()
    with opened_state(settings) as state:
        receipt = restore(state, file, operator(), replace=replace, ledger=Ledger(settings.state_dir))
    show(asdict(receipt), as_json, lambda: _text(f"Restored {file}, made {receipt.made_at}", receipt))


def _text(done: str, receipt: Receipt) -> str:
    held = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in receipt.rows.items() if count)
    files = f"; files of the ledger {receipt.files:,}" if receipt.files else ""
    return f"{done}: {held or 'no records'}{files}."
