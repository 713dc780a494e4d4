from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from planner.storage import rows
from planner.storage.db import WRITES
from planner.storage.models import Base, HoldRow, TallyRow
from planner.storage.types import Json, UTCDateTime

FULL = {
    "id": "b",
    "word": "é\n\"'\u2028",
    "number": 3,
    "ratio": 0.1,
    "is_on": True,
    "day": date(2026, 2, 28),
    "clock": time(19, 30),
    "moment": datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC),
    "raw": b"\x00\xff",
    "papers": {"z": [1, None], "a": "Ḥ"},
}
EMPTY = dict.fromkeys(FULL) | {"id": "Z"}


@pytest.fixture
def connection(empty_engine):
    with empty_engine.connect().execution_options(**WRITES) as connection, connection.begin():
        yield connection


@pytest.fixture
def table(connection):
    table = sa.Table(
        "all_kinds",
        sa.MetaData(),
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("word", sa.String()),
        sa.Column("number", sa.Integer()),
        sa.Column("ratio", sa.Float()),
        sa.Column("is_on", sa.Boolean()),
        sa.Column("day", sa.Date()),
        sa.Column("clock", sa.Time()),
        sa.Column("moment", UTCDateTime()),
        sa.Column("raw", sa.LargeBinary()),
        sa.Column("papers", Json),
    )
    table.create(connection)
    connection.execute(sa.insert(table), [FULL, EMPTY, FULL | {"id": "a"}])
    return table


LINES = [
    (
        b'{"clock":null,"day":null,"id":"Z","is_on":null,"moment":null,"number":null,"papers":null,"ratio":null,'
        b'"raw":null,"word":null}\n'
    ),
    *(
        b'{"clock":"19:30:00","day":"2026-02-28","id":"' + each + b'","is_on":true,'
        b'"moment":"2026-03-29T01:30:00.123456+00:00","number":3,"papers":{"a":"\xe1\xb8\xa4","z":[1,null]},'
        b'"ratio":0.1,"raw":"AP8=","word":"\xc3\xa9\\n\\"\'\xe2\x80\xa8"}\n'
        for each in (b"a", b"b")
    ),
]


@pytest.mark.usefixtures("table")
def test_lines_are_the_same_on_both_databases_and_in_order_of_code(connection):
    (found,) = rows.all_tables(connection)

    assert list(rows.read_lines(connection, found)) == LINES


def test_lines_go_back_as_they_were(connection, table):
    (found,) = rows.all_tables(connection)
    connection.execute(sa.delete(table))

    rows.write_lines(connection, found, LINES)

    assert list(rows.read_lines(connection, found)) == LINES
    assert connection.scalar(sa.text("SELECT count(*) FROM all_kinds WHERE papers IS NULL")) == 1


def test_more_rows_than_fit_at_once(connection, table):
    (found,) = rows.all_tables(connection)
    connection.execute(sa.delete(table))
    lines = [LINES[1].replace(b'"id":"a"', b'"id":"%04d"' % number) for number in range(1200)]

    rows.write_lines(connection, found, iter(lines))

    assert list(rows.read_lines(connection, found)) == lines


def test_numbers_go_on_after_the_highest_ever(connection):
    counted = sa.Table(
        "counted", sa.MetaData(), sa.Column("id", sa.Integer(), primary_key=True), sqlite_autoincrement=True
    )
    counted.create(connection)
    for _ in range(3):
        connection.execute(sa.insert(counted))
    connection.execute(sa.delete(counted).where(counted.c.id > 1))
    tables = rows.all_tables(connection)
    assert rows.read_counters(connection, tables) == {"counted": 3}

    rows.set_counters(connection, tables, {"counted": 7})

    assert connection.execute(sa.insert(counted)).inserted_primary_key[0] == 8


@pytest.mark.usefixtures("table")
def test_no_numbers_without_tables_that_count(connection):
    tables = rows.all_tables(connection)

    rows.set_counters(connection, tables, {"all_kinds": 3})

    assert rows.read_counters(connection, tables) == {}


def test_tables_have_an_order_in_which_they_can_be_filled():
    names = [table.name for table in Base.metadata.sorted_tables]

    assert names.index("school_class") < names.index("pupil") < names.index("household_pupil")
    assert {HoldRow.__tablename__, TallyRow.__tablename__} <= set(names)


def test_what_passes_is_not_kept(engine):
    with engine.connect() as connection:
        kept = {table.name for table in rows.kept_tables(connection)}
        everything = {table.name for table in rows.all_tables(connection)}

    assert everything - kept == rows.PASSING
    assert everything == set(Base.metadata.tables)
    assert not any("alembic" in name for name in kept)
