"""The command ``python -m services audit``."""

from __future__ import annotations

import click

from services.cli.base import as_json
from services.cli.numbers import Whole
from services.cli.state import opened_state
from services.site.people.audit import Audit, What


@click.command("audit")
@click.option("--who", default="", help="Only what this account did.")
@click.option(
    "--what", default="", type=click.Choice(["", *(each.value for each in What)]), show_choices=True
)
@click.option("--subject", default="", help="Only what was about this ID, account or address.")
@click.option("--limit", default=1_000, type=Whole(1, 1_000_000), show_default=True)
def audit_command(who: str, what: str, subject: str, limit: int) -> None:
    """Print the audit log, newest first, one JSON object a line."""
    with opened_state() as state:
        for entry in Audit(state).listed(who=who, what=what, subject=subject, most=limit):
            click.echo(as_json({**vars(entry), "at": entry.at.isoformat()}))
