"""The files that pages are made of: compressed once, and kept by browsers.

Nothing here is about anybody: whoever knows the address may have the file.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock

import brotli
from flask import Response, request

FOREVER = "public, max-age=31536000, immutable"
"""For an address that changes with the content."""
CHECKED = "no-cache"
"""Kept, and asked about again before each use, which the ETag makes cheap."""
FOLDER = Path(sys.prefix) / "segment-desk-packed"
"""Where the install leaves files compressed as far as they can be, named by their content."""
FONT = "font/woff2"
"""What is compressed already."""
LEAST = 1_000
"""Bytes that are worth compressing: less fits into one packet anyway."""

QUICK_ANYWAY = 200_000
"""Bytes that take a tenth of a second to be compressed as far as they can be."""

LARGEST = 2_000_000
"""Bytes of a file that is smaller if Brotli takes a mebibyte at a time: plotly.js alone has so many."""

_SLOW: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(
        content, quality=11, lgwin=24, lgblock=20 if len(content) > LARGEST else 0
    ),
    "gzip": lambda content: gzip.compress(content, 9, mtime=0),
}
_WAY = 2
"""In the names of packed files: one more when ``_SLOW`` changes, so that the next install packs them anew."""

_QUICK: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=9, lgwin=24),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}


class File:
    """One file, in the forms in which it is sent.

    Parameters
    ----------
    content : bytes
    mimetype : str
    """

    def __init__(self, content: bytes, mimetype: str) -> None:
        self._forms = {"identity": content}
        self._digest = hashlib.sha256(content).hexdigest()
        self._mimetype = mimetype
        self._packing = Lock()

    @property
    def fingerprint(self) -> str:
        """What an address of the file carries, so that it changes with the content; hexadecimal."""
        return self._digest[:12]

    def at(self, path: str) -> str:
        """Return ``path`` with the fingerprint, as pages name the file."""
        return f"{path}?m={self.fingerprint}"

    def answer(self, keep: str | None = None) -> Response:
        """Answer the request: whole or a part, compressed as the asker takes it, or 304.

        Parameters
        ----------
        keep : str, optional
            ``FOREVER`` or ``CHECKED``. Without it: for ever where the request carries the fingerprint,
            else not at all.
        """
        if keep is None and request.args.get("m") == self.fingerprint:
            keep = FOREVER
        forms = ("identity",) if self._mimetype == FONT else ("br", "gzip", "identity")
        form = request.accept_encodings.best_match(forms) or "identity"
        content = self._in_form(form)
        response = Response(content, mimetype=self._mimetype)
        response.vary.add("Accept-Encoding")
        if form != "identity":
            response.headers["Content-Encoding"] = form
        if keep:
            response.headers["Cache-Control"] = keep
        response.set_etag(f"{self._digest[:20]}-{form}")
        response.make_conditional(request, accept_ranges=True, complete_length=len(content))
        return response

    def _in_form(self, form: str) -> bytes:
        with self._packing:
            if form not in self._forms:
                try:
                    self._forms[form] = _kept(self._digest, form).read_bytes()
                except OSError:
                    content = self._forms["identity"]
                    ways = _SLOW if len(content) <= QUICK_ANYWAY else _QUICK
                    self._forms[form] = ways[form](content)
            return self._forms[form]


def pack(content: bytes) -> list[Path]:
    """Leave ``content`` in ``FOLDER``, compressed as far as possible; what is there stays.

    Returns
    -------
    list of Path
        Where the forms stand.

    Raises
    ------
    OSError
    """
    digest = hashlib.sha256(content).hexdigest()
    paths = {form: _kept(digest, form) for form in _SLOW}
    for form, path in paths.items():
        if not path.exists():
            part = path.with_suffix(f".{os.getpid()}")
            part.write_bytes(_SLOW[form](content))
            part.replace(path)
    return list(paths.values())


def _kept(digest: str, form: str) -> Path:
    return FOLDER / f"{digest}-{_WAY}.{form}"
