"""Engines that tests run the steps on: each takes a ledger, and keeps frames as tables of its own."""

from __future__ import annotations

import narwhals as nw

#: The types of ``read_lines`` as every engine knows them; a key of equal rows is text of one length.
EXPORTED = "SELECT * REPLACE (lpad(row_key::VARCHAR, 39, '0') AS row_key) FROM read_lines"


class OnIbis:
    """A database that Ibis reaches; texts are compared by their bytes there."""

    def __init__(self, connection, engine):
        self.connection = connection
        declared = []
        described = engine.execute(f"DESCRIBE {EXPORTED}").fetchall()
        for name, kind, *_ in described:
            declared.append(f'"{name}" ' + {"VARCHAR": 'TEXT COLLATE "C"'}.get(kind, kind))
        places = ", ".join(["%s"] * len(described))
        with connection.begin() as cursor:
            cursor.execute(f"CREATE TABLE read_lines ({', '.join(declared)})")
            cursor.executemany(
                f"INSERT INTO read_lines VALUES ({places})", engine.execute(EXPORTED).fetchall()
            )
        self.read = nw.from_native(connection.table("read_lines"))

    def keep(self, frame, name):
        return nw.from_native(self.connection.create_table(name, frame.to_native()))
