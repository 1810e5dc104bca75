"""The kept lines, made ready for counting: numbered orders, and codes that are no product told apart."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import narwhals as nw

from services.training.lines.cleaning import RETURNED
from services.training.lines.frames import distinct, to_pandas

_BLANK, _DIGIT = re.compile(r"[\t\n\f\r ]"), re.compile(r"[0-9]")

#: Days after which an order's number that comes back belongs to another order.
COMES_BACK = 60

#: Share of the numbers that come back from which on all of them may.
MOST_ARE_USED_ONCE = 0.1


@dataclass(frozen=True)
class Restarts:
    """Order numbers that come back for another customer, or after ``COMES_BACK`` days.

    Attributes
    ----------
    numbers : int
        How many do.
    of : int
        All different numbers.
    example : str or None
        One that does.
    """

    numbers: int
    of: int
    example: str | None

    @property
    def everywhere(self) -> bool:
        """Whether so many come back that none can be taken for one order."""
        return self.numbers >= MOST_ARE_USED_ONCE * self.of


def is_product(code: nw.Expr, coded: bool) -> nw.Expr:
    """Tell products from postage, fees, discounts and corrections.

    Parameters
    ----------
    code : Expr
        Product codes.
    coded : bool
        Whether the ledger's products have codes. Where they are names, each is a product.

    Returns
    -------
    Expr
        Boolean; null where the code is.
    """
    if not coded:
        return nw.when(~code.is_null()).then(nw.lit(True))
    small, (codes, begins) = code.str.to_lowercase(), _no_products()
    service = small.is_in(codes)
    for start in begins:
        service = service | small.str.starts_with(start)
    return ~service


def find_restarts(cleaned: nw.LazyFrame) -> Restarts:
    """Find the order numbers that stand for several orders among the purchases.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives.
    """
    numbers = _numbers(_purchases(cleaned))
    back = nw.col("comes_back")
    found = numbers.select(
        numbers=nw.when(back).then(1).otherwise(0).sum(),
        of=nw.len(),
        example=nw.when(back).then("invoice").min(),
    )
    row = found.collect("pandas").to_native().iloc[0]
    example = row["example"] if isinstance(row["example"], str) else None
    return Restarts(int(row["numbers"]) if row["of"] else 0, int(row["of"]), example)


def write_kept(cleaned: nw.LazyFrame, target: Path) -> None:
    """Write the kept lines to a Parquet file, to be compared with those of another reading.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives.
    target : Path
        ``customer``, ``day``, ``moment`` (text), ``invoice``, ``product`` (its description where the file has
        no codes) and ``price``.
    """
    kept = cleaned.filter(nw.col("rule").is_null()).select(
        customer=nw.col("customer_id"),
        day=nw.col("bought_at").cast(nw.Date),
        moment=nw.col("bought_at").cast(nw.String),
        invoice=nw.col("invoice"),
        product=nw.coalesce("product", "description"),
        price=nw.col("price"),
    )
    kept.sink_parquet(target)


def write_read(cleaned: nw.LazyFrame, target: Path) -> None:
    """Write every row to a Parquet file with its rule and what tells a sale from another in two exports.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives.
    target : Path
        The columns that ``services.training.reading.several.SAME`` names, and ``rule``.
    """
    told = ("customer_id", "invoice", "product", "description", "bought_at", "quantity", "price", "amount")
    cleaned.select(*told, "rule").sink_parquet(target)


def kept_lines(cleaned: nw.LazyFrame, restarts: Restarts | None = None) -> nw.LazyFrame:
    """Select the kept lines, number their orders and mark what is no product.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives. Materialise it first: it is read
        several times.
    restarts : Restarts, optional
        What ``find_restarts`` gives for the same lines; found when absent.

    Returns
    -------
    LazyFrame
        ``order`` (int), one number for each invoice of a customer, by customer and invoice;
        ``customer_id``, ``invoice``, ``product``, ``description``, ``country``, ``bought_at``,
        ``quantity``, ``price``, ``amount``; ``sold`` (bool) is false for codes that are no product.
        Everything else in this room reads this table: materialise it too.

    Notes
    -----
    An invoice whose number comes back is one order a day, called ``7 of 2011-12-09``. Products have codes
    where most of the kept lines' have neither blanks nor, without a digit, small letters.
    """
    found = find_restarts(cleaned) if restarts is None else restarts
    kept = in_orders(cleaned.filter(nw.col("rule").is_null()), cleaned, found)
    orders = distinct(kept, "customer_id", "invoice").with_row_index(
        "order", order_by=["customer_id", "invoice"]
    )
    return kept.join(orders, on=["customer_id", "invoice"]).select(
        "order",
        "customer_id",
        "invoice",
        "product",
        "description",
        "country",
        "bought_at",
        "quantity",
        "price",
        "amount",
        # A line that names no product code may still be a basket item by its description.
        sold=is_product(nw.col("product"), _are_codes(kept)).fill_null(True),
    )


def in_orders(purchases: nw.LazyFrame, cleaned: nw.LazyFrame, restarts: Restarts) -> nw.LazyFrame:
    """Name the order of purchases, kept or returned, under ``invoice``; see ``kept_lines``.

    Parameters
    ----------
    purchases : LazyFrame
        ``invoice`` and ``bought_at``, and any others.
    cleaned : LazyFrame
        All lines, which tell the numbers that come back.
    restarts : Restarts
        What ``find_restarts`` gives for them.
    """
    return with_invoice(_by_day(purchases, cleaned, restarts) if restarts.numbers else purchases)


def with_invoice(lines: nw.LazyFrame) -> nw.LazyFrame:
    """Name invoices that have no number by their moment, so that a customer's lines of one moment are one.

    Parameters
    ----------
    lines : LazyFrame
        ``invoice`` and ``bought_at``, and any others.

    Returns
    -------
    LazyFrame
        The same columns; ``invoice`` is never null (``2011-12-09 12:50:00`` where it was).
    """
    moment = nw.col("bought_at").dt.to_string("%Y-%m-%d %H:%M:%S")
    return lines.with_columns(invoice=nw.coalesce("invoice", moment))


def _purchases(cleaned: nw.LazyFrame) -> nw.LazyFrame:
    """Select what was bought, also what was returned since: that must not rename an order."""
    return cleaned.filter(nw.col("rule").is_null() | (nw.col("rule") == RETURNED))


def _numbers(bought: nw.LazyFrame) -> nw.LazyFrame:
    """Say of each order number whether it comes back."""
    day = nw.col("bought_at").dt.truncate("1d")
    return (
        bought.filter(~nw.col("invoice").is_null())
        .group_by("invoice")
        .agg(
            # two customers are told apart by the first and the last: cheaper than counting them
            one=nw.col("customer_id").min(),
            other=nw.col("customer_id").max(),
            first=day.min(),
            last=day.max(),
        )
        .with_columns(
            comes_back=(nw.col("one") != nw.col("other"))
            | (nw.col("last") > nw.col("first").dt.offset_by(f"{COMES_BACK}d"))
        )
    )


def _by_day(purchases: nw.LazyFrame, cleaned: nw.LazyFrame, restarts: Restarts) -> nw.LazyFrame:
    named = nw.concat_str(nw.col("invoice"), nw.lit(" of "), nw.col("bought_at").dt.to_string("%Y-%m-%d"))
    if restarts.everywhere:
        return purchases.with_columns(invoice=nw.when(~nw.col("invoice").is_null()).then(named))
    back = _numbers(_purchases(cleaned)).filter("comes_back").select("invoice", "comes_back")
    return (
        purchases.join(back, on="invoice", how="left")
        .with_columns(invoice=nw.when("comes_back").then(named).otherwise("invoice"))
        .drop("comes_back")
    )


def _are_codes(lines: nw.LazyFrame) -> bool:
    named = lines.filter(~nw.col("product").is_null())
    counted = to_pandas(named.group_by("product").agg(lines=nw.len()))
    codes = counted["product"].map(_is_code).to_numpy(bool)
    return bool(2 * counted["lines"][codes].sum() > counted["lines"].sum())


def _is_code(name: str) -> bool:
    """Tell a code: no blank in it, and a digit or no small letter."""
    # in Python, as engines disagree about classes of letters in their patterns
    if _BLANK.search(name):
        return False
    return bool(_DIGIT.search(name)) or not any(unicodedata.category(each) == "Ll" for each in name)


@cache
def _no_products() -> tuple[list[str], list[str]]:
    listed = tomllib.loads(files(__package__).joinpath("no_products.toml").read_text("utf-8"))
    return listed["codes"], listed["begins"]
