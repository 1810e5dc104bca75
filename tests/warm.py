"""The last that the process of ``tests/forks.py`` imports: what looks at its surroundings then."""

from __future__ import annotations

import gc

import __main__

# Forks share what is there by now; a collection in each would go through all of it, and copy it. Not what
# follows: DuckDB would complain of what nobody collected when the process ends.
gc.collect()
gc.freeze()

# DuckDB takes a main program without a file, as this process has, for a person at a prompt who wants to see
# how far a query is.
__main__.__file__ = __file__

import services.training.run  # noqa: E402, F401

del __main__.__file__
