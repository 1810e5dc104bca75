"""Sentences of the page on churn learned from a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layouts import words

NONE = "No model yet"
HOW = (
    "Whoever runs the site makes one from a table with one row per customer and a column that says who "
    "churned: "
)
COMMAND = "python -m services train-churn TABLE --target COLUMN"

_PURPOSE = {
    "f1": "The probability from which a customer counts as likely to churn is chosen for the best F1.",
    "recall": "The probability from which a customer counts as likely to churn is chosen to find {recall} of "
    "those who churn, with as few others as possible.",
    "profit": "The probability from which a customer counts as likely to churn is chosen to earn the most: "
    "{value} for reaching one who would churn, less {cost} for each customer reached.",
}


def sub(report: Mapping[str, Any]) -> str:
    """Say what the model was learned from."""
    return (
        f"Learned from {report['file']}: {words.count(report['kept'], 'customer')}, of whom "
        f"{words.share(report['target_rate'], 1)} churned."
    )


def in_use(report: Mapping[str, Any]) -> str:
    """Say which kind of model is in use, and how good it was."""
    served = next(each for each in report["candidates"] if each["id"] == report["served"])
    return (
        f"{served['name']} is in use: F1 of {words.number(served['grouped']['f1'], 3)} on customers that it "
        "had not seen."
    )


def how(report: Mapping[str, Any]) -> str:
    """Say how the figures came about."""
    copies = words.count(report["copies"], "row copies another one", "rows copy another one")
    objective = report["objective"]
    values = {name: words.number(objective[name], 2) for name in ("value", "cost") if name in objective}
    recall = words.share(objective.get("recall"), 0) if "recall" in objective else ""
    return (
        f"Means over {report['folds']} parts of the table, each predicted by a model that had not seen it. "
        f"{copies}; the main figures keep copies on one side. The best kind of model is in use, so its "
        "figures flatter it a little. " + _PURPOSE[objective["name"]].format(recall=recall, **values)
    )


def kept(report: Mapping[str, Any]) -> str:
    """Say what the model holds of customers, and how somebody is taken out of it."""
    keeps = report.get("keeps_rows")  # not known of models made before
    holds = "may hold" if keeps is None else "holds" if keeps else "holds no"
    again = (
        "train-churn leaves out erased customers by the IDs of the table"
        if report["id"]
        else "the table had no column of IDs, so take the row out of it by hand"
    )
    return (
        f" The model {holds} values of single rows, and no IDs: the command forget cannot find a "
        f"customer in it. To take somebody out, make the model again; {again}."
    )


def found(significant: int, of: int) -> str:
    """Say how many columns go with churning."""
    differ = "differs" if significant == 1 else "differ"
    return (
        f"{words.count(significant, 'column')} of {words.number(of)} {differ} between those who churned and "
        "those who stayed by more than chance."
    )


def of_column(column: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """Say how the pictures of a column are to be read."""
    said = [f"The dotted line is the share of the whole table, {words.share(report['target_rate'], 1)}."]
    if any(each.get("high") is not None for each in column["rates"]):
        said.append(
            "The lines at the points are 95 % intervals; values with fewer than 10 customers are grouped, "
            "and no share is given for fewer than 5."
        )
    else:
        said.append(
            "The intervals come with the next train-churn: this model was made before they were kept."
        )
    found = column["histogram"]
    if found and column.get("by") != "value" and (beyond := found.get("below", 0) + found.get("above", 0)):
        counted = words.count(beyond, "customer")
        lie = "lies" if beyond == 1 else "lie"
        said.append(
            f"{counted} {lie} beyond the ends of the axis and {'is' if beyond == 1 else 'are'} counted there."
        )
    if copies := report["copies"]:
        count = words.count(copies, "row that copies another one counts", "rows that copy another one count")
        said.append(f"{count}, too, so the intervals are a little too narrow.")
    return " ".join(said)


def answer(chance: float, threshold: float, *, likely: bool) -> str:
    """Say how likely a customer is to churn."""
    side = "likely" if likely else "not likely"
    return f"{words.share(chance, 1)}: {side} to churn. The line is drawn at {words.share(threshold, 1)}."


def beyond(columns: list[str]) -> str:
    """Say which values lie outside what the model has seen."""
    have = "has a value" if len(columns) == 1 else "have values"
    return f"{words.listing(columns)} {have} that the model has not seen, so the answer is a guess there."


def empty(columns: list[str]) -> str:
    """Say which values are lacking that every customer of the table had."""
    if len(columns) > 3:
        return (
            f"{words.count(len(columns), 'field')} are empty that were always filled in the table, so the "
            "answer is a guess."
        )
    are = "is empty but was" if len(columns) == 1 else "are empty but were"
    return f"{words.listing(columns)} {are} always filled in the table, so the answer is a guess."
