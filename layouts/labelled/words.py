"""Sentences of the page on churn learned from a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from layouts import words
from services.core.labelled.sentences import sentence_of, value_of
from services.core.language.again import again
from services.core.language.messages import _, later, plural

NONE = later("No model yet")
HOW = later(
    "Whoever runs the site makes one from a table with one row per customer and a column that says who "
    "churned: {command}."
)
COMMAND = "python -m services train-churn TABLE --target COLUMN"

_PURPOSE = {
    "f1": later("The probability from which a customer counts as likely to churn is chosen for the best F1."),
    "recall": later(
        "The probability from which a customer counts as likely to churn is chosen to find {recall} of "
        "those who churn, with as few others as possible."
    ),
    "profit": later(
        "The probability from which a customer counts as likely to churn is chosen to earn the most: "
        "{value} for reaching one who would churn, less {cost} for each customer reached."
    ),
}
_HOLDS = {
    None: later(
        "The model may hold values of single rows, and no IDs: the command forget cannot find a customer "
        "in it."
    ),
    True: later(
        "The model holds values of single rows, and no IDs: the command forget cannot find a customer in it."
    ),
    False: later(
        "The model holds no values of single rows, and no IDs: the command forget cannot find a customer "
        "in it."
    ),
}


def value(stored: str, kind: str) -> str:
    """Say a value of a column as its rates have it; ``kind`` is the column's."""
    return value_of(stored, kind, _written)


def of_found(column: Mapping[str, Any]) -> str:
    """Say how a column goes with churning."""
    return sentence_of(column, _written)


def _written(figures: str) -> str:
    """Write a number that stands in English figures, such as ``12,500.5``; others stay as they are."""
    if not re.fullmatch(r"-?[\d,]+(\.\d+)?", figures):
        return figures
    plain = figures.replace(",", "")
    return words.number(float(plain), len(plain.partition(".")[2]))


def sub(report: Mapping[str, Any]) -> str:
    """Say what the model was learned from."""
    return plural(
        "Learned from {file}: {n} customer, of whom {share} churned.",
        "Learned from {file}: {n} customers, of whom {share} churned.",
        report["kept"],
        n=words.number(report["kept"]),
        file=report["file"],
        share=words.share(report["target_rate"], 1),
    )


def in_use(report: Mapping[str, Any]) -> str:
    """Say which kind of model is in use, and how good it was."""
    served = next(each for each in report["candidates"] if each["id"] == report["served"])
    return _(
        "{model} is in use: F1 of {f1} on customers that it had not seen.",
        model=again(served["name"]),
        f1=words.number(served["grouped"]["f1"], 3),
    )


def how(report: Mapping[str, Any]) -> str:
    """Say how the figures came about."""
    objective = report["objective"]
    values = {name: words.number(objective[name], 2) for name in ("value", "cost") if name in objective}
    recall = words.share(objective.get("recall"), 0) if "recall" in objective else ""
    said = (
        plural(
            "Means over {n} part of the table, each predicted by a model that had not seen it.",
            "Means over {n} parts of the table, each predicted by a model that had not seen it.",
            report["folds"],
            n=words.number(report["folds"]),
        ),
        plural(
            "{n} row copies another one; the main figures keep copies on one side.",
            "{n} rows copy another one; the main figures keep copies on one side.",
            report["copies"],
            n=words.number(report["copies"]),
        ),
        _("The best kind of model is in use, so its figures flatter it a little."),
        _PURPOSE[objective["name"]](recall=recall, **values),
    )
    return " ".join(said)


def kept(report: Mapping[str, Any]) -> str:
    """Say what the model holds of customers, and how somebody is taken out of it."""
    holds = _HOLDS[report.get("keeps_rows")]()  # not known of models made before
    if report["id"]:
        again = _(
            "To take somebody out, make the model again; train-churn leaves out erased customers by the IDs "
            "of the table."
        )
    else:
        again = _(
            "To take somebody out, make the model again; the table had no column of IDs, so take the row "
            "out of it by hand."
        )
    return f" {holds} {again}"


def found(significant: int, of: int) -> str:
    """Say how many columns go with churning."""
    return plural(
        "{n} column of {all} differs between those who churned and those who stayed by more than chance.",
        "{n} columns of {all} differ between those who churned and those who stayed by more than chance.",
        significant,
        n=words.number(significant),
        all=words.number(of),
    )


def of_column(column: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """Say how the pictures of a column are to be read."""
    whole = words.share(report["target_rate"], 1)
    said = [_("The dotted line is the share of the whole table, {share}.", share=whole)]
    if any(each.get("high") is not None for each in column["rates"]):
        said.append(
            _(
                "The lines at the points are 95 % intervals; values with fewer than 10 customers are "
                "grouped, and no share is given for fewer than 5."
            )
        )
    else:
        said.append(
            _("The intervals come with the next train-churn: this model was made before they were kept.")
        )
    found = column["histogram"]
    if found and column.get("by") != "value" and (beyond := found.get("below", 0) + found.get("above", 0)):
        said.append(
            plural(
                "{n} customer lies beyond the ends of the axis and is counted there.",
                "{n} customers lie beyond the ends of the axis and are counted there.",
                beyond,
                n=words.number(beyond),
            )
        )
    if copies := report["copies"]:
        said.append(
            plural(
                "{n} row that copies another one counts, too, so the intervals are a little too narrow.",
                "{n} rows that copy another one count, too, so the intervals are a little too narrow.",
                copies,
                n=words.number(copies),
            )
        )
    return " ".join(said)


def answer(chance: float, threshold: float, *, likely: bool) -> str:
    """Say how likely a customer is to churn."""
    places = {"chance": words.share(chance, 1), "line": words.share(threshold, 1)}
    if likely:
        return _("{chance}: likely to churn. The line is drawn at {line}.", **places)
    return _("{chance}: not likely to churn. The line is drawn at {line}.", **places)


def beyond(columns: list[str]) -> str:
    """Say which values lie outside what the model has seen."""
    return plural(
        "{columns} has a value that the model has not seen, so the answer is a guess there.",
        "{columns} have values that the model has not seen, so the answer is a guess there.",
        len(columns),
        columns=words.listing(columns),
    )


def empty(columns: list[str]) -> str:
    """Say which values are lacking that every customer of the table had."""
    if len(columns) > 3:
        return plural(
            "{n} field is empty that was always filled in the table, so the answer is a guess.",
            "{n} fields are empty that were always filled in the table, so the answer is a guess.",
            len(columns),
            n=words.number(len(columns)),
        )
    return plural(
        "{columns} is empty but was always filled in the table, so the answer is a guess.",
        "{columns} are empty but were always filled in the table, so the answer is a guess.",
        len(columns),
        columns=words.listing(columns),
    )
