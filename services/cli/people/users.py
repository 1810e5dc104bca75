"""Commands about accounts: ``python -m services users add|role|disable|reset|link|list``."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

import click

from services.cli.base import json_option, show
from services.cli.state import opened_state, operator
from services.core.refusals import Refusal
from services.site.people.accounts import Account, Accounts, known_as
from services.site.people.elsewhere import link
from services.site.people.roles import Role
from services.site.settings import Settings


@click.group("users")
def users_command() -> None:
    """Add and change the accounts of staff."""


def _role_option(command: Callable[..., Any]) -> Callable[..., Any]:
    roles = [role.value for role in Role]
    return click.option("--role", type=click.Choice(roles, case_sensitive=False), required=True)(command)


def _plain(account: Account) -> dict[str, Any]:
    at = account.signed_in_at
    return asdict(account) | {"signed_in_at": at and at.isoformat()}


def _password_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--password-stdin", "from_stdin", is_flag=True, help="Read the password from the first line of stdin."
    )(command)


def _with_accounts(command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def opened(**given: Any) -> Any:
        with opened_state() as state:
            return command(Accounts(state), **given)

    return opened


@users_command.command("add")
@click.argument("name")
@_role_option
@_password_option
@json_option
@_with_accounts
def add(accounts: Accounts, name: str, role: str, from_stdin: bool, as_json: bool) -> None:
    """Add the account NAME; asks for its password twice."""
    accounts.add(name, Role(role), _password(from_stdin), operator())
    _done(name, "added", f"with the role {role}", as_json)


@users_command.command("role")
@click.argument("name")
@_role_option
@json_option
@_with_accounts
def role_command(accounts: Accounts, name: str, role: str, as_json: bool) -> None:
    """Give NAME another role; its sessions end."""
    accounts.set_role(name, Role(role), operator())
    _done(name, f"role {role}", "sessions ended", as_json)


@users_command.command("disable")
@click.argument("name")
@json_option
@_with_accounts
def disable(accounts: Accounts, name: str, as_json: bool) -> None:
    """Lock NAME out at once; `users reset` lets them in again."""
    accounts.disable(name, operator())
    _done(name, "disabled", "sessions ended", as_json)


@users_command.command("reset")
@click.argument("name")
@_password_option
@json_option
@_with_accounts
def reset(accounts: Accounts, name: str, from_stdin: bool, as_json: bool) -> None:
    """Give NAME a new password and let a locked or disabled account in again; also one that was linked."""
    accounts.reset(name, _password(from_stdin), operator())
    _done(name, "reset", "sessions ended", as_json)


@users_command.command("link")
@click.argument("name")
@click.option("--subject", required=True, help="What the provider calls them; the audit log has it.")
@json_option
def link_command(name: str, subject: str, as_json: bool) -> None:
    """Have NAME sign in with OIDC_ISSUER from now on; `users reset` gives them a password again."""
    settings = Settings.from_environment()
    if settings.oidc_issuer is None:
        raise Refusal("Nobody signs in with a provider here: set OIDC_ISSUER to the site's.", "OIDC_ISSUER")
    with opened_state(settings) as state:
        link(state, name, settings.oidc_issuer, subject, operator())
    _done(name, "linked", f"signs in with {settings.oidc_called}, sessions ended", as_json)


@users_command.command("list")
@json_option
@_with_accounts
def list_command(accounts: Accounts, as_json: bool) -> None:
    """List the accounts."""
    found = accounts.listed()
    lines = [_line(each) for each in found]
    show([_plain(each) for each in found], as_json, lambda: "\n".join(lines) or "There are no accounts.")


def _line(account: Account) -> str:
    notes = " disabled" if account.disabled else ""
    notes += f" signs in with {account.issuer}" if account.issuer else ""
    return f"{account.name:<32} {account.role:<9}{notes}"


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Password again: ") != first:
        raise Refusal("The two passwords differ: nothing was changed.", "password")
    return first


def _done(name: str, change: str, note: str, as_json: bool) -> None:
    receipt = {"name": known_as(name), "change": change}
    show(receipt, as_json, lambda: f"{known_as(name)}: {change}, {note}.")
