"""The one form in which this room says that a release cannot be used."""

from __future__ import annotations

from services.core.refusals import ReleaseUnusable


def unusable(release_id: str, file: str, what: str) -> ReleaseUnusable:
    """Return the refusal for a fault in one file of a release.

    Parameters
    ----------
    release_id : str
        The release as it was asked for; shortened when it is no id at all.
    file : str
        Path within the release.
    what : str
        The rest of a sentence that begins with the file, without its full stop.
    """
    return ReleaseUnusable(
        f"Release {release_id[:64]} cannot be used: {file} {what}. Activate another release or train again."
    )
