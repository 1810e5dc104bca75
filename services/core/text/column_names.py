"""What a header may call the three values: the one list for training on tables and for predicting rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.core.vocabulary import Axis

#: Most telling first, as :func:`plain` spells them.
AXIS_NAMES: Mapping[Axis, tuple[str, ...]] = {
    "recency": (
        "recency", "recencydays", "daysincelastorder", "dayssincelastorder", "daysincelastpurchase",
        "dayssincelastpurchase", "dayslastorder",
        "tageseitletzterbestellung", "tageseitderletztenbestellung", "tageseitletztemkauf", "rezenz",
        "joursdepuisladernièrecommande", "joursdepuisladernierecommande", "joursdepuisdernièrecommande",
        "joursdepuisdernierecommande", "récence", "díasdesdeelúltimopedido", "diasdesdeelultimopedido",
        "recencia",
        "giornidallultimoordine", "recenza", "dagensindslaatstebestelling",
        "dagensindsdelaatstebestelling",
        "dniodostatniegozamówienia", "diasdesdeoúltimopedido", "diasdesdeoultimopedido", "recência",
    ),
    "frequency": (
        "frequency", "ordercount", "orderscount", "numberoforders", "orders", "purchasecount",
        "purchases",
        "invoices", "transactions",
        "anzahlbestellungen", "bestellungen", "anzahlkäufe", "käufe", "anzahlaufträge", "frequenz",
        "häufigkeit",
        "nombredecommandes", "nbcommandes", "commandes", "fréquence", "númerodepedidos",
        "numerodepedidos", "pedidos",
        "frecuencia", "numeroordini", "numerodiordini", "ordini", "frequenza", "aantalbestellingen",
        "bestellingen",
        "frequentie", "liczbazamówień", "zamówienia", "częstotliwość", "frequência",
    ),
    "monetary": (
        "monetary", "monetaryvalue", "totalspend", "totalspent", "spend", "spent", "revenue", "turnover",
        "totalamount", "amount", "cashbackamount", "cashback",
        "umsatz", "gesamtumsatz", "gesamtausgaben", "chiffredaffaires", "montanttotal", "dépensestotales",
        "gastototal",
        "importetotal", "ventas", "spesatotale", "fatturato", "omzet", "totaleomzet", "obrót", "wydatki",
        "kwota",
        "faturamento", "valortotal",
    ),
}  # fmt: skip


def plain(name: str) -> str:
    """Reduce a header to its letters and digits, in lower case.

    Examples
    --------
    >>> plain("Days since last order"), plain("Order_Count")
    ('dayssincelastorder', 'ordercount')
    """
    return re.sub(r"[\W_]+", "", name.casefold())
