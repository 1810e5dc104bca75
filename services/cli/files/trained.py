"""What a training made, in words for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.cli.base import rules_told
from services.core.how_read import how_read

if TYPE_CHECKING:
    from services.serving.rules.sets import RuleCount


def text(receipt: dict[str, Any], rules: RuleCount, *, activated: bool) -> str:
    """Say what ``train --json`` says.

    Parameters
    ----------
    receipt : dict
    rules : RuleCount
        Of everybody's invoices.
    activated : bool
        Whether the release is in use now.
    """
    rows = receipt["rows"]
    taken = [f"{rule} {count:,}" for rule, count in rows["rejected"].items() if count]
    rejected = ", ".join(taken) or "none"
    state = "active" if activated else "not activated"
    lines = [
        f"Release {receipt['release']}, preset {receipt['preset']}, {state}",
        how_read(receipt["detected"]["columns"], receipt["detected"]["ignored"], receipt["layout"]),
        *_files(receipt["files"]),
        f"Rows: {rows['read']:,} read, {rows['kept']:,} kept; left out: {rejected}",
        *_returned(receipt["returns"]),
        f"Customers: {receipt['customers']:,}, as of {receipt['as_of']}",
        *(f"  {name}: {count:,}" for name, count in receipt["segments"].items()),
        f"Clusters: {receipt['k']}",
        *(f"  {cluster['name']}: {cluster['customers']:,}" for cluster in receipt["clusters"]),
        *_moves(receipt["since"]),
        f"Baskets: {rules_told(rules)}",
        *(f"Note: {warning}" for warning in receipt["warnings"]),
    ]
    return "\n".join(lines)


def _returned(returns: dict[str, Any]) -> list[str]:
    """Say what came back, and what became of it."""
    if not returns["lines"]:
        return []
    came = f"Returns: {returns['lines']:,} rows, {returns['amount']:,.2f}"
    matched = returns["matched"]
    if matched is None:
        return [f"{came}; ignored, orders stay as they were bought"]
    lines = matched["unmatched_lines"]
    rows = "1 row" if lines == 1 else f"{lines:,} rows"
    return [
        f"{came}; {matched['amount']:,.2f} taken off orders, {matched['unmatched_amount']:,.2f} on "
        f"{rows} matches no purchase in the file"
    ]


def _files(files: list[dict[str, Any]]) -> list[str]:
    """Name the files where there are several."""
    return [f"  {file['name']}: {file['rows']:,} rows" for file in files] if len(files) > 1 else []


def _moves(since: dict[str, Any] | None) -> list[str]:
    """Say who moved since the release before, and why."""
    if since is None:
        return []
    lines = [f"Since release {since['release']}:"]
    for kind in ("segment", "cluster"):
        told = since[kind]
        causes = ", ".join(f"{cause} {count:,}" for cause, count in told["causes"].items() if count) or "none"
        lines.append(f"  changed {kind}: {told['moved']:,} of {told['of']:,}; causes: {causes}")
    return lines
