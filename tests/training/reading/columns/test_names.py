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


@pytest.mark.parametrize(
    "header",
    [
        "Kundnummer Orderdatum Belopp Ordernummer Antal Styckpris",
        "Kundenr Ordredato Beløb Ordrenr Antal Stykpris",
        "Kundenummer Ordredato Beløp Ordrenummer Antall Enhetspris",
        "Asiakasnumero Tilauspäivä Yhteensä Tilausnumero Määrä Yksikköhinta",
        "Číslo_zákazníka Datum_objednávky Částka Číslo_objednávky Množství Jednotková_cena",
        "Müşteri_No Sipariş_Tarihi Tutar Sipariş_No Adet Birim_Fiyat",
    ],
)
def test_nordic_czech_and_turkish_headers_are_found(header):
    names = [name.replace("_", " ") for name in header.split()]
    roles = ("customer", "date", "amount", "invoice", "quantity", "price")
    assert match(names, {}, TRANSACTIONS).roles == {role: place for place, role in enumerate(roles)}


def test_a_column_of_currency_signs_is_no_product():
    assert match(["client", "when", "spend", "Currency Symbol"], {}, TRANSACTIONS).roles["currency"] == 3


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
        "Tax %",
        "Price %",
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


def test_a32_more_than_a_thousand_columns_are_refused():
    header = ["customer", "date", "amount", *(f"meta {number}" for number in range(997))]
    assert len(match(header, {}, TRANSACTIONS).ignored) == 997
    with pytest.raises(Refusal, match="1,001 columns; the limit is 1,000"):
        match([*header, "one more"], {}, TRANSACTIONS)


STATUSES = (
    "Positionsstatus Stato_pagamento invoice_state Состояние Deal_Stage Status_do_Pedido Situação "
    "Statut_du_paiement Estado_de_pago Betaalstatus 付款状态"
)


@pytest.mark.parametrize("name", STATUSES.split())
def test_a_column_of_statuses_is_known_by_its_name(name):
    found = match([name.replace("_", " "), *FILLING], {}, TRANSACTIONS)
    assert found.roles.get("status") == 0


@pytest.mark.parametrize("name", ["State", "Shipping State", "Billing State", "State/Province", "US State"])
def test_a_state_of_a_country_is_no_status(name):
    assert "status" not in match([name, *FILLING], {}, TRANSACTIONS).roles


def test_a_column_that_may_also_be_a_state_of_a_country_stands_behind_the_status():
    assert match(["Estado", "Situação", *FILLING], {}, TRANSACTIONS).roles["status"] == 1


@pytest.mark.parametrize("name", ["void", "Void?", "Is void", "VOIDED?", "Fully Refunded?", "Cancelado em"])
def test_a_flag_of_cancelled_orders_is_known(name):
    assert match([name, *FILLING], {}, TRANSACTIONS).roles["cancelled"] == 0


@pytest.mark.parametrize(
    "name", ["Insurance Amount", "Handling Total", "Postage Amount", "Valor do Frete", "Trinkgeld Betrag"]
)
def test_what_goes_to_others_than_the_shop_is_no_money_of_a_line(name):
    assert match([name, "client", "when", "Gross"], {}, TRANSACTIONS).roles["amount"] == 3


def test_a_brazilian_export_is_known_by_its_names():
    header = {
        "invoice": "Número do Pedido", "date": "Data", "customer": "E-mail", "status": "Status do Pedido",
        "order_total": "Valor do Pedido", "quantity": "Quantidade Comprada", "price": "Valor do Produto",
        "description": "Nome do Produto", "product": "SKU", "discount": "Desconto", "currency": "Moeda",
    }  # fmt: skip
    found = match([*header.values()], {}, TRANSACTIONS).roles
    assert found == {role: place for place, role in enumerate(header)}


def test_what_is_left_after_fees_stands_against_what_was_paid():
    header = ["Email", "Date", "Subtotal", "Sale Price", "Fees", "Net Total"]
    assert match(header, {}, TRANSACTIONS).rivals["amount"] == [2, 3]
    assert not match([*header[:4], "Net Total"], {}, TRANSACTIONS).rivals


def test_the_price_for_shops_and_that_for_their_customers_are_a_question_and_a_plain_one_wins():
    header = ["Customer", "Date", "Qty", "Retail Price", "Wholesale Price"]
    assert match(header, {}, TRANSACTIONS).rivals["price"] == [4]
    assert match([*header, "Price"], {}, TRANSACTIONS).roles["price"] == 5


@pytest.mark.parametrize(
    ("code", "name"),
    [("SKU", "Product"), ("Item Code", "Item"), ("Artikelnummer", "Artikel"), ("Product ID", "Product"),
     ("Артикул", "Номенклатура"), ("商品编号", "商品"), ("Réf produit", "Produit")],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_a_product_beside_its_code_is_its_name(code, name, turned):
    pair = [name, code] if turned else [code, name]
    found = match(["client", "when", "spend", *pair], {}, TRANSACTIONS)
    assert (found.roles["product"], found.roles["description"]) == (
        3 + pair.index(code),
        3 + pair.index(name),
    )


def test_a_description_is_a_better_name_than_a_product():
    found = match(["client", "when", "spend", "SKU", "Product", "Description"], {}, TRANSACTIONS)
    assert (found.roles["product"], found.roles["description"]) == (3, 5)
    assert "description" not in match(["client", "when", "spend", "Product"], {}, TRANSACTIONS).roles


def test_the_partner_of_a_contract_is_the_customer():
    found = match(["Контрагент", "Дата", "Номенклатура", "Количество", "Сумма"], {}, TRANSACTIONS)
    assert [found.roles[each] for each in ("customer", "date", "product", "amount")] == [0, 1, 2, 4]
