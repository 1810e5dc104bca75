"""The rows of a query: every value as its exact text, the database only read, the password never said."""

from __future__ import annotations

import sqlite3

import pytest

from services.core.refusals import Refusal
from services.site.sources.configured import without_password
from services.site.sources.rows import write_rows
from tests.postgresql import postgresql
from tests.site.sources.shops import ready_shop, sqlite_shop

ODD = [
    ("00004", 1.1, None, "a, “b”"),
    ("4", 1e16, "2024-05-01", 'say "c"\nor d'),
    ("K", -0.5, "", "50% :off"),
]
TYPED = """
CREATE TABLE "Order" (id text, paid numeric(12, 3), wide numeric, at timestamp, moment timestamptz, day date,
    pieces bigint, share double precision, gone boolean, told jsonb);
INSERT INTO "Order" VALUES ('00004', 1.230, 12345678901234567890.0000000001, '2024-05-01 09:05:00',
    '2024-07-01 23:30:00+00', '2024-05-01', 9007199254740993, 0.1, true, '{"b": 1}');
"""


@pytest.fixture
def target(tmp_path):
    return tmp_path / "rows"


def test_values_of_sqlite_are_written_as_they_are_and_a_portion_is_no_end(tmp_path, target):
    url = sqlite_shop(tmp_path / "a # b.sqlite", ["id", "n", "day", "text"], ODD * 700)
    written = write_rows(url, "sales", "UTC", target)
    assert (written.columns, written.rows, written.point) == (("id", "n", "day", "text"), 2_100, True)
    assert target.read_text().startswith(
        '00004,1.1,,"a, “b”"\n4,10000000000000000,2024-05-01,"say ""c""\nor d"\nK,-0.5,,50% :off\n'
    )


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("nothing_there", "SQLite .*shop.sqlite cannot be read: no such table: nothing_there"),
        ("select count(* from sales", "cannot be read: near"),
        ("with a as (select 1) delete from sales", "cannot be read: attempt to write a readonly database"),
        ("select x'00ff' as packed", "The column “packed” holds values that are not text, numbers"),
    ],
)
def test_what_sqlite_refuses_is_said_and_nothing_is_changed(tmp_path, target, query, reason):
    path = tmp_path / "shop.sqlite"
    url = sqlite_shop(path, ["id"], [("a",)])
    with pytest.raises(Refusal, match=reason):
        write_rows(url, query, "UTC", target)
    with sqlite3.connect(path) as shop:
        assert shop.execute("SELECT count(*) FROM sales").fetchone() == (1,)
    shop.close()


def test_a_database_that_is_not_there_is_not_made(tmp_path, target):
    with pytest.raises(Refusal, match="unable to open database file"):
        write_rows(f"sqlite:///{tmp_path}/none.sqlite", "sales", "UTC", target)
    assert not (tmp_path / "none.sqlite").exists()


def test_mysql_without_its_library_says_how_to_install_it(target):
    pytest.importorskip("sqlalchemy")
    try:
        import pymysql  # noqa: F401
    except ModuleNotFoundError:
        with pytest.raises(Refusal, match="The library pymysql, which reads MySQL and MariaDB, is not inst"):
            write_rows("mysql://reader:hidden@127.0.0.1/shop", "sales", "UTC", target)
    else:
        pytest.skip("pymysql is installed here.")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://ana:pa%40ss@db:5432/shop?sslmode=require", "PostgreSQL shop on db:5432"),
        ("mysql://ana:secret@db/shop", "MySQL shop on db"),
        ("sqlite:////srv/shop.sqlite", "SQLite /srv/shop.sqlite"),
    ],
)
def test_a_database_is_named_without_user_and_password(url, said):
    assert without_password(url) == said


@pytest.fixture(scope="module")
def server():
    with postgresql() as database:
        ready_shop(database.url)
        yield database.url


@pytest.mark.slow
def test_postgresql_gives_exact_values_only_reads_and_keeps_its_password(server, target):
    ready_shop(server, TYPED)
    written = write_rows(server, "Order", "Europe/London", target)
    assert written.rows == 1
    assert target.read_text() == (
        "00004,1.230,12345678901234567890.0000000001,2024-05-01 09:05:00,2024-07-02 00:30:00,2024-05-01,"
        '9007199254740993,0.1,true,"{""b"": 1}"\n'
    )
    like = "select id from \"Order\" where id like '0%:4' or id like '0%'"
    assert write_rows(server, like, "UTC", target).rows == 1
    for query in (
        'with gone as (delete from "Order" returning id) select id from gone',
        'select 1; drop table "Order"',
        "select nextval('counter')",
    ):
        with pytest.raises(Refusal, match=r"^PostgreSQL postgres on 127\.0\.0\.1:\d+ cannot be read: "):
            write_rows(server, query, "UTC", target)
    assert write_rows(server, "Order", "UTC", target).rows == 1
    away = server.replace("desk@127.0.0.1", "desk:hidden@127.0.0.1").rpartition(":")[0] + ":1/shop"
    with pytest.raises(Refusal, match=r"PostgreSQL shop on 127\.0\.0\.1:1 cannot be read: ") as refused:
        write_rows(away, "Order", "UTC", target)
    assert "hidden" not in str(refused.value)
