"""Sales files that people send to the site: taken in, looked at, added to the ledger or removed."""
