"""Digests: what a release says since the last time, in the sentences of the pages, sent as people asked."""
