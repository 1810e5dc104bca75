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
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.site.uploads import Upload

KEPT = later("Only you see them. What is not added within a day is removed.")


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
    heads = [
        Column(_("File")),
        Column(_("Size"), True),
        Column(_("Sent"), optional=True),
        Column(_("Remove"), True),
    ]
    count = len(uploads)
    finding = plural(
        "{n} file is waiting to be added. Open it to see how it is understood.",
        "{n} files are waiting to be added. Open one to see how it is understood.",
        count,
        n=words.number(count),
    )
    listed = table(heads, rows, _("Files that were sent"))
    return [card(_("Sent and not added yet"), finding, listed, note=KEPT(), flush=True)]


def _remove(upload: Upload) -> html.Button:
    return html.Button(
        [_("Remove"), unseen(f" {upload.name}")],
        type="button",
        className="sd-btn sd-btn-sm",
        **attributes(data_remove=upload.id),
    )
