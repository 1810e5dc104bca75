"""One JSON object a line on stderr, for everything the site has to say."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from services.site.requests import answered


class _Traced(JsonFormatter):
    """Adds ``request_id`` to what is said while a request is answered."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        traced = answered()
        return log_data if traced is None else {**log_data, "request_id": traced.id}


def formatter() -> JsonFormatter:
    """Return the form of a line: ``at`` (UTC), ``level``, ``name``, ``message`` and what ``extra`` brings.

    Within a request also ``request_id``.
    """
    made = _Traced(
        "{asctime}{levelname}{name}{message}",
        style="{",
        datefmt="%Y-%m-%dT%H:%M:%SZ",
        rename_fields={"asctime": "at", "levelname": "level"},
    )
    made.converter = time.gmtime
    return made


def configure(level: int = logging.INFO) -> None:
    """Send the root logger to stderr as JSON; calling it again changes nothing."""
    root = logging.getLogger()
    root.setLevel(level)
    logging.getLogger("alembic").setLevel(max(level, logging.WARNING))  # it tells of every start
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in root.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(formatter())
        root.addHandler(handler)
