"""A disk without room says so in four ways: by a number, and, from numpy, DuckDB and SQLite, by a text."""

from __future__ import annotations

import errno
import re

_NUMBERS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TEXT = re.compile(
    "No space left on device|Disk quota exceeded|File too large"
    r"|\d+ requested and \d+ written"  # numpy, whose error has no number
    "|database or disk is full|disk I/O error"  # SQLite, the latter for a file that may not grow
    "|max_temp_directory_size"  # DuckDB, which leaves a tenth of the disk to others
)


def says_full(error: BaseException) -> bool:
    """Return whether an error of any library means that there is no room to write.

    Parameters
    ----------
    error : BaseException
        Of the operating system, numpy, DuckDB or SQLite.
    """
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _NUMBERS
    return _TEXT.search(str(error)) is not None
