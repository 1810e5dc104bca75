"""Numbers: whether a comma or a point stands before the decimals, decided over the whole file."""

from __future__ import annotations

from services.core.refusals import Refusal

_END = r"([eE][-+]?[0-9]{1,3})?$"
#: Thousands may be parted by the other sign, an apostrophe or a blank; parts of three, not led by 0.
_POINT = r"^[-+]?([0-9]+|[1-9][0-9]{0,2}([,’'' \x{a0}\x{202f}][0-9]{3})+)?(\.[0-9]+)?" + _END
_COMMA = r"^[-+]?([0-9]+|[1-9][0-9]{0,2}([.’'' \x{a0}\x{202f}][0-9]{3})+)?(,[0-9]+)?" + _END
PATTERNS = {".": _POINT, ",": _COMMA}


def fits_sql(text: str, decimal: str) -> str:
    """Give SQL that says whether a text is a number with this decimal sign."""
    return f"regexp_matches({text}, '{PATTERNS[decimal]}')"


def number_sql(text: str, decimal: str) -> str:
    """Give SQL that reads a number as DECIMAL(18,4); NULL where it is none or too large."""
    bare = f"regexp_replace({text}, '[^-+0-9.,eE]', '', 'g')"
    plain = f"replace({bare}, ',', '')" if decimal == "." else f"replace(replace({bare}, '.', ''), ',', '.')"
    # most numbers are plain ones, and a full match of a short pattern is half the work
    return (
        f"CASE WHEN regexp_matches({text}, '^-?[0-9]+$') THEN TRY_CAST({text} AS DECIMAL(18, 4)) "
        f"WHEN {fits_sql(text, decimal)} THEN TRY_CAST({plain} AS DECIMAL(18, 4)) END"
    )


def decide(points: int, commas: int, undecided: str | None) -> tuple[str, str | None]:
    """Decide the decimal sign.

    Parameters
    ----------
    points, commas : int
        Cells that are a number only with a point, only with a comma.
    undecided : str, optional
        A cell that is a different number with each, such as ``1,234``.

    Returns
    -------
    tuple of str and (str or None)
        The sign, and a warning where some cells do not fit it.

    Raises
    ------
    Refusal
        If nothing but ``undecided`` is there to decide.
    """
    if not points and not commas and undecided:
        raise Refusal(
            f"The number {undecided[:40]!r} can be read in two ways, and no other cell decides. "
            "Say which sign stands before the decimals with --decimal . or --decimal ,",
            "decimal",
            option="--decimal",
            choices=(".", ","),
        )
    sign = "," if commas > points else "."
    if points and commas:
        other = min(points, commas)
        return sign, f"{other:,} numbers use the other decimal sign; their rows were set aside as unreadable."
    return sign, None
