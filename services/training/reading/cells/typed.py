"""From texts to the typed table ``read_lines``, in the engine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.core.text.customer_ids import BLANKS
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.lines.statuses import JOINT
from services.training.reading.cells import decimals, discounts, line_currencies, moments, times
from services.training.reading.cells.ids import BLAMED, Ids
from services.training.reading.columns.schema import TRANSACTIONS, Schema
from services.training.reading.files.copying import CONTROL, CONTROL_CLASS, MAX_FIELD, OVER_LONG

NUMBERS = ("quantity", "price", "amount")

#: Types of money and pieces as they are kept, of a price, and of pieces that are multiplied by it: together
#: price and pieces are as wide as the engine's widest, so that no product is rounded or too large for it.
MONEY, PRICE, PIECES = "DECIMAL(18, 4)", "DECIMAL(20, 10)", "DECIMAL(18, 6)"

_BLANKS = "'" + BLANKS + "'"


def _said_sql(role: str) -> str:
    """Give SQL that says whether a cell holds more than a no; a date or a name for a reason is a yes."""
    nos = "'0', '0.0', 'no', 'n', 'false', 'f', 'off', 'none', 'null', 'nan', 'na', 'n/a', '-'"
    others = "'nein', 'falsch', 'non', 'faux', 'falso', 'nee', 'onwaar', 'nie', 'não', 'nao', 'нет', 'ложь'"
    return f"({role} IS NOT NULL AND lower({role}) NOT IN ({nos}, {others}))"


#: SQL: whether a cell says that its customer wants no campaigns.
OPTED_OUT = _said_sql("opted_out")

#: SQL: 1 for a cell that says that its customer churned, 0 for one that says no, −1 for a blank, else NULL.
CHURNED = """CASE
    WHEN churned IS NULL OR lower(churned) IN ('none', 'null', 'nan', 'na', 'n/a', '-') THEN -1
    WHEN lower(churned) IN ('1', '1.0', 'yes', 'y', 'true', 't', 'ja', 'oui') THEN 1
    WHEN lower(churned) IN ('0', '0.0', 'no', 'n', 'false', 'f', 'nein', 'non') THEN 0
END"""

#: SQL: what an order's status is where another column says when, or that, it was cancelled.
_STATUS = (
    f"CASE WHEN {_said_sql('cancelled')} AND NOT regexp_matches(cancelled, '^[-0:./TZ ]+$') "
    "THEN CASE WHEN lower(status) IN ('cancelled', 'canceled') THEN status "
    f"ELSE concat_ws({engines.text(JOINT)}, status, 'cancelled') END ELSE status END"
)


@dataclass(frozen=True)
class Row:
    """SQL of what a row of a source is made of.

    Attributes
    ----------
    line : str
        Its number.
    bad : str
        Why it is bad; empty where it is not.
    odd : str
        Whether blanks other than spaces may stand around its cells.
    cells : list of str
        Every cell as text, never NULL.
    """

    line: str
    bad: str
    odd: str
    cells: list[str]


def load(engine: Engine, source: str, row: Row, roles: dict[str, int], schema: Schema) -> None:
    """Make ``raw_lines``: line, reason, key and the text of each role, NULL where blank; a bad row whole.

    Every text is trimmed but the description, which stays as the file has it: studies that take
    descriptions for products count ``LANTERN`` and ``LANTERN `` as two.

    Parameters
    ----------
    engine : Engine
        Where the table is made.
    source : str
        A FROM clause.
    row : Row
        What to take from it.
    roles : dict
        Role to 0-based position of its cell.
    schema : Schema
        Every role gets a column; where it says so, the customer's id is no part of the key.
    """
    compared = [
        cell for place, cell in enumerate(row.cells) if schema.compares_ids or place != roles["customer"]
    ]
    texts = ", ".join(
        f"{_text(row, roles[role], role) if role in roles else 'NULL::VARCHAR'} AS {role}"
        for role in schema.roles
    )
    engine.execute("DROP TABLE IF EXISTS raw_lines")
    engine.execute(
        f"CREATE TABLE raw_lines AS SELECT ({row.line})::BIGINT AS line, nullif({row.bad}, '') AS bad, "
        f"CASE WHEN {row.bad} <> '' THEN rtrim(concat_ws('|', {', '.join(row.cells)}), '|') END AS bad_row, "
        f"md5_number(concat_ws(chr(31), {', '.join(compared)})) AS row_key, {texts} FROM {source}"
    )


def _text(row: Row, place: int, role: str) -> str:
    cell = row.cells[place]
    trimmed = _trimmed(cell, row.odd)
    kept = cell if role == "description" else trimmed
    # ="00123" is how an export keeps a spreadsheet from making a number of a text
    bare = f"regexp_replace({trimmed}, '^=\"([^\"]*)\"$', '\\1')"
    # and so does an apostrophe before a date; those before ids and numbers are looked at there
    guarded = f"WHEN starts_with({trimmed}, '''') THEN {trimmed}[2:] " if role in ("date", "time") else ""
    return (
        f"CASE WHEN {row.bad} = '' AND {trimmed} NOT IN ('', '=\"\"') "
        f"THEN CASE WHEN starts_with({trimmed}, '=\"') THEN {bare} {guarded}ELSE {kept} END END"
    )


def _trimmed(text: str, odd: str) -> str:
    # trimming a set of characters takes fifty times as long as trimming spaces
    return f"CASE WHEN {odd} THEN trim({text}, {_BLANKS}) ELSE trim({text}) END"


def bad_cells_sql(cells: Sequence[str]) -> str:
    """Give SQL that says what is wrong with a row's cells; empty where nothing is."""
    pattern = CONTROL_CLASS.encode("unicode_escape").decode()
    return (
        f"CASE WHEN greatest(0, {', '.join(f'length({cell})' for cell in cells)}) > {MAX_FIELD} "
        f"THEN {engines.text(OVER_LONG)} "
        f"WHEN regexp_matches(concat({', '.join(cells)}), '{pattern}') THEN {engines.text(CONTROL)} "
        "ELSE '' END"
    )


def blamed_sql(roles: Sequence[str]) -> str:
    """Give SQL of the cell that makes a row unreadable, by the role that ``unreadable`` names."""
    cells = " ".join(f"WHEN contains(unreadable, '{role}') THEN {role}" for role in roles)
    return f"CASE {BLAMED} {cells} END"


def texts_sql(schema: Schema, kept: bool) -> str:
    """Give SQL of a row's texts as they stand: of each role, then of a bad row as a whole."""
    return f", [{', '.join(schema.roles)}, bad_row] AS texts" if kept else ""


def type_lines(
    engine: Engine,
    roles: Collection[str],
    ids: Ids,
    discount: str | None,
    texts: bool = False,
    refunded: bool = False,
) -> None:
    """Make ``read_lines`` of ``raw_lines`` and the tables of what its texts are; all of them are dropped.

    Parameters
    ----------
    engine : Engine
        Where the tables are.
    roles : collection of str
        The roles the file has.
    ids : Ids
        Of customers.
    discount : str, optional
        As ``services.training.reading.cells.discounts.kind_of_discount`` tells it.
    texts : bool
        Whether ``read_lines`` has the texts as well.
    refunded : bool
        Whether a column says how much was given back.
    """
    given = "amount" in roles
    needed = [role for role in NUMBERS if (role == "amount") == given]
    faults = [f"WHEN {role} IS NULL THEN 'no {role}'" for role in needed] + [
        decimals.faults_sql(role, f"{role}_read") for role in NUMBERS
    ]
    numbers = ", ".join(
        f"TRY_CAST(n_{role}.value AS {PRICE if role == 'price' else MONEY}) AS {role}_read, "
        f"n_{role}.kind AS {role}_kind"
        for role in NUMBERS
    )
    numbers += (
        f", {f'TRY_CAST(n_refunded.value AS {MONEY})' if refunded else f'NULL::{MONEY}'} AS refunded_read"
    )
    # exact first, rounded last: 10,000 screws at 0.00325 are 32.50
    exact = f"TRY_CAST(n_quantity.value AS {PIECES}) * TRY_CAST(n_price.value AS {PRICE})"
    made, numbered = "n_amount.value" if given else exact, list(NUMBERS)
    if discount:
        made, numbered = discounts.less_discount_sql(exact, discount), [*NUMBERS, "discount"]
        numbers += f", {discounts.read_sql(discount)}"
        faults += discounts.FAULTS
    numbered += ["refunded"] if refunded else []
    engine.execute("DROP TABLE IF EXISTS read_lines")
    engine.execute(f"""
        CREATE TABLE read_lines AS
        WITH joined AS (
            SELECT raw_lines.*, {moments.READ} AS day, moments.reason AS date_reason,
                ({moments.KNOWN}) AS date_known, times.seconds, {numbers},
                TRY_CAST({made} AS {MONEY}) AS amount_made,
                line_currencies.name AS currency_name,
                {ids.customer_id} AS customer_id
            FROM raw_lines {moments.JOIN} {times.JOIN} {decimals.joins_sql(numbered)}
                {line_currencies.JOIN.format(money="amount" if given else "price")}
        ), timed AS (
            SELECT *, day + to_seconds(coalesce(seconds, 0)) AS bought_at FROM joined
        ), judged AS (
            SELECT *, CASE
                WHEN bad IS NOT NULL THEN bad
                {moments.FAULTS}
                WHEN time IS NOT NULL AND seconds IS NULL THEN 'time is not a time of day'
                {" ".join(faults)}
                WHEN amount_made IS NULL THEN 'amount is too large'
                {ids.faults}
                END AS unreadable
            FROM timed
        )
        SELECT line, customer_id,
            invoice, product, description, country, {_STATUS} AS status, currency_name AS currency,
            {ids.email} AS email,
            bought_at, quantity_read AS quantity, price_read AS price,
            amount_made AS amount, row_key, unreadable, {OPTED_OUT} AS opted_out,
            refunded_read AS refunded,
            {blamed_sql(("date", "time", "discount", *NUMBERS))} AS cell{texts_sql(TRANSACTIONS, texts)}
        FROM judged
    """)
    for table in ("raw_lines", "moments", "times", "numbers", "line_currencies"):
        engine.execute(f"DROP TABLE {table}")
