"""What a file would bring to the ledger, in words for a terminal."""

from __future__ import annotations

from typing import Any


def text(found: dict[str, Any]) -> str:
    """Say what ``ledger compare --json`` says.

    Parameters
    ----------
    found : dict
        As docs/contract.md describes it.
    """
    lines = [f"File: {_side(found['file'])}"]
    if found["problem"]:
        return "\n".join([*lines, f"The ledger cannot be read on its own: {found['problem']}"])
    if not found["ledger"]:
        return "\n".join([*lines, "The ledger has no files."])
    lines.append(f"Ledger: {_side(found['ledger'])}")
    lines += [
        f"{name.capitalize()}: {found[name]['new']:,} new, {found[name]['known']:,} known"
        for name in ("customers", "orders", "products")
    ]
    both = found["overlap"]
    days = f"{both['from']} to {both['to']}" if both else "none"
    lines.append(f"Days in both: {days}; days between them: {found['gap_days']:,}")
    lines.append(f"Rows in both, which count once: {found['repeated']:,}")
    prices = found["prices"]
    lines.append(f"Prices changed by over a quarter: {prices['changed']:,} of {prices['of']:,}")
    lines += [f"  {each['product']}: {each['before']:g} to {each['now']:g}" for each in prices["first"]]
    return "\n".join(lines)


def _side(side: dict[str, Any]) -> str:
    return f"{side['from']} to {side['to']}, {side['orders']:,} orders of {side['customers']:,} customers"
