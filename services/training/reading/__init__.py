"""A file of any form becomes one typed table in the engine, and a report of what was detected."""

from services.training.reading.customers import read_customers
from services.training.reading.read import read_file
from services.training.reading.report import Detected, ReadOptions, ReadReport, Unreadable
from services.training.reading.unreadable import refuse_unreadable

__all__ = [
    "Detected",
    "ReadOptions",
    "ReadReport",
    "Unreadable",
    "read_customers",
    "read_file",
    "refuse_unreadable",
]
