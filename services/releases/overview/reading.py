"""Read ``overview.json``; forms from before the present one are brought to it, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from services.core.language.messages import _
from services.releases.checks.files import OVERVIEW
from services.releases.faults import unusable
from services.releases.overview.model import SCHEMA, Overview
from services.releases.strictjson import from_json, to_json

# What releases came to hold before the form had a number; some lack one, some another.
_LATER = ("outliers", "since", "rules_later", "baskets_missing")
_LATER_OF_SCOPES = ("from", "to", "earlier_baskets", "later_baskets")


def read_overview(folder: Path, release_id: str) -> Overview:
    """Read the overview of the release in ``folder``.

    Raises
    ------
    ReleaseUnusable
        If it is missing, damaged, of a later program, or has unknown or missing fields.
    """
    try:
        content = (folder / OVERVIEW).read_bytes()
        stored = from_json(content)
    except (OSError, ValueError) as error:
        raise unusable(release_id, _("{file} cannot be read as JSON.", file=OVERVIEW)) from error
    if not isinstance(stored, dict):
        raise unusable(release_id, _("{file} is not a JSON object.", file=OVERVIEW))
    version = stored.get("schema_version", 0)
    if version not in range(SCHEMA + 1):
        raise unusable(release_id, _("{file} was written by another version of Segment Desk.", file=OVERVIEW))
    try:
        for brought in (_numbered, _reported)[version:]:
            stored = brought(stored)
        return Overview.model_validate_json(content if version == SCHEMA else to_json(stored))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise unusable(
            release_id,
            _("{file} is not as expected at {place} ({why}).", file=OVERVIEW, place=place, why=first["msg"]),
        ) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise unusable(release_id, _("{file} is not as expected.", file=OVERVIEW)) from error


def _numbered(stored: dict[str, Any]) -> dict[str, Any]:
    """Bring a form without a number to the first: fields that came later say that nothing is known."""
    later = {
        "segments": lambda _segment: {"colour": None, "at_risk": False},
        "snapshots": lambda _snapshot: {"cut_points": None},
        "rule_scopes": lambda scope: (
            {"group": scope["id"], "baskets_of": "invoices"} | dict.fromkeys(_LATER_OF_SCOPES)
        ),
    }
    # what is no list is left to the model, which names it
    lists = {name: stored[name] for name in later if isinstance(stored[name], list)}
    filled = {name: [later[name](entry) | entry for entry in entries] for name, entries in lists.items()}
    return dict.fromkeys(_LATER) | stored | filled | {"schema_version": 1}


def _reported(stored: dict[str, Any]) -> dict[str, Any]:
    """Bring the first form to the second, which reports what each cleaning rule took."""
    return stored | {"left_out": None, "schema_version": 2}
