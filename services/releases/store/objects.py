"""The objects of a store, by names below its address; the only module that knows fsspec.

``s3://bucket/prefix`` is reached by s3fs, with the keys, the region and the address of the service as AWS's
own variables and files name them. ``file:///folder`` is a folder that every host mounts.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from services.core.full_disk import says_full
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.releases.locks import opened_lock

_OPTIONS: dict[str, dict[str, Any]] = {
    # nothing is remembered: what another host has written is to be seen at once
    "s3": {
        "use_listings_cache": False,
        "skip_instance_cache": True,
        "config_kwargs": {"connect_timeout": 3, "read_timeout": 5, "retries": {"max_attempts": 1}},
    },
    "file": {"auto_mkdir": True},
}
_LONGEST = 200


class StoreAway(Refusal):
    """The store cannot be reached, or does not take what this host asks of it."""


class DiskFull(StoreAway):
    """There is no room for a release."""


class Overtaken(Exception):
    """Another host has written the object since it was read."""


class Objects:
    """The objects below one address.

    Parameters
    ----------
    url : str
        As ``services.site.setting_values.store`` takes it.

    Raises
    ------
    StoreAway
        If there is no way to ask for it; so do all methods.
    """

    def __init__(self, url: str) -> None:
        scheme = url.partition("://")[0]
        with _asking():
            import fsspec

            self._files, self._root = fsspec.url_to_fs(url, **_OPTIONS[scheme])
        self._conditional = scheme == "s3"
        if self._conditional:
            self._files.retries = 1  # on top of botocore's own: a silent store is said to be away in seconds

    def check(self) -> None:
        """Check that what the address names is there: a bucket that may be listed, or a folder.

        Raises
        ------
        StoreAway
            Also if it is not: an address that is misspelled would get copies of all releases.
        """
        with _asking():
            if self._conditional:
                bucket, key, _ = self._files.split_path(self._root)
                self._files.call_s3(
                    "list_objects_v2", Bucket=bucket, Prefix=f"{key}/" if key else "", MaxKeys=1
                )
            elif not self._files.isdir(self._root):
                raise FileNotFoundError(f"there is no folder {self._root}")

    def stamp(self, name: str) -> str | None:
        """Return what tells one state of an object from the next; None where there is none."""
        with _asking():
            try:
                found = self._files.info(self._path(name))
            except FileNotFoundError:
                return None
            return str(found.get("ETag") or (found.get("ino"), found.get("mtime"), found.get("size")))

    def read(self, name: str) -> bytes:
        """Return the content of a small object.

        Raises
        ------
        FileNotFoundError
        """
        with _asking(gone=True):
            return bytes(self._files.cat_file(self._path(name)))

    def write(self, name: str, content: bytes, stamp: str | None) -> None:
        """Write a small object as a whole, if it is still as it was.

        Parameters
        ----------
        name : str
        content : bytes
        stamp : str or None
            Of the state that ``content`` was made from; None where there was none.

        Raises
        ------
        Overtaken
            If it is not. S3 decides that; in a folder a lock keeps others away meanwhile.
        """
        path = self._path(name)
        if not self._conditional:
            partial = f"{path}.{secrets.token_hex(4)}.partial"
            with _asking(), opened_lock(Path(f"{path}.lock")) as lock:
                flock(lock, LOCK_EX)
                if self.stamp(name) != stamp:
                    raise Overtaken
                self._files.pipe_file(partial, content)
                self._files.mv(partial, path)
            return
        if self.stamp(name) != stamp:
            raise Overtaken
        with _asking():
            try:
                self._files.pipe_file(
                    path, content, **({"IfMatch": stamp} if stamp else {"IfNoneMatch": "*"})
                )
            except Exception as error:
                if self.stamp(name) != stamp:
                    raise Overtaken from error
                if "NotImplemented" not in str(error):
                    raise
                self._files.pipe_file(path, content)  # a store that knows no conditions

    def put(self, folder: Path, names: Sequence[str], prefix: str) -> None:
        """Copy files of a folder below ``prefix``, the last name after all others."""
        with _asking():
            *others, last = names
            for group in (others, [last]):
                self._files.put(
                    [str(folder / name) for name in group],
                    [self._path(f"{prefix}/{name}") for name in group],
                )

    def get(self, prefix: str, names: Sequence[str], folder: Path) -> None:
        """Copy objects below ``prefix`` into a folder.

        Raises
        ------
        FileNotFoundError
            If one is missing.
        """
        with _asking(gone=True):
            for parent in {(folder / name).parent for name in names}:
                parent.mkdir(exist_ok=True)
            self._files.get(
                [self._path(f"{prefix}/{name}") for name in names], [str(folder / name) for name in names]
            )

    def remove(self, prefix: str) -> None:
        """Remove everything below ``prefix``, if there is anything."""
        with _asking(), suppress(FileNotFoundError):
            self._files.rm(self._path(prefix), recursive=True)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


@contextmanager
def _asking(*, gone: bool = False) -> Iterator[None]:
    """Say in a sentence whatever a library says; ``gone``: a missing object is the caller's to tell."""
    try:
        yield
    except (Refusal, Overtaken):
        raise
    except Exception as error:
        if gone and isinstance(error, FileNotFoundError):
            raise
        raise (DiskFull if says_full(error) else StoreAway)(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    if says_full(error):
        return _(
            "The disk is full: a release could not be copied from the store of releases or to it. Free some "
            "space."
        )
    told = " ".join(f"{type(error).__name__} {error}".split())[:_LONGEST]
    if isinstance(error, PermissionError) or "Credentials" in type(error).__name__:
        return _(
            "The store of releases refuses this host. Check its key and what that may do ({why}).", why=told
        )
    return _("The store of releases cannot be reached. Check MODELS_URL and the network ({why}).", why=told)
