"""Databases of shops, as tests make them."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import psycopg


def sqlite_shop(path: Path, columns, rows, table: str = "sales") -> str:
    """Make a table of SQLite anew, and return the database's address."""
    shop = sqlite3.connect(path)
    shop.execute(f"DROP TABLE IF EXISTS {table}")
    named = ", ".join(f'"{name}"' for name in columns)
    shop.execute(f"CREATE TABLE {table} ({named})")
    shop.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
    shop.commit()
    shop.close()
    return f"sqlite:///{path}"


def ready_shop(url: str, statements: str = "CREATE SEQUENCE IF NOT EXISTS counter") -> None:
    """Wait until PostgreSQL answers, and have it do something."""
    end = time.monotonic() + 30
    while True:
        try:
            with psycopg.connect(url) as shop:
                shop.execute(statements)
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return
