"""The command ``python -m services check-config``."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import click

from services.cli.base import end, json_option, show
from services.cli.state import opened_state
from services.core.refusals import Refusal
from services.releases.store.objects import Objects, StoreAway
from services.site.people.accounts import Accounts
from services.site.setting_readers import READERS
from services.site.settings import Settings, no_longer_used
from services.site.state import FILE, StateUnusable


@click.command("check-config")
@json_option
def check_config_command(as_json: bool) -> None:
    """Print the settings as the site reads them, but no secrets; or every mistake, one per line.

    It also warns of settings that are no longer used, of a missing account, and of a store of releases or a
    provider to sign in with that cannot be reached.
    """
    settings, mistakes = Settings.read()
    if mistakes:
        lines = "\n".join(map(str, mistakes))
        end(Refusal(lines, mistakes[0].field), click.get_current_context())
    shown = {name: _shown(settings, name) for name in READERS}
    for note in [
        *no_longer_used(),
        *_without_account(settings),
        *_without_store(settings),
        *_without_provider(settings),
    ]:
        click.echo(note, err=True)
    show(shown, as_json, lambda: "\n".join(f"{name:<16} {value}" for name, value in shown.items()))


def _without_account(settings: Settings) -> list[str]:
    """Say that a site which everybody signs in to would not start, for lack of an account."""
    if not settings.hosted or settings.oidc_issuer:
        return []
    if settings.database_url or (settings.state_dir / FILE).exists():
        try:
            with opened_state(settings) as state:
                if Accounts(state).any():
                    return []
        except StateUnusable as fault:
            return [str(fault)]
    return [
        "There is no account yet, so nobody could sign in and the site would not start: create the first one "
        "with python -m services users add NAME --role admin."
    ]


def _without_store(settings: Settings) -> list[str]:
    """Say that the store of releases cannot be asked."""
    if settings.models_url is None:
        return []
    try:
        Objects(settings.models_url).check()
    except StoreAway as fault:
        return [str(fault)]
    return []


def _without_provider(settings: Settings) -> list[str]:
    """Say why nobody could sign in with the provider now."""
    if settings.oidc_issuer is None:
        return []
    # what only a site with a provider loads
    from services.site.provider.asking import Unusable
    from services.site.provider.document import Known

    try:
        Known(settings.oidc_issuer).signing_keys()
    except Unusable as fault:
        return [f"Nobody could sign in with {settings.oidc_called} now: {fault}."]
    return []


def _shown(settings: Settings, name: str) -> Any:
    field = next(field for field in fields(Settings) if field.name == name.lower())
    value = getattr(settings, field.name)
    if value is None:
        return "not set"
    if not field.repr:
        return "set, not shown"
    if name == "OIDC_ROLES":
        return ", ".join(f"{group}={role}" for group, role in value) or "none"
    if isinstance(value, tuple):
        return ", ".join(value) or ("any" if name == "TRUSTED_HOSTS" else "none")
    return int(value) if isinstance(value, int) else str(value) or "none"
