"""Where the browser tests' browser comes from; run as a program, it installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SHELL = "chromium-headless-shell"  # the same engine without a window's machinery: a fifth less work a test
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "The browser tests need Chromium: install it, or set CHROMIUM to the path of one."


def find() -> Path | None:
    """The Chromium to test with: ``CHROMIUM``, else one on the PATH, else Playwright's own, else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            sys.exit(f"CHROMIUM is set to {named}, which cannot be started: name another one, or unset it.")
        return Path(found)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def arguments() -> list[str]:
    """What to start it with: nothing may leave the machine, and root has no sandbox."""
    return ["--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def apt(*words: str) -> None:
    """Run ``apt-get``; whether it worked is seen by what is there afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "--quiet=2", *words], env=environment, check=False)


def install() -> None:
    """Try the system's package as root, then Playwright's download; whether it worked, `find` says."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt("update")
        for package in (SHELL, "chromium"):  # older releases of Debian have the second alone
            if find() is None:
                apt("install", "--yes", "--no-install-recommends", package)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if find() is None:
        install()
    if find() is None:
        sys.exit(MISSING)
