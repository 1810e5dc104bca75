"""Why a digest did not arrive, where its worker could not say."""

from __future__ import annotations

from services.core.language.messages import later

GONE = later("The worker that sent it ended before it could say so.")
