"""The one form in which this room says that a release cannot be used."""

from __future__ import annotations

from services.core.language.messages import _, later
from services.core.refusals import ReleaseUnusable

_ACTIVATE = later("Activate another release or train again.")


def unusable(release_id: str, fault: str) -> ReleaseUnusable:
    """Return the refusal for a fault in one file of a release.

    Parameters
    ----------
    release_id : str
        The release as it was asked for; shortened when it is no id at all.
    fault : str
        A sentence that names the file.
    """
    said = _("Release {release} cannot be used: {fault}", release=release_id[:64], fault=fault)
    return ReleaseUnusable(f"{said} {_ACTIVATE()}")
