"""Releases that several hosts share through an object store; each host goes on reading its own folder.

The store holds ``releases/<id>/`` with the files of a release, and ``index.json``: which releases there are
and which is active (``index``). A release is written before the index names it. The folder of a host and the
index are brought together whenever one of them changed (``part``), by a process beside the site and by
commands; ``contact`` is what the rest of the host knows of that.
"""

from services.releases.store.following import follow
from services.releases.store.objects import StoreAway
from services.releases.store.sharing import Sharing

__all__ = ["Sharing", "StoreAway", "follow"]
