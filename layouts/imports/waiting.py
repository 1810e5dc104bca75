"""The first step below the place to drop files: what this person sent and did not add yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import as_written, size
from layouts.imports.links import opened, within
from layouts.parts import Cell, Column, card, table, unseen
from layouts.parts.attributes import attributes

if TYPE_CHECKING:
    from services.site.uploads import Upload

KEPT = "Only you see them. What is not added within a day is removed."


def waiting(uploads: Sequence[Upload]) -> list[Component]:
    """Return the files that were sent; nothing where there is none."""
    if not uploads:
        return []
    rows: list[list[Cell]] = [
        [
            within(as_written(each.name), opened(each.id)),
            size(each.size),
            words.date(datetime.fromisoformat(each.sent_at)),
            _remove(each),
        ]
        for each in uploads
    ]
    heads: list[Column | str] = [
        "File",
        Column("Size", True),
        Column("Sent", optional=True),
        Column("Remove", True),
    ]
    count = len(uploads)
    many, one = f"{words.capital(words.small(count))} files are waiting", "One file is waiting"
    finding = (
        f"{one if count == 1 else many} to be added. Open {'it' if count == 1 else 'one'} to see how it is "
        "understood."
    )
    return [
        card(
            "Sent and not added yet",
            finding,
            table(heads, rows, "Files that were sent"),
            note=KEPT,
            flush=True,
        )
    ]


def _remove(upload: Upload) -> html.Button:
    return html.Button(
        ["Remove", unseen(f" {upload.name}")],
        type="button",
        className="sd-btn sd-btn-sm",
        **attributes(data_remove=upload.id),
    )
