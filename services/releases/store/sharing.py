"""A models folder and the store that its host shares with others: both its releases and its churn models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from services.core.language.messages import _
from services.releases.checks.files import check_library
from services.releases.erasing import named
from services.releases.labelled.manifest import FILES
from services.releases.labelled.store import check_model, labelled_root, readable_manifest
from services.releases.manifest import read_manifest
from services.releases.reading import load
from services.releases.store.agreed import Busy
from services.releases.store.contact import going_on, note
from services.releases.store.objects import Objects, StoreAway
from services.releases.store.part import Kind, Part


def _of_a_release(folder: Path, release_id: str) -> list[str]:
    manifest = read_manifest(folder, release_id)
    check_library(manifest)
    return sorted(manifest.files)


def _of_a_model(folder: Path, model_id: str) -> tuple[str, ...]:
    readable_manifest(folder, model_id)
    return FILES


def _nobody(_model: object) -> tuple[str, ...]:
    """Models of labelled tables hold no ids."""
    return ()


class Sharing:
    """A models folder and its store.

    Parameters
    ----------
    models : Path
    url : str
        As ``MODELS_URL`` has it.
    erased : callable
        From ids of customers to those who were erased; a release that names one is not sent. It raises
        Refusal where that cannot be said.

    Raises
    ------
    StoreAway
        If there is no way to ask for it; so do all methods.
    """

    def __init__(self, models: Path, url: str, erased: Callable[[Iterable[str]], set[str]]) -> None:
        self._models = models
        objects, alive = Objects(url), partial(going_on, models)
        releases, tables = (
            Kind("", _of_a_release, load, named),
            Kind("labelled/", _of_a_model, check_model, _nobody),
        )
        self._releases = Part(models, releases, objects, erased, alive)
        self._parts = (self._releases, Part(labelled_root(models), tables, objects, erased, alive))

    @property
    def lacking(self) -> list[str]:
        """A sentence for each release of the store that is not taken, as of the last look."""
        return [sentence for part in self._parts for sentence in part.lacking]

    def fetch(self, release_id: str, patience: float) -> None:
        """Fetch one release, if the store has it and it is not here; see ``look``."""
        self._releases.fetch(release_id, patience)

    def root_of(self, release_id: str) -> Path | None:
        """Return the folder that a release of the store belongs to; None where the store has none such."""
        return next((part.root for part in self._parts if part.stored(release_id)), None)

    def look(self, patience: float | None = None, *, others: bool = True) -> list[str]:
        """Bring the folder and the store together, where one of them has changed; note how that went.

        Parameters
        ----------
        patience : float, optional
            Seconds to wait while another process of this host does that; until it is done when absent.
        others : bool
            Whether to fetch, beside the active release, all that are missing here.

        Returns
        -------
        list of str
            A sentence for each release that is not taken from the store, or not sent to it.

        Raises
        ------
        Busy
            If another process takes longer.
        StoreAway
            If the store cannot be reached; the folder stays as it is.
        """
        try:
            for part in self._parts:
                part.look(patience, others=others)
        except Busy:
            raise
        except StoreAway as fault:
            note(self._models, str(fault))
            raise
        except OSError as error:
            told = StoreAway(
                _(
                    "The models folder cannot be kept like the store of releases: {why}. Check the disk and "
                    "who may write to “{folder}”.",
                    why=error.strerror or error,
                    folder=self._models,
                )
            )
            note(self._models, str(told))
            raise told from error
        found = self.lacking + [sentence for part in self._parts for sentence in part.unsent]
        note(self._models, " ".join(found) or None)
        return found
