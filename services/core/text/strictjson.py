"""JSON that every reader accepts: infinity and NaN become null."""

from __future__ import annotations

import json
import math
from typing import Any


def strict(value: Any) -> Any:
    """Return ``value`` with every infinite or undefined number replaced by None."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: strict(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [strict(each) for each in value]
    return value


def dumps(value: Any) -> str:
    """Return ``value`` as one line of strict JSON; numbers keep every digit."""
    return json.dumps(strict(value), ensure_ascii=False, allow_nan=False)
