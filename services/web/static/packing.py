"""What an install does after the libraries are there: ``python -m services.web.static.packing``.

The scripts that pages load, compressed as far as they can be, and the font, cut to what they need; it takes
seconds, once. Where it was not run, the site compresses scripts quickly instead, once in each process, and
pages have the system's font.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from services.web.static import fonts
from services.web.static.files import FOLDER, pack
from services.web.static.suites import plotly_js

# Beginnings of what pages load; others are packed quickly when they are asked for.
LOADED = {
    "dash": (
        "deps/react@18*.min.js",
        "deps/react-dom@18*.min.js",
        "dash-renderer/build/dash_renderer.min.js",
        "html/*.min.js",
        "dcc/dash_core_components*.js",
        "dcc/async-graph.js",
        "dcc/async-dropdown.js",
        "dcc/async-slider.js",
    ),
    "dash_ag_grid": ("dash_ag_grid.min.js", "async-community.js"),
    "dash_bootstrap_components": ("_components/*.min.js",),
}


def loaded() -> Iterator[Path]:
    """Yield the files that pages load, the largest first."""
    yield plotly_js()
    for package, patterns in LOADED.items():
        spec = find_spec(package)
        assert spec is not None  # requirements.txt names them
        assert spec.origin is not None
        for pattern in patterns:
            yield from Path(spec.origin).parent.glob(pattern)


def main() -> None:
    """Pack and cut what is not there yet, and nothing else stays."""
    FOLDER.mkdir(exist_ok=True)
    with ThreadPoolExecutor() as several:
        packed = {path for paths in several.map(pack, map(Path.read_bytes, loaded())) for path in paths}
    packed.update(fonts.make())
    for path in set(FOLDER.iterdir()) - packed:
        path.unlink()  # of versions that were there before


if __name__ == "__main__":
    main()
