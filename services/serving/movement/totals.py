"""How many moved between two moments, why, and which flow is the largest: what sentences are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.core.findings import leader
from services.core.rfm.movement import CAUSES
from services.serving.movement.address import Asked
from services.serving.movement.moments import Flow, Movement


@dataclass(frozen=True)
class Totals:
    """Two moments summed up.

    Attributes
    ----------
    moved, of : int
        Who changed group, of the customers of both moments.
    came : int
        Customers of the later one only.
    causes : dict of str to int
        Adds up to ``moved``.
    largest : (str, str, int) or None
        Names and customers of the largest flow; None where two are as large.
    """

    moved: int
    of: int
    came: int
    causes: dict[str, int]
    largest: tuple[str, str, int] | None


def kinds(asked: Asked) -> tuple[str, ...]:
    """Return the causes that can occur."""
    return CAUSES if asked.releases else CAUSES[:3]


def movers(moved: Movement, counted: Sequence[Flow]) -> list[Flow]:
    """Return the flows of who changed group; those who came are not among them."""
    return [flow for flow in counted if flow.then not in (flow.now, moved.not_yet)]


def by_cause(counted: Sequence[Flow], asked: Asked) -> dict[str, int]:
    """Return how many customers of some flows moved by each cause that can occur."""
    return {cause: sum(flow.causes[place] for flow in counted) for place, cause in enumerate(kinds(asked))}


def totals(moved: Movement, counted: Sequence[Flow], asked: Asked) -> Totals:
    """Sum up all flows between two moments, as ``flows`` gives them."""
    who_moved = movers(moved, counted)
    of = sum(flow.customers for flow in counted if flow.then != moved.not_yet)
    return Totals(
        moved=sum(flow.customers for flow in who_moved),
        of=of,
        came=sum(flow.customers for flow in counted) - of,
        causes=by_cause(who_moved, asked),
        largest=_largest(who_moved, moved),
    )


def _largest(who_moved: Sequence[Flow], moved: Movement) -> tuple[str, str, int] | None:
    place = leader([flow.customers for flow in who_moved], str)
    if place is None:
        return None
    first = who_moved[place]
    return moved.groups[first.then].name, moved.groups[first.now].name, first.customers
