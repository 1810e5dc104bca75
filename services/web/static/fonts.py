"""Inter, from the package that ships it: cut at install into what pages need, so that none waits for more.

A browser fetches of these files what a page has characters of (``unicode-range``). Where the install did
not cut them, no sheet names them, and pages have the system's font.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from flask import Flask, Response
from werkzeug.exceptions import NotFound

from services.core.language.messages import _
from services.web.static import files
from services.web.static.files import FONT, File

PACKAGE, SOURCE = "fontpkg_inter", "files/Inter[opsz,wght].ttf"
FAMILY = "Inter Variable"
RULE = "/vendor/inter-<string:part>.woff2"
FIRST = "basic"
"""The part that every page needs."""
PARTS = {
    # ASCII, quotation marks, dashes, signs of money and of arithmetic, arrows: what English pages consist of
    FIRST: (
        "U+20-7E,U+A0,U+A3,U+A5,U+A7,U+AB,U+B0-B1,U+B7,U+BB,U+D7,U+2009,U+2013-2014,U+2018-201A,U+201C-201E,"
        "U+2022,U+2026,U+202F,U+20A9,U+20AC,U+20BD,U+2116,U+2190-2193,U+2212,U+2248,U+2264-2265"
    ),
    # letters of other languages with a Latin alphabet
    "latin": (
        "U+A1-A2,U+A4,U+A6,U+A8-AA,U+AC-AF,U+B2-B6,U+B8-BA,U+BC-D6,U+D8-17F,U+218-21B,U+1E9E,U+2020-2021,"
        "U+2030,U+2039-203A,U+2122"
    ),
    "cyrillic": "U+400-45F,U+490-491",
}
"""Characters of each file, as style sheets write them."""
WEIGHTS = (400, 700)
"""Of the lightest and the boldest word of a page."""
SIZE = 14
"""Optical size, in pixels: that of most text."""
FEATURES = ("kern", "tnum")
"""Distances of letters, and figures of one width in columns."""
LICENCE = (0, 1, 2, 13, 14)
"""Of the font's names those that stay: its own, and whose it is."""
_WAY = 1
"""In the names of cut files: one more when what is done with the same characters changes."""


def make() -> list[Path]:
    """Leave the parts among the files that the install packs; what is there stays.

    Returns
    -------
    list of Path

    Raises
    ------
    OSError
    """
    made = [_kept(part) for part in PARTS]
    for part, path in zip(PARTS, made, strict=True):
        if not path.exists():
            beside = path.with_suffix(f".{os.getpid()}")
            beside.write_bytes(_cut(PARTS[part]))
            beside.replace(path)
    return made


def install(server: Flask) -> tuple[str, str]:
    """Serve the parts from ``server``.

    Returns
    -------
    str
        What the style sheet says of them, which names them by where it stands itself; empty without them.
    str
        The address of the part that every page needs; empty likewise.
    """
    try:
        parts = {part: File(_kept(part).read_bytes(), FONT) for part in PARTS}
    except (OSError, PackageNotFoundError):
        parts = {}

    @server.get(RULE)
    def part_of_inter(part: str) -> Response:
        if part not in parts:
            raise NotFound(_("There is no such file."))
        return parts[part].answer()

    if not parts:
        return "", ""
    addresses = {part: file.at(RULE.replace("<string:part>", part)) for part, file in parts.items()}
    return "".join(_faces(addresses)), addresses[FIRST]


def _faces(addresses: dict[str, str]) -> Iterator[str]:
    for part, address in addresses.items():
        yield (
            f'@font-face{{font-family:"{FAMILY}";font-weight:{WEIGHTS[0]} {WEIGHTS[1]};font-display:swap;'
            f'src:url({address.rpartition("/")[2]})format("woff2");unicode-range:{PARTS[part]}}}\n'
        )


def _kept(part: str) -> Path:
    said = repr((version("fontpkg-inter"), PARTS[part], WEIGHTS, SIZE, FEATURES, _WAY))
    return files.FOLDER / f"inter-{part}-{sha256(said.encode()).hexdigest()[:12]}.woff2"


def _cut(characters: str) -> bytes:
    """Return the font with these characters alone, in one optical size, as browsers take it."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    spec = find_spec(PACKAGE)
    assert spec is not None  # requirements.txt names it
    assert spec.origin is not None
    font = TTFont(Path(spec.origin).parent / SOURCE, lazy=False)
    kept = subset.Options(layout_features=list(FEATURES), hinting=False, name_IDs=list(LICENCE))
    cutting = subset.Subsetter(kept)
    cutting.populate(unicodes=subset.parse_unicodes(re.sub(r"U\+", "", characters)))
    cutting.subset(font)
    font = instancer.instantiateVariableFont(font, {"opsz": SIZE, "wght": WEIGHTS})
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
