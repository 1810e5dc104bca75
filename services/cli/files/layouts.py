"""The command about layouts: which exports are known, and what each is told by."""

from __future__ import annotations

from typing import Any

import click

from services.cli.base import json_option, show


@click.command("layouts")
@json_option
def layouts_command(as_json: bool) -> None:
    """List the exports of shop systems that are read without a question, and what identifies each."""
    from services.training.reading.columns.layouts import shipped_layouts

    found = [
        {
            "id": layout.id,
            "name": layout.name,
            "shape": layout.shape,
            "identified_by": layout.identified_by,
            "roles": layout.roles,
            "drop_status": layout.drop_status,
            "keep_status": layout.keep_status,
        }
        for layout in shipped_layouts()
    ]
    show(found, as_json, lambda: "\n".join(map(_line, found)))


def _line(layout: dict[str, Any]) -> str:
    told = ", ".join(each[0] for each in layout["identified_by"]) or "no header, by the form of its cells"
    return f"{layout['id']:<22} {layout['name']}: {told}"
