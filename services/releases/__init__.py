"""The hand-over between training and serving: immutable releases under a models folder."""

from services.releases.checks.files import check_sizes
from services.releases.ids import is_release_id, new_release_id
from services.releases.listing import ReleaseSummary, activate, list_releases, prune
from services.releases.locks import training_lock
from services.releases.lookup import write_lookup
from services.releases.manifest import Manifest
from services.releases.pointer import current_mtime, ever_activated, read_current, set_current
from services.releases.reading import OpenRelease, open_release
from services.releases.working import WORK, clear_left_over, remove_partial, working_folder
from services.releases.writing import ReleaseWriter

__all__ = [
    "WORK",
    "Manifest",
    "OpenRelease",
    "ReleaseSummary",
    "ReleaseWriter",
    "activate",
    "check_sizes",
    "clear_left_over",
    "current_mtime",
    "ever_activated",
    "is_release_id",
    "list_releases",
    "new_release_id",
    "open_release",
    "prune",
    "read_current",
    "remove_partial",
    "set_current",
    "training_lock",
    "working_folder",
    "write_lookup",
]
