"""Guests: lines that name no customer and hold an e-mail, which stands in for the id."""

from __future__ import annotations

from services.training.lines.engine import Engine
from services.training.reading.report import ReadReport

#: SQL: a line's e-mail; a word for none has no such form.
_MAIL = r"CASE WHEN regexp_matches(email, '^[^\s@]+@[^\s@]+$') THEN nfc_normalize(lower(email)) END"

#: SQL: whether a line is a guest's, also where a layout took the e-mail for the id.
_IS_GUEST = "coalesce(nfc_normalize(lower(customer_id)), mail) = mail"


def stand_in(engine: Engine, report: ReadReport) -> list[str]:
    """Take the e-mail for the customer on lines without one, and say on how many.

    An e-mail that stands beside one and the same id on other lines, of whichever file, is that customer's.

    Parameters
    ----------
    engine : Engine
        Where ``read_lines`` is, which is changed.
    report : ReadReport
        Of its reading.
    """
    columns = report.detected.columns
    if "email" not in columns:
        return []
    engine.execute(f"""
        CREATE OR REPLACE TEMP TABLE guest_mails AS
        WITH told AS (
            SELECT customer_id, CASE WHEN {_IS_GUEST} THEN 1 ELSE 0 END AS guest, mail
            FROM (SELECT *, {_MAIL} AS mail FROM read_lines) WHERE unreadable IS NULL AND mail IS NOT NULL
        ), mails AS (
            SELECT mail, count(DISTINCT customer_id) FILTER (guest = 0) AS ids,
                min(customer_id) FILTER (guest = 0) AS known, min(customer_id) FILTER (guest = 1) AS spelled,
                sum(guest) AS guests, count(*) FILTER (customer_id IS NULL) AS blank
            FROM told GROUP BY mail
        )
        SELECT mail, ids, CASE WHEN ids = 1 THEN known ELSE coalesce(spelled, mail) END AS id,
            CASE WHEN ids = 1 THEN guests ELSE blank END AS rows
        FROM mails WHERE rows > 0
    """)
    rows, mails, known, several = engine.execute(
        "SELECT coalesce(sum(rows), 0)::BIGINT, count(*), count(*) FILTER (ids = 1), "
        "count(*) FILTER (ids > 1) FROM guest_mails"
    ).fetchone() or (0, 0, 0, 0)
    if rows:
        engine.execute(f"""
            UPDATE read_lines SET customer_id = id FROM guest_mails
            WHERE guest_mails.mail = {_MAIL} AND unreadable IS NULL AND {_IS_GUEST}
        """)
    engine.execute("DROP TABLE guest_mails")
    return [_said(columns["customer"], columns["email"], rows, mails, known, several)] if rows else []


def _said(customer: str, email: str, rows: int, mails: int, known: int, several: int) -> str:
    subject = "1 row names" if rows == 1 else f"{rows:,} rows name"
    whose = f"{mails:,} {'e-mail' if mails == 1 else 'e-mails'}"
    found = (
        f"{subject} no customer in the column “{customer}” and {'holds' if rows == 1 else 'hold'} an e-mail "
        f"in “{email}”, which is used as the customer ID: {whose}"
    )
    if known:
        also, that = (
            ("appears", "counts as that customer") if known == 1 else ("appear", "count as those customers")
        )
        found += f"; {known:,} also {also} with one ID on other rows and {that}"
    if several:
        found += f"; {several:,} {'appears' if several == 1 else 'appear'} with several IDs and "
        found += "counts as a separate customer" if several == 1 else "count as separate customers"
    return f"{found}. To leave {'this row' if rows == 1 else 'these rows'} out, add --columns email=-."
