"""Guests: lines that name no customer and hold an e-mail, which stands in for the id."""

from __future__ import annotations

from services.core.language.messages import _, plural
from services.core.language.written import number
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
    said = [
        plural(
            "{n} row names no customer in the column “{customer}” and holds an e-mail in “{email}”, which is "
            "used as the customer ID.",
            "{n} rows name no customer in the column “{customer}” and hold an e-mail in “{email}”, which is "
            "used as the customer ID.",
            rows,
            n=number(rows),
            customer=customer,
            email=email,
        ),
        plural("There is {n} such e-mail.", "There are {n} such e-mails.", mails, n=number(mails)),
    ]
    if known:
        said.append(
            plural(
                "{n} of them also appears with one ID on other rows and counts as that customer.",
                "{n} of them also appear with one ID on other rows and count as those customers.",
                known,
                n=number(known),
            )
        )
    if several:
        said.append(
            plural(
                "{n} of them appears with several IDs and counts as a separate customer.",
                "{n} of them appear with several IDs and count as separate customers.",
                several,
                n=number(several),
            )
        )
    said.append(
        _("To leave this row out, add --columns email=-.")
        if rows == 1
        else _("To leave these rows out, add --columns email=-.")
    )
    return " ".join(said)
