"""Digests as data: who gets one by which way and when, and what became of each (decision 106)."""
