"""Tools for assistants, ``/mcp``: what the HTTP API reads, over the Model Context Protocol."""

from __future__ import annotations

from services.web.assistants.routes import install

__all__ = ["install"]
