"""Which statuses are no sales: words in many languages, in any spelling, and never those of customers."""

import pytest

from services.core.refusals import Refusal
from services.training.lines.cleaning import clean
from services.training.lines.statuses import MOST_VALUES, count_statuses, folded, meaning, sort_statuses
from tests.training.lines.ledgers import read_lines, row


@pytest.mark.parametrize(
    "status",
    [
        "cancelled", "CANCELED", "Cancelled by customer", "wc-cancelled", "cancelledByUser", "Order voided",
        "void",
        "Refunded", "fully_refunded", "Payment failed", "pending", "Pending payment", "checkout-draft",
        "Abandoned",
        "unpaid", "Storniert durch Kunde", "zurückerstattet", "Zahlung ausstehend", "Annulé", "ANNULEE",
        "remboursée",
        "En attente de paiement", "Cancelado", "reembolsada", "Pendiente de pago", "Annullato", "rimborsato",
        "Geannuleerd", "terugbetaald", "Anulowane", "zwrócone", "отменён", "Отменен", "Возврат", "주문 취소",
        "환불완료",
        "キャンセル済み", "返金", "已取消", "交易关闭", "Shipped - Returned to Seller",
        "Closed Lost", "Quotation",
        "Devis", "Angebot", "Proposal", "Retour ontvangen", "等待买家付款", "Помечен на удаление",
        "непроведен",
        "Stornata", "Estornado", "Não autorizado", "Aguardando pagamento", "Makulerad", "Återbetald",
        "Annulleret",
        "Venter på betaling", "Peruttu", "Zrušeno", "Čeká na platbu", "İptal edildi",
        "Ödeme bekleniyor", "İADE",
    ],
)  # fmt: skip
def test_what_is_no_sale_in_any_language_and_spelling(status):
    assert meaning(status) == "taken"


@pytest.mark.parametrize(
    "status",
    [
        "partially_refunded", "PartiallyRefunded", "Refunded (partly refunded)",
        "Teilweise erstattet", "Delvis återbetald", "K\u0131smi iade",
        "Partiellement remboursé", "częściowo zwrócone", "частично возвращён", "부분 환불", "一部返金",
        "部分退款",
    ],
)  # fmt: skip
def test_what_is_taken_back_in_part_stays(status):
    assert meaning(status) == "partly"


@pytest.mark.parametrize(
    "status",
    [
        "paid", "Completed", "pending shipment", "Delivery pending", "not cancelled", "Canceled Reversal",
        "En attente d’expédition", "Versand ausstehend", "발송완료", "発送待ち", "On hold", "wc-on-hold",
        "Refund requested", "3",
        "Closed Won", "Proposal accepted", "Pago", "Envio pendente", "Проведён", "Saldata", "Betald",
        "Gennemført", "Maksettu", "Zaplaceno", "Teslim edildi",
    ],
)  # fmt: skip
def test_what_goes_on_being_a_sale(status):
    assert meaning(status) in ("sold", "unknown")


def test_every_word_of_the_list_is_spelled_as_statuses_are_compared():
    assert folded("Annulée  (client)") == "annulee client"
    assert folded("ЗАВЕРШЁН") == "завершен"
    assert folded("częściowo") == "czesciowo"


def test_the_values_are_sorted_by_what_they_say():
    values = {"paid": 9, "Cancelled": 2, "partially_refunded": 1, "picked": 3}
    found = sort_statuses(values, "Status")
    assert found.taken == {"Cancelled": 2}
    assert found.partly == {"partially_refunded": 1}
    assert found.kept == {"paid": 9, "picked": 3}


@pytest.mark.parametrize(
    ("values", "column"),
    [
        (["VIP", "active", "pending"], "Status"),
        (["active", "cancelled"], "status"),
        (["married", "single", "divorced", "abandoned"], "status"),
        (["registered", "paid", "pending"], "Customer status"),
        (["paid", "cancelled"], "accountStatus"),
    ],
)
def test_a_status_of_customers_takes_no_row(values, column):
    found = sort_statuses(dict.fromkeys(values, 4), column)
    assert (found.taken, found.of_orders) == ({}, False)
    assert sort_statuses(dict.fromkeys(values, 4), column, drop=[values[-1]]).taken == {values[-1]: 4}


@pytest.mark.parametrize(
    ("values", "column"),
    [
        (["active", "paid", "cancelled"], "Status"),
        (["active", "cancelled"], "Order status"),
        (["cancelled"], "status"),
    ],
)
def test_a_status_of_orders_is_known_by_its_column_or_by_another_value(values, column):
    assert sort_statuses(dict.fromkeys(values, 4), column).taken == {"cancelled": 4}


def test_what_the_user_says_goes_before_the_layout_and_the_layout_before_the_words():
    values = {"Pending": 2, "Closed": 3, "Paid": 9}
    layout = {"pending": True, "closed": False}
    assert sort_statuses(values).taken == {"Pending": 2}
    assert sort_statuses(values, layout=layout).taken == {"Closed": 3}
    assert sort_statuses(values, layout=layout, keep=["CLOSED"], drop=["paid"]).taken == {"Paid": 9}


@pytest.mark.parametrize("option", ["keep", "drop"])
def test_a_status_that_no_row_has_is_noted_and_one_of_no_column_is_refused(option):
    # noted, not refused: the same command reads next month's file, too
    assert sort_statuses({"paid": 1}, **{option: ["Opened"]}).unseen == ((f"--{option}-status", "Opened"),)
    with pytest.raises(Refusal, match="--columns status=NAME"):
        sort_statuses({}, **{option: ["opened"]})


def test_a_status_cannot_be_kept_and_dropped():
    with pytest.raises(Refusal, match="“paid” cannot be kept and dropped at once"):
        sort_statuses({"paid": 1}, keep=["Paid"], drop=["PAID"])


def test_notes_are_no_statuses():
    values = {f"note {number}": 1 for number in range(MOST_VALUES)} | {"cancelled": 1}
    assert sort_statuses(values).taken == {}


def test_statuses_are_counted_commonest_first_without_unreadable_lines():
    rows = [
        row(status="paid"),
        row(status="paid"),
        row(status="void"),
        row(),
        row(status="x", unreadable="no date"),
    ]
    assert list(count_statuses(read_lines(rows)).items()) == [("paid", 2), ("void", 1)]
    many = [row(status=f"note {number}") for number in range(MOST_VALUES + 9)]
    assert len(count_statuses(read_lines(many))) == MOST_VALUES + 9


def test_the_rule_takes_the_rows_of_a_status_before_copies_and_cancellations():
    rows = [
        row(status="void"),
        row(status="void"),
        row(customer_id=None, status="void"),
        row(invoice="C1", quantity=-1, status="void"),
        row(status="paid"),
        row(),
    ]
    named = (
        clean(read_lines(rows), statuses=["void"]).sort("line").select("rule").collect("pandas").to_native()
    )
    assert named["rule"].tolist()[:4] == ["status", "status", "no_customer", "status"]
    assert named["rule"].isna().tolist()[4:] == [True, True]
