"""A month of an invented shop: sales, and one of each fault that exports have, counted by hand."""

from __future__ import annotations

HEADER = "Order;Customer;Date;Product;Description;Quantity;Price;Status"
_PRODUCTS = (
    ("MUG", "Blue mug", "4,50"),
    ("JUG", "Water jug", "12,00"),
    ("TRAY", "Oak tray", "20,00"),
    ("BOWL", "Soup bowl", "6,25"),
)
_LINES = 240


def _sale(line: int) -> str:
    """Return a line of an order with two; every day is one of the first twelve of its month."""
    code, name, price = _PRODUCTS[line % 4]
    order = line // 2
    day, month = 1 + order % 12, 1 + order // 20
    customer = f"K{(order * 7) % 30:02}"
    when = f"{day:02}/{month:02}/2024 10:{line % 60:02}"
    return f"{1000 + order};{customer};{when};{code};{name};{1 + line % 3};{price};paid"


SALES = [_sale(line) for line in range(_LINES)]
#: What is wrong, the rule that takes the row (None: it is used), the row. A blank line is no row.
FAULTS: list[tuple[str, str | None, str]] = [
    ("cancelled order", "Cancellation", "C2000;K01;05/06/2024 11:00;VASE;Vase;-1;9,00;paid"),
    ("another cancelled order", "Cancellation", "C2001;K02;05/06/2024 11:01;VASE;Vase;-1;9,00;paid"),
    ("returned line", "No quantity", "2002;K03;05/06/2024 11:02;VASE;Vase;-2;9,00;paid"),
    ("line exported twice", "Exact duplicate", SALES[0]),
    ("missing customer", "No customer", "2003;;05/06/2024 11:03;MUG;Blue mug;1;4,50;paid"),
    ("guest", "No customer", "2004;guest;05/06/2024 11:04;MUG;Blue mug;1;4,50;paid"),
    ("date that is none", "Cannot be read", "2005;K04;soon;MUG;Blue mug;1;4,50;paid"),
    ("quantity that is none", "Cannot be read", "2006;K05;05/06/2024 11:05;MUG;Blue mug;few;4,50;paid"),
    ("one cell too many", "Cannot be read", "2007;K06;05/06/2024 11:06;MUG;Blue mug;1;4,50;paid;twice"),
    ("too few cells", "Cannot be read", "2008;K07;05/06/2024 11:07"),
    ("free line", None, "2009;K08;05/06/2024 11:08;MUG;Blue mug;1;0,00;paid"),
    ("money given back", "Refund", "2010;K09;05/06/2024 11:09;MUG;Blue mug;1;-4,50;paid"),
    ("cancelled status", "Not a sale (order status)", "2011;K10;05/06/2024 11:10;MUG;Mug;1;4,50;cancelled"),
    ("refunded status", "Not a sale (order status)", "2012;K11;05/06/2024 11:11;MUG;Mug;1;4,50;refunded"),
    ("date in the future", "In the future", "2013;K12;05/06/2099 11:12;MUG;Blue mug;1;4,50;paid"),
    ("fee without a product", None, "2014;K13;05/06/2024 11:13;;Postage;1;3,00;paid"),
    ("total below the rows", "Cannot be read", "Total;;;;;243;2.000,00;"),
]  # fmt: skip
#: Each rule and how many rows it takes.
LEFT_OUT = {
    "Cannot be read": 5,
    "No customer": 2,
    "In the future": 1,
    "Not a sale (order status)": 2,
    "Exact duplicate": 1,
    "Cancellation": 2,
    "Refund": 1,
    "No quantity": 1,
}
ROWS, USED, GONE = 257, 242, 15
#: With a byte order mark, line ends of Windows, a blank line, and dates that can be read in two ways.
CONTENT = ("\ufeff" + "\r\n".join([HEADER, *SALES, "", *(row for *_, row in FAULTS)]) + "\r\n").encode()
