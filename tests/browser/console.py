"""Collects what pages complain about: console errors and warnings, and uncaught exceptions."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Error, Page

# What graphics drivers write on their own, and what dash-ag-grid does while its grid's card is hidden.
FORGIVEN = ("WebGL", "GL Driver", "GPU", "AG Grid: warning #29")


class Console:
    """The errors and warnings of a test's pages."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._allowed: list[str] = []

    def listen(self, page: Page) -> None:
        """Collect from ``page`` from now on."""
        page.on("console", self._on_message)
        page.on("pageerror", self._on_error)

    def leave(self, page: Page) -> None:
        """Collect no more from ``page``."""
        page.remove_listener("console", self._on_message)
        page.remove_listener("pageerror", self._on_error)

    def allow(self, text: str) -> None:
        """Forgive errors that contain ``text``."""
        self._allowed.append(text)

    def check(self) -> None:
        """Fail if there was an error that nobody allowed."""
        unexpected = [line for line in self.errors if not any(text in line for text in self._allowed)]
        assert not unexpected, "The browser's console is not silent:\n" + "\n".join(unexpected)

    def _on_error(self, error: Error) -> None:
        self.errors.append(f"uncaught: {error}")

    def _on_message(self, message: ConsoleMessage) -> None:
        forgiven = message.type == "warning" and any(text in message.text for text in FORGIVEN)
        if message.type in ("error", "warning") and not forgiven:
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")
