"""What the tab Data calls the things that a release names in short: rules, roles, forms, steps."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.parts.cards import Content

ROLES = {
    "customer": "Customer",
    "date": "Date",
    "invoice": "Invoice",
    "product": "Product code",
    "description": "Product description",
    "quantity": "Quantity",
    "price": "Unit price",
    "amount": "Amount",
    "discount": "Discount",
    "order_total": "Total of the order",
    "order_subtotal": "Subtotal of the order",
    "order_discount": "Discount of the order",
    "status": "Status of the order",
    "currency": "Currency",
    "time": "Time of day",
    "email": "E-mail",
    "country": "Country",
    "cancelled": "Cancelled",
    "opted_out": "Opted out of campaigns",
    "churned": "Churned",
    "recency": "Days since the last order",
    "frequency": "Number of orders",
    "monetary": "Spend",
}
FORMS = {
    "csv": "CSV",
    "csv.gz": "CSV, compressed with gzip",
    "zip": "CSV in a zip archive",
    "xlsx": "Excel workbook",
    "parquet": "Parquet",
    "several": "Files of several forms",
}
PLACES = {"xlsx": "Row of the sheet", "parquet": "Row of the file"}
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", " ": "space", "|": "vertical bar", ":": "colon"}
MONEY = {
    "amount": "the row’s amount",
    "quantity × price": "quantity × unit price",
    "quantity × price − discount": "quantity × unit price, less the discount",
}
DECIMALS = {".": "point", ",": "comma"}
DATE_ORDERS = {
    "dmy": ("day first", "3/4 is 3 April"),
    "mdy": ("month first", "3/4 is 4 March"),
    "ymd": ("year first", "as in 2011-04-03"),
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (Western European)",
    "iso-8859-1": "ISO 8859-1 (Western European)",
}
STEPS = {
    "read": "Read the file",
    "clean": "Clean the rows",
    "customers": "Add up each customer’s orders",
    "clusters": "Choose and fit the clusters",
    "snapshots": "Look back month by month",
    "churn": "Find who may not order again",
    "rules": "Find the basket rules",
    "recommendations": "Try out what to offer",
    "write": "Write the release",
}
LACKS = {
    "invoice": "No invoice numbers: what a customer bought at one moment counts as one order, and "
    "cancelled invoices cannot be recognised.",
    "quantity": "No quantities: pieces are not counted.",
    "price": "No unit prices: products are shown without a price.",
    "country": "No countries: nothing can be filtered or compared by country.",
    "time": "No time of day: there is no chart of when orders come.",
}
NO_PURCHASES = "A row is a customer, not a purchase: there are no orders, products or months to show."
NO_PRODUCTS = "No products: Baskets has no rules, and customers have no favourite products."
NO_CODES = "No product codes: products are told apart by their descriptions."
NO_DESCRIPTIONS = "No product descriptions: products are shown by their codes."


def lacking(lacks: Sequence[str]) -> list[str]:
    """Return a sentence for each thing the file lacks: what that switches off."""
    sentences = [LACKS[name] for name in lacks if name in LACKS]
    product, description = "product" in lacks, "description" in lacks
    if product and description:
        return [NO_PRODUCTS, *sentences]
    if product or description:
        return [NO_CODES if product else NO_DESCRIPTIONS, *sentences]
    return sentences


def size(count: int) -> str:
    """``7.5 MB``; a thousand bytes to the kilobyte, as file managers say."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            return f"{words.number(count / factor, 1)}\u00a0{unit}"
    return words.count(count, "byte")


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
