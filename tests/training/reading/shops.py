"""Random small shops: a ledger of known money and customers, written in one of the forms shops export."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import duckdb
import xlsxwriter

#: Headers by language, in the order of ``Line``'s fields; the last two columns are not always written.
HEADERS = {
    "English": (
        "Invoice", "CustomerID", "InvoiceDate", "StockCode", "Quantity", "UnitPrice", "Amount", "Status",
    ),
    "a till": (
        "order_id", "customer_id", "order_date", "sku", "qty", "unit_price", "line_total", "order_status",
    ),
    "German": (
        "Bestellnummer", "Kundennummer", "Bestelldatum", "Artikelnummer", "Menge", "Einzelpreis", "Betrag",
        "Status",
    ),
    "French": ("Commande", "Client", "Date", "Référence", "Quantité", "Prix unitaire", "Montant", "Statut"),
    "Spanish": ("Pedido", "Cliente", "Fecha", "Código", "Cantidad", "Precio unitario", "Importe", "Estado"),
}  # fmt: skip
DATES = (
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y",
    "%d.%m.%Y %H:%M",
    "%Y-%m-%dT%H:%M:%SZ",
    "%d %b %Y",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
GUESTS = ("", "guest", "NULL")
SALES, NO_SALES = ("Paid", "Completed"), ("Cancelled", "Failed")


@dataclass(frozen=True)
class Line:
    """A line of the ledger; ``customer`` is blank for a guest."""

    invoice: str
    customer: str
    moment: datetime
    product: str
    quantity: int
    price: Decimal
    status: str

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.price

    @property
    def counts(self) -> bool:
        return bool(self.customer) and self.quantity > 0 and self.status not in NO_SALES


@dataclass(frozen=True)
class Shop:
    """A shop's lines and the file that holds them; ``form`` says how it is written."""

    lines: list[Line]
    path: Path
    form: dict[str, object]

    @property
    def money(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal())

    @property
    def kept(self) -> Decimal:
        return sum((line.amount for line in self.lines if line.counts), Decimal())

    @property
    def customers(self) -> int:
        return len({line.customer for line in self.lines if line.counts})


def write_shop(seed: int, folder: Path) -> Shop:
    """Write the shop of a number, always the same one."""
    random = Random(seed)
    statuses = random.random() < 0.4
    lines = _lines(random, statuses)
    form = {
        "kind": random.choice(("csv", "csv", "csv", "xlsx", "parquet")),
        "header": random.choice(list(HEADERS)),
        "amount": random.random() < 0.5,
        "statuses": statuses,
        "guest": random.choice(GUESTS),
        "date": random.choice(DATES),
        "encoding": random.choice(ENCODINGS),
        "separator": random.choice(",;\t|"),
        "ends": random.choice(("\n", "\r\n")),
        "quoting": random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        "decimal": random.choice(".,"),
        "thousands": random.choice(("", "", "sign", " ")),
        "currency": random.choice(("", "", "£ ", " €")),
    }
    columns = [0, 1, 2, 3, 4, 5] + [6] * form["amount"] + [7] * statuses
    random.shuffle(columns)
    names = [HEADERS[form["header"]][place] for place in columns]
    path = folder / f"shop.{form['kind']}"
    if form["kind"] == "csv":
        rows = [[_text(line, form)[place] for place in columns] for line in lines]
        path.write_bytes(_csv([names, *rows], form))
    else:
        cells = [[_cells(line, form)[place] for place in columns] for line in lines]
        (_workbook if form["kind"] == "xlsx" else _parquet)(path, names, cells)
    return Shop(lines, path, form)


def _lines(random: Random, statuses: bool) -> list[Line]:
    customers = [str(random.randrange(10_000, 99_999)) for _ in range(random.randint(3, 9))]
    start, lines = datetime(2023, 1, 13, 9, 30), []
    for number in range(random.randint(8, 25)):
        customer = random.choice(customers) if random.random() > 0.1 else ""
        status = random.choice(NO_SALES if random.random() < 0.15 else SALES) if statuses else ""
        moment = start + timedelta(days=random.randint(0, 300), minutes=random.randint(0, 600))
        for product in random.sample(range(9), random.randint(1, 4)):
            price = Decimal(random.randint(50, 250_000)) / 100
            quantity = -random.randint(1, 3) if random.random() < 0.07 else random.randint(1, 12)
            lines.append(
                Line(str(50_000 + number), customer, moment, f"P{product:03}", quantity, price, status)
            )
    return lines


def _cells(line: Line, form: dict[str, object]) -> list[object]:
    return [
        line.invoice,
        line.customer or form["guest"],
        line.moment,
        line.product,
        line.quantity,
        float(line.price),
        float(line.amount),
        line.status,
    ]


def _text(line: Line, form: dict[str, object]) -> list[str]:
    cells = _cells(line, form)
    cells[2] = line.moment.strftime(str(form["date"]))
    cells[5], cells[6] = _money(line.price, form), _money(line.amount, form)
    return list(map(str, cells))


def _money(amount: Decimal, form: dict[str, object]) -> str:
    decimal = str(form["decimal"])
    between = {"sign": "," if decimal == "." else "."}.get(str(form["thousands"]), str(form["thousands"]))
    number = f"{amount:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", between)
    sign = str(form["currency"])
    return f"{sign}{number}" if sign.endswith(" ") else f"{number}{sign}"


def _csv(rows: list[list[str]], form: dict[str, object]) -> bytes:
    text = io.StringIO()
    csv.writer(
        text, delimiter=str(form["separator"]), lineterminator=str(form["ends"]), quoting=form["quoting"]
    ).writerows(rows)
    return text.getvalue().encode(str(form["encoding"]))


def _workbook(path: Path, names: list[str], rows: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([names, *rows]):
            sheet.write_row(number, 0, row)


def _parquet(path: Path, names: list[str], rows: list[list[object]]) -> None:
    kinds = {str: "VARCHAR", datetime: "TIMESTAMP", int: "BIGINT", float: "DOUBLE"}
    declared = ", ".join(f'"{name}" {kinds[type(cell)]}' for name, cell in zip(names, rows[0], strict=True))
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE shop ({declared})")
        engine.executemany(f"INSERT INTO shop VALUES ({', '.join('?' * len(names))})", rows)
        engine.execute(f"COPY shop TO '{path}' (FORMAT parquet)")
