"""A file of any form becomes one typed table in the engine, and a report of what was detected."""

from services.training.reading.customers import read_customers
from services.training.reading.gathering import digest_of
from services.training.reading.read import read_files
from services.training.reading.report import Detected, FileRead, ReadOptions, ReadReport, Unreadable
from services.training.reading.unreadable import refuse_unreadable

__all__ = [
    "Detected",
    "FileRead",
    "ReadOptions",
    "ReadReport",
    "Unreadable",
    "digest_of",
    "read_customers",
    "read_files",
    "refuse_unreadable",
]
