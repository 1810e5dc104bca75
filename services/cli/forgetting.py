"""Erasure of a customer: ``python -m services forget ID``."""

from __future__ import annotations

from dataclasses import asdict, astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, models_option, show
from services.cli.releases import bring_together, have_all
from services.cli.state import opened_state, operator
from services.core.refusals import NotFound, ReleaseUnusable
from services.core.text.customer_ids import as_typed, canonical_id
from services.releases import WORK, clear_left_over
from services.releases.erasing import Rewritten, erase, holders, older_spellings
from services.releases.folders import release_ids
from services.releases.labelled.store import labelled_root
from services.site.customers.forgotten import Forgotten, Removed
from services.site.ledger import Ledger
from services.site.settings import Settings

_REMAINS = (
    "Files outside the site’s ledger that were trained on still name the customer; remove them there, or the "
    "next training leaves their rows out under the rule “forgotten”.",
    "Backups and files exported earlier are not changed.",
    "Files that were sent to the site and are not yet added to the ledger or kept as contacts are not "
    "searched; they go a day after they were sent. If one is added after this, erase the customer again.",
    "A running site may keep answers about the old releases in memory for a day; no page leads to them, "
    "and a restart clears them.",
)
_UNTOLD = (
    "The store of releases and the other hosts still name the customer: the store could not be reached any "
    "more. python -m services follow tells it as soon as it answers."
)
_OF_TABLES = (
    "Churn models of train-churn hold no IDs, so nobody can be found in them. None was changed; kept here: "
    "{}. Some kinds keep values of rows without the IDs. Run train-churn on the table again: it leaves out "
    "erased customers whose IDs the table has. Then remove the older ones, whose IDs are the folders in "
    "labelled/releases below the models folder: python -m services releases remove ID."
)
_IN_TABLES = (
    " Churn models of train-churn hold no IDs: if a table that they were made of has the customer, take the "
    "row out and run train-churn again."
)


@click.command("forget")
@click.argument("customer")
@models_option
@json_option
def forget_command(customer: str, models: Path, as_json: bool) -> None:
    """Erase CUSTOMER from every release, audience, note, list, contact and file. This cannot be undone."""
    from services.brought import erasing

    settings = Settings.from_environment()
    have_all(settings, models)
    customer_id = canonical_id(customer) or ""
    clear_left_over(models, settings.state_dir / WORK)  # a killed training leaves the rows of whoever it read
    ledger = Ledger(settings.state_dir)
    ids = dict.fromkeys((customer_id, as_typed(customer), *_older(models, customer_id)))
    tables = len(release_ids(labelled_root(models)))
    kept_files = erasing.without(ledger, ids, settings.state_dir / WORK, settings.engine_memory_mb)
    with opened_state(settings) as state, kept_files as files:
        forgotten = Forgotten(state)
        spelled = [each for each in ids if _holders(models, each) or forgotten.held(each).any]
        if not spelled and not files:
            raise NotFound(
                f"No release, audience, note, list, contact or file of the ledger names a customer "
                f"{customer_id[:64]}: nothing to erase.{_IN_TABLES if tables else ''}",
                "id",
            )
        at = datetime.now(UTC)
        # First of all, so that no training brings them back whatever comes after.
        name, *_others = [forgotten.add(each) for each in dict.fromkeys((customer_id, *spelled))]
        releases = [done for each in spelled for done in erase(models, each, name, at)]
        result = f"{len(releases)} release{'s' * (len(releases) != 1)}"
        changed = erasing.put_in_place(ledger, files)
        erased = [forgotten.erase(each, name, operator(), result) for each in spelled or [customer_id]]
        removed = _together(erased)
    untold = [] if bring_together(settings, models, wait=True) else [_UNTOLD]
    remains = [*_REMAINS, *untold, *([_OF_TABLES.format(tables)] if tables else [])]
    receipt = _receipt(name, at, releases, removed, changed) | {"remains": remains}
    show(receipt, as_json, lambda: _text(receipt))


def _holders(models: Path, customer_id: str) -> list[str]:
    try:
        return holders(models, customer_id)
    except ReleaseUnusable as fault:
        raise _unread(fault) from fault


def _unread(fault: ReleaseUnusable) -> ReleaseUnusable:
    return ReleaseUnusable(
        f"Nothing was erased, because a release that may hold the customer cannot be read. {fault} Or "
        "remove it: python -m services releases remove and its ID. Then start again."
    )


def _older(models: Path, customer_id: str) -> list[str]:
    try:
        return older_spellings(models, customer_id)
    except ReleaseUnusable as fault:
        raise _unread(fault) from fault


def _together(removed: list[Removed]) -> Removed:
    return Removed(*(sum(counts) for counts in zip(*map(astuple, removed), strict=True)))


def _receipt(
    name: str, at: datetime, releases: list[Rewritten], removed: Removed, files: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "forgotten": name,
        "at": at.isoformat(timespec="seconds"),
        "releases": [asdict(each) for each in releases],
        "ledger": files,
        **asdict(removed),
    }


def _text(receipt: dict[str, Any]) -> str:
    lines = [f"Erased on {receipt['at']}; the log calls the customer {receipt['forgotten']}."]
    for each in receipt["releases"]:
        rows = ", ".join(f"{count:,} {table}" for table, count in each["rows"].items())
        lines.append(
            f"  Release {each['old']}: rewritten as {each['new']} without the customer ({rows})"
            if each["new"]
            else f"  Release {each['old']}: removed entirely, because nobody else is in the customer’s "
            f"cluster"
        )
    for each in receipt["ledger"]:
        done = (
            "removed, because nobody else is in it"
            if each["removed"]
            else "written again without the customer"
        )
        lines.append(f"  File of the ledger “{each['name']}”: {done} ({each['rows']:,} rows)")
    lines += [
        f"  Audiences: removed from {receipt['audiences']:,}",
        f"  Notes: {receipt['notes']:,} removed",
        f"  Opt-out list: {receipt['opt_outs']:,} removed",
        f"  Contacts: {receipt['contacts']:,} removed",
        f"  Still to be sent to another tool: removed from {receipt['pushes']:,}",
        f"  Audit log: entries with the ID: {receipt['log']:,}; they stay, because nothing is ever removed "
        "from the log",
        *(f"Note: {sentence}" for sentence in receipt["remains"]),
    ]
    return "\n".join(lines)
