"""Dates as shops write them: in words of many languages, as bare digits, with zones, one format a column."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from tests.drawn import drawn
from tests.training.written import column


def moments(read, engine, cells, **options):
    report = read("customer\tdate\tamount\n" + "".join(f"a\t{cell}\t1\n" for cell in cells), **options)
    return report, column(engine, "bought_at")


DAY = datetime(2023, 1, 8)
DAYS = [
    "08-JAN-23", "8-Jan-2023", "08JAN2023", "8.Jan.2023", "January 8, 2023", "Jan 08, 2023", "8 January 2023",
    "Sunday, January 8, 2023", "8th January 2023", "January 8th, 2023", "8th of January, 2023", "2023-Jan-08",
    "Jan 8 '23", "2023년 1월 8일", "2023年1月8日", "2023年01月08日(日)", "2023. 1. 8.",
    "2023/1/8", "2023.01.08", "2023_01_08", "20230108",
    "8. Januar 2023", "So., 8. Jan. 2023", "8. Jänner 2023", "8 janvier 2023", "dim. 8 janv. 2023",
    "8 de enero de 2023",
    "8-ene-23", "8 gennaio 2023", "8 januari 2023", "8 stycznia 2023",
    "8 января 2023 \u0433.", "8-янв-23", "8 de jan. de 2023",
    "2023. január 8.", "8 ledna 2023", "8. tammikuuta 2023", "8 Ocak 2023", "2023-01-08+01:00", "08-1月-23",
    "\uff12\uff10\uff12\uff13\u5e74\uff11\u6708\uff18\u65e5", "\u200e1\u200e/\u200e8\u200e/\u200e2023",
]  # fmt: skip
TIME = datetime(2023, 1, 8, 14, 11)
TIMES = [
    "Jan 08, 2023, 2:11:00 PM", "1/8/2023, 2:11:00\u202fPM", "1/8/2023 2:11 p.\u00a0m.",
    "8 Jan 2023 14:11", "8 janv. 2023 à 14h11",
    "Sun, 08 Jan 2023 14:11:00 GMT",
    "2023-01-08 09:11:00 EST", "2023-01-08 15:11 CET", "2023-01-08T15:11:00+01:00[Europe/Berlin]",
    "20230108141100",
    "202301081411", "20230108 1411", "20230108T141100Z", "08JAN2023:14:11:00", "08/Jan/2023:14:11:00 +0000",
    "Sun Jan  8 09:11:00 EST 2023",
    "Sun Jan 08 2023 16:11:00 GMT+0200 (Eastern European Standard Time)",
    "2023-01-08 14:11:00 +0000 UTC", "2023-01-08-14.11.00.000000", "2023. 1. 8. 오후 2:11",
    "2023年1月8日 下午2:11",  "2023年1月8日 14時11分00秒", "8. Januar 2023, 14:11 Uhr",
    "Jan 8, 2023 at 2:11 PM",
    "1673187060", "1673187060000",
    "1673187060.25", "1673187060000000000", "8 января 2023 \u0433., 14:11",
    "14:11 8 Jan 2023", "2023-01-08 14:11:00.123456",
]  # fmt: skip


def test_a_day_and_a_moment_are_read_in_each_spelling(read, engine):
    report, found = moments(read, engine, [*DAYS, *TIMES], date_order="mdy")
    assert dict(zip([*DAYS, *TIMES], found, strict=True)) == dict.fromkeys(DAYS, DAY) | dict.fromkeys(
        TIMES, TIME
    )
    assert report.unreadable == 0


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        (["07.01.23", "19.01.23", "28.02.23", "05.03.24", "11.04.23", "30.05.23"], datetime(2023, 5, 30)),
        (["23-01-07", "23-01-19", "23-02-28", "24-03-05", "23-04-11", "23-05-30"], datetime(2023, 5, 30)),
        (["'2023-01-07", "'2023-05-30"], datetime(2023, 5, 30)),
    ],
)
def test_few_years_and_many_days_are_told_apart(read, engine, cells, last):
    _, found = moments(read, engine, cells)
    assert found[-1] == last
    assert {moment.year for moment in found} <= {2023, 2024}


@pytest.mark.parametrize("cells", [["07.01.23"], ["07.01.08", "19.02.07", "28.03.09"]])
def test_years_of_two_digits_that_may_be_days_are_a_question_that_names_the_column(read, engine, cells):
    with pytest.raises(Refusal, match=r"In the column “date” the date .* can be read in two ways"):
        moments(read, engine, cells)


@pytest.mark.parametrize("hours", ["hs.", "hs", "h", "hrs", "Uhr", "horas", "ч"])
def test_a_word_for_hours_behind_the_time_is_no_fault(read, engine, hours):
    _, found = moments(read, engine, [f"3 de enero de 2024 10:15 {hours}"])
    assert found == [datetime(2024, 1, 3, 10, 15)]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("3", "not a date but a number"),
        ("20231", "not a date but a number"),
        ("0123456789", "impossible date"),
        ("2023-01", "not a date but a month"),
        ("Jan 2023", "not a date but a month"),
        ("2023年1月", "not a date but a month"),
        ("01/2023", "not a date but a month"),
        ("8 Foo 2023", "not a date"),
        ("Jan 8", "not a date"),
        ("8 Jui 2023", "not a date"),
        ("2023-01-08 at noon or so", "not a date"),
        ("2023-01-08 14:11 XYZ", "not a date"),
        ("2023-01-08 14:61", "impossible date"),
        ("2023-01-08 13:00 AM", "impossible date"),
        ("31 Feb 2023", "impossible date"),
        ("8 Jan 1850", "impossible date"),
        ("99999999999999", "impossible date"),
        ("#N/A", "not a date but a spreadsheet's error"),
        ("9" * 90, "not a date"),
    ],
)
def test_what_is_no_date_says_why(read, engine, cell, reason):
    moments(read, engine, ["2023-01-08", cell])
    assert column(engine, "unreadable") == [None, reason]


def test_days_counted_from_an_unknown_day_are_refused_by_the_name_of_their_column(read):
    content = "customer,DAY,amount\n" + "".join(f"a,{day},1\n" for day in (3, 17, 41, 711))
    with pytest.raises(Refusal, match=r"a number \(in column “DAY”\): “3”.*such as 2023-01-31"):
        read(content, columns={"date": "DAY"})


def test_a21_numbers_of_days_are_read_where_the_whole_column_has_them(read, engine):
    report, found = moments(read, engine, ["44934.591", "44935", "44936,25"])
    assert found == [datetime(2023, 1, 8, 14, 11, 2), datetime(2023, 1, 9), datetime(2023, 1, 10, 6)]
    assert any("44934.591" in warning and "2023-01-08 14:11" in warning for warning in report.warnings)
    # counted from 1970, as some statistics programs do, they are no days of a shop
    with pytest.raises(Refusal, match="a number"):
        moments(read, engine, ["19365", "19366"])


def test_seconds_since_1970_are_said(read, engine):
    assert "seconds since 1970" in moments(read, engine, ["1673187060"])[0].warnings[0]


def test_a_zone_is_named_with_what_it_was_taken_for(read, engine):
    report, _ = moments(read, engine, ["2023-01-08 09:11 CST", "2023-01-08 09:11 IST"])
    assert report.warnings == ["Times with a zone were turned into UTC (CST is UTC−6, IST is UTC+5:30)."]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["08012023", "31012023"], [(2023, 1, 8), (2023, 1, 31)]),
        (["45-Jan-08", "08-Jan-31"], [(2045, 1, 8), (2008, 1, 31)]),
        (["23-Jan-08", "08-Jan-31"], [(2008, 1, 23), (2031, 1, 8)]),
        (["8 1 2023", "31 1 2023"], [(2023, 1, 8), (2023, 1, 31)]),
    ],
)
def test_the_order_of_a_column_is_told_by_all_of_it(read, engine, cells, found):
    assert moments(read, engine, cells)[1] == [datetime(*day) for day in found]


@pytest.mark.parametrize("cells", [["1/2/2023, 3:48:00 PM"], ["01022023"], ["1. 2. 2023"]])
def test_a19_two_orders_that_fit_are_a_question(read, cells, engine):
    with pytest.raises(Refusal, match="two ways") as refused:
        moments(read, engine, cells)
    assert refused.value.option == "--date-order"


@pytest.mark.parametrize(
    ("cells", "seconds"),
    [
        (["9:05", "9:05 PM", "09:05:33", "21.05", "9h05"], [32700, 75900, 32733, 75900, 32700]),
        (["下午9:05", "0.5"], [75900, 43200]),
        (["905", "5", "2359"], [32700, 300, 86340]),
        (["90533", "5"], [32733, 5]),
        (["9", "23"], [32400, 82800]),
        (["1899-12-30T09:05:00", "9:05 Uhr"], [32700, 32700]),
        (["9:05 EST", ""], [32700 + 5 * 3600, 0]),
    ],
)  # fmt: skip
def test_a_time_of_its_own_column_is_added_to_the_day(read, engine, cells, seconds):
    read("customer\tdate\ttime\tamount\n" + "".join(f"a\t8 Jan 2023\t{cell}\t1\n" for cell in cells))
    assert column(engine, "bought_at") == [DAY + timedelta(seconds=each) for each in seconds]


def test_a_time_that_is_none_says_so(read, engine):
    content = "customer,date,time,amount\na,2023-01-08,9:05,1\na,2023-01-08,25:00,1\na,2023-01-08,10:00,1\n"
    assert read(content).reasons == {"time is not a time of day": 1}
    assert column(engine, "cell") == [None, "25:00", None]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["2023-01-08,quick", "2023-01-08,slow"], "holds other things"),
        (["2023-01-08 14:11,09:00", "2023-01-08 14:12,09:00"], "times of their own"),
    ],
)
def test_a_column_of_times_that_is_of_no_use_is_left_aside_and_said(read, engine, rows, words):
    report = read("customer,date,time,amount\n" + "".join(f"a,{row},1\n" for row in rows))
    assert report.unreadable == 0
    assert any(words in warning for warning in report.warnings)
    assert column(engine, "bought_at")[0] == (TIME if "14:11" in rows[0] else DAY)


FORMS = [
    "%d-%b-%y",
    "%B %d, %Y",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%Y%m%d%H%M%S",
    "%d %b %Y %I:%M %p",
    "%A %d %B %Y, %H.%M",
]


@drawn(15, [HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2069, 12, 31)), min_size=1, max_size=30),
    st.sampled_from(FORMS),
)
def test_a_written_date_is_read_as_it_was(read, engine, days, form):
    cells = [day.strftime(form) for day in days]
    # of two digits Python takes 69 for 1969, we for 2069; each of the days is of the century that we take
    wanted = [
        datetime.strptime(cell, form).replace(year=day.year) for cell, day in zip(cells, days, strict=True)
    ]
    assert moments(read, engine, cells, date_order="dmy")[1] == wanted


@drawn(25, [HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("0129./-: TZJanMapr,+日月"), min_size=1, max_size=20), max_size=20))
def test_no_text_breaks_the_reading_of_dates(read, engine, cells):
    report, _ = moments(read, engine, ["2023-01-08", *cells], date_order="dmy")
    assert report.rows == len(cells) + 1
