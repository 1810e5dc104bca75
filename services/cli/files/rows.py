"""``predict --file IN.csv --out OUT.csv``: many rows at once, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.core.refusals import Refusal
from services.serving.release.loaded import Loaded


def predict_file(release: Loaded, source: Path, target: Path) -> dict[str, Any]:
    """Write a file with its answers, whole or not at all.

    Parameters
    ----------
    release : Loaded
    source, target : Path
        A CSV of customers' values, and where the same rows with their answers go.

    Returns
    -------
    dict
        What ``predict --file --json`` prints: ``rows``, ``refused``, ``first`` (line and error of at most
        ten refused rows) and ``out``.

    Raises
    ------
    Refusal
        If the file cannot be used, or the answers cannot be written.
    """
    from services.serving.predictions.rows_answers import answer_rows

    if target.exists() and source.exists() and target.samefile(source):
        raise Refusal("--out is the same file as --file. Name another one.", "out")
    try:
        file = source.open("rb")
    except OSError as error:
        raise Refusal(f"“{source}” cannot be read: {error.strerror}.", "file") from None
    with file:
        answered = answer_rows(release, file)
        partial = target.with_name(target.name + ".partial")
        try:
            with partial.open("w", encoding="utf-8", newline="") as written:
                written.writelines(answered.text())
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise Refusal(f"“{target}” cannot be written: {error.strerror}.", "out") from None
    return {
        "rows": answered.rows,
        "refused": len(answered.refused),
        "first": answered.first,
        "out": str(target),
    }


def told(receipt: dict[str, Any]) -> str:
    """Say what became of a file's rows, for a person."""
    rows = "1 row" if receipt["rows"] == 1 else f"{receipt['rows']:,} rows"
    lines = [f"{rows}, {receipt['refused']:,} without an answer: {receipt['out']}"]
    lines += [f"line {each['line']:,}: {each['error']}" for each in receipt["first"]]
    if receipt["refused"] > len(receipt["first"]):
        lines.append("The last column of the file explains the rest.")
    return "\n".join(lines)
