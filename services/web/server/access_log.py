"""gunicorn's two logs in the site's form."""

from __future__ import annotations

import logging
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from services.site.logging import formatter
from services.web.answers.failure import logged
from services.web.server.request_ids import TRACED

_UNLOGGED = ("/current", "/jobs/current")
"""What open pages ask every two seconds."""


class JsonLogger(Logger):
    """Requests and server messages, one JSON object a line. Queries stay out: they hold customers' ids."""

    def setup(self, cfg: Any) -> None:
        """Take gunicorn's handlers and give them our form."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(formatter())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """Log one answered request."""
        if not self.access_log.isEnabledFor(logging.INFO) or environ.get("PATH_INFO") in _UNLOGGED:
            return
        traced = environ.get(TRACED)
        self.access_log.info(
            "request",
            extra={
                "method": environ.get("REQUEST_METHOD"),
                "path": logged(environ.get("PATH_INFO", "")),
                # gunicorn's own refusals, of requests that are none, have no code of a number
                "status": int(str(resp.status).split()[0]),
                "bytes": getattr(resp, "sent", None),
                "ms": round(request_time.total_seconds() * 1000, 1),
                **({"audit": traced.rows} if traced and traced.rows else {}),
            },
        )
