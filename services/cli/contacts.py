"""Contacts of customers: ``python -m services contacts FILE``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, models_option, show
from services.cli.state import opened_state, operator
from services.core.contacts.countries import country_code
from services.core.refusals import Refusal
from services.releases import WORK
from services.serving.customers.known import Known
from services.serving.release.active import Releases
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.settings import Settings


@click.command("contacts")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Contacts that the file does not name are removed.")
@click.option("--id", "id_column", metavar="NAME", help="The column with the customer IDs.")
@click.option("--sheet", help="The sheet of a workbook, by name or number.")
@click.option("--country", help="Whose phone numbers are written without prefix.  [default: PHONE_COUNTRY]")
@click.option(
    "--all-agreed", is_flag=True, help="Everybody in FILE agreed to campaigns, unless a cell says no."
)
@click.option("--by", help="Who brings the file, for the log.")
@models_option
@json_option
def contacts_command(
    file: Path,
    replace: bool,
    id_column: str | None,
    sheet: str | None,
    country: str | None,
    all_agreed: bool,
    by: str | None,
    models: Path,
    as_json: bool,
) -> None:
    """Keep the e-mails, phone numbers and consent in FILE, joined to customers by their ID."""
    from services.brought.contacts import Wanted, bring

    settings = Settings.from_environment()
    code = country_code(country) if country else settings.dialled_from
    if code is None:
        raise Refusal(f"“{country}” is not a country. Give its two letters, such as GB.", "country")
    active = Releases(models).current()
    wanted = Wanted(code, id_column, sheet, replace, all_agreed)
    with opened_state(settings) as state:
        receipt = bring(
            file,
            wanted,
            Known(active) if active else None,
            Contacts(state),
            Forgotten(state),
            who=by or operator(),
            work=settings.state_dir / WORK,
            memory_mb=settings.engine_memory_mb,
        )
    show(receipt, as_json, lambda: _text(receipt))


def _text(receipt: dict[str, Any]) -> str:
    columns = ", ".join(
        f"{role.replace('_', ' ')} from “{name}”" for role, name in receipt["columns"].items()
    )
    lines = [
        f"Rows: {receipt['rows']:,}; {receipt['kept']:,} kept, "
        f"{receipt['rows'] - receipt['kept']:,} rejected.",
        f"Contacts: {receipt['contacts']:,}; {receipt['added']:,} new, {receipt['changed']:,} changed, "
        f"{receipt['unchanged']:,} unchanged; {receipt['removed']:,} removed, "
        f"{receipt['opted_out']:,} added to the opt-out list.",
        f"Read: {columns}.",
        *(f"  Rejected, {rule}: {count:,}" for rule, count in receipt["rejected"].items()),
        *(f"  Cell not used, {rule}: {count:,}" for rule, count in receipt["unused"].items()),
        *(f"  Line {each['line']:,}: {each['reason']}" for each in receipt["first"]),
        f"With consent: {receipt['reachable']['email']:,} by e-mail, "
        f"{receipt['reachable']['phone']:,} by phone.",
        *(f"Note: {sentence}" for sentence in receipt["warnings"]),
    ]
    return "\n".join(lines)
