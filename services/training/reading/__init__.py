"""A file of any form becomes one typed table, ``read_lines``, and a report of what was detected."""

from services.training.reading.read import read_file
from services.training.reading.report import Detected, ReadOptions, ReadReport, Unreadable

__all__ = ["Detected", "ReadOptions", "ReadReport", "Unreadable", "read_file"]
