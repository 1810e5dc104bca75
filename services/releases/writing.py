"""Write a release: in ``<id>.partial``, synced, verified by loading it, then renamed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from services.core.full_disk import says_full
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.releases import pickles
from services.releases.checks.contents import check_contents
from services.releases.folders import PARTIAL, releases_root, sync, sync_tree
from services.releases.ids import is_release_id
from services.releases.manifest import MANIFEST, FileEntry, Manifest, file_digest
from services.releases.reading import load
from services.releases.strictjson import to_json


class ReleaseWriter:
    """A release being written; a context manager that leaves nothing behind unless it was published.

    Parameters
    ----------
    models : Path
        The models folder; made if it is not there.
    release_id : str
        From ``new_release_id``.

    Raises
    ------
    ValueError
        If ``release_id`` is none.

    Notes
    -----
    The caller holds ``training_lock(models)``: a folder of a writer without it counts as left over.
    """

    def __init__(self, models: Path, release_id: str) -> None:
        if not is_release_id(release_id):
            raise ValueError(f"{release_id} is not a release id")
        self.release_id = release_id
        self._final = releases_root(models) / release_id
        self._folder = self._final.with_name(release_id + PARTIAL)

    def __enter__(self) -> Self:
        if self._final.exists() or self._folder.exists():
            raise Refusal(
                _(
                    "Release {release} already exists. Start again to get a new ID.",
                    release=self.release_id,
                )
            )
        self._folder.mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        if error is not None and says_full(error):
            raise Refusal(
                _("The disk is full: no release was written. Free some space, then try again.")
            ) from error

    def path(self, name: str) -> Path:
        """Return where the file ``name`` is to be written."""
        return self._folder / name

    def save_columns(self, folder: str, columns: Mapping[str, np.ndarray]) -> None:
        """Write a table as one ``.npy`` file a column.

        Parameters
        ----------
        folder : str
            ``customers``, ``rules`` or ``itemsets``.
        columns : mapping of str to ndarray
            With the dtypes of docs/architecture.md, all of one length.
        """
        self.path(folder).mkdir()
        for name, values in columns.items():
            np.save(self.path(folder) / f"{name}.npy", values, allow_pickle=False)

    def save_array(self, name: str, values: np.ndarray) -> None:
        """Write one array by itself, such as ``orders.npy``."""
        np.save(self.path(name), values, allow_pickle=False)

    def save_json(self, name: str, value: object) -> None:
        """Write ``value`` as strict JSON with sorted keys; NaN and infinity raise ValueError."""
        self.path(name).write_bytes(to_json(value))

    def save_model(self, name: str, model: object) -> None:
        """Pickle a scikit-learn object; one that serving would refuse raises ``pickle.UnpicklingError``."""
        self.path(name).write_bytes(pickles.dumps(model))

    def publish(self, fields: Mapping[str, object]) -> Manifest:
        """Complete the release and give it its final name; it is not activated.

        Parameters
        ----------
        fields : mapping
            The manifest of docs/architecture.md without ``id`` and ``files``.

        Returns
        -------
        Manifest

        Raises
        ------
        ReleaseUnusable
            If what was written would not load, or contradicts itself.
        ValueError
            If ``fields`` are not those of a manifest.
        """
        names = sorted(
            path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*") if path.is_file()
        )
        files = {name: self._entry(name).model_dump() for name in names}
        manifest = Manifest.of({**fields, "id": self.release_id, "files": files})
        self.path(MANIFEST).write_bytes(manifest.to_bytes())
        sync_tree(self._folder)
        check_contents(load(self._folder, self.release_id))
        self._folder.rename(self._final)
        sync(self._final.parent)
        return manifest

    def _entry(self, name: str) -> FileEntry:
        path = self.path(name)
        rows = len(np.load(path, mmap_mode="r", allow_pickle=False)) if path.suffix == ".npy" else None
        return FileEntry(sha256=file_digest(path), bytes=path.stat().st_size, rows=rows)
