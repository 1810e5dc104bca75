"""Names that the whole product shares: the three axes, and what the address may carry."""

from __future__ import annotations

from typing import Literal, get_args

Axis = Literal["recency", "frequency", "monetary"]
AXES: tuple[Axis, ...] = get_args(Axis)

Theme = Literal["light", "dark"]

LIFT_CLASSES = (1, 3, 6, 10, 16, 24, 40)
"""Lifts at which the colours of basket rules begin."""
