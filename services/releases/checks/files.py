"""Check a release's files before any is used: all there, none more, unchanged, no links."""

from __future__ import annotations

import os
import stat
from importlib.metadata import version
from pathlib import Path

from services.core.language.messages import _
from services.releases.columns import TABLES
from services.releases.faults import unusable
from services.releases.manifest import MANIFEST, Manifest, file_digest
from services.releases.orders import FILE as ORDERS

SCALER, MODEL, LOOKUP, OVERVIEW = "scaler.pkl", "model.pkl", "lookup.sqlite", "overview.json"
SCIKIT_LEARN = "scikit-learn"
_COLUMNS = {
    f"{table}/{name}.npy": column for table, columns in TABLES.items() for name, column in columns.items()
}
EXPECTED = frozenset({SCALER, MODEL, LOOKUP, OVERVIEW, *_COLUMNS})
CLUSTERS, SEGMENTS = "clusters.json", "segments.json"
RECOMMENDATIONS = "recommendations.json"
# releases made before they were thought of lack them
OPTIONAL = frozenset({CLUSTERS, SEGMENTS, RECOMMENDATIONS, ORDERS})
_NEEDED = EXPECTED - {file for file, column in _COLUMNS.items() if column.later}


def check_folder(folder: Path, release_id: str) -> Path:
    """Return ``folder`` if it is a real folder at its own place, not a link to another one.

    Raises
    ------
    ReleaseUnusable
        If it is missing, a link or no folder.
    """
    try:
        mode = folder.lstat().st_mode
    except OSError as error:
        raise unusable(release_id, _("its folder cannot be found ({why}).", why=error.strerror)) from error
    if not stat.S_ISDIR(mode):
        raise unusable(release_id, _("its folder is a link or not a folder."))
    return folder


def check_files(folder: Path, manifest: Manifest) -> None:
    """Check without reading contents: the files, their sizes, and the version they were made with.

    Raises
    ------
    ReleaseUnusable
        If a file is missing, a link, unnamed by the manifest or of another size, or scikit-learn differs.
    """
    release_id = manifest.id
    found = _plain_files(folder, release_id)
    for name in sorted(_NEEDED - manifest.files.keys()):
        raise unusable(release_id, _("{file} does not name {name}.", file=MANIFEST, name=name))
    for name in sorted(found.keys() - manifest.files.keys() - {MANIFEST}):
        raise unusable(release_id, _("{file} is not named in the manifest.", file=name))
    for name in sorted(manifest.files.keys() - EXPECTED - OPTIONAL):
        raise unusable(release_id, _("{file} is not a file of a release.", file=name))
    for name, entry in manifest.files.items():
        if name not in found:
            raise unusable(release_id, _("{file} is missing.", file=name))
        if found[name] != entry.bytes:
            raise unusable(
                release_id,
                _(
                    "{file} has {size} bytes instead of {wanted}.",
                    file=name,
                    size=found[name],
                    wanted=entry.bytes,
                ),
            )
    check_library(manifest)


def check_library(manifest: Manifest) -> None:
    """Check that a release was made with the scikit-learn that is installed.

    Raises
    ------
    ReleaseUnusable
        If it was not.
    """
    made_with, here = manifest.libraries.get(SCIKIT_LEARN), version(SCIKIT_LEARN)
    if made_with != here:
        raise unusable(
            manifest.id,
            _(
                "{file} names scikit-learn {made_with}, and {here} is installed.",
                file=MANIFEST,
                made_with=made_with,
                here=here,
            ),
        )


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Check in a moment that the files of a release that is open are as long as they were.

    Raises
    ------
    ReleaseUnusable
        If one is missing or of another size: to read on behind the end of a mapped file ends the process.
    """
    for name, entry in manifest.files.items():
        try:
            size = os.stat(f"{folder}/{name}").st_size  # noqa: PTH116 (a Path for each takes ten times as long)
        except OSError as error:
            raise unusable(
                manifest.id, _("{file} cannot be found ({why}).", file=name, why=error.strerror)
            ) from error
        if size != entry.bytes:
            raise unusable(
                manifest.id,
                _("{file} has {size} bytes instead of {wanted}.", file=name, size=size, wanted=entry.bytes),
            )


def _plain_files(folder: Path, release_id: str) -> dict[str, int]:
    """Sizes of all files by path within the release; links and odd things are refused."""
    sizes = {}
    try:
        for place, folders, files in os.walk(folder, onerror=_raise):
            for name in (*folders, *files):
                path = Path(place, name)
                status = path.lstat()
                relative = path.relative_to(folder).as_posix()
                if stat.S_ISREG(status.st_mode):
                    sizes[relative] = status.st_size
                elif not stat.S_ISDIR(status.st_mode):
                    raise unusable(release_id, _("{file} is a link or not a plain file.", file=relative))
    except OSError as error:
        raise unusable(release_id, _("its folder cannot be read ({why}).", why=error.strerror)) from error
    return sizes


def _raise(error: OSError) -> None:
    raise error


def check_digests(folder: Path, manifest: Manifest) -> None:
    """Compare the content of every file but the pickles, which are compared as they are read.

    Raises
    ------
    ReleaseUnusable
        If a file is not as it was written.
    """
    for name in manifest.files:
        if not name.endswith(".pkl"):
            try:
                digest = file_digest(folder / name)
            except OSError as error:
                raise unusable(
                    manifest.id, _("{file} cannot be read ({why}).", file=name, why=error.strerror)
                ) from error
            check_digest(manifest, name, digest)


def check_digest(manifest: Manifest, name: str, digest: str) -> None:
    """Compare one digest with the manifest's.

    Raises
    ------
    ReleaseUnusable
        If they differ.
    """
    if digest != manifest.files[name].sha256:
        raise unusable(
            manifest.id, _("{file} was changed after the release was made (its digest differs).", file=name)
        )
