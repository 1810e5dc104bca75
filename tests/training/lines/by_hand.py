"""Returns taken off a shop's lines with a stack, in plain pandas: what the engine's figures are held to."""

import numpy as np
import pandas as pd

PAIR = ["CustomerID", "StockCode"]


def real_lines(path):
    """The lines of Online Retail that name a customer, each once; money in whole pence thousandths."""
    lines = pd.read_csv(
        path, dtype={"CustomerID": str, "InvoiceNo": str, "StockCode": str}, encoding="cp1252"
    )
    lines = lines.dropna(subset=["CustomerID"]).drop_duplicates()
    lines["moment"] = pd.to_datetime(lines["InvoiceDate"], format="%m/%d/%Y %H:%M")
    lines["back"] = lines["InvoiceNo"].str.startswith("C")
    lines["units"] = lines["Quantity"].abs()
    lines["pence"] = (lines["UnitPrice"] * 1_000).round().astype(np.int64)
    return lines


def left_by_hand(lines):
    """What is left of each line: of a purchase in hand, of a return what it matched nothing with."""
    ordered = lines.sort_values([*PAIR, "moment", "back", "pence", "units", "InvoiceNo"])
    left = ordered["units"].to_numpy().copy()
    pair = ordered.groupby(PAIR).ngroup().to_numpy()
    stack, before = [], -1
    for place, back in enumerate(ordered["back"].to_numpy()):
        if pair[place] != before:
            stack, before = [], pair[place]
        if not back:
            stack.append(place)
        while back and stack and left[place]:
            taken = min(left[place], left[stack[-1]])
            left[place] -= taken
            left[stack[-1]] -= taken
            if not left[stack[-1]]:
                stack.pop()
    return pd.Series(left, index=ordered.index)


def rfm_by_hand(lines, moment):
    """Recency, frequency and monetary of everybody who has something left of what came before a moment."""
    seen = lines[lines["moment"] < moment]
    kept = seen.assign(left=left_by_hand(seen))
    kept = kept[~kept["back"] & (kept["left"] > 0)]
    found = kept.assign(money=kept["left"] * kept["pence"]).groupby("CustomerID").agg(
        last=("moment", "max"), frequency=("InvoiceNo", "nunique"), monetary=("money", "sum")
    )  # fmt: skip
    recency = (moment - found["last"]).dt.days
    return pd.DataFrame(
        {"recency": recency, "frequency": found["frequency"], "monetary": found["monetary"] / 1_000}
    )


def segments_by_hand(rfm, grid):
    """The segment of each customer: fifths of the values, ties together, halves rounded up."""
    score = {}
    for axis in ("recency", "frequency", "monetary"):
        edges = np.quantile(rfm[axis], [0.2, 0.4, 0.6, 0.8])
        place = np.searchsorted(edges, rfm[axis])
        score[axis] = 5 - place if axis == "recency" else place + 1
    buying = (score["frequency"] + score["monetary"] + 1) // 2
    names = [grid[row - 1][column - 1] for row, column in zip(score["recency"], buying, strict=True)]
    return pd.Series(names, index=rfm.index)
