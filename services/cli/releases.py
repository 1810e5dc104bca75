"""Commands about releases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, models_option, show
from services.cli.state import log_what_is_done, opened_state
from services.releases import activate, list_releases
from services.serving.release.receipts import release_entry
from services.site.people.audit import What


@click.command("releases")
@models_option
@json_option
def releases_command(models: Path, as_json: bool) -> None:
    """List the releases, newest first; the active one is marked."""
    found = [release_entry(summary) for summary in list_releases(models)]
    show(found, as_json, lambda: "\n".join(_line(release) for release in found) or f"No release in {models}.")


@click.command("activate")
@click.argument("release")
@models_option
@json_option
def activate_command(release: str, models: Path, as_json: bool) -> None:
    """Use RELEASE from now on; a running site follows within two seconds."""
    with opened_state() as state:
        activate(
            models,
            release,
            lambda result: log_what_is_done(state, What.ACTIVATION, release=release, result=result),
        )
    show({"release": release}, as_json, lambda: f"Release {release} is active.")


def _line(release: dict[str, Any]) -> str:
    mark = "*" if release["active"] else " "
    if not release["usable"]:
        return f"{mark} {release['id']}  unusable: {release['why_not']}"
    made_of = f"{release['preset']}, {release['customers']:,} customers, from {release['source']}"
    return f"{mark} {release['id']}  {made_of}"
