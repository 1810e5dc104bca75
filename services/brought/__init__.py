"""What becomes of files that are brought to a site: added to its ledger, trained on together, erased."""
