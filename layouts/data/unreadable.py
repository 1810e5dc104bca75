"""Why rows of the file could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import PLACES, as_written
from layouts.parts import Column, card, table
from layouts.parts.woven import gap, woven
from services.core.language.again import again
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.serving.release.provenance import Provenance


def unreadable(found: Provenance) -> list[html.Section]:
    """Return the card that says why rows cannot be read, where there are such rows and the release tells."""
    listed = found.manifest.unreadable
    if not listed:
        return []
    lost = found.rejected["unreadable"]
    finding = (
        plural(
            "{n} row could not be read and was left out; the first {listed} are listed.",
            "{n} rows could not be read and were left out; the first {listed} are listed.",
            lost,
            n=words.number(lost),
            listed=words.small(len(listed)),
        )
        if lost > len(listed)
        else plural(
            "{n} row could not be read and was left out.",
            "{n} rows could not be read and were left out.",
            lost,
            n=words.number(lost),
        )
    )
    place = str(PLACES.get(found.manifest.source.form, _("Line of the file")))
    body = table(
        [Column(place), _("Why")],
        [[_place(each.line, each.file), as_written(words.capital(again(each.reason)))] for each in listed],
        _("Lines and why"),
    )
    return [card(_("Rows that cannot be read"), finding, body)]


def _place(line: int, file: str | None) -> Component | str:
    """Say where a row stands: its line, and of several files which."""
    number = words.number(line)
    if file is None:
        return number
    return html.Span(
        woven(_("{line} of {file}", line=gap("line"), file=gap("file")), line=number, file=as_written(file))
    )
