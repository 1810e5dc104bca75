"""Lines that people type about a preset, and what is said of one that cannot be kept."""

from __future__ import annotations

from dataclasses import dataclass

from services.core.language.messages import later
from services.core.refusals import Refusal


@dataclass(frozen=True)
class Line:
    """What a line holds, in what is said where it does not.

    Attributes
    ----------
    empty : later
    long : later
        With ``{most}`` characters that it may have, and how many it ``{has}``.
    unseen : later
        Where it has signs that cannot be seen.
    """

    empty: later
    long: later
    unseen: later


SEGMENT = Line(
    later("Give a name."),
    later("Give a name of at most {most} characters; this one has {has}."),
    later("Give a name without invisible characters; it has one that cannot be shown."),
)
ADDED_SEGMENT = Line(
    later("Give a name for the segment to be added."),
    later("Give a name for the segment to be added of at most {most} characters; this one has {has}."),
    later(
        "Give a name for the segment to be added without invisible characters; it has one that cannot be "
        "shown."
    ),
)
PLAN = Line(
    later("Give something to do."),
    later("Give something to do of at most {most} characters; this one has {has}."),
    later("Give something to do without invisible characters; it has one that cannot be shown."),
)
PRESET = Line(
    later("Give the preset a name."),
    later("Give the preset a name of at most {most} characters; this one has {has}."),
    later("Give the preset a name without invisible characters; it has one that cannot be shown."),
)
AUTHOR = Line(
    later("Give your name."),
    later("Give your name of at most {most} characters; this one has {has}."),
    later("Give your name without invisible characters; it has one that cannot be shown."),
)
NOTE = Line(
    later("Give a note."),
    later("Give a note of at most {most} characters; this one has {has}."),
    later("Give a note without invisible characters; it has one that cannot be shown."),
)


def tidy(text: object, longest: int, line: Line) -> str:
    """Return a text on one line with single spaces.

    Raises
    ------
    Refusal
        If it is empty, too long, or holds signs that cannot be seen, such as those that turn the direction
        of writing.
    """
    kept = " ".join(text.split()) if isinstance(text, str) else ""
    if not kept:
        raise Refusal(line.empty())
    if len(kept) > longest:
        raise Refusal(line.long(most=longest, has=len(kept)))
    if not kept.isprintable():
        raise Refusal(line.unseen())
    return kept
