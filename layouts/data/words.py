"""What the tab Data calls the things that a release names in short: rules, roles, forms, steps."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.parts.cards import Content
from services.core.language.messages import _, later, plural

ROLES = {
    "customer": later("Customer"),
    "date": later("Date"),
    "invoice": later("Invoice"),
    "product": later("Product code"),
    "description": later("Product description"),
    "quantity": later("Quantity"),
    "price": later("Unit price"),
    "amount": later("Amount"),
    "discount": later("Discount"),
    "order_total": later("Total of the order"),
    "order_subtotal": later("Subtotal of the order"),
    "order_discount": later("Discount of the order"),
    "status": later("Status of the order"),
    "currency": later("Currency"),
    "time": later("Time of day"),
    "email": later("E-mail"),
    "country": later("Country"),
    "cancelled": later("Cancelled"),
    "opted_out": later("Opted out of campaigns"),
    "churned": later("Churned"),
    "recency": later("Days since the last order"),
    "frequency": later("Number of orders"),
    "monetary": later("Spend"),
}
FORMS = {
    "csv": later("CSV"),
    "csv.gz": later("CSV, compressed with gzip"),
    "zip": later("CSV in a zip archive"),
    "xlsx": later("Excel workbook"),
    "parquet": later("Parquet"),
    "several": later("Files of several forms"),
}
PLACES = {"xlsx": later("Row of the sheet"), "parquet": later("Row of the file")}
SEPARATORS = {
    ",": later("comma"),
    ";": later("semicolon"),
    "\t": later("tab"),
    " ": later("space"),
    "|": later("vertical bar"),
    ":": later("colon"),
}
MONEY = {
    "amount": later("the row’s amount"),
    "quantity × price": later("quantity × unit price"),
    "quantity × price − discount": later("quantity × unit price, less the discount"),
}
DECIMALS = {".": later("point"), ",": later("comma")}
DATE_ORDERS = {
    "dmy": (later("day first"), later("3/4 is 3 April")),
    "mdy": (later("month first"), later("3/4 is 4 March")),
    "ymd": (later("year first"), later("as in 2011-04-03")),
}
ENCODINGS = {
    "utf-8": later("UTF-8"),
    "utf-8-sig": later("UTF-8"),
    "utf-16": later("UTF-16"),
    "cp1252": later("Windows-1252 (Western European)"),
    "iso-8859-1": later("ISO 8859-1 (Western European)"),
}
STEPS = {
    "read": later("Read the file"),
    "clean": later("Clean the rows"),
    "customers": later("Add up each customer’s orders"),
    "clusters": later("Choose and fit the clusters"),
    "snapshots": later("Look back month by month"),
    "churn": later("Find who may not order again"),
    "rules": later("Find the basket rules"),
    "recommendations": later("Try out what to offer"),
    "write": later("Write the release"),
}
LACKS = {
    "invoice": later(
        "No invoice numbers: what a customer bought at one moment counts as one order, and cancelled "
        "invoices cannot be recognised."
    ),
    "quantity": later("No quantities: pieces are not counted."),
    "price": later("No unit prices: products are shown without a price."),
    "country": later("No countries: nothing can be filtered or compared by country."),
    "time": later("No time of day: there is no chart of when orders come."),
}
NO_PURCHASES = later("A row is a customer, not a purchase: there are no orders, products or months to show.")
NO_PRODUCTS = later("No products: Baskets has no rules, and customers have no favourite products.")
NO_CODES = later("No product codes: products are told apart by their descriptions.")
NO_DESCRIPTIONS = later("No product descriptions: products are shown by their codes.")
DAYS = (
    later("Monday"),
    later("Tuesday"),
    later("Wednesday"),
    later("Thursday"),
    later("Friday"),
    later("Saturday"),
    later("Sunday"),
)
DAYS_SHORT = (
    later("Mon"),
    later("Tue"),
    later("Wed"),
    later("Thu"),
    later("Fri"),
    later("Sat"),
    later("Sun"),
)


def lacking(lacks: Sequence[str]) -> list[str]:
    """Return a sentence for each thing the file lacks: what that switches off."""
    sentences = [LACKS[name]() for name in lacks if name in LACKS]
    product, description = "product" in lacks, "description" in lacks
    if product and description:
        return [NO_PRODUCTS(), *sentences]
    if product or description:
        return [NO_CODES() if product else NO_DESCRIPTIONS(), *sentences]
    return sentences


def size(count: int) -> str:
    """``7.5 MB``; a thousand bytes to the kilobyte, as file managers say."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            return f"{words.number(count / factor, 1)}\u00a0{unit}"
    return plural("{n} byte", "{n} bytes", count, n=words.number(count))


def row_count(count: int) -> str:
    """``1 row``, ``4,339 rows``."""
    return plural("{n} row", "{n} rows", count, n=words.number(count))


def order_count(count: int) -> str:
    """``1 order``, ``1,494 orders``."""
    return plural("{n} order", "{n} orders", count, n=words.number(count))


def ago(days: int) -> str:
    """``2 days ago``, ``today``; days ahead are below 0."""
    if days == 0:
        return _("today")
    if days > 0:
        return _("{days} ago", days=words.days(days))
    return _("{days} ahead", days=words.days(-days))


def as_written(name: str) -> html.Bdi:
    """Show a name from outside: signs that steer or hide text are made visible, its direction kept apart."""
    shown = "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign)[0] == "C" else sign for sign in name
    )
    return html.Bdi(shown, className="sd-data-name")


def facts(pairs: Sequence[tuple[Component | str, Content]]) -> html.Dl:
    """Line up names and what is known of each."""
    return html.Dl(
        [part for name, value in pairs for part in (html.Dt(name), html.Dd(value))], className="sd-data-facts"
    )


def sentences(lines: Sequence[Component | str]) -> html.Ul:
    """List sentences one below the other."""
    return html.Ul([html.Li(line) for line in lines], className="sd-data-list")
