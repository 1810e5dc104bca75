"""What the rows of a backup have to be like for the site to work with them; asked before any is kept.

The digest at a backup's end tells of damage and not of who wrote it, and SQLite takes any value into any
column. What the site relies on is therefore looked at value by value.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, get_args

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, String, Table

from services.core.presets import parse
from services.core.refusals import Refusal
from services.site.customers.audiences import Source
from services.site.digests.receivers import CHANNELS
from services.site.digests.subscriptions import link_of
from services.site.digests.when import rhythm_of
from services.site.people import accounts, tokens
from services.site.people.audit import What, tame
from services.site.people.roles import Role
from services.site.setting_values import is_web_address
from services.site.versions.playbooks import KINDS

_MOST = 2**53
_YEAR_9999 = 253_370_764_800
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SHOWN = 40
_SECRETS = ("password", "digest", "value")

Rule = tuple[Callable[[Any], object], str]


class Unfit(Refusal):
    """A backup whose rows the site could not work with.

    Parameters
    ----------
    name : str
        Of the file.
    why : str
        Goes on after a colon.
    """

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"“{name}” cannot be restored, so nothing was changed: {why}. Use another backup.", "file"
        )


def check(name: str, table: Table, number: int, row: Mapping[str, Any]) -> None:
    """Look at one row.

    Parameters
    ----------
    name : str
        Of the file.
    table : Table
        As it is now; columns that it does not have are not looked at.
    number : int
        Which row of its table it is, from 1.
    row : mapping
        Values by column.

    Raises
    ------
    Unfit
    """
    for column, rules in _rules_of(table):
        if column.name not in row or (row[column.name] is None and column.nullable):
            continue
        value = row[column.name]
        for fits, wanted in rules:
            if not _holds(fits, value):
                place = f"the {column.name} of row {number:,} of {table.name}"
                raise Unfit(name, f"{place} {_shown(column.name, value)} and has to be {wanted}")
    if table.name == "preset_versions":
        _check_preset(name, number, row)
    elif table.name == "digest_subscriptions":
        _check_digest(name, number, row)


@cache
def _rules_of(table: Table) -> list[tuple[Column[Any], list[Rule]]]:
    return [
        (
            column,
            [_by_type(column), *([_RULES[place]] if (place := (table.name, column.name)) in _RULES else [])],
        )
        for column in table.columns
    ]


def _by_type(column: Column[Any]) -> Rule:
    kind = column.type
    if isinstance(kind, Boolean):
        return lambda value: isinstance(value, bool), "true or false"
    if isinstance(kind, Integer):
        if column.name == "at" or column.name.endswith("_at"):
            return _whole(_YEAR_9999), "a moment before the year 9999"
        most = _MOST if isinstance(kind, BigInteger) else 2**31
        return _whole(most), f"a whole number below {most:,}"
    if isinstance(kind, Float):
        return lambda value: type(value) in (int, float) and math.isfinite(value), "a number"
    if isinstance(kind, LargeBinary):
        return lambda value: isinstance(value, bytes) and len(value) == kind.length, f"{kind.length} bytes"
    assert isinstance(kind, String)  # the tables have no other type
    longest = kind.length or math.inf
    return lambda value: isinstance(value, str) and len(value) <= longest and _storable(value), (
        f"a text of {longest:,} characters at most"
    )


def _whole(most: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and 0 <= value < most


def _storable(text: str) -> bool:
    text.encode()  # half a character fits no database
    return "\0" not in text


def _one_of(names: Iterable[str]) -> Rule:
    known = tuple(map(str, names))
    return lambda value: value in known, f"one of {', '.join(known)}"


def _texts(value: str) -> bool:
    """Whether a text is JSON of an object of texts that can be stored, none of which is long."""
    found = json.loads(value)
    return isinstance(found, dict) and all(
        isinstance(each, str) and len(each) <= 255 and _storable(name + each) for name, each in found.items()
    )


_LINE: Rule = (lambda value: not _CONTROL.search(value), "a text without control characters")
_DAY: Rule = (date.fromisoformat, "a day such as 2026-11-29")
_RULES: dict[tuple[str, str], Rule] = {
    ("users", "name"): (accounts.NAME.fullmatch, "a name that “users add” accepts"),
    ("users", "role"): _one_of(Role),
    **{("users", name): _LINE for name in ("issuer", "subject")},
    ("tokens", "name"): (tokens.NAME.fullmatch, "a name that “tokens add” accepts"),
    ("tokens", "role"): _one_of(Role),
    ("audit", "what"): _one_of(What),
    **{("audit", name): _LINE for name in ("who", "subject", "release", "result")},
    ("playbooks", "kind"): _one_of(KINDS),
    ("audiences", "source"): _one_of(get_args(Source)),
    ("audiences", "as_of"): (datetime.fromisoformat, "a moment such as 2026-11-29T12:50:00"),
    ("audiences", "starts_on"): _DAY,
    ("audiences", "ends_on"): _DAY,
    ("contacts", "phone"): (re.compile(r"\+[0-9]{6,15}").fullmatch, "a phone number such as +447911123456"),
    ("contacts", "country"): (re.compile("[A-Z]{2}").fullmatch, "a country such as GB"),
    **{("contacts", name): _LINE for name in ("email", "first_name", "last_name", "postcode")},
    ("contacts", "attributes"): (_texts, "an object of texts"),
    ("digest_subscriptions", "channel"): _one_of(CHANNELS),
    **{("digest_subscriptions", name): _LINE for name in ("account", "address")},
    ("digest_subscriptions", "language"): (re.compile("[a-z]{2}").fullmatch, "a language such as de"),
    **{("views", name): _LINE for name in ("owner", "name", "query")},
    ("views", "path"): (re.compile(r"/([a-z]+(/[a-z]+)*)?").fullmatch, "a path such as /movement"),
    ("audiences", "holdout_share"): (lambda value: 0 <= value <= 1, "a share from 0 to 1"),
}


def _holds(fits: Callable[[Any], object], value: Any) -> bool:
    try:
        return bool(fits(value))
    except (ValueError, RecursionError):
        return False


def _shown(column: str, value: Any) -> str:
    if value is None:
        return "is missing"
    return "does not fit" if column in _SECRETS else f"is “{tame(str(value))[:_SHOWN]}”"


def _check_preset(name: str, number: int, row: Mapping[str, Any]) -> None:
    place = f"the definition of row {number:,} of preset_versions"
    try:
        preset = parse(row["definition"], place)
    except Refusal as refusal:
        raise Unfit(name, str(refusal).rstrip(".")) from None
    if (preset.id, preset.version) != (row["preset"], row["version"]):
        raise Unfit(name, f"{place} is that of another preset or version")


def _check_digest(name: str, number: int, row: Mapping[str, Any]) -> None:
    try:
        rhythm_of(row["every"], row["day"], row["hour"], row["zone"])
        link_of(row["link"])
        if row["channel"] != "mail" and not is_web_address(row["address"]):
            raise Refusal("its address is not that of a webhook.")
    except Refusal as refusal:
        why = f"row {number:,} of digest_subscriptions: {refusal}"
        raise Unfit(name, why.rstrip(".")) from None
