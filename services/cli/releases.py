"""Commands about releases."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, models_option, show
from services.cli.state import opened_state, operator
from services.releases import activate, list_releases
from services.site.audit import Audit, What
from services.site.state import StateUnusable


@click.command("releases")
@models_option
@json_option
def releases_command(models: Path, as_json: bool) -> None:
    """List the releases, newest first; the active one is marked."""
    found = [_listed(summary) for summary in list_releases(models)]
    show(found, as_json, lambda: "\n".join(_line(release) for release in found) or f"No release in {models}.")


@click.command("activate")
@click.argument("release")
@models_option
@json_option
def activate_command(release: str, models: Path, as_json: bool) -> None:
    """Serve RELEASE from now on; every worker follows within two seconds."""
    activate(models, release)
    try:
        with opened_state() as state:
            Audit(state).add(operator(), What.ACTIVATION, release=release)
    except StateUnusable:
        click.echo("The activation is not in the audit log: the site's state cannot be written.", err=True)
    show({"release": release}, as_json, lambda: f"Release {release} is active.")


def _listed(summary: Any) -> dict[str, Any]:
    listed = asdict(summary)
    for moment in ("made_at", "as_of"):
        if listed[moment] is not None:
            listed[moment] = listed[moment].isoformat()
    return listed


def _line(release: dict[str, Any]) -> str:
    mark = "*" if release["active"] else " "
    if not release["usable"]:
        return f"{mark} {release['id']}  unusable: {release['why_not']}"
    made_of = f"{release['preset']}, {release['customers']:,} customers, from {release['source']}"
    return f"{mark} {release['id']}  {made_of}"
