"""Headers in many languages and spellings, and what is none of a role's names."""

import pytest

from services.core.refusals import Refusal
from services.training.reading.columns.headers import TRANSACTIONS, match, roles_in

LEDGERS = {
    "customer": "customer_no Kundennummer Numéro_client Código_cliente Codice_cliente Klantnummer "
    "Numer_klienta "
    "Номер_клиента 고객ID 顧客番号 客户编号",
    "date": "trans_date Bestelldatum Date_de_commande Fecha_de_compra Data_ordine Besteldatum "
    "Data_zamówienia "
    "Дата_заказа 주문일자 注文日 订单日期",
    "amount": "tran_amount Betrag_(EUR) Montant_TTC Importe_total Importo Bedrag_EUR Kwota Сумма "
    "결제금액 金額 金额",
}


@pytest.mark.parametrize("language", range(11))
def test_the_needed_columns_are_found_in_eleven_languages(language):
    header = {role: names.split()[language].replace("_", " ") for role, names in LEDGERS.items()}
    assert match([*header.values(), "zzz"], {}, TRANSACTIONS).roles == {
        role: place for place, role in enumerate(header)
    }


FILLING = {"client": "customer", "when": "date", "spend": "amount"}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("trans_date", "date"),
        ("tranDate", "date"),
        ("t_dat", "date"),
        ("ordered on", "date"),
        ("TransNo", "invoice"),
        ("NetAmt", "amount"),
        ("tot_amt", "amount"),
        ("tran_amount", "amount"),
        ("Order Name", "invoice"),
        ("Lineitem sku", "product"),
        ("Lineitem quantity", "quantity"),
        ("Stückpreis (EUR)", "price"),
        ("Bestell-Nr.", "invoice"),
        ("N° commande", "invoice"),
        ("Total (incl. VAT)", "amount"),
        ("Menge", "quantity"),
        ("단가", "price"),
        ("Number of the customer (new)", "customer"),
    ],
)
def test_words_of_a_name_are_matched_and_not_its_spelling(name, role):
    others = [other for other, taken in FILLING.items() if taken != role]
    found = match([name, *others], {}, TRANSACTIONS)
    assert [each for each, place in found.roles.items() if place == 0] == [role]


@pytest.mark.parametrize(
    "name",
    [
        "Discount %",
        "Ship date",
        "Customer group",
        "Tax amount",
        "Order status date",
        "Price list",
        "Stock quantity",
    ],
)
def test_words_that_make_it_another_thing_keep_a_name_from_a_role(name):
    found = match(["client", "when", "spend", name], {}, TRANSACTIONS)
    assert 3 not in found.roles.values()


def test_an_id_is_a_customer_before_a_name_and_a_name_before_nobody():
    header = ["Customer Name", "Customer ID", "Date", "Total"]
    assert match(header, {}, TRANSACTIONS).roles["customer"] == 1
    found = match(["Customer Name", "Date", "Total"], {}, TRANSACTIONS)
    assert (found.roles["customer"], found.reasons["customer"]) == (0, "by its name")


def test_a_known_export_fits_a_header_better_than_names_alone():
    header = ["Name", "Financial Status", "Lineitem quantity", "Lineitem price"]
    assert roles_in(header, TRANSACTIONS) > roles_in(header[1:], TRANSACTIONS)
    assert roles_in(["U1", "2023-01-02", "19.90"], TRANSACTIONS) == 0


def test_more_than_a_thousand_columns_are_refused():
    header = ["customer", "date", "amount", *(f"meta {number}" for number in range(997))]
    assert len(match(header, {}, TRANSACTIONS).ignored) == 997
    with pytest.raises(Refusal, match="1,001 columns; 1,000 are the limit"):
        match([*header, "one more"], {}, TRANSACTIONS)
