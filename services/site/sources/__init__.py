"""Sources that renew themselves: a watched folder and a query of a database, and how each of them stands."""

from services.site.sources.configured import DATABASE, FOLDER, Source, configured
from services.site.sources.failing import Failing, failing
from services.site.sources.records import Done, Sources, Standing

__all__ = [
    "DATABASE",
    "FOLDER",
    "Done",
    "Failing",
    "Source",
    "Sources",
    "Standing",
    "configured",
    "failing",
]
