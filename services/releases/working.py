"""Folders for what is on its way: they hold customers' rows, and outlive nobody who was killed.

Who works in a folder holds a lock on a file in it. The lock ends with the process, so that a folder without
one is left over, however old it is and whichever process has the number now.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from services.core.refusals import Refusal
from services.releases.folders import PARTIAL, releases_root
from services.releases.ids import is_release_id
from services.releases.locks import opened_lock, training_lock

WORK = "work"
"""The folder below the state folder."""

_LOCK = ".lock"


@contextmanager
def working_folder(root: Path) -> Iterator[Path]:
    """Give a new folder below ``root`` that its owner alone may enter; it is removed when the block ends.

    What others left there and no process works in any more is removed first.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    root.chmod(0o700)
    with ExitStack() as held:
        with _turn(root):
            _remove_dead(root)
            folder = Path(tempfile.mkdtemp(dir=root))
            held.callback(shutil.rmtree, folder, ignore_errors=True)
            fcntl.flock(held.enter_context(opened_lock(folder / _LOCK)), fcntl.LOCK_EX)
        yield folder


def remove_partial(models: Path) -> None:
    """Remove the releases that were never completed; the caller holds ``training_lock(models)``."""
    for folder in releases_root(models).glob(f"*{PARTIAL}"):
        if is_release_id(folder.name.removesuffix(PARTIAL)):
            shutil.rmtree(folder)


def clear_left_over(models: Path, root: Path) -> None:
    """Remove what killed trainings left, in the models folder and below ``root``; what lives stays.

    On a disk that takes no change all of it stays.
    """
    with suppress(OSError, Refusal):  # a training that writes removes what the one before it left
        if releases_root(models).is_dir():
            with training_lock(models):
                remove_partial(models)
    with suppress(OSError):
        if root.is_dir():
            with _turn(root):
                _remove_dead(root)


@contextmanager
def _turn(root: Path) -> Iterator[None]:
    """Keep others from looking at a folder that has no lock yet."""
    with opened_lock(root / _LOCK) as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _remove_dead(root: Path) -> None:
    for folder in root.iterdir():
        if folder.is_dir() and not folder.is_symlink():
            with opened_lock(folder / _LOCK) as lock, suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
