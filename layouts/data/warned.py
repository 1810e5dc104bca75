"""The card of what a training warned of, on the tab Data."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from layouts import words
from layouts.data.words import as_written, sentences
from layouts.parts import card, empty
from services.core.language.again import again
from services.core.language.messages import _, plural


def warnings(found: Sequence[str]) -> html.Section:
    """Return the card of warnings: a sentence each, or that there is none."""
    if not found:
        nothing = empty(_("No warnings"), _("No warnings from the file or the training."))
        return card(_("Warnings"), None, nothing)
    many = len(found)
    finding = plural("Training gave {n} warning.", "Training gave {n} warnings.", many, n=words.small(many))
    return card(_("Warnings"), finding, sentences([as_written(again(each)) for each in found]))
