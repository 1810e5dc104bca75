"""Why customers are left out of what goes to another tool."""

from __future__ import annotations

from services.core.language.messages import later

LEFT_OUT: dict[str, later] = {
    "held out": later("{n} held out"),
    "opted out": later("{n} opted out"),
    "not in the release": later("{n} not in the release"),
    "not in the contacts": later("{n} not in the contacts"),
    "without consent": later("{n} without consent"),
    "sharing an address with someone left out or listed before": later(
        "{n} sharing an address with someone left out or listed before"
    ),
    "without an address that the tool takes": later("{n} without an address that the tool takes"),
}
"""By the reasons of ``services.campaigns.tool_files.left_out``, which the log keeps."""
