"""A models folder and the store that its host shares with others: both its releases and its churn models."""

from __future__ import annotations

from pathlib import Path

from services.releases.labelled.manifest import FILES
from services.releases.labelled.store import check_model, labelled_root
from services.releases.manifest import read_manifest
from services.releases.reading import load
from services.releases.store.contact import note
from services.releases.store.objects import Objects, StoreAway
from services.releases.store.part import Kind, Part


def _of_a_release(folder: Path, release_id: str) -> list[str]:
    return sorted(read_manifest(folder, release_id).files)


def _of_a_model(_folder: Path, _model_id: str) -> tuple[str, ...]:
    return FILES


class Sharing:
    """A models folder and its store.

    Parameters
    ----------
    models : Path
    url : str
        As ``MODELS_URL`` has it.

    Raises
    ------
    StoreAway
        If there is no way to ask for it.
    """

    def __init__(self, models: Path, url: str) -> None:
        self._models = models
        objects = Objects(url)
        self._parts = (
            Part(models, Kind("", _of_a_release, load), objects),
            Part(labelled_root(models), Kind("labelled/", _of_a_model, check_model), objects),
        )

    def look(self) -> list[str]:
        """Bring the folder and the store together, where one of them has changed; note how that went.

        Returns
        -------
        list of str
            A sentence for each release of the store that is not taken.

        Raises
        ------
        StoreAway
            If the store cannot be reached; the folder stays as it is.
        """
        try:
            found = [sentence for part in self._parts for sentence in part.look()]
        except StoreAway as fault:
            note(self._models, str(fault))
            raise
        except OSError as error:
            told = StoreAway(
                "The models folder cannot be kept like the store of releases: "
                f"{error.strerror or error}. Check the disk and who may write to “{self._models}”."
            )
            note(self._models, str(told))
            raise told from error
        note(self._models, " ".join(found) or None)
        return found
