"""Where churn models of labelled tables stand, beside the releases: written whole, checked, then used.

Below the models folder ``labelled/`` has what a models folder has: ``CURRENT`` and ``releases/ID/``, and a
lock of its own, so that a training of one does not wait for that of the other.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from services.core.full_disk import says_full
from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal
from services.releases import pickles
from services.releases.folders import PARTIAL, release_ids, releases_root, sync, sync_tree
from services.releases.ids import is_release_id, new_release_id
from services.releases.labelled.manifest import (
    FILES,
    INSIGHT,
    MANIFEST,
    PIPELINE,
    REPORT,
    LabelledManifest,
    parse_manifest,
    unusable,
)
from services.releases.locks import pointer_lock
from services.releases.pointer import read_current, set_current
from services.releases.removed import delete, note_removed, set_aside
from services.releases.strictjson import from_json, to_json
from services.releases.working import remove_partial

_FOLDER = "labelled"
_KEPT = 5
#: What has to be in the very version that it was made with, beside scikit-learn, by the id of the candidate.
_LIBRARIES = {"xgboost": "xgboost-cpu", "lightgbm": "lightgbm"}


@dataclass(frozen=True)
class LabelledModel:
    """A model, read and checked: manifest, fitted pipeline, and what was found out when it was made."""

    manifest: LabelledManifest
    pipeline: Any
    report: dict[str, Any]
    insight: dict[str, Any]


def labelled_root(models: Path) -> Path:
    """Return the folder of these models below the models folder."""
    return models / _FOLDER


def save_model(
    models: Path,
    now: datetime,
    fields: Mapping[str, object],
    pipeline: Any,
    report: Mapping[str, Any],
    insight: Mapping[str, Any],
) -> LabelledManifest:
    """Write a model, read it back, and make it the one in use; what was in use stays where that fails.

    Parameters
    ----------
    models : Path
    now : datetime
        With a time zone.
    fields : mapping
        Of the manifest, but ``id``, ``made_at``, ``libraries`` and ``files``.
    pipeline : Pipeline
    report, insight : mapping
        Plain values; ``report`` gets the model's ``release``.

    Raises
    ------
    Refusal
        If the disk is full.

    Notes
    -----
    The caller holds ``training_lock(labelled_root(models))``.
    """
    root = labelled_root(models)
    remove_partial(root)
    model_id = new_release_id(now)
    final = releases_root(root) / model_id
    folder = final.with_name(model_id + PARTIAL)
    try:
        folder.mkdir(parents=True)
        (folder / PIPELINE).write_bytes(pickles.dumps(pipeline, pickles.ALLOWED_LABELLED))
        (folder / REPORT).write_bytes(to_json({**report, "release": model_id}))
        (folder / INSIGHT).write_bytes(to_json(insight))
        digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
        manifest = LabelledManifest.model_validate(
            {**fields, "id": model_id, "made_at": now, "files": digests, "libraries": _installed(fields)}
        )
        (folder / MANIFEST).write_bytes(manifest.to_bytes())
        sync_tree(folder)
        check_model(folder, model_id)
        folder.rename(final)
        sync(final.parent)
    except OSError as error:
        if says_full(error):
            raise Refusal(
                _("The disk is full: no model was written. Free some space, then try again.")
            ) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    set_current(root, model_id)
    with pointer_lock(root):
        old = release_ids(root)[_KEPT:]
        note_removed(root, old)
        set_aside(root, old)
    delete(root, old)
    return manifest


def open_model(models: Path) -> LabelledModel:
    """Open the model in use.

    Raises
    ------
    NotFound
        If none was ever trained.
    ReleaseUnusable
        If it is damaged, changed, or made with another version of a library that it needs.
    """
    root = labelled_root(models)
    model_id = read_current(root)
    if model_id is None:
        raise NotFound(_("No churn model has been trained on a table yet. Make one with train-churn."))
    return check_model(releases_root(root) / model_id, model_id)


def check_model(folder: Path, model_id: str) -> LabelledModel:
    """Read and check the model in ``folder``, which need not have its final name yet; as ``open_model``."""
    assert is_release_id(model_id)
    manifest = readable_manifest(folder, model_id)
    contents = {name: _content(folder, name, model_id) for name in FILES}
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != manifest.files[name]:  # type: ignore[index]
            raise unusable(
                model_id, _("{file} was changed after the model was made (its digest differs).", file=name)
            )
    try:
        pipeline = pickles.loads(contents[PIPELINE], pickles.ALLOWED_LABELLED)
    except Exception as error:  # a forged stream can raise anything at all
        raise unusable(
            model_id, _("{file} is not a model of Segment Desk ({why}).", file=PIPELINE, why=error)
        ) from error
    return LabelledModel(manifest, pipeline, from_json(contents[REPORT]), from_json(contents[INSIGHT]))


def readable_manifest(folder: Path, model_id: str) -> LabelledManifest:
    """Read the manifest of a model, and check that what it was made with is installed.

    Raises
    ------
    ReleaseUnusable
        If it is damaged, another model's, or made with another version of a library.
    """
    manifest = parse_manifest(_content(folder, MANIFEST, model_id), model_id)
    for name, made_with in manifest.libraries.items():
        try:
            here = version(name)
        except PackageNotFoundError:
            here = None
        if here != made_with:
            places = {"file": MANIFEST, "name": name, "made_with": made_with, "here": here}
            fault = (
                _("{file} names {name} {made_with}, and {here} is installed.", **places)
                if here
                else _("{file} names {name} {made_with}, and it is not installed.", **places)
            )
            raise unusable(model_id, fault)
    return manifest


def _content(folder: Path, name: str, model_id: str) -> bytes:
    path = folder / name
    try:
        if path.is_symlink() or folder.is_symlink():
            raise unusable(model_id, _("{file} is a symbolic link.", file=name))
        return path.read_bytes()
    except OSError as error:
        raise unusable(
            model_id, _("{file} cannot be read ({why}).", file=name, why=error.strerror)
        ) from error


def _installed(fields: Mapping[str, object]) -> dict[str, str]:
    needed = [
        "scikit-learn",
        *([_LIBRARIES[served]] if (served := str(fields["served"])) in _LIBRARIES else []),
    ]
    return {name: version(name) for name in needed}
