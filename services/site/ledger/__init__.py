"""The ledger of a site: the files brought to it, kept as they were brought, with what is known of each."""

from services.site.ledger.entries import Entry
from services.site.ledger.store import FOLDER, Draft, Ledger

__all__ = ["FOLDER", "Draft", "Entry", "Ledger"]
