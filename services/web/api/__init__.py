"""The HTTP API for programs, ``/api/v1``: the command line's answers over the site's gate."""

from __future__ import annotations

from services.web.api.routes import install

__all__ = ["install"]
