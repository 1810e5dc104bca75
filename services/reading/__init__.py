"""Text with separators, however it was written: the ledger that is trained on, and rows to be predicted."""
