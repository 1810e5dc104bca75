"""The encoding of a country is told by the names that the header has under it."""

import pytest

from services.core.refusals import Refusal
from tests.training.written import column

HEADERS = {
    "cp1251": "Покупатель;Дата;Количество;Цена",
    "cp932": "顧客;日付;数量;単価",
    "cp949": "고객;날짜;수량;단가",
    "gb18030": "客户;日期;数量;单价",
}
PEOPLE = {"cp1251": "Роза", "cp932": "花子", "cp949": "지민", "gb18030": "小明"}


@pytest.mark.parametrize("encoding", ["cp1251", "cp932", "cp949", "gb18030"])
def test_the_encoding_under_which_columns_have_names_is_taken_and_said(read, engine, encoding):
    name = PEOPLE[encoding]
    rows = "".join(f"{name};2023-01-{day:02};2;3.50\n" for day in range(1, 8))
    report = read(f"{HEADERS[encoding]}\n{rows}".encode(encoding))
    assert (report.detected.encoding, report.rows, report.unreadable) == (encoding, 7, 0)
    assert set(column(engine, "customer_id")) == {name}
    assert any(f"read as {encoding.upper()} (" in said for said in report.warnings)


def test_a_western_text_stays_one(read, engine):
    report = read("Kunde;Datum;Menge;Preis\nMüller;2023-01-05;1;2\nGößler;2023-01-06;1;2\n".encode("cp1252"))
    assert report.detected.encoding == "cp1252"
    assert column(engine, "customer_id") == ["Müller", "Gößler"]


def test_what_does_not_decode_to_its_end_is_not_taken(read):
    content = f"{HEADERS['cp1251']}\n".encode("cp1251") + b"a;2023-01-05;1;2\n\x98;2023-01-06;1;2\n"
    with pytest.raises(Refusal, match=r"No column was found.*--encoding, one such as cp1251 \(Cyrillic\)"):
        read(content)


def test_a_name_that_no_encoding_explains_leaves_the_advice_to_name_one(read):
    content = "Смена;Магазин\n5;2023-01-05\n6;2023-01-06\n".encode("cp1251")
    with pytest.raises(Refusal, match=r"No column was found.*--encoding"):
        read(content)
    with pytest.raises(Refusal, match=r"Found: Смена, Магазин\..*NAME, or by position") as refused:
        read(content, encoding="cp1251")
    assert "not UTF-8" not in str(refused.value)
