"""Commands about tokens of the HTTP API: ``python -m services tokens add|revoke|list``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from services.cli.base import json_option, show
from services.cli.numbers import Whole
from services.cli.state import opened_state, operator
from services.core.refusals import Refusal
from services.site.people.accounts import known_as
from services.site.people.audit import Audit, What
from services.site.people.roles import Role
from services.site.people.tokens import LONGEST_DAYS, Token, Tokens, as_logged
from services.site.settings import Settings
from services.site.state import State

_NO_KEY = ""
"""Enough for what names a token instead of showing it."""


@click.group("tokens")
def tokens_command() -> None:
    """Make and revoke the tokens that programs use for the HTTP API."""


@tokens_command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role], case_sensitive=False), required=True)
@click.option("--days", type=Whole(1, LONGEST_DAYS), help="Expires after this many days.  [default: never]")
@json_option
def add(name: str, role: str, days: int | None, as_json: bool) -> None:
    """Make the token NAME and show it once; needs the site's SECRET_KEY."""
    settings = Settings.from_environment()
    if not settings.secret_key:
        raise Refusal(
            "Tokens depend on the site's key: set SECRET_KEY to the one the site runs with.",
            "SECRET_KEY",
        )
    with opened_state(settings) as state:
        made = Tokens(state, settings.secret_key).add(name, Role(role), days)
        _log(state, name, f"added, {role}")
    receipt = {"name": known_as(name), "role": role, "days": days, "token": made}
    ends = f", expires in {days:,} {'day' if days == 1 else 'days'}" if days else ""
    show(
        receipt, as_json, lambda: f"{known_as(name)}: role {role}{ends}. It is shown only this once:\n{made}"
    )


@tokens_command.command("revoke")
@click.argument("name")
@json_option
def revoke(name: str, as_json: bool) -> None:
    """Revoke the token NAME; a running site follows within a second."""
    with opened_state() as state:
        Tokens(state, _NO_KEY).revoke(name)
        _log(state, name, "revoked")
    receipt = {"name": known_as(name), "change": "revoked"}
    show(receipt, as_json, lambda: f"{known_as(name)}: revoked.")


@tokens_command.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List the tokens, and when each was last used."""
    with opened_state() as state:
        found = Tokens(state, _NO_KEY).listed()
    show(
        [_plain(token) for token in found],
        as_json,
        lambda: "\n".join(map(_line, found)) or "There are no tokens.",
    )


def _log(state: State, name: str, result: str) -> None:
    Audit(state).add(operator(), What.ACCOUNT, as_logged(known_as(name)), result=result)


def _plain(token: Token) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(token).items()
    }


def _line(token: Token) -> str:
    parts = [f"{token.name:<32} {token.role:<9} made {token.made_at:%Y-%m-%d}"]
    parts.append(f"used {token.used_at:%Y-%m-%d %H:%M}" if token.used_at else "never used")
    if token.expires_at:
        parts.append(f"expires {token.expires_at:%Y-%m-%d}")
    if token.revoked_at:
        parts.append(f"revoked {token.revoked_at:%Y-%m-%d}")
    return ", ".join(parts)
