"""Names that the whole product shares: the three axes, and what the address may carry."""

from __future__ import annotations

from typing import Literal, get_args

Axis = Literal["recency", "frequency", "monetary"]
AXES: tuple[Axis, ...] = get_args(Axis)

Theme = Literal["light", "dark"]
