"""One JSON object a line on stderr, for everything the site has to say."""

from __future__ import annotations

import logging
import sys
import time

from pythonjsonlogger.json import JsonFormatter


def formatter() -> JsonFormatter:
    """Return the form of a line: ``at`` (UTC), ``level``, ``name``, ``message`` and what ``extra`` brings."""
    made = JsonFormatter(
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
